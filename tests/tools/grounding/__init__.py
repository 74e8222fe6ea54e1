"""Whether what an article says was said."""
