"""The road of an episode: ingest, normalize, transcribe, tag, draft, illustrate, publish."""
