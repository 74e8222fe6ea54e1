"""Articles and transcripts as files for other programs: pure functions, one row a format."""

from pipeline.tools.exporting.about import about_episode
from pipeline.tools.exporting.articles import ARTICLE_FORMATS, article_as, shared_of
from pipeline.tools.exporting.transcripts import TRANSCRIPT_FORMATS, transcript_as

__all__ = [
    "ARTICLE_FORMATS",
    "TRANSCRIPT_FORMATS",
    "about_episode",
    "article_as",
    "shared_of",
    "transcript_as",
]
