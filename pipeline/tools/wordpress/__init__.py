"""Articles delivered to a WordPress site as drafts, through its REST API."""

from pipeline.tools.wordpress.account import Look, look_at_account
from pipeline.tools.wordpress.composing import Post, compose
from pipeline.tools.wordpress.pushing import ChangedThere, Outcome, Pushed, Side, Wish, push
from pipeline.tools.wordpress.site import Account, Site

__all__ = [
    "Account",
    "ChangedThere",
    "Look",
    "Outcome",
    "Post",
    "Pushed",
    "Side",
    "Site",
    "Wish",
    "compose",
    "look_at_account",
    "push",
]
