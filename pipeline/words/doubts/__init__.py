"""What makes words doubtful: pure rules over words; who applies them is in `tools/whisper`."""
