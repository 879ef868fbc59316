"""Rows of places: which of them lies in which (``Desa X, Kecamatan Y, Kabupaten Z``)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from kb import authority
from kb.authority import norm
from kb.authority.places import TYPE_WORDS
from kb.model import Mention
from kb.nlp.linking.whereabouts import row_behind

_BRACKETS = re.compile(r"\s*\(([^()]+)\)\s*$")
_ONE_NAME = re.compile(r",? ")
"""What stands between a place and the larger one it lies in."""
_VILLAGE = frozenset({"desa", "kelurahan"})


def bare(name: str) -> str:
    """A name as written, without what stands in brackets at its end."""
    return _BRACKETS.sub("", " ".join(name.split()))


def bare_name(mention: Mention) -> str:
    """As ``bare``, of a mention."""
    return bare(mention.surface)


def in_brackets(mention: Mention) -> str | None:
    """What stands in brackets at the end of a name."""
    found = _BRACKETS.search(mention.surface)
    return found[1] if found else None


def regions_of(mention: Mention) -> list[str]:
    """Codes of the regions that bear the name of a mention, with its type word or without."""
    words = norm(mention.surface).split()
    level = TYPE_WORDS.get(words[0]) if len(words) > 1 else None
    return authority.load().places.named(" ".join(words[1:] if level else words), level=level)


@dataclass(frozen=True)
class Rows:
    """The places of a text and what stands between them."""

    text: str
    local: Sequence[Mention]
    near: str | None
    """Code of the province of the text."""

    def is_part(self, mention: Mention) -> bool:
        """Whether a village stands right behind a place, which is then none itself (``Gang Buntu,
        Kelurahan Tegal Sari``)."""
        row = row_behind(self.text, self.local, mention)[:1]
        first = norm(row[0].surface).partition(" ")[0] if row else ""
        return first in _VILLAGE and mention.start not in self._kecamatan

    def around(self, codes: Sequence[str], mention: Mention) -> str | None:
        """The one region of several of a name that the smaller place right before it lies in
        (``Cicalengka Bandung``)."""
        for other in self.local:
            if _ONE_NAME.fullmatch(self.text, other.end, mention.start):
                small = [c for c in regions_of(other) if c.count(".") >= 2]
                found = [c for c in codes if any(s.startswith(c + ".") for s in small)]
                if len(found) == 1:
                    return found[0]
        return None

    def seat(self, code: str, mention: Mention) -> str | None:
        """The kecamatan called like its kabupaten, in a row of villages each with its kecamatan
        (``Desa Puhu Payangan dan Desa Suwat Gianyar``)."""
        own = self._kecamatan.get(mention.start)
        rows = sum(kecamatan[:5] == code for kecamatan in self._kecamatan.values())
        return own if own is not None and own[:5] == code and rows > 1 else None

    @cached_property
    def _kecamatan(self) -> Mapping[int, str]:
        """Start of a name right behind a village's -> the kecamatan it is, if it is one."""
        found = {
            above.start: _inside(village, above)
            for village, above in pairwise(self.local)
            if self.text[village.end : above.start] == " " and _is_village(village)
        }
        return {start: code for start, code in found.items() if code is not None}

    def behind(self, mention: Mention) -> str | None:
        """The kabupaten or kota, else the province, in the row of places behind a mention
        (``Hutan Tele, Kecamatan Harian, Samosir``)."""
        inner: list[str] = []
        found = None
        for other in row_behind(self.text, self.local, mention):
            codes = regions_of(other)
            if inner and codes:
                codes = [c for c in codes if any(i.startswith(c + ".") for i in inner)]
                if not codes:
                    return None  # "Kotabumi, Kraksaan, Depok": a list, not a row
            inner = codes or inner
            large = [c for c in codes if c.count(".") <= 1]
            above = set(large) or {c[:5] for c in codes if self.near == c[:2]}
            if len(above) == 1:
                found = found if found and "." in found else above.pop()
        return found


def _inside(village: Mention, above: Mention) -> str | None:
    """The kecamatan called ``above`` that ``village`` lies in."""
    small = regions_of(village)
    kecamatan = authority.load().places.named(bare_name(above), level="kecamatan")
    found = [k for k in kecamatan if any(s.startswith(k + ".") for s in small)]
    return found[0] if len(found) == 1 else None


def _is_village(mention: Mention) -> bool:
    """Whether a name begins with the word for a village."""
    return TYPE_WORDS.get(norm(mention.surface).partition(" ")[0]) in _VILLAGE
