"""The language of a text, told by its function words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.model import Found

_WORDS = {
    "id": frozenset(
        ["yang", "dan", "di", "dari", "untuk", "dengan", "pada", "dalam", "ini", "itu", "akan",
         "tidak", "oleh", "sebagai", "tahun", "adalah", "telah", "juga", "para", "kepada"]
    ),
    "en": frozenset(
        ["the", "of", "and", "to", "in", "is", "that", "for", "with", "as", "was", "are", "by",
         "this", "be", "from", "have", "has", "not", "which"]
    ),
}  # fmt: skip


def find_language(texts: Sequence[str]) -> Found[str] | None:
    """``id`` or ``en`` with the share of its function words, ``None`` where neither shows."""
    words = re.findall(r"[a-z]+", " ".join(texts)[:30_000].lower())
    if len(words) < 5:
        return None
    shares = {
        code: sum(word in known for word in words) / len(words) for code, known in _WORDS.items()
    }
    best = max(shares, key=lambda code: shares[code])
    if shares[best] < 0.02:
        return None
    return Found(best, "function words", f"{shares[best]:.0%} of {len(words)} words")
