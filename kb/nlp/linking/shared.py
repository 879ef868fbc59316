"""Short forms that two bodies bear, told apart by what the text speaks of.

``PBB`` is the party in a text about candidates and the United Nations in one about the Security
Council; the tax of that name is no body, which the names component has seen to.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kb import authority
from kb.authority import norm
from kb.authority.words import either
from kb.model import EntityRef
from kb.nlp.linking.foreign import abroad

_NATIONS = re.compile(rf"(?<!\w)(?:{either('halves.txt', 'of_nations')})(?!\w)", re.IGNORECASE)
_PARTY = re.compile(rf"(?<!\w)(?:{either('halves.txt', 'of_the_party')})(?!\w)", re.IGNORECASE)
_PARTY_ID = "institution:pbb-partai"
_SURE = 0.9
"""Confidence where the text speaks of them. Set by hand; no command measured it."""
_GUESSED = 0.6
"""The same where only a country named speaks for it. Set by hand; no command measured it."""


def told_apart(ref: EntityRef, text: str, places: frozenset[str]) -> EntityRef:
    """``ref``, or the United Nations where the text is about them and the party was meant.

    Args:
        places: the places of the text in normal form.
    """
    nations = authority.load().institutions.get("pbb")
    if ref.entity_id != _PARTY_ID or nations is None or norm("bulan bintang") in norm(text):
        return ref
    said = _NATIONS.search(text) is not None
    if not said and (_PARTY.search(text) or places.isdisjoint(abroad(("countries",)))):
        return ref
    return replace(
        ref,
        entity_id=f"institution:{nations.id}",
        name=nations.name,
        aliases=("PBB",),
        method="what the text speaks of",
        confidence=_SURE if said else _GUESSED,
    )
