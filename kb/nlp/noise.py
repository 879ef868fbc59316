"""Names that are none: headings in capitals, tables of contents, table cells, numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

from kb.model import Mention, TagContext
from kb.nlp.lexicon import lexicon
from kb.nlp.ordinary import settle_ordinary
from kb.nlp.persons import name_words

PRESS_TYPES = frozenset({"artikel", "press_release"})
"""Document types of running press text."""
OPEN_TYPES = frozenset({"lainnya", "pengumuman", "profil"})
"""Document types that say nothing of how their pages are written."""

_LEADER = re.compile(r"(?:\.\s?){4,}|…{2,}|_{4,}")
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
_PAGE = re.compile(r"\s(?:[ivxlc]+[-.]?)?\d{1,4}\s*$", re.IGNORECASE)
_HEADING = re.compile(
    r"^\s*(?:bab\s+[ivxlc\d]+|lampiran|tabel|gambar|grafik|diagram|bagan|daftar|kata pengantar"
    r"|(?:\d+\.)+\d*\s|[a-z]\.\s|[ivx]+\.\s)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^[\d.,%()/:-]+$")


def is_planning_page(text: str, context: TagContext | None) -> bool:
    """True for a page of wrapped lines, tables or headings rather than of running press text.

    Quotations make it press text; so does a document type that says so.
    """
    kind = context.doc_type if context is not None else None
    if kind in PRESS_TYPES:
        return False
    paragraphs = len(_EMPTY_LINE.findall(text))
    lines = text.count("\n") - 2 * paragraphs
    quotes = sum(text.count(mark) for mark in '"“”')
    planned = kind is not None and kind not in OPEN_TYPES
    return quotes < 4 and (planned or (lines >= 6 and lines > 2 * paragraphs))


def drop_noise(
    text: str,
    mentions: Sequence[Mention],
    rules: Sequence[Mention],
    context: TagContext | None = None,
    earlier: Sequence[Mention] = (),
) -> list[Mention]:
    """``mentions`` without what planning pages make look like names.

    On a planning page the rules decide: the model reads line by line and knows press text
    only. It may still find again a person the rules (or ``earlier`` pages) vouch for. A
    person in a heading or a table of contents stays only if the same name stands in running
    text too; an institution or place stays where the rules know it as well.
    """
    planning = is_planning_page(text, context)
    if planning:
        mentions = _by_rules(mentions, rules, earlier)
    mentions = settle_ordinary(text, mentions)
    running: set[tuple[str, ...]] = set()
    kinds: dict[int, str] = {}
    for mention in mentions:
        kinds[mention.start] = kind_of_line(text, mention.start)
        if mention.label == "PER" and kinds[mention.start] == "text":
            running.add(name_words(mention.surface))
    lex = lexicon()
    out = []
    for mention in mentions:
        kind = kinds[mention.start]
        if mention.label == "PER":
            mention = trim_person(text, mention)
            if planning and not _vouched(mention):
                continue
            if not _can_be_person(mention.surface, lex.org_words, lex.not_person):
                continue
            title = kind == "heading" and _beside_title(text, mention)
            if kind != "text" and not title and name_words(mention.surface) not in running:
                continue
        elif kind in ("contents", "heading") and not any(
            rule.label == mention.label and rule.start < mention.end and mention.start < rule.end
            for rule in rules
        ):
            continue
        out.append(mention)
    return out


def trim_person(text: str, mention: Mention) -> Mention:
    """A name without capitalised common words the model took along (``Budi Santosa Perlu``)."""
    words = mention.surface.split(" ")
    stop = lexicon().not_person
    while len(words) > 1 and len(words[-1]) > 2 and words[-1].lower() in stop:
        words.pop()
    end = mention.start + len(" ".join(words))
    if end == mention.end or text[mention.start : end] != " ".join(words):
        return mention
    return replace(mention, end=end, surface=text[mention.start : end])


def _vouched(mention: Mention) -> bool:
    """False for a guess that planning pages make wrong: a lone word beside a title or verb."""
    if mention.method == "rule: before verb":
        return False
    weak = mention.method in ("rule: beside title", "rule: reporting verb")
    return not weak or (len(name_words(mention.surface)) > 1 and "\n" not in mention.surface)


def _by_rules(
    mentions: Sequence[Mention], rules: Sequence[Mention], earlier: Sequence[Mention]
) -> list[Mention]:
    """The rules' names, and the model's repetitions of persons that are known."""
    rules = [m for m in rules if m.label != "PER" or _vouched(m)]
    known = {name_words(m.surface) for m in (*rules, *earlier) if m.label == "PER"}
    parts = {word for words in known for word in words if len(word) > 2}
    taken = [(m.start, m.end) for m in rules]
    again = [
        m
        for m in mentions
        if m.label == "PER"
        and (name_words(m.surface) in known or parts.issuperset(name_words(m.surface)))
        and not any(start < m.end and m.start < end for start, end in taken)
    ]
    return sorted([*rules, *again], key=lambda m: m.start)


def kind_of_line(text: str, at: int) -> str:
    """``text``, ``heading``, ``contents`` or ``table``: what the line at ``at`` looks like."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return _kind(text[start : end if end >= 0 else len(text)])


@lru_cache(maxsize=4096)
def _kind(line: str) -> str:
    words = line.split()
    if not words:
        return "text"
    if _LEADER.search(line):
        return "contents"
    letters = [c for c in line if c.isalpha()]
    if len(letters) < 3:
        return "table"
    numbers = sum(bool(_NUMBER.match(w)) for w in words)
    if numbers >= 3 and numbers * 2 >= len(words):
        return "table"
    if len(words) > 1 and sum(c.isupper() for c in letters) >= 0.85 * len(letters):
        return "heading"
    if _HEADING.match(line) and len(words) <= 14 and not line.rstrip().endswith("."):
        return "contents" if _PAGE.search(line) else "heading"
    return "text"


def _can_be_person(surface: str, org_words: Collection[str], stop: Collection[str]) -> bool:
    words = name_words(surface)
    if not words or any(char.isdigit() for char in surface):
        return False
    bad = sum(len(w) > 2 and (w in org_words or w in stop) for w in words)
    return bad * 2 < len(words) or (bad == 1 and len(words) == 2 and not surface.isupper())


def _beside_title(text: str, mention: Mention) -> bool:
    """True where a title stands right before the name (a headline such as
    ``GUBERNUR BANTEN ANDI SONI TINJAU PASAR``)."""
    lex = lexicon()
    before = text[max(0, mention.start - 60) : mention.start].casefold().split()
    return any(word.strip(".,") in lex.titles.first_words for word in before[-4:])
