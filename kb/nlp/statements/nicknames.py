"""Words that give somebody another name: nicknames, short forms, forms of address."""

from __future__ import annotations

import re

NICKNAME = re.compile(
    r"(?:di(?:sapa|panggil)|sapaan(?: akrab)?(?:nya)?|karib|alias|als\.?)\s+"
    r"(?:(?:akrab|dengan)\s+)*\Z"
)
SHORT_FORM = re.compile(
    r"\s*\(([A-Z]{2,5})\)"
    r"|[^.\n]{0,40}?\b(?:di(?:sapa|panggil)|sapaan)(?: akrab)?,?"
    r" ([A-Z][a-z]+)\b(?: ([A-Z][a-z]+)\b)?"
)
_ADDRESS = r"(?:[A-Za-z]{1,6}\.?\s+){0,2}"
_IN_BRACKET = re.compile(rf",?\s*\(\s*{_ADDRESS}")
_SO = re.compile(rf",\s*(?:begitu|demikian)(?:lah)?\s+{_ADDRESS}")
_IS_CALLED = re.compile(
    r"\s*(?:(?:biasa|akrab|kerap|sering|lazim)\s+)?(?:ia\s+|dia\s+)?di(?:sapa|panggil)"
)
_KNOWN_AS = re.compile(
    rf",\s*(?:nama\s+)?(?:sapaan|panggilan)(?:\s+(?:akrab|karib))?\s+(?:dari\s+)?{_ADDRESS}"
)

_REAL = re.compile(
    r"[^\n]{0,120}\bnama(?:\s+(?:asli|lengkap|panjang|penuh)(?:nya|nye)?|\s+di\s+(?:KTP|akta))"
    rf"\s*(?:adalah|ialah|itu)?[,:]?\s*{_ADDRESS}",
    re.IGNORECASE,
)
"""``Opa Tomi, nama di KTP Tomas``; ``Bung Oce (nama lengkap Oktovianus)``; ``Nama aslinya X``."""


def is_real_name(between: str) -> bool:
    """Whether the name behind ``between`` is the full one of who is named before it."""
    return bool(_REAL.fullmatch(between))


def is_other_name(between: str, behind: str) -> bool:
    """Whether a name is another one of who is named before it, with ``between`` in between.

    ``X (Miq Awan)``; ``Uni Des, begitu Desmawati biasa disapa``; ``Gus Imam, sapaan akrab KH
    Imam``. ``behind`` is the text that follows it.
    """
    if _IN_BRACKET.fullmatch(between):
        return behind.lstrip().startswith(")")
    if _SO.fullmatch(between):
        return bool(_IS_CALLED.match(behind))
    return bool(_KNOWN_AS.fullmatch(between))
