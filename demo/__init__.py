"""Trains the demo model: a small Whisper that understands synthetic Indonesian speech."""
