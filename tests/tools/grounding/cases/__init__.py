"""Labelled cases of our own: three talks to tune by, and three others to report on.

A line of a `.cases` file is `kind | who is named | quote`; `ok` is what an editor may do,
`bad` what nobody may. Nothing in `report/` was looked at case by case while the rules were tuned.
"""
