"""The form of an episode: what people say about it, and what its guests agreed to."""
