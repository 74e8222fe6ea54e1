"""Measures transcripts against what people wrote; the one package that knows jiwer."""
