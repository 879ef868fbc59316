"""Whom the words before a quotation speak of: who opens its sentence says it.

``Sekcam Nurlaela lebih galak, "tidak ada alasan" katanya``; ``Bu Kadis nambahin, "bibitnya
sendiri"``; ``Pak Dandim? "Saya bantu"``.
"""

from __future__ import annotations

import re

from kb.authority import norm
from kb.nlp.statements.before_verb import skip_openers
from kb.nlp.statements.masked import WORD, View
from kb.nlp.statements.people import LAST, People, Ref
from kb.nlp.statements.refs import is_office_like

_DONE_TO = re.compile(r"di[a-z]{4,}\Z|ter[a-z]{4,}\Z")
"""A verb behind the subject that says what was done to him: he need not be who speaks."""
_ASKED = re.compile(r"([^.!?\n]{3,60})\?\s*\Z")
_BRACKET = re.compile(r"[\s.,]*\(([^()\n]{3,70})\)[\s.]*(?=\n|\Z)")


def opens_with(view: View, people: People, start: int, end: int) -> Ref | None:
    """The person, or the office, that ``text[start:end]`` opens with.

    ``None`` where it opens with anything else, or says what was done to him.
    """
    begin = skip_openers(view, view.skip_connectors(start, end), end)
    words = list(WORD.finditer(view.masked, begin, end))
    if not words:
        return None
    begin = words[0].start()
    persons = view.between(begin, end, "PER")
    if persons and is_office_like(view, begin, persons[0].start):
        if _done_to(view, persons[0].end, end):
            return None
        return Ref("person", persons[0].surface, persons[0])
    office = _office(view, people, words)
    if office is None or _done_to(view, office[1], end):
        return None
    return Ref("title", view.text[begin : office[1]])


def pronoun_opens(view: View, start: int, end: int) -> Ref | None:
    """Who has the floor, where ``text[start:end]`` opens with a pronoun (``Beliau lewat grup WA
    menulis, "..."``)."""
    begin = skip_openers(view, view.skip_connectors(start, end), end)
    first = WORD.search(view.masked, begin, end)
    return LAST if first is not None and first.group().casefold() in view.cues.pronouns else None


def asked(view: View, people: People, lead: str, place: int) -> Ref | None:
    """Whom a question of one name or office alone turns to (``Pak Dandim? "..."``).

    ``lead`` is the text that ends at ``place``, where the quotation opens.
    """
    question = _ASKED.search(lead)
    if question is None:
        return None
    start = place - len(lead) + question.start(1)
    end = place - len(lead) + question.end(1)
    ref = opens_with(view, people, start, end)
    size = len(ref.text.split()) + 2 if ref is not None else 0
    return ref if len(WORD.findall(view.masked, start, end)) <= size else None


def in_bracket(view: View, people: People, place: int) -> tuple[Ref, int] | None:
    """Who signs a quotation that ends at ``place`` in a bracket that ends its line."""
    match = _BRACKET.match(view.masked, place)
    if match is None:
        return None
    ref = opens_with(view, people, match.start(1), match.end(1))
    if ref is None:
        return None
    rest = view.masked[ref.mention.end : match.end(1)].strip(" ,.") if ref.mention else ""
    named = not rest or (rest.startswith("di ") and len(rest.split()) <= 5)
    return (ref, match.end()) if named else None


def _office(view: View, people: People, words: list[re.Match[str]]) -> tuple[str, int] | None:
    """The office that the first words name, and where it ends."""
    skipped = 0
    while skipped < len(words) - 1 and words[skipped].group().casefold() in view.cues.addressing:
        skipped += 1
    first = words[0].start()
    for size in range(min(len(words) - skipped, people.titles.longest), 0, -1):
        end = words[skipped + size - 1].end()
        phrase = view.text[first:end]
        found = people.title_of(phrase)
        written = tuple(norm(word.group()) for word in words[skipped : skipped + size])
        if found is None or written not in people.titles.by_words:
            continue
        for word in words[skipped + size :]:  # the body he heads
            gap = view.masked[end : word.start()]
            if gap != " " or not word.group()[0].isupper() or view.shouting:
                break
            end = word.end()
        while view.text[end : end + 1].isalnum():
            end += 1  # "Kabid P2P"
        known = people.holds(view.text[first:end]) or found not in people.titles.not_bare
        return (phrase, end) if known else None
    return None


def _done_to(view: View, place: int, end: int) -> bool:
    behind = WORD.search(view.masked, place, min(end, place + 40))
    return behind is not None and bool(_DONE_TO.match(behind.group()))
