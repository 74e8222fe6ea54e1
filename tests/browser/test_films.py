"""An audiogram plays in a browser as it does on a phone: H.264, AAC, to the end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.ground.files import write_text
from pipeline.ground.transcript_file import read_transcript
from pipeline.tools.audiogram import Order, make_audiogram
from pipeline.words.clips import Shape, Stretch
from tests.browser.shown import served
from tests.browser.test_pages import wait_until
from tests.episodes_on_disk import add_episode, make_workspace

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

FILM = "document.querySelector('video')"


def make_film(folder: Path) -> Path:
    show = make_workspace(folder / "show")
    episode = add_episode(show, "satu")
    order = Order(
        episode.enclosure, read_transcript(episode), Stretch(0.0, 2.0), Shape.SQUARE,
        "Etam Berkesah", "Air bersih", "Ahmad Rianto", show.feed_folder / "artwork.jpg",
    )  # fmt: skip
    make_audiogram(order, show.public / "clip.mp4", lambda _share: None)
    write_text(show.public / "watch.html", "<!doctype html><video src=clip.mp4 preload=auto>")
    return show.public


def test_a_film_plays_with_picture_and_sound(browser: Browser, tmp_path: Path) -> None:
    with served(lambda _base_url: make_film(tmp_path)) as site, browser.new_page() as page:
        page.goto(f"{site}watch.html")
        wait_until(page, f"{FILM} && {FILM}.readyState >= 3")
        assert page.evaluate(f"[{FILM}.videoWidth, {FILM}.videoHeight]") == [1080, 1080]
        assert abs(page.evaluate(f"{FILM}.duration") - 2.0) <= 0.1
        page.evaluate(f"{FILM}.play()")
        wait_until(page, f"{FILM}.ended")
        assert page.evaluate(f"{FILM}.error") is None
        assert page.evaluate(f"{FILM}.webkitAudioDecodedByteCount") > 0
        assert page.evaluate(f"{FILM}.getVideoPlaybackQuality().totalVideoFrames") > 20
