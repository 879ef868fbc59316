"""Read the speaker that stands behind or before a reporting word."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.authority import norm
from kb.model import Mention
from kb.nlp.statements.masked import MASK, WORD, View
from kb.nlp.statements.people import LAST, MENTIONED, NOBODY, People, Ref

_BREAK = re.compile(r"[.;:?!()\n" + MASK + r"](?!\w)|[(\n" + MASK + "]")
_ABBREVIATED = re.compile(
    r"(?:^|\W)(?:[A-Z][a-z]{0,3}|[A-Z]{2}|[A-Z](?:\.[A-Z])*|[a-z]{2,3}g?|S\.[A-Z]\w*|M\.[A-Z]\w*)\.\Z"
)
_CALLED = re.compile(r"\bsapaan(?:\s+akrab)?(?:nya)?\s+(?:dari\s+)?")
_POINTED = re.compile(r"(?:[^\s,.;:]+ ){1,9}?(?:itu|tersebut|ini)\b")
_BY = re.compile(r"\s*(?:secara\s+\w+\s+)?(?:(?:langsung|pula|juga)\s+)?(?:oleh\s+)?")
_TAIL = re.compile(r"[^\w)\]”\"'.]+\Z")
_REACH = 260
_CLAUSE_WORDS = frozenset({"ada", "adalah", "akan", "belum", "masih", "sudah", "telah", "tidak"})
"""Words with which what is said begins behind a speaker (``kata bu camat ada 14 keluarga``)."""


@dataclass(frozen=True, slots=True)
class Found:
    """A speaker phrase and where it ends (or, before a verb, starts)."""

    ref: Ref
    place: int


def is_mentioned(view: View, place: int) -> int:
    """Where ``yang disebut`` and the like end at ``place``, else 0."""
    yang = WORD.match(view.masked, place)
    if yang is None or yang.group().casefold() not in ("yang", "yg"):
        return 0
    done = WORD.match(view.masked, yang.end() + 1)
    if done is None or done.group().casefold() not in view.cues.mentioned:
        return 0
    more = WORD.match(view.masked, done.end() + 1)
    named = more is not None and more.group().casefold() in ("namanya", "namenye", "tadi", "itu")
    return more.end() if more is not None and named else done.end()


def _limit(view: View, start: int) -> int:
    """End of the stretch behind a cue that may name the speaker."""
    stop = min(len(view.text), start + _REACH)
    sentence_end = view.sentence_at(start).end
    for match in _BREAK.finditer(view.masked, start, stop):
        char = match.group()[0]
        covered = view.mention_at(match.start())
        if covered is not None and match.start() > covered.start:
            continue
        inside = match.start() + 1 < sentence_end
        if char == "." and inside and _ABBREVIATED.search(view.text[start : match.end()]):
            continue
        if char == "(" and view.text[match.start() :].startswith(
            ("(Pj", "(PJ", "(Plt", "(Kab", "(Kad")
        ):
            continue
        return match.start()
    return stop


def is_office_like(view: View, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` may stand between a cue and its name."""
    cues = view.cues
    for match in WORD.finditer(view.masked, start, end):
        word = match.group()
        low = word.casefold()
        if view.mention_at(match.start()) is not None or word != low:
            continue
        if low in cues.stops and low not in cues.describing:
            return False
        if view.is_verb(low) and low not in cues.describing:
            return False
    return True


def speaker_after(view: View, people: People, start: int) -> Found:
    """The speaker written behind a cue that ends at ``start`` (``kata [Gubernur X] saat``)."""
    text, cues = view.text, view.cues
    start = _skip_by(view, start)
    mentioned = is_mentioned(view, start)
    if mentioned:
        return Found(MENTIONED, mentioned)
    end = _limit(view, start)
    first = WORD.match(text, start)
    if first is None or start >= end:
        return Found(LAST, start)
    word = first.group().casefold()
    if word in cues.pronouns and (view.shouting or not first.group().isupper()):
        return Found(LAST, first.end())
    persons = view.between(start, end, "PER")
    if persons and is_office_like(view, start, persons[0].start):
        stretch = text[start : persons[0].start]
        commas = stretch.count(",")
        opened = (
            first.group()[0].isupper() or word in cues.describing or not stretch.strip()
            or word in people.titles.first_words or word in cues.addressing
            or word.removesuffix("nya") in cues.of_someone
        )  # fmt: skip
        if opened and commas <= 4 and not re.search(r"\b(?:itu|tersebut|ini)\b", stretch):
            person = persons[0]
            if len(persons) > 1 and of_someone(view, start, persons[0], persons[1]):
                person = persons[1]
            elif is_kin_of(view, start, person):
                return Found(Ref("phrase", text[start : person.end]), person.end)
            return Found(Ref("person", person.surface, person), person.end)
    if word in cues.stops and word not in cues.describing:
        return Found(LAST, start)
    called = _CALLED.search(view.masked, start, end)
    if called and people.title_of(text[called.end() : end]) is not None:
        title_end = _phrase_end(view, called.end(), end)
        return Found(Ref("title", text[called.end() : title_end].strip()), title_end)
    phrase_end = _phrase_end(view, start, end)
    titled = _bare_title_end(view, people, start, phrase_end)
    if titled:
        return Found(Ref("title", text[start:titled].strip()), titled)
    if first.group() == word:
        described = _POINTED.match(view.masked, start, end)
        phrase_end = max(phrase_end, described.end()) if described else phrase_end
    phrase = _TAIL.sub("", text[start:phrase_end].strip(" ,-–—"))
    if not phrase:
        return Found(LAST, start)
    named_behind = view.mention_at(phrase_end + 2)
    if phrase[0].islower() and text[phrase_end : phrase_end + 2] == ", " and named_behind:
        closed = text[named_behind.end : named_behind.end + 1] in (",", ".")
        if named_behind.label == "PER" and named_behind.start == phrase_end + 2 and closed:
            ref = Ref("person", named_behind.surface, named_behind)
            return Found(ref, named_behind.end)  # "disampaikan lifter peraih emas, X, ..."
    named = norm(phrase).split()
    pointed = [number for number, word in enumerate(named) if number and word in cues.pointing]
    if pointed and (pointed[-1] == len(named) - 1 or phrase[0].islower()):
        ref = pointing_ref(phrase, view)
        short = len(named) <= 4 or people.is_former(named[0])
        if ref.kind == "anaphor" and people.title_of(phrase) is not None and short:
            ref = Ref("title", phrase)
        return Found(ref, phrase_end)
    return Found(phrase_ref(phrase, people, view), phrase_end)


def _skip_by(view: View, start: int) -> int:
    """Offset of the speaker behind a cue: past blanks and ``oleh``."""
    quoted = view.masked.find(MASK, start)  # which counts as a blank
    by = _BY.match(view.masked, start, quoted if quoted >= 0 else len(view.masked))
    return by.end() if by else start


def _bare_title_end(view: View, people: People, start: int, end: int) -> int:
    """End of a head's title in small letters that goes on as a sentence, or 0.

    ``Dijawab kepala desa | data berasal dari posyandu``: a region's head needs no more words.
    """
    words = list(WORD.finditer(view.text, start, end))
    skipped = 0
    while skipped < len(words) - 1 and words[skipped].group().casefold() in view.cues.addressing:
        skipped += 1
    rest = words[skipped:]
    for size in range(min(people.titles.longest, len(rest) - 1), 0, -1):
        title = people.titles.by_words.get(tuple(norm(w.group()) for w in rest[:size]))
        if title is not None:
            behind = rest[size]
            plain = behind.group().islower() and view.mention_at(behind.start()) is None
            goes_on = behind.group() not in view.cues.describing | view.cues.pointing
            heads = title.takes in ("region", "none")
            return rest[size - 1].end() if plain and goes_on and heads else 0
    return 0


def of_someone(view: View, start: int, first: Mention, second: Mention) -> bool:
    """``kuasa hukum X, Y``: the first name only says whose lawyer (wife, ...) Y is."""
    before = [w.group().casefold() for w in WORD.finditer(view.masked, start, first.start)]
    if not before or before[-1] not in view.cues.of_someone:
        return False
    between = view.text[first.end : second.start]
    return between.strip().startswith(",") and len(between) < 40


def is_kin_of(view: View, start: int, person: Mention) -> bool:
    """``keluarga X``, ``ibunda X``: whose kin speaks, not who."""
    before = [w.group() for w in WORD.finditer(view.masked, start, person.start)]
    close = view.text[person.start - 1 : person.start].isspace()
    return close and len(before) == 1 and before[0].casefold() in view.cues.kin


def pointing_ref(phrase: str, view: View) -> Ref:
    low = norm(phrase)
    for words in (*view.cues.first_person, *view.cues.second_person):
        if norm(words) in low:
            return Ref("title", phrase)
    return Ref("anaphor", phrase)


def phrase_ref(phrase: str, people: People, view: View) -> Ref:
    """A phrase without a name: an office, a pronoun, or words as written."""
    low = norm(phrase)
    if low in view.cues.pronouns or (low.split()[:1] and low.split()[0] in view.cues.negations):
        return LAST
    if low.endswith(" ada"):
        return NOBODY  # "Dari pohon itu ada yang berteriak"
    if low.split()[-1:] and low.split()[-1] in ("nya",):
        return LAST
    if people.title_of(phrase) is not None or pointing_ref(phrase, view).kind == "title":
        return Ref("title", phrase)
    if _characterised(phrase, view):
        return LAST
    whole = [m for m in view.mentions if m.label == "ORG" and m.surface == phrase]
    return Ref("phrase", phrase, whole[0] if whole else None)


def _characterised(phrase: str, view: View) -> bool:
    """Whether words only say what the speaker is or was (``alumnus Akpol 2005``)."""
    first, *rest = phrase.split()
    if first.casefold() not in view.cues.characterising or not rest:
        return False
    return any(word[0].isupper() or word[0].isdigit() for word in rest) or bool(
        view.cues.traits.intersection(word.casefold() for word in rest)
    )


def _phrase_end(view: View, start: int, limit: int) -> int:
    """End of the noun phrase at ``start``: a comma, a stop word or a verb."""
    cues = view.cues
    for match in re.finditer(r"[^\s,]+|,", view.masked[start:limit]):
        place = start + match.start()
        covered = view.mention_at(place)
        if covered is not None:
            continue
        piece = match.group()
        if piece == ",":
            return place
        low = piece.casefold().strip(".")
        ends = low in cues.stops or view.is_verb(low) or low in _CLAUSE_WORDS
        if match.start() and piece == low and ends:
            return place
        if match.start() and low in (
            "senin",
            "selasa",
            "rabu",
            "kamis",
            "jumat",
            "sabtu",
            "minggu",
            "ahad",
        ):
            return place
    return limit
