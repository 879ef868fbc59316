"""Names that are none: headings in capitals, tables of contents, table cells, numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

from kb.authority import norm
from kb.model import Mention, TagContext
from kb.nlp.lexicon import lexicon
from kb.nlp.names import name_parts
from kb.nlp.regions import region_code
from kb.nlp.review.buttons import drop_buttons
from kb.nlp.review.ordinary import settle_ordinary
from kb.nlp.same_person import name_words

PRESS_TYPES = frozenset({"artikel", "press_release"})
"""Document types of running press text."""
OPEN_TYPES = frozenset({"lainnya", "pengumuman", "profil"})
"""Document types that say nothing of how their pages are written."""

SURE = 0.8
"""Mean marginal from which the model is believed on planning pages and in headings."""

_LEADER = re.compile(r"(?:\.\s?){4,}|…{2,}|_{4,}")
_PAGE = re.compile(r"\s(?:[ivxlc]+[-.]?)?\d{1,4}\s*$", re.IGNORECASE)
_HEADING = re.compile(
    r"^\s*(?:bab\s+[ivxlc\d]+|lampiran|tabel|gambar|grafik|diagram|bagan|daftar|kata pengantar"
    r"|(?:\d+\.)+\d+\.?\s)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^\s*(?:(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s|[-•*–]\s)", re.IGNORECASE)
_NUMBER = re.compile(r"^[.,%()/:-]*\d[\d.,%()/:-]*$")
_NAMED = re.compile(r"(?:^|\|)\s*nama(?:\s(?:lengkap|pejabat|pegawai))?\s*\|", re.I | re.M)
_UNITS = frozenset({"bagian", "bidang", "seksi", "sub", "subbag", "subbagian", "subbidang", "unit"})
_CELL = re.compile(r"\s\|\s|\S {3,}\S|\t")


def is_planning_page(text: str, context: TagContext | None) -> bool:
    """True for a page of tables, contents or headings rather than of running press text.

    Quotations make it press text; so does a document type that says so. Where nobody says
    what the document is, a third of the lines must look so: lists of appointments and
    guests have short lines too.
    """
    kind = context.doc_type if context is not None else None
    if kind in PRESS_TYPES or sum(text.count(mark) for mark in '"“”') >= 4:
        return False
    if kind is not None and kind not in OPEN_TYPES:
        return True
    lines = [line for line in text.split("\n") if line.strip()]
    planned = sum(_kind(line) in ("contents", "table") or _is_section(line) for line in lines)
    return len(lines) >= 6 and planned * 3 >= len(lines)


def drop_noise(
    text: str,
    mentions: Sequence[Mention],
    rules: Sequence[Mention],
    context: TagContext | None = None,
    earlier: Sequence[Mention] = (),
) -> list[Mention]:
    """``mentions`` without what planning pages make look like names.

    On a planning page the model decides in running sentences only; on the other lines the
    rules do, as the model knows press text. There it may still find again a person the rules
    (or ``earlier`` pages) vouch for. A person in a heading or a table of contents stays only
    beside a title, honorific or degree, or if the same name stands in running text too; an
    institution or place stays where the rules know it as well.
    """
    planning = is_planning_page(text, context)
    mentions = drop_buttons(text, mentions)
    if planning:
        mentions = _by_line(text, mentions, rules, earlier)
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
            named = _fills_cell(text, mention) or (
                kind == "heading"
                and (_beside_title(text, mention) or (not planning and _is_listed(text, mention)))
            )
            if kind != "text" and not named and name_words(mention.surface) not in running:
                continue
        elif planning and mention.label == "ORG" and _is_bare_unit(text, mention):
            continue
        elif kind in ("contents", "heading") and (planning or mention.confidence < SURE):
            twins = (rule for rule in rules if rule.label == mention.label)
            if not any(r.start < mention.end and mention.start < r.end for r in twins):
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


def _by_line(
    text: str, mentions: Sequence[Mention], rules: Sequence[Mention], earlier: Sequence[Mention]
) -> list[Mention]:
    """The model's names of running sentences and of table rows whose cells it reads as
    persons; the rules' names of all other lines."""
    rows = {_line(text, m.start) for m in mentions if m.label == "PER" and _fills_cell(text, m)}

    def own(mention: Mention) -> bool:
        line = _line(text, mention.start)
        return line in rows or _is_prose(line)

    sure = [m for m in mentions if own(m) and (m.confidence >= SURE or m.method == "consistency")]
    others = [m for m in mentions if not own(m)]
    kept = _by_rules(others, [m for m in rules if not own(m)], [*earlier, *sure])
    ends = [(m.start, m.end) for m in kept]
    sure = [m for m in sure if not any(s < m.end and m.start < e for s, e in ends)]
    return sorted([*kept, *sure], key=lambda m: m.start)


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


def _line(text: str, at: int) -> str:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[start : end if end >= 0 else len(text)]


def kind_of_line(text: str, at: int) -> str:
    """``text``, ``heading``, ``contents`` or ``table``: what the line at ``at`` looks like."""
    return _kind(_line(text, at))


def _is_bare_unit(text: str, mention: Mention) -> bool:
    """True for a unit in a table or list that does not say of which agency (``Seksi Gizi``)."""
    words = norm(mention.surface).split()
    return (
        bool(words)
        and words[0] in _UNITS
        and not _is_prose(_line(text, mention.start))
        and region_code(mention.surface) is None
    )


def _fills_cell(text: str, mention: Mention) -> bool:
    """True for a sure person of two words or more who fills a cell of a ruled table, with
    nothing but honorifics before and degrees behind. A column headed ``Nama`` or a word known
    from names must speak for it: jobs and goods fill cells too."""
    if mention.confidence < SURE or " " not in mention.surface:
        return False
    if not _NAMED.search(text) and not name_parts() & set(mention.surface.lower().split()):
        return False
    start = text.rfind("\n", 0, mention.start) + 1
    before = text[start : mention.start].rpartition("|")
    after = text[mention.end : mention.end + 60].partition("\n")[0].partition("|")
    if not (before[1] or after[1]):
        return False
    lex = lexicon()
    lead = re.sub(r"^\s*\d{1,3}[.)]?\s", "", before[2])
    return all(norm(w).replace(" ", "") in lex.before_name for w in lead.split()) and all(
        norm(w).replace(" ", "") in lex.degrees for w in after[0].replace(",", " ").split()
    )


@lru_cache(maxsize=4096)
def _is_prose(line: str) -> bool:
    """True for a line of a running sentence: long, with enough words in lower case."""
    words = line.split()
    if len(words) < 7 or _CELL.search(line.strip()) or _kind(line) != "text":
        return False
    return sum(word.isalpha() and word.islower() for word in words) * 3 >= len(words)


@lru_cache(maxsize=4096)
def _is_section(line: str) -> bool:
    return bool(_HEADING.match(line) or _CELL.search(line.strip()))


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


def _is_listed(text: str, mention: Mention) -> bool:
    """True for a person the model is sure of at the head of a list item, behind a colon,
    behind an honorific or before a degree."""
    lex = lexicon()
    start = text.rfind("\n", 0, mention.start) + 1
    before = text[start : mention.start]
    lead = before.split()
    after = text[mention.end : mention.end + 12]
    if lead and norm(lead[-1]).replace(" ", "") in lex.before_name:
        return True
    degree = re.match(r",\s*([A-Za-z.]+)", after)
    if degree and norm(degree.group(1)).replace(" ", "") in lex.degrees:
        return True
    listed = bool(_ITEM.fullmatch(before)) or before.rstrip().endswith(":")
    return listed and mention.confidence >= SURE


def _beside_title(text: str, mention: Mention) -> bool:
    """True where a title stands right before the name (a headline such as
    ``GUBERNUR BANTEN ANDI SONI TINJAU PASAR``)."""
    lex = lexicon()
    before = text[max(0, mention.start - 60) : mention.start].casefold().split()
    return any(word.strip(".,") in lex.titles.first_words for word in before[-4:])
