"""What the app does by itself behind its pages, and how it tells of it."""
