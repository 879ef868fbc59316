"""Reads Word documents (DOCX) whole: everything that the printed document shows, once."""

from kb.readers.word.document import read_docx

__all__ = ["read_docx"]
