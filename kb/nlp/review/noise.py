"""Names that are none: headings in capitals, tables of contents, table cells, numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from kb.authority import norm
from kb.authority.words import name_parts
from kb.model import Mention, TagContext
from kb.nlp.lexicon import lexicon
from kb.nlp.lines import is_planning_page, is_prose, kind_of_line, line_at
from kb.nlp.regions import region_code
from kb.nlp.review.buttons import drop_buttons
from kb.nlp.review.ordinary import settle_ordinary
from kb.nlp.review.single import drop_weak_singles
from kb.nlp.same_person import name_words

SURE = 0.8
"""Mean marginal from which the model is believed on planning pages and in headings. Set by hand;
no command measured it."""
LONGEST_INITIALS = 4
"""Letters of the initials that the text itself spells out (``DAN`` for ``Dani Ansor Nugraha``)."""

_ITEM = re.compile(r"^\s*(?:(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s|[-•*–]\s)", re.IGNORECASE)
_NAMED = re.compile(r"(?:^|\|)\s*nama(?:\s(?:lengkap|pejabat|pegawai))?\s*\|", re.I | re.M)
_UNITS = frozenset({"bagian", "bidang", "seksi", "sub", "subbag", "subbagian", "subbidang", "unit"})


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
    mentions = drop_weak_singles(text, settle_ordinary(text, mentions))
    running: set[tuple[str, ...]] = set()
    kinds: dict[int, str] = {}
    for mention in mentions:
        kinds[mention.start] = kind_of_line(text, mention.start)
        if mention.label == "PER" and kinds[mention.start] == "text":
            running.add(name_words(mention.surface))
    lex = lexicon()
    full = [m.surface.split(" ") for m in mentions if m.label == "PER" and " " in m.surface]
    parts = {words[0] for words in full} | {words[-1] for words in full}
    out = []
    for mention in mentions:
        kind = kinds[mention.start]
        if mention.label == "PER":
            mention = trim_person(text, mention)
            if planning and not _vouched(mention):
                continue
            told = mention.method == "consistency" and mention.surface.isupper()
            initials = told and len(mention.surface) <= LONGEST_INITIALS
            short = not planning and mention.surface in parts and mention.confidence >= SURE
            if not (initials or short) and not _can_be_person(
                mention.surface, lex.org_words, lex.not_person
            ):
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
    rows = {line_at(text, m.start) for m in mentions if m.label == "PER" and _fills_cell(text, m)}

    def own(mention: Mention) -> bool:
        line = line_at(text, mention.start)
        return line in rows or is_prose(line)

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


def _is_bare_unit(text: str, mention: Mention) -> bool:
    """True for a unit in a table or list that does not say of which agency (``Seksi Gizi``)."""
    words = norm(mention.surface).split()
    return (
        bool(words)
        and words[0] in _UNITS
        and not is_prose(line_at(text, mention.start))
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


def _can_be_person(surface: str, org_words: Collection[str], stop: Collection[str]) -> bool:
    words = name_words(surface)
    if not words or any(char.isdigit() for char in surface):
        return False
    if len(words) == 1 and words in lexicon().titles.by_words:
        return False  # "Dirlantas menambahkan": a post, not a name
    if len(words) == 1 and words[0] in lexicon().titles.links.starts:
        return False  # "Pj Bupati Sekaligus membuka acara"
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
