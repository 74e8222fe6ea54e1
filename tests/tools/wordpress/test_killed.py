"""`etam` is killed, as a process, after the site made the draft and before it answered."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.ground.files import read_json, write_text
from pipeline.tools.wordpress import Outcome
from tests.episodes_on_disk import write_show
from tests.tools.wordpress.conftest import Desk
from tests.wordpress_sites import Newsroom

_HOLD_SECONDS = 20
_PLUGIN = f"""<?php
add_action('rest_after_insert_post', function ($post, $request, $creating) {{
    if ($creating) sleep({_HOLD_SECONDS});
}}, 10, 3);
"""


@contextlib.contextmanager
def slow_to_answer(newsroom: Newsroom) -> Iterator[None]:
    """A draft is made at once, and the answer comes late."""
    if newsroom.fake is not None:
        newsroom.fake.hold_seconds = _HOLD_SECONDS
        yield
        newsroom.fake.hold_seconds = 0.0
        return
    folder = Path(os.environ["ETAM_WORDPRESS_SITE"]) / "wp-content" / "mu-plugins"
    folder.mkdir(exist_ok=True)
    (folder / "slow.php").write_text(_PLUGIN)
    try:
        yield
    finally:
        (folder / "slow.php").unlink()


def start_push(desk: Desk) -> subprocess.Popen[bytes]:
    arguments = ["-C", str(desk.workspace.root), "wordpress", "push", desk.slug, "--unchecked"]
    password = {"ETAM_WORDPRESS_PASSWORD": desk.newsroom.passwords["penulis"]}
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", *arguments],
        env={**os.environ, **password, "PYTHONPATH": str(Path(__file__).parents[3])},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def test_there_is_one_draft_and_one_picture_afterwards(desk: Desk) -> None:
    settings = f'\n[wordpress]\nurl = "{desk.newsroom.url}"\nuser = "penulis"\n'
    write_show(desk.workspace, publish=f'{settings}category = "Siniar"\n')
    write_text(desk.episode.article_md, desk.article)
    with slow_to_answer(desk.newsroom):
        process = start_push(desk)
        give_up_at = time.monotonic() + 60
        while not desk.posts():
            assert process.poll() is None
            assert time.monotonic() < give_up_at
            time.sleep(0.1)
        process.send_signal(signal.SIGKILL)
        process.wait()
    record = read_json(desk.episode.wordpress_json)
    assert record["id"] is None, "it was killed in between"

    (made,) = desk.posts()
    again = desk.push()
    assert again.id == made["id"]
    assert again.sent in ((), ("content",)), "only where the episode is heard differs"
    assert again.outcome in (Outcome.UNCHANGED, Outcome.UPDATED)
    assert len(desk.posts()) == 1
    assert desk.newsroom.asks(f"posts/{made['id']}")["featured_media"] == record["picture"]["id"]
