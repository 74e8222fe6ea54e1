"""The road of an episode, one module a stage: ingest, normalize, transcribe, tag, draft, publish."""
