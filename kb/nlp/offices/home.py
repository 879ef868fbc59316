"""The one region whose government a text is about, for heads it names without a region.

``Bupati Haliadi`` in a text that else speaks of ``Pemkab Wakatobi`` is the regent of Wakatobi.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.authority import norm
from kb.model import Mention
from kb.nlp.regions import region_code

_GOVERNMENT = re.compile(
    r"(?:Pemkab|Pemkot|Pemda|Pemerintah(?:an)?(?: Daerah)?|DPRD|DPRK|Setda|Sekretariat Daerah)\s+"
    r"(?:(?:Kabupaten|Kab\.?|Kota)\s+)?(\w.*)\Z",
    re.IGNORECASE,
)
_REGION = re.compile(r"(?:Kabupaten|Kab\.?|Kota)\s+(\w.*)\Z", re.IGNORECASE)
_DATELINE = re.compile(r"(?:\s*[,/][^\n–—|-]{0,40})?\s*[-–—|]")
"""What stands behind the place that opens an article (``Cianjur - ``, ``RABA, Kabar -``)."""


def home_region(text: str, mentions: Iterable[Mention]) -> str | None:
    """Name (as written, without its type word) of the regency or city the text is about.

    What its governments and councils are called comes first, then regencies and cities it
    names with their type word, then its dateline; ``None`` where two are named.
    """
    ordered = sorted(mentions, key=lambda m: m.start)
    stages = (
        [_part(_GOVERNMENT, m) for m in ordered if m.label == "ORG"],
        [_part(_REGION, m) for m in ordered if m.label == "LOC"],
        [" ".join(m.surface.split()) for m in ordered if m.label == "LOC" and _dateline(text, m)],
    )
    for names in stages:
        found = {norm(name): name for name in names if name is not None and _regency(name)}
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    return None


def _part(pattern: re.Pattern[str], mention: Mention) -> str | None:
    match = pattern.match(" ".join(mention.surface.split()))
    return match.group(1) if match else None


def _dateline(text: str, mention: Mention) -> bool:
    opens = text[: mention.start].rstrip(" *_")[-1:] in ("", "\n")
    return opens and _DATELINE.match(text, mention.end) is not None


def _regency(name: str) -> bool:
    """Whether ``name`` is that of a regency or city (those called alike count)."""
    return any(
        code is not None and code.count(".") == 1
        for code in (
            region_code(name),
            region_code(f"Kabupaten {name}"),
            region_code(f"Kota {name}"),
        )
    )
