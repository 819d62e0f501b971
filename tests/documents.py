"""Makes documents to read: PDF, Word, EPUB and mail, with what people put into them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from email.message import EmailMessage

from fpdf import FPDF, TextMode

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_DC = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return data.getvalue()


def paragraph(text: str, style: str = "", run: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}<w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def word(body: str, **more: str | bytes) -> bytes:
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": (
            f'<w:styles {_W}><w:style w:styleId="H2"><w:name w:val="heading 2"/></w:style>'
            '<w:style w:styleId="T"><w:name w:val="Title"/></w:style>'
            '<w:style w:styleId="Away"><w:name w:val="Away"/><w:rPr><w:vanish/></w:rPr></w:style>'
            "</w:styles>"
        ),
        "docProps/core.xml": (
            f"<cp:coreProperties {_DC}><dc:creator>Mara Quill</dc:creator>"
            "<dcterms:created>2026-03-09T08:00:00Z</dcterms:created></cp:coreProperties>"
        ),
    }
    return zipped({**parts, **more})


def book(chapters: Iterable[str], **more: str | bytes) -> bytes:
    texts = list(chapters)
    items = "".join(
        f'<item id="c{at}" href="text/c{at}.xhtml" media-type="application/xhtml+xml"/>'
        for at in range(len(texts))
    )
    spine = "".join(f'<itemref idref="c{at}"/>' for at in range(len(texts)))
    parts: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": (
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OPS/p.opf"/></rootfiles></container>'
        ),
        "OPS/p.opf": (
            '<package xmlns="http://www.idpf.org/2007/opf"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
            "<dc:title>Two Harbours</dc:title><dc:creator>Ned Roe</dc:creator></metadata>"
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
        ),
    }
    for at, text in enumerate(texts):
        parts[f"OPS/text/c{at}.xhtml"] = f"<html><body>{text}</body></html>"
    return zipped({**parts, **more})


def mail(subject: str, plain: str = "", html: str = "") -> bytes:
    message = EmailMessage()
    message["From"] = "Mara Quill <mara@post.example>"
    message["To"] = "reader@post.example"
    message["Subject"] = subject
    message["Date"] = "Mon, 09 Mar 2026 08:00:00 +0100"
    message.set_content(plain or "See the other part.")
    if html:
        message.add_alternative(html, subtype="html")
    message.add_attachment(b"QUOKKA", maintype="text", subtype="plain", filename="a.txt")
    return message.as_bytes()


class Sheets(FPDF):
    """A PDF with a running head and numbered pages."""

    def header(self) -> None:
        self.set_font("Helvetica", size=8)
        self.cell(0, 5, "The Ostley Post, weekly edition")
        self.ln(10)

    def footer(self) -> None:
        self.set_y(-12)
        self.set_font("Helvetica", size=8)
        self.cell(0, 5, f"Page {self.page_no()} of 3")


def pdf(title: str, sections: Mapping[str, Iterable[str]], *, columns: int = 1) -> bytes:
    sheets = Sheets()
    sheets.add_page()
    sheets.set_font("Helvetica", style="B", size=22)
    sheets.multi_cell(0, 10, title)
    sheets.ln(4)
    with sheets.text_columns(ncols=columns, gutter=8, text_align="J") as column:
        for heading, texts in sections.items():
            sheets.set_font("Helvetica", style="B", size=14)
            with column.paragraph(bottom_margin=2) as part:
                part.write(heading)
            sheets.set_font("Helvetica", size=10)
            for text in texts:
                with column.paragraph(bottom_margin=3) as part:
                    part.write(text)
    return bytes(sheets.output())


def pdf_with_unseen(seen: str, unseen: str) -> bytes:
    """A page with `seen` to read, and `unseen` in each way in which a page hides text."""
    sheets = FPDF()
    sheets.add_page()
    sheets.set_font("Helvetica", size=11)
    sheets.multi_cell(0, 6, seen)
    with sheets.local_context(text_mode=TextMode.INVISIBLE):
        sheets.text(20, 120, unseen)
    with sheets.local_context(text_color=(255, 255, 255)):
        sheets.text(20, 130, unseen)
    with sheets.local_context(font_size_pt=0.6):
        sheets.text(20, 140, unseen)
    sheets.text(20, 900, unseen)
    return bytes(sheets.output())


def scan() -> bytes:
    """A page that is a picture."""
    sheets = FPDF()
    sheets.add_page()
    pixels = b"".join(bytes([at % 251, at % 7 * 30, 90]) for at in range(64 * 64))
    picture = b"P6 64 64 255\n" + pixels
    sheets.image(io.BytesIO(picture), x=0, y=0, w=210, h=297)
    return bytes(sheets.output())
