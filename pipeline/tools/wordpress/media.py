"""The picture of an article in the site's media library, sent once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.ground.files import sha256_of
from pipeline.ground.wordpress_file import SentPicture
from pipeline.tools.artwork import check_is_picture
from pipeline.tools.wordpress.refusals import GoneThere
from pipeline.tools.wordpress.site import Site, number_of, pages_of
from pipeline.words.remote_post import digest
from pipeline.words.web_files import media_type


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to send: its file, what it shows (for who cannot see it), and its caption."""

    path: Path
    alt: str
    caption: str

    @property
    def said(self) -> str:
        """What stands for the words beside it."""
        return digest(f"{self.alt}\n{self.caption}")


def picture_there(site: Site, picture: Picture, sent: SentPicture | None) -> SentPicture:
    """The picture on the site, uploaded and described where that is still to do."""
    sha256 = sha256_of(picture.path)
    there = sent if sent and sent.sha256 == sha256 and _is_there(site, sent.id) else None
    there = there or _found_or_uploaded(site, picture, sha256)
    if there.said != picture.said:
        said = {"alt_text": picture.alt, "caption": picture.caption}
        site.post(f"wp/v2/media/{there.id}", "describe the picture", said)
    return SentPicture(sha256, there.id, picture.said)


def _is_there(site: Site, number: int) -> bool:
    try:
        site.get(f"wp/v2/media/{number}", "read the media library", _fields="id")
    except GoneThere:
        return False
    return True


def _found_or_uploaded(site: Site, picture: Picture, sha256: str) -> SentPicture:
    """The name holds the digest, so an upload that was killed before it was noted is found."""
    stem = f"etam-{sha256[:20]}"
    for entry in pages_of(site, "wp/v2/media", "read the media library", slug=stem):
        return SentPicture(sha256, number_of(entry))
    # Its bytes are looked at here, because the site would take anything.
    name = stem + check_is_picture(picture.path)
    content = picture.path.read_bytes()
    made = site.upload(name, content, media_type(name), "upload the picture")
    return SentPicture(sha256, number_of(made))
