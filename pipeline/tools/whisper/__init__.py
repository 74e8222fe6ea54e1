"""Speech to text with faster-whisper. The one place that imports it, CTranslate2 and the hub.

Their import takes a second, so it happens when a model is wanted and not when a plan is made:
`models` says which model it is, `engine` loads it, `transcribing` listens with it.
"""
