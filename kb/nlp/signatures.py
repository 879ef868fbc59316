"""Signature blocks of decrees and performance agreements, and ``Nama : ... Jabatan : ...``."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from kb.model import Mention, Office


def signed_offices(doc: Doc, mentions: Sequence[Mention]) -> list[Office]:
    """Offices of the persons who sign the page."""
    return []
