"""A language model behind an OpenAI-compatible endpoint, through the official client library."""
