"""Takes text off the pages of a PDF that nobody who looks at them can see."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as raw

MOST_OBJECTS = 30_000  # of one page that are looked at
SMALLEST = 1.5  # points: lower text is not seen
PAPER = 0.5  # share of a page that a picture covers whose text a scanner has put behind it
_INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_WHITE = 250

Box = tuple[float, float, float, float]  # left, bottom, right, top


def drop_unseen(page: pdfium.PdfPage) -> bool:
    """Take invisible text off a page, and say whether the page has a picture.

    Text that is invisible, clear, white on white, too small, or beside the page goes. A scan whose
    letters a scanner has recognised keeps them: all its text is invisible, over a picture.
    """
    texts: list[pdfium.PdfObject] = []
    papers: list[Box] = []
    has_picture = False
    whole = page.get_width() * page.get_height()
    covered = 0.0
    for count, thing in enumerate(page.get_objects(max_depth=4)):
        if count > MOST_OBJECTS:
            break
        if thing.type == raw.FPDF_PAGEOBJ_TEXT:
            texts.append(thing)
            continue
        box = _box(thing)
        if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            has_picture = True
            covered = max(covered, (box[2] - box[0]) * (box[3] - box[1]))
        if thing.type != raw.FPDF_PAGEOBJ_FORM and not _is_white(thing):
            papers.append(box)
    invisible = [text for text in texts if _mode(text) in _INVISIBLE]
    if len(invisible) == len(texts) and covered > PAPER * whole:
        return has_picture
    for text in texts:
        if _mode(text) in _INVISIBLE or _is_unseen(text, page, papers):
            _remove(page, text)
    return has_picture


def _mode(text: pdfium.PdfObject) -> int:
    return int(raw.FPDFTextObj_GetTextRenderMode(text))


def _is_unseen(text: pdfium.PdfObject, page: pdfium.PdfPage, papers: Sequence[Box]) -> bool:
    left, bottom, right, top = box = _box(text)
    if right <= left and top <= bottom:
        return False
    if right < 0 or top < 0 or left > page.get_width() or bottom > page.get_height():
        return True
    if 0 < max(top - bottom, 0) < SMALLEST and right - left > SMALLEST:
        return True
    return _is_clear(text) or (_is_white(text) and not any(_holds(each, box) for each in papers))


def _holds(paper: Box, box: Box) -> bool:
    across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return paper[0] <= across <= paper[2] and paper[1] <= up <= paper[3]


def _colour(thing: pdfium.PdfObject) -> tuple[int, int, int, int] | None:
    red, green, blue, clear = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(thing, red, green, blue, clear):
        return None
    return red.value, green.value, blue.value, clear.value


def _is_white(thing: pdfium.PdfObject) -> bool:
    colour = _colour(thing)
    return colour is not None and min(colour[:3]) >= _WHITE


def _is_clear(thing: pdfium.PdfObject) -> bool:
    colour = _colour(thing)
    return colour is not None and colour[3] < 8


def _box(thing: pdfium.PdfObject) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
        return 0.0, 0.0, 0.0, 0.0
    return left.value, bottom.value, right.value, top.value


def _remove(page: pdfium.PdfPage, text: pdfium.PdfObject) -> None:
    if text.container is None:
        raw.FPDFPage_RemoveObject(page, text)
    else:
        raw.FPDFFormObj_RemoveObject(text.container, text)
