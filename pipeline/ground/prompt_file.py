"""`feed/prompts/article.md`: how the newsroom wants a language model to write."""

from __future__ import annotations

from pathlib import Path

from pipeline.words.errors import SetupProblem

SHIPPED_PROMPT = Path(__file__).parent.parent / "init" / "prompts" / "article.md"


def read_prompt(path: Path) -> str:
    """The newsroom's prompt, or the shipped one where there is no such file."""
    try:
        text = path.read_text(encoding="utf-8-sig").strip()
    except FileNotFoundError:
        return SHIPPED_PROMPT.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SetupProblem(
            f"{path} cannot be read.", "Save it as UTF-8, or delete it.", str(error)
        ) from error
    if not text:
        raise SetupProblem(f"{path} is empty.", "Write into it, or delete it.")
    return text
