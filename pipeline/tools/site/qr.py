"""An address as a QR code. The only module that knows segno."""

from __future__ import annotations

from markupsafe import Markup

from pipeline.tools.templates import trusted


def qr_svg(url: str) -> Markup:
    """A QR code (ISO/IEC 18004) to stand in a page, black on white in both colour schemes."""
    import segno

    code = segno.make_qr(url, error="m")
    return trusted(
        code.svg_inline(scale=6, border=4, dark="#000000", light="#ffffff", svgclass="qr",
                        lineclass=None, omitsize=True)
    )  # fmt: skip
