"""The only place that imports PDF libraries: pypdf for structure, pypdfium2 for text and
pictures, pdfplumber for joining ruling lines to tables."""

from kb.readers.pdf.document import Beat, read_pdf
from kb.readers.pdf.render import Box, page_boxes, render_page

__all__ = ["Beat", "Box", "page_boxes", "read_pdf", "render_page"]
