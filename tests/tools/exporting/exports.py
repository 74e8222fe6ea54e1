"""An article and an episode to export."""

from __future__ import annotations

from datetime import date

from pipeline.tools.drafting.reading import read_article
from pipeline.words.deliveries import About
from pipeline.words.podcasting import Correction

URL = "https://podcast.example.org/etam/episodes/kim/index.html"

ARTICLE = read_article(
    """\
# KIM & <Warga>

*Ringkasan.*

Keterangan foto: Ahmad Rianto

Portal – **Lead** dengan [peraturan](https://example.org/uu?a=1&b=2).

## Bagian

> Kutipan panjang.

- satu
- dua

1. pertama
2. kedua

Antara.

1. lagi

---

(Tim Portal)

Tag: berita bohong, KIM
"""
)

ABOUT = About(
    slug="kim",
    title="KIM, dari Warga",
    show="Etam Berkesah",
    language="id",
    recorded_on=date(2022, 10, 6),
    page_url=URL,
    people=("Sari Melati", "Ahmad Rianto, Kepala Bidang"),
    corrections=(Correction(date(2022, 10, 8), "Bukan empat, tiga."),),
)
