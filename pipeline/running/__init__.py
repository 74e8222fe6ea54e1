"""Decides what to run, where, and remembers it."""
