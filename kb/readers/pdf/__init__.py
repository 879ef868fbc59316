"""The only place that imports PDF libraries: pypdf for structure, pypdfium2 for text and
pictures, pdfplumber for joining ruling lines to tables."""

from kb.readers.pdf.document import Beat, read_pdf
from kb.readers.pdf.render import draw_page, place_words

__all__ = ["Beat", "draw_page", "place_words", "read_pdf"]
