"""The rules' reading of a document: names, titles and word lists, before any model.

``rule_tags`` and ``token_lists`` are features of the name model; ``rule_spans`` alone is
already a usable tagger.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Doc

from kb import authority
from kb.authority import norm
from kb.model import Mention
from kb.nlp.language import Tokens, pieces_of, text_of, tokens_of
from kb.nlp.lexicon import lexicon
from kb.nlp.rules.gazetteer import Span, find_places
from kb.nlp.rules.institutions import find_institutions, find_venues
from kb.nlp.rules.persons import find_persons
from kb.nlp.rules.titles import TitleSpan, find_titles

LISTS = (
    "address",
    "agency_head",
    "calendar",
    "cue",
    "degree",
    "honorific",
    "institution",
    "kabkota",
    "kecamatan",
    "name_part",
    "named_head",
    "not_person",
    "office",
    "org_word",
    "place_type",
    "provinsi",
    "rank",
    "region_type",
    "status",
    "village",
)
"""Every name that ``token_lists`` may give a token."""


@dataclass(slots=True)
class RuleReading:
    """What the rules found, in token positions of ``Tokens``."""

    spans: list[Span] = field(default_factory=list)
    """Names, left to right, no overlaps."""
    titles: list[TitleSpan] = field(default_factory=list)


def read_tokens(tokens: Tokens) -> RuleReading:
    """Names and titles in ``tokens``."""
    taken = [False] * len(tokens)
    venues = find_venues(tokens, taken)
    institutions = find_institutions(tokens, taken)
    titles = find_titles(tokens, taken)
    places = find_places(tokens, taken)
    persons = find_persons(tokens, taken, titles, institutions + places)
    return RuleReading(sorted(venues + institutions + places + persons), titles)


def reading_of(doc: Doc) -> RuleReading:
    """The rules' reading of ``doc``, made once and kept with it."""
    kept = doc.user_data.get("kb_reading")
    if isinstance(kept, RuleReading):
        return kept
    reading = read_tokens(tokens_of(doc))
    doc.user_data["kb_reading"] = reading
    return reading


def rule_tags(doc: Doc) -> list[str]:
    """One BIO tag (``B-PER`` ... ``O``) for each token of ``doc``, white space included."""
    tags = ["O"] * len(doc)
    index = tokens_of(doc).index
    for span in reading_of(doc).spans:
        for k in range(span.first, span.last):
            tags[index[k]] = ("B-" if k == span.first else "I-") + span.label
    return tags


@lru_cache(maxsize=100_000)
def lists_of(word: str) -> frozenset[str]:
    """The lists (``LISTS``) that one word stands in."""
    lex = lexicon()
    low = word.lower().rstrip(".")
    plain = low if low.isalnum() else norm(low)
    glued = plain.replace(" ", "")
    out: set[str] = set()
    if plain in lex.titles.first_words or plain in lex.titles.candidate:
        out.add("office")
    if (plain,) in lex.titles.status:
        out.add("status")
    for name, words in (
        ("address", lex.address),
        ("degree", lex.degrees),
        ("name_part", lex.name_parts),
    ):
        if glued in words:
            out.add(name)
    if glued in lex.ranks:
        out.add("rank")
    elif glued in lex.before_name:
        out.add("honorific")
    for name, words in (
        ("agency_head", lex.agency_heads),
        ("named_head", lex.named_first),
        ("org_word", lex.org_words),
        ("place_type", lex.place_first),
        ("region_type", lex.region_types),
        ("calendar", lex.calendar),
        ("cue", lex.cue_verbs),
        ("not_person", lex.not_person),
    ):
        if plain in words or low in words:
            out.add(name)
    if word[:1].isupper():
        if lex.institutions((plain,)):
            out.add("institution")
        for code in authority.load().places.by_norm.get(plain, ()):
            out.add(("provinsi", "kabkota", "kecamatan", "village")[code.count(".")])
    return frozenset(out)


def token_lists(doc: Doc) -> list[frozenset[str]]:
    """The word lists each token of ``doc`` stands in, white space included (empty)."""
    return [lists_of(piece) for piece in pieces_of(doc)]


def mentions_of(doc: Doc) -> list[Mention]:
    """The rules' names as mentions with character offsets."""
    tokens = tokens_of(doc)
    text = text_of(doc)
    out = []
    for span in reading_of(doc).spans:
        start, end = tokens.start[span.first], tokens.end[span.last - 1]
        out.append(
            Mention(
                start,
                end,
                text[start:end],
                span.label,
                method=f"rule: {span.method}",
                confidence=span.confidence,
            )
        )
    return out
