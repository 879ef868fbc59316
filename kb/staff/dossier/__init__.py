"""A collection as a file that can be cited from: quotations, pictures of pages, sources."""

from __future__ import annotations

from kb.staff.dossier.content import Dossier, Entry, dossier
from kb.staff.dossier.docx_file import docx
from kb.staff.dossier.pdf_file import pdf

__all__ = ["Dossier", "Entry", "docx", "dossier", "pdf"]
