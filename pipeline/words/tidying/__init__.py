"""Spoken to written: a quote without fillers, stutters and false starts, by rules that are a table.

What a rule is not sure of stays as it was said. Doubled words of the language (“anak-anak”,
“sama-sama”) are words and stay; negations and numbers are never dropped as stutters.
"""
