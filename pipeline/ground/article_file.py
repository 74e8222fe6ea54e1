"""`article.md` and `draft.md`: the text of an article, as it was written."""

from __future__ import annotations

from pathlib import Path

from pipeline.words.errors import EpisodeProblem

_REMEDIES = {
    "article.md": "Copy draft.md beside it to article.md and edit that.",
    "draft.md": "Run `etam run {slug}`; it is made then.",
}


def read_article_file(path: Path, slug: str) -> str:
    """The text in `path`. Raises EpisodeProblem when there is none, or it is no text."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise EpisodeProblem(
            f"There is no {path.name} of “{slug}”.",
            _REMEDIES.get(path.name, "").format(slug=slug),
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise EpisodeProblem(
            f"{path.name} of “{slug}” cannot be read as text.", "Save it in UTF-8.", str(error)
        ) from error
    if not text.strip():
        raise EpisodeProblem(f"{path.name} of “{slug}” is empty.", "Write it, then run again.")
    return text
