"""Names on pages of planning documents looked over once more.

Their tables, lists and headings capitalise ordinary words, write degrees beside the next row's
name and cut names of agencies; their scans are full of garbage. Nothing here is asked of press
text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb import authority
from kb.authority import norm
from kb.authority.places import TYPE_WORDS
from kb.authority.words import name_parts
from kb.model import Mention, TagContext
from kb.nlp.lexicon import lexicon
from kb.nlp.lines import OPEN_TYPES, PRESS_TYPES, is_planning_page
from kb.nlp.memory import Memory
from kb.nlp.names.conventions import generic
from kb.nlp.regions import region_code
from kb.nlp.review.longer import go_on, is_agency, words_of
from kb.nlp.review.plain_places import is_no_place
from kb.nlp.review.plain_words import (
    doubtful,
    is_derived,
    is_of_plans,
    is_plain,
    is_plain_for_person,
    kinds,
    plan_lines,
    plan_words,
    short_forms,
)
from kb.nlp.review.scans import in_garbage, is_broken

_GRADE = re.compile(r"^\W*[IVX]{1,3}\s?/\s?[a-e]\W*$", re.IGNORECASE)
_NIP = re.compile(r"\bN\s?I\s?[PK]\b", re.IGNORECASE)
_AFTER = re.compile(r"\s*,\s*([A-Za-z][\w.]*)")
_BEFORE = re.compile(r"[A-Z][\w']*\Z")
_BRACKET = re.compile(r"\([^()]*\)")
_NAME = re.compile(r"[A-Z][a-z]+")
_NEAR = 60
"""Characters around a short form in which the words stand that tell what it means. Set by hand;
no command measured it."""
_SIGNED = ("rule: signature", "rule: name and post fields", "rule: authority")


def settle_plans(
    text: str, mentions: Sequence[Mention], context: TagContext | None, memory: Memory
) -> list[Mention]:
    """``mentions`` of a page of a planning document without what only looks like a name.

    Spans are put right: degrees of the row above go, names of agencies are carried on, the
    document's own villages are no persons. ``memory`` learns the page's agencies and villages.
    """
    sound = [
        m
        for m in mentions
        if not in_garbage(text, m.start) and not (m.label == "PER" and is_broken(m.surface))
    ]
    carried = go_on(text, sound, memory.agencies)
    memory.agencies.update(
        words for m in carried if m.label == "ORG" and is_agency(words := words_of(m.surface))
    )
    memory.villages.update(_villages(text, carried))
    region = region_code(context.region) if context is not None and context.region else None
    out = []
    for mention in carried:
        settled = _settle(text, mention, region or memory.region, memory.villages)
        if settled is not None:
            out.append(settled)
    return out


def is_of_plan(text: str, context: TagContext | None) -> bool:
    """True for a page of a document of planning or law, whatever it quotes, and for a page of
    tables of others; never of an article or where nobody says what the document is: it may be a
    list of guests or of the appointed."""
    kind = context.doc_type if context is not None else None
    if kind is None:
        return False
    return kind not in OPEN_TYPES | PRESS_TYPES or is_planning_page(text, context)


def _villages(text: str, mentions: Sequence[Mention]) -> set[str]:
    """Bare names of the kecamatan and villages that the page names with their kind."""
    out = set()
    for mention in mentions:
        words = norm(mention.surface).split()
        if mention.label != "LOC" or not words:
            continue
        if len(words) > 1 and TYPE_WORDS.get(words[0]) in ("kecamatan", "desa", "kelurahan"):
            name = " ".join(words[1:])
            if authority.load().places.named(name, level=TYPE_WORDS[words[0]]):
                out.add(name)
    return out


def _settle(text: str, mention: Mention, region: str | None, villages: set[str]) -> Mention | None:
    mention = _within_row(mention)
    if mention.label == "PER":
        return _person(text, mention, region, villages)
    if mention.label == "ORG":
        return _body(text, mention)
    mention = _body_of(mention)
    if mention.label == "ORG":
        return mention
    return None if is_no_place(text, mention, region) else mention


def _within_row(mention: Mention) -> Mention:
    """The name without the head of the next row (``Persatuan Sepak Bola`` above ``KODE``)."""
    name, _, below = mention.surface.rpartition("\n")
    if not name.strip() or not all(w.lower() in plan_words("rows") for w in below.split()):
        return mention
    name = name.rstrip()
    return replace(mention, end=mention.start + len(name), surface=name)


def _body_of(mention: Mention) -> Mention:
    """``Lingkungan Badan Pemeriksa Keuangan`` as the body it is; other places as they are."""
    head, _, rest = mention.surface.partition(" ")
    if head.lower() != "lingkungan" or len(words := norm(rest).split()) < 2:
        return mention
    if not authority.load().institutions.match(words)[0]:
        return mention
    return replace(mention, start=mention.end - len(rest), surface=rest, label="ORG")


# --- persons -----------------------------------------------------------------------


def _person(text: str, mention: Mention, region: str | None, villages: set[str]) -> Mention | None:
    mention = _without_degrees_before(text, mention)
    words = mention.surface.split()
    bare = [norm(word) for word in words]
    if not "".join(bare).strip() or norm(mention.surface) in plan_lines("blanks"):
        return None
    if _GRADE.match(mention.surface) or _is_spaced(bare):
        return None
    if all(w.replace(" ", "") in lexicon().degrees or w in plan_words("grades") for w in bare):
        return None
    if len(words) == 1 and (mention.surface in short_forms() or _is_grace(text, mention)):
        return None
    if mention.method in _SIGNED or _is_titled(text, mention):
        return mention
    if all(is_plain_for_person(part) for word in bare for part in word.split()):
        return None
    name = norm(mention.surface)
    inside = region is not None and region.count(".") == 1 and _is_village(name, region)
    return replace(mention, label="LOC") if inside or name in villages else mention


def _is_village(name: str, region: str) -> bool:
    """True for a kecamatan or village of the kabupaten or kota ``region``."""
    if " " not in name and name in name_parts():
        return False
    return any(code.count(".") > 1 for code in authority.load().places.named(name, within=region))


def _without_degrees_before(text: str, mention: Mention) -> Mention:
    """The name without a degree in front, which is that of the name before (``S.Sos. Sari``)."""
    first, _, rest = mention.surface.partition(" ")
    plain = first.replace(".", "").lower()
    dotted = re.search(r"\.[A-Z][a-z]", first) or (first.count(".") > 1 and len(plain) > 2)
    if not rest or not dotted or plain not in lexicon().degrees or plain in lexicon().before_name:
        return mention
    rest = rest.lstrip()
    start = mention.end - len(rest)
    if text[start : mention.end] != rest:
        return mention
    return replace(mention, start=start, surface=rest)


def _is_spaced(words: Sequence[str]) -> bool:
    """True for words with blanks between their letters (``U R A I A N``, ``Han d y Tal k y``)."""
    letters = [word for word in words if len(word) == 1]
    if len(letters) == len(words):
        return len(words) != 2
    return len(letters) > 1


def _is_grace(text: str, mention: Mention) -> bool:
    """True for ``Rahmat dan Hidayah``."""
    grace = plan_words("grace")
    if norm(mention.surface) not in grace:
        return False
    after = re.match(r"(?:\s*,|\s+(?:dan|serta|-))\s+(\w+)", text[mention.end : mention.end + 30])
    before = re.search(r"(\w+)(?:\s*,|\s+(?:dan|serta))\s+$", text[: mention.start][-30:])
    return any(found is not None and found[1].lower() in grace for found in (after, before))


def _is_titled(text: str, mention: Mention) -> bool:
    """True where an honorific of letters, a degree or a NIP stands beside the name."""
    lex = lexicon()
    lead = text[max(0, mention.start - 12) : mention.start].split()
    titles = lex.before_name - lex.address
    if lead and (lead[-1].endswith(".") or lead[-1].isupper()):
        last = norm(lead[-1]).replace(" ", "")
        if last in titles and last not in lex.address:
            return True
    after = text[mention.end : mention.end + _NEAR]
    degree = _AFTER.match(after)
    if degree is not None and norm(degree[1]).replace(" ", "") in lex.degrees:
        return True
    following = after.lstrip().partition("\n")[0] if after[:1] == "\n" else after
    return bool(_NIP.match(following.strip()))


# --- institutions ------------------------------------------------------------------


def _body(text: str, mention: Mention) -> Mention | None:
    plain = _BRACKET.sub(" ", mention.surface)
    words = norm(plain).split()
    if not words:
        return None
    first = mention.surface.split()[0]
    if first in short_forms():
        behind = mention.surface[len(first) :].lstrip()
        if all(map(is_plain, norm(behind).split())) or region_code(behind) is not None:
            return None
        start = mention.end - len(behind)
        return _body(text, replace(mention, start=start, surface=text[start : mention.end]))
    if len(words) == 2 and words[0] in plan_words("grades") and len(words[1]) < 3:
        return None  # "TK I", a rank
    if mention.surface in doubtful() and _means_else(text, mention):
        return None
    if len(words) > 2 and words[0] == words[1] and is_agency(words):
        start = text.index(mention.surface.split()[1], mention.start + len(first))
        return replace(mention, start=start, surface=text[start : mention.end])
    if " ".join(words) in plan_lines("bare") or plain.strip().lower() in generic():
        inner = _NAME.findall(" ".join(_BRACKET.findall(mention.surface)))
        return None if all(map(is_plain, inner)) else mention  # "... (RSUD Kwaingga)"
    found, size = authority.load().institutions.match(words)
    if (found and size == len(words)) or " ".join(words) in plan_lines("own_bodies"):
        return mention
    if words[0] == "dinas" and not found and _is_no_agency(text, mention, words):
        return None
    rest = words[1:]
    if words[0] in kinds():
        few = len(rest) <= kinds()[words[0]] and region_code(plain) is None
        return None if few and all(map(is_plain, rest)) else mention
    if words[0] in plan_words("named_kinds"):
        told = any(not is_of_plans(word) and not is_derived(word) for word in rest)
        return None if not told and region_code(plain) is None else mention
    if found or not _is_headless(words[0]) or "." in mention.surface.rstrip("."):
        return mention
    return None if _is_all_plain(mention, words) else mention


def _is_headless(word: str) -> bool:
    """True for an ordinary word no institution's name begins with."""
    lex = lexicon()
    heads = (lex.agency_heads, lex.named_first, lex.regional_heads, lex.public_heads)
    if any(word in known for known in heads) or word in lex.institution_first:
        return False
    return is_plain(word)


def _is_all_plain(mention: Mention, words: Sequence[str]) -> bool:
    """True for ordinary words with one of plans among them, the name of a region behind them
    or not. One word alone may be a paper's or a club's name (``Kompas``)."""
    size = next((i for i, word in enumerate(words) if not is_plain(word)), len(words))
    if size < len(words):
        while size and words[size - 1] in lexicon().region_types:
            size -= 1
        return size > 1 and region_code(" ".join(words[size:])) is not None
    told = words[1:] or words
    return mention.surface.islower() or any(
        word == "dan" or is_of_plans(word) or (len(words) > 1 and is_derived(word)) for word in told
    )


def _is_no_agency(text: str, mention: Mention, words: Sequence[str]) -> bool:
    """True for ``Kendaraan Dinas Operasional`` and ``Dinas Luar``."""
    if all(word in plan_words("behind_dinas") or word == "dan" for word in words[1:]):
        return True
    before = _BEFORE.search(text[: mention.start].rstrip()[-20:])
    return before is not None and before[0].lower() in plan_words("before_dinas")


def _means_else(text: str, mention: Mention) -> bool:
    """True where words beside a short form say that no institution is meant."""
    around = text[max(0, mention.start - _NEAR) : mention.end + _NEAR].lower()
    return bool(doubtful()[mention.surface].intersection(re.findall(r"\w+", around)))
