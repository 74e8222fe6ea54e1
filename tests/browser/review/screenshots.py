"""Takes the pictures of the review app in `docs/images/` again, of the show that `make demo` makes.

`python -m tests.browser.review.screenshots demo-show`; needs what `make test-browser` installs.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from pipeline.faces.web.visitors import COOKIE
from pipeline.ground.files import write_text
from pipeline.ground.review_file import append_to_review, read_review
from pipeline.ground.workspace import Workspace
from pipeline.running.show import run_show
from pipeline.words.people import Role
from pipeline.words.review.applying import applied
from pipeline.words.review.operations import AssignSpeaker, Seen
from tests.acceptance.recordings import SAMPLE_FOLDER
from tests.browser.review.shown import Reviewing, served_in_a_thread
from tests.browser.screenshots import FOLDER
from tests.episodes_on_disk import add_episode
from tests.shows import Silent

EDITOR = "Ani Lestari"
WIDTH, HEIGHT = 1280, 800


def main(demo: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        show = a_newsroom(demo, Path(folder) / "show")
        (slug,) = (slug for slug in show.slugs() if slug.startswith("2026"))
        with served_in_a_thread(show) as (address, newsroom), a_browser() as chromium:
            reviewing = Reviewing(address, show, newsroom.sessions)
            page = an_editors_page(chromium, reviewing)
            for name, path, ready in (
                ("redaksi-papan", "/", lambda _page: None),
                ("redaksi-transkrip", f"/episodes/{slug}/transcript", in_a_line),
                ("redaksi-artikel", f"/episodes/{slug}/article", with_the_draft),
            ):
                page.goto(f"{address}{path}")
                page.wait_for_timeout(3000)
                ready(page)
                page.screenshot(path=FOLDER / f"{name}.png")


def a_newsroom(demo: Path, root: Path) -> Workspace:
    """The demo's show under review: voices named, and two more episodes on the board."""
    shutil.copytree(demo, root)
    text = (root / "feed" / "show.toml").read_text(encoding="utf-8")
    write_text(root / "feed" / "show.toml", text.replace('"automatic"', '"editor"'))
    show = Workspace(root.resolve())
    (slug,) = show.slugs()
    name_the_voices(show, slug)
    run_show(show, Silent(), lambda _share: None)
    add_episode(show, "air-bersih", title="Layanan air bersih di Tenggarong")
    add_episode(show, "pesut-mahakam", title="Pesut Mahakam dan sungai yang ramai")
    return Workspace(root.resolve())


def name_the_voices(show: Workspace, slug: str) -> None:
    """Say who speaks, as the script of the sample recording has it."""
    (script,) = SAMPLE_FOLDER.glob("*.txt")
    turns = [line.split(": ", 1) for line in script.read_text(encoding="utf-8").splitlines()]
    review = read_review(show.episode(slug))
    lines = applied(review.machine, review.operations).lines
    for speaker in dict(turns):
        said = " ".join(text for name, text in turns if name == speaker).casefold()
        theirs = [line for line in lines if line.text.strip(" .?!").casefold()[:25] in said]
        seen = tuple(Seen(line.id, line.version) for line in theirs)
        operation = AssignSpeaker(
            id=str(uuid.uuid4()), author=EDITOR, at=datetime.now(UTC), lines=seen, speaker=speaker
        )
        review = append_to_review(show.episode(slug), review, [operation])


@contextmanager
def a_browser() -> Iterator[Browser]:
    rooted = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=rooted
        )


def an_editors_page(chromium: Browser, reviewing: Reviewing) -> Page:
    window = chromium.new_context(
        locale="id-ID", viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light"
    )
    token = reviewing.sign_in(Role.EDITOR, EDITOR)
    window.add_cookies([{"name": COOKIE, "value": token, "url": reviewing.address}])
    return window.new_page()


def in_a_line(page: Page) -> None:
    page.locator(".said").nth(8).click()
    page.wait_for_timeout(1000)


def with_the_draft(page: Page) -> None:
    page.get_by_role("button", name="Mulai").first.click()
    page.wait_for_timeout(4000)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
