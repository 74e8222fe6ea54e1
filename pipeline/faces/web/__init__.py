"""The review app: where staff drop recordings, and editors sign what goes public.

`starting.py` starts it, `app.py` puts it together, `newsroom.py` holds what all share; requests
pass `guards.py` and `visitors.py`. Each room has a folder: people, board, drop, transcript,
article, details, publishing; `background` is what the app does by itself.
"""
