"""Spellings from the glossary for what a model misspelt. The one place that imports rapidfuzz."""
