"""Editing a transcript so that nothing is lost: operations on what the machine wrote."""
