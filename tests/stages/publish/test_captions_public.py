"""The feed announces the captions in every format, and each announced file is there."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from pipeline.ground.workspace import Workspace
from pipeline.stages.publish import open_bucket, plan_publication, publish
from pipeline.words.captions import PUBLIC_FORMATS
from tests.episodes_on_disk import NOW, add_episode, make_workspace

PODCAST = "{https://podcastindex.org/namespace/1.0}"


def test_every_format_is_announced_and_public_byte_for_byte(tmp_path: Path) -> None:
    show = make_workspace(tmp_path / "show", base_url="http://127.0.0.1:8000/")
    episode = add_episode(show, "satu")
    fresh = Workspace(show.root)
    bucket = open_bucket(fresh.show, fresh)
    publish(fresh, bucket, plan_publication(fresh, bucket, NOW), lambda _share: None)
    feed = etree.parse(fresh.public / "feed.xml")
    announced = list(feed.iter(f"{PODCAST}transcript"))
    assert [a.get("type") for a in announced] == [each.media_type for each in PUBLIC_FORMATS]
    assert {a.get("language") for a in announced} == {"id"}
    for element, captions in zip(announced, PUBLIC_FORMATS, strict=True):
        key = element.get("url").removeprefix("http://127.0.0.1:8000/")
        stem, suffix = captions.public_name.split(".")
        assert key.startswith(f"episodes/satu/{stem}-")
        assert key.endswith(f".{suffix}")
        made = (episode.texts / captions.file_name).read_bytes()
        assert (fresh.public / key).read_bytes() == made
