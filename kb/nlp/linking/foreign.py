"""Which places of a text are of other countries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

from kb.authority import norm
from kb.authority.words import sections
from kb.model import Mention
from kb.nlp.linking.rows import regions_of
from kb.nlp.linking.whereabouts import is_dateline, is_whose

_CONTINENTS = frozenset({"afrika", "amerika", "asia", "asia tenggara", "eropa", "timur tengah"})
_COUNTRIES = ("countries", "more_countries")
ABROAD = (*_COUNTRIES, "places", "cities")
_RIGHT_BEHIND = 5
"""Characters between a place and its country, at most: ", " or " di ". Set by hand; no command
measured it."""


@lru_cache(maxsize=2)
def abroad(kinds: tuple[str, ...] = ABROAD) -> frozenset[str]:
    """Names of places of other countries (``words/abroad.txt``) in normal form."""
    lists = sections("abroad.txt")
    return frozenset(norm(name) for kind in kinds for name in lists[kind])


@lru_cache(maxsize=1)
def countries() -> Mapping[str, str]:
    """Normal form of a short or other name of a country -> the usual one (``AS``)."""
    rows = (line.split(" = ") for line in sections("abroad.txt")["short"])
    return {norm(short): name for short, name in rows}


class Foreign:
    """The places of one text, seen from Indonesia."""

    def __init__(self, text: str, local: Sequence[Mention]) -> None:
        self.text = text
        self.local = local
        self.names = {
            norm(m.surface) for m in local if self._in_country(norm(m.surface).split(), m)
        }

    def has(self, words: list[str], mention: Mention) -> bool:
        """Whether a place is one of another country: by its own name or by the country at its end
        or right behind it (``Davao``, ``Davao Filipina``, ``Kudat, Malaysia``), here or elsewhere
        in the text."""
        name = " ".join(words)
        return name in abroad() or name in self.names or self._in_country(words, mention)

    def _in_country(self, words: list[str], mention: Mention) -> bool:
        ends = {" ".join(words[at:]) for at in range(1, len(words))}
        behind = (o for o in self.local if 0 < o.start - mention.end <= _RIGHT_BEHIND)
        ends.update(norm(other.surface) for other in behind)
        return not ends.isdisjoint(abroad(_COUNTRIES))

    @cached_property
    def large(self) -> list[tuple[Mention, list[str] | None]]:
        """Regions and other countries that the text names as where something is, but for its
        dateline, with the codes of the regions."""
        out: list[tuple[Mention, list[str] | None]] = []
        for mention in self.local:
            if is_dateline(self.text, mention):
                continue
            codes = [c for c in regions_of(mention) if c.count(".") <= 1]
            name = norm(mention.surface)
            other = name in abroad() and name not in _CONTINENTS
            if (codes or other) and not is_whose(self.text, mention):
                out.append((mention, codes or None))
        return out
