"""Word documents (ECMA-376) by python-docx, which Word, LibreOffice and Google Docs open."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from pipeline.tools.translations import date_in_words, translator
from pipeline.words.deliveries import About
from pipeline.words.languages import primary_language
from pipeline.words.marked_text import Form, Line, Piece, Span
from pipeline.words.plain_text import one_line, without_controls

_LINK_COLOUR, _QUIET_COLOUR = RGBColor(0x05, 0x63, 0xC1), RGBColor(0x59, 0x59, 0x59)
_LISTS = {Form.BULLETS: "List Bullet", Form.NUMBERS: "List Number"}
_REGIONS = {"id": "id-ID", "en": "en-US"}
_LONGEST_PROPERTY = 255


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker said without a break, and when it begins ("[03:07]")."""

    speaker: str
    time: str
    text: str


def article_document(headline: str, pieces: Iterable[Piece], about: About) -> bytes:
    """The pieces of an article as a document with headings, lists and links of its own."""
    document = _new_document(headline or about.title, about)
    for piece in pieces:
        _add(document, piece)
    return _bytes_of(document)


def transcript_document(turns: Iterable[Turn], about: About) -> bytes:
    """A transcript, a paragraph for each turn: who, when, and what was said."""
    translate = translator(about.language)
    document = _new_document(f"{translate('Transcript')}: {about.title}", about)
    document.add_heading(one_line(about.title), level=1)
    day = date_in_words(about.recorded_on, about.language)
    document.add_paragraph("\n".join(map(one_line, [f"{about.show} · {day}", *about.people])))
    for turn in turns:
        paragraph = document.add_paragraph()
        if turn.speaker:
            paragraph.add_run(f"{one_line(turn.speaker)} ").bold = True
        _quiet(paragraph.add_run(f"{turn.time} "))
        paragraph.add_run(one_line(turn.text))
    note = translate("The transcript was made by a machine and may contain mistakes.")
    _quiet(document.add_paragraph().add_run(note))
    return _bytes_of(document)


def _new_document(title: str, about: About) -> WordDocument:
    document = Document()
    properties = document.core_properties
    properties.title = one_line(title)[:_LONGEST_PROPERTY]
    properties.author = one_line(about.show)[:_LONGEST_PROPERTY]
    properties.comments = ""
    properties.language = _region(about.language)
    # Otherwise it would be of 2013, when the template of the library was made.
    properties.created = properties.modified = datetime.combine(about.recorded_on, time())
    _speak(document, _region(about.language))
    return document


def _region(language: str) -> str:
    return language if "-" in language else _REGIONS.get(primary_language(language), language)


def _speak(document: WordDocument, language: str) -> None:
    """Let Word check the spelling in the document's language, not in that of the template."""
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), language)


def _add(document: WordDocument, piece: Piece, style: str | None = None) -> None:
    match piece.form:
        case Form.HEADING:
            _fill(document.add_heading(level=min(piece.level, 9)), piece.lines[0])
        case Form.RULE:
            document.add_paragraph("* * *").alignment = WD_ALIGN_PARAGRAPH.CENTER
        case Form.QUOTE:
            for inner in piece.inside:
                _add(document, inner, "Quote")
        case Form.BULLETS | Form.NUMBERS:
            _add_list(document, piece)
        case Form.PARAGRAPH:
            _fill(document.add_paragraph(style=style), piece.lines[0])


def _add_list(document: WordDocument, piece: Piece) -> None:
    number = _new_numbering(document) if piece.form is Form.NUMBERS else None
    for entry in piece.lines:
        paragraph = document.add_paragraph(style=_LISTS[piece.form])
        if number is not None:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_numId().val = number
            properties.get_or_add_ilvl().val = 0
        _fill(paragraph, entry)


def _new_numbering(document: WordDocument) -> int:
    """A numbering that begins at one: otherwise every list goes on where the last one ended."""
    numbering = document.part.numbering_part.element
    style = document.styles[_LISTS[Form.NUMBERS]].element
    used = style.pPr.numPr.numId.val
    abstract = next(n for n in numbering.num_lst if n.numId == used).abstractNumId.val
    new = numbering.add_num(abstract)
    new.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(new.numId)


def _fill(paragraph: Paragraph, line: Line) -> None:
    for span in line:
        run = paragraph.add_run(_clean(span.text))
        run.bold, run.italic = span.strong or None, span.emphasis or None
        if span.link:
            _lead(paragraph, run, span)


def _lead(paragraph: Paragraph, run: Run, span: Span) -> None:
    """Make a link of `run`; the library has no words for it."""
    target = paragraph.part.relate_to(
        _clean(span.link), RELATIONSHIP_TYPE.HYPERLINK, is_external=True
    )
    run.font.color.rgb, run.font.underline = _LINK_COLOUR, True
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), target)
    link.append(run._r)
    paragraph._p.append(link)


def _quiet(run: Run) -> None:
    run.font.color.rgb = _QUIET_COLOUR


def _clean(text: str) -> str:
    """XML takes no control characters; spaces at the ends separate words here and stay."""
    cleaned = without_controls(f"|{text}|").replace("\n", " ")
    return cleaned[1:-1]


def _bytes_of(document: WordDocument) -> bytes:
    """The file; the same content gives the same bytes, whatever the clock says."""
    saved, whole = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(whole, "w") as archive:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name)
            archive.writestr(part, parts.read(name), zipfile.ZIP_DEFLATED)
    return whole.getvalue()
