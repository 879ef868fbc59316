"""Names of bodies inside longer names, of one body among several, and words no post has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.authority import norm

_VERB = re.compile(r"(?!pe|ke)[a-z]{4,}kan$")
REGION_TYPE = re.compile(r"\b(?:kabupaten|kab|kota|provinsi|prov)\.? ")


def body_from(body: str, starts: Sequence[str]) -> str | None:
    """``body`` from the word on that is one of ``starts``, or begins like a longer one.

    ``Reserse Kriminal Khusus Polda Riau`` -> ``Polda Riau``.
    """
    words = body.split()
    for place, word in enumerate(map(norm, words)):
        if any(word == one or (len(one) > 2 and word.startswith(one)) for one in starts):
            return " ".join(words[place:])
    return None


def last_body(bodies: Sequence[str], starts: Sequence[str]) -> str | None:
    """The last that ``body_from`` finds in ``bodies``."""
    parts = [part for body in bodies if (part := body_from(body, starts))]
    return parts[-1] if parts else None


def of_rank(headed: Sequence[str], bodies: Sequence[str], rank: str) -> str | None:
    """The last body of a ``rank`` (``polres``); before others that whose head is named."""
    led = {part for body in headed if (part := body_from(body, (rank,)))}
    return led.pop() if len(led) == 1 else last_body(bodies, (rank,))


def same_body(names: Sequence[str]) -> str | None:
    """The fullest form of the one body that ``names`` are names of, or ``None``."""
    longest = max(names, key=len, default=None)
    if longest is None:
        return None
    whole = REGION_TYPE.sub("", norm(longest))
    alike = all(f" {REGION_TYPE.sub('', norm(name))} " in f" {whole} " for name in names)
    return longest if alike else None


def acts(word: str) -> bool:
    """Whether a word in lower case has the form of a verb, as headlines write them in capitals
    (``Hakim Biarkan X Adili Perkara``)."""
    return _VERB.match(word) is not None
