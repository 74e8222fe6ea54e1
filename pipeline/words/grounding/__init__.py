"""Whether an article says what the recording says: its quotes, numbers and names."""
