"""The archive's index: every word of every episode, made from files and deletable at any time."""

from pipeline.running.index.archive import Archive
from pipeline.running.index.looking import EpisodeHits, Hit
from pipeline.running.index.passages import Kind

__all__ = ["Archive", "EpisodeHits", "Hit", "Kind"]
