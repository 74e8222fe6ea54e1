"""Sound: reading, measuring, limiting and writing it. The one place that imports PyAV (FFmpeg)."""
