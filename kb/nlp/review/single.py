"""Persons of one word that nothing but a weak guess speaks for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from kb.authority import norm
from kb.authority.words import name_parts
from kb.model import Mention
from kb.nlp.lexicon import lexicon
from kb.nlp.names import role_words

BELIEVED = 0.8
"""Chance from which one word that no list has as a name is believed to be a person's. Set by hand
after 189 texts of strangers, where 10 of 26 such words below it were names; no command measured
it."""
_REACH = 40
"""Characters around a name in which a title, a degree or a reporting verb stands."""
_NEAR = 5
"""Words before a name among which its title stands."""
_TOLD_OF = re.compile(
    r"\s\(\d{1,3}(?:\s?(?:th|tahun))?\)|\s?[-–]\s|\s(?:[Ss]ebagai|[Ss]elaku|alias)\s"
)
"""Behind a name: an age, a post."""


def drop_weak_singles(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` without one-word persons that are nobody's short form, that no list knows,
    and beside whom no title, degree or verb of saying ever stands in the text."""
    parts = {
        word
        for m in mentions
        if m.label == "PER" and " " in m.surface
        for word in norm(m.surface).split()
    }
    single: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.label == "PER" and not re.search(r"\s", mention.surface):
            single[norm(mention.surface)].append(mention)
    weak = {
        word
        for word, found in single.items()
        if word not in parts
        and word not in name_parts()
        and _guessed(found)
        and not any(_spoken_for(text, m) for m in found)
    }
    return [m for m in mentions if m.label != "PER" or norm(m.surface) not in weak]


def _guessed(found: Sequence[Mention]) -> bool:
    return max((m.confidence for m in found if m.method != "consistency"), default=1.0) < BELIEVED


def _spoken_for(text: str, mention: Mention) -> bool:
    lex = lexicon()
    lead_in = text[max(0, mention.start - _REACH) : mention.start].rstrip(", ")
    before = re.split(r"[.;!?,\n]\s", lead_in)[-1]
    after = text[mention.end : mention.end + _REACH]
    lead = [norm(word) for word in before.split()][-_NEAR:]
    if any(word in lex.titles.first_words or word in role_words() for word in lead):
        return True
    if lead and lead[-1].replace(" ", "") in lex.before_name | lex.address | lex.name_cues:
        return True
    if before.rstrip().endswith(":") or _TOLD_OF.match(after):
        return True
    degree = re.match(r",\s*([A-Za-z.]+)", after)
    if degree and norm(degree.group(1)).replace(" ", "") in lex.degrees:
        return True
    told = re.match(r"\s(\w+)(?:\s(\w+))?", after)
    words = told.groups() if told else ()
    return any(word and word.lower() in lex.cue_verbs for word in words)
