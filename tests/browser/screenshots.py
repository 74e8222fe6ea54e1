"""Takes the pictures of the pages in `docs/images/` again, of the show that `make demo` makes.

`python -m tests.browser.screenshots demo-show`; needs what `make test-browser` installs.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.shown import served

FOLDER = Path(__file__).parents[2] / "docs" / "images"
# Name, page, width and height in pixels, colours, what is scrolled to.
PICTURES = (
    ("episode-page", "{episode}?t=12", (1180, 1120), "light", ""),
    ("transcript-on-a-phone", "{episode}?t=12", (390, 844), "dark", "#transcript"),
)


def main(show: Path) -> None:
    public = show / "feed" / "public"
    episode = next((public / "episodes").glob("*/index.html")).relative_to(public).as_posix()
    rooted = ["--no-sandbox"] if os.geteuid() == 0 else []
    with served(lambda _base_url: public) as base_url, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=rooted
        )
        for name, key, size, scheme, target in PICTURES:
            url = base_url + key.format(episode=episode)
            take(chromium, url, FOLDER / f"{name}.png", size, scheme, target)


def take(
    chromium: Browser, url: str, picture: Path, size: tuple[int, int], scheme: str, target: str
) -> None:
    width, height = size
    with chromium.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type]
    ) as context:
        page = context.new_page()
        page.goto(url)
        page.wait_for_load_state("networkidle")
        if target:
            page.locator(target).evaluate("node => node.scrollIntoView()")
        page.wait_for_timeout(500)
        page.screenshot(path=picture)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
