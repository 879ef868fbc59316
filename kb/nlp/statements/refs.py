"""Read the speaker that stands behind or before a reporting word."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.authority import norm
from kb.model import Mention
from kb.nlp.statements.masked import MASK, WORD, View
from kb.nlp.statements.people import LAST, NOBODY, People, Ref

_BREAK = re.compile(r"[.;:?!()\n" + MASK + r"](?!\w)|[(\n" + MASK + "]")
_ABBREVIATED = re.compile(
    r"(?:^|\W)(?:[A-Z][a-z]{0,3}|[A-Z]{2}|[A-Z](?:\.[A-Z])*|[a-z]{2,3}g?|S\.[A-Z]\w*|M\.[A-Z]\w*)\.\Z"
)
_DATELINE = re.compile(r"[A-Z][\w ,./()]{2,60}?\s*[-–—|]+\s+(?=\S)")
_AGED = re.compile(r"([A-Z][\w'.’]+(?: [A-Z][\w'.’]+){0,4})\s*\(\d{1,3}(?: ?tahun)?\)")
_CALLED = re.compile(r"\bsapaan(?:\s+akrab)?(?:nya)?\s+(?:dari\s+)?")
_POINTED = re.compile(r"(?:[^\s,.;:]+ ){1,9}?(?:itu|tersebut|ini)\b")
_BY = re.compile(r"\s*(?:secara\s+\w+\s+)?(?:(?:langsung|pula|juga)\s+)?(?:oleh\s+)?")
_TAIL = re.compile(r"[^\w)\]”\"'.]+\Z")
_REACH = 260
_LEADS = frozenset({"adapun", "namun", "sedangkan", "sedang", "sementara", "sebab", "tapi"})
_CLAUSE_WORDS = frozenset({"ada", "adalah", "akan", "belum", "masih", "sudah", "telah", "tidak"})
"""Words with which what is said begins behind a speaker (``kata bu camat ada 14 keluarga``)."""


@dataclass(frozen=True, slots=True)
class Found:
    """A speaker phrase and where it ends (or, before a verb, starts)."""

    ref: Ref
    place: int


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
    end = _limit(view, start)
    first = WORD.match(text, start)
    if first is None or start >= end:
        return Found(LAST, start)
    word = first.group().casefold()
    if word in cues.pronouns and first.group() != first.group().upper():
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
            if len(persons) > 1 and _of_someone(view, start, persons[0], persons[1]):
                person = persons[1]
            elif _is_kin_of(view, start, person):
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
        ref = _pointing(phrase, view)
        short = len(named) <= 4 or people.is_former(named[0])
        if ref.kind == "anaphor" and people.title_of(phrase) is not None and short:
            ref = Ref("title", phrase)
        return Found(ref, phrase_end)
    return Found(phrase_ref(phrase, people, view), phrase_end)


def _skip_by(view: View, start: int) -> int:
    """Offset of the speaker behind a cue: past blanks and ``oleh``."""
    by = _BY.match(view.masked, start)
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


def _of_someone(view: View, start: int, first: Mention, second: Mention) -> bool:
    """``kuasa hukum X, Y``: the first name only says whose lawyer (wife, ...) Y is."""
    before = [w.group().casefold() for w in WORD.finditer(view.masked, start, first.start)]
    if not before or before[-1] not in view.cues.of_someone:
        return False
    between = view.text[first.end : second.start]
    return between.strip().startswith(",") and len(between) < 40


def _is_kin_of(view: View, start: int, person: Mention) -> bool:
    """``keluarga X``, ``ibunda X``: whose kin speaks, not who."""
    before = [w.group() for w in WORD.finditer(view.masked, start, person.start)]
    close = view.text[person.start - 1 : person.start].isspace()
    return close and len(before) == 1 and before[0].casefold() in view.cues.kin


def _pointing(phrase: str, view: View) -> Ref:
    low = norm(phrase)
    for words in (*view.cues.first_person, *view.cues.second_person):
        if norm(words) in low:
            return Ref("title", phrase)
    return Ref("anaphor", phrase)


def phrase_ref(phrase: str, people: People, view: View) -> Ref:
    """A phrase without a name: an office, a pronoun, or words as written."""
    low = norm(phrase)
    if low in view.cues.pronouns:
        return LAST
    if low.split()[-1:] and low.split()[-1] in ("nya",):
        return LAST
    if people.title_of(phrase) is not None or _pointing(phrase, view).kind == "title":
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


def speaker_before(view: View, people: People, start: int, verb: int) -> Found:
    """The subject of a reporting verb at ``verb`` in a sentence that begins at ``start``."""
    cues = view.cues
    begin = skip_openers(view, view.skip_connectors(start, verb), verb)
    words = list(WORD.finditer(view.masked, begin, verb))
    while words and words[-1].group().casefold() in cues.adverbs:
        words.pop()
    if not words:
        persons = view.between(start, verb, "PER")
        if persons:
            return Found(Ref("person", persons[-1].surface, persons[-1]), persons[-1].start)
        return Found(LAST, begin)
    nobody = len(words) > 1 and words[-1].group().casefold() in cues.indefinite
    if nobody and words[-2].group().casefold() in cues.negations:
        return Found(NOBODY, begin)  # "tak seorang pun"
    words = _without_lead(view, words)
    begin = max(begin, words[0].start())
    last = words[-1].group()
    opener = words[0].group().casefold()
    if opener in cues.pronouns and len(words) < 4 and view.mention_at(words[0].start()) is None:
        return Found(LAST, words[0].start())  # "Ia hanya bilang"
    if last.casefold() in cues.pronouns and view.mention_at(words[-1].start()) is None:
        return Found(LAST, words[-1].start())
    if cues.is_nya(opener) and words[0].group() == opener:
        return Found(LAST, words[0].start())  # "katanya seraya menambahkan"
    persons = view.between(begin, verb, "PER")
    if persons and last.casefold() in cues.pointing and opener in cues.characterising:
        persons = []  # "pria kelahiran Raha itu": no name, whatever was read there
    if last.casefold() == "yang" and len(words) > 1:
        return _relative(view, people, begin, words[-1].start())
    if persons:
        person = _subject_person(view, persons, begin)
        if _is_kin_of(view, begin, person):
            return Found(Ref("phrase", view.text[begin : person.end]), begin)
        return Found(Ref("person", person.surface, person), person.start)
    aged = _AGED.match(view.masked, begin, verb)
    if aged:
        return Found(Ref("phrase", aged.group(1)), begin)
    phrase = _subject_phrase(view, people, begin, words)
    head = norm(phrase).split()[:1]
    if head and head[0] in cues.not_speakers | cues.ordinals | {"yang"}:
        return Found(NOBODY, begin)
    tail = phrase.rsplit(",", 1)[-1].strip(" -–—")
    if tail != phrase and (tail[:1].isupper() or 0 < len(tail.split()) <= 4):
        phrase = tail
    fresh = phrase.split()[:1] and phrase.split()[0].casefold() in cues.indefinite
    if last.casefold() in cues.pointing and not fresh and opener not in cues.several:
        return Found(_pointing(phrase, view) if len(phrase.split()) > 1 else LAST, begin)
    if people.title_of(phrase) is None:
        first = phrase.split()[0].casefold() if phrase else ""
        clause = [w for w in WORD.findall(phrase) if view.is_verb(w)]
        whole = any(m.surface == phrase for m in view.between(begin, verb, "ORG"))
        if clause and first not in cues.describing and not whole:
            return Found(NOBODY, begin)
    return Found(phrase_ref(phrase, people, view), begin)


def _without_lead(view: View, words: list[re.Match[str]]) -> list[re.Match[str]]:
    """``words`` without a connector that no comma follows (``Sementara Bupati menyebut``)."""
    first = words[0].group()
    lead = first.casefold() in _LEADS and view.mention_at(words[0].start()) is None
    return words[1:] if lead and len(words) > 1 else words


def _subject_phrase(view: View, people: People, begin: int, words: list[re.Match[str]]) -> str:
    """The noun phrase that is the subject, without dateline, adverbials and clauses."""
    text, cues = view.text, view.cues
    end = words[-1].end()
    dateline = _DATELINE.match(text, begin, end)
    if dateline:
        begin = dateline.end()
    for word in words[1:]:
        if word.start() <= begin or view.mention_at(word.start()) is not None:
            continue
        low = word.group()
        adverbial = low in ("dalam", "pada", "saat", "usai") and text[word.start() - 2] == ","
        if adverbial or low in ("yang", "lewat", "melalui", "kepada"):
            end = word.start()
            break
    organisations = view.between(begin, end, "ORG")
    phrase = text[begin:end].strip(" ,-–—")
    if organisations and phrase.endswith(organisations[-1].surface):
        rest = phrase[: -len(organisations[-1].surface)].rstrip()
        if not rest or rest.endswith(","):
            return organisations[-1].surface
    pieces = phrase.split()
    if pieces and pieces[0].casefold() in (cues.openers | {"lebih", "kepada"}):
        for number in range(1, len(pieces)):
            tail = " ".join(pieces[number:])
            if pieces[number].casefold() in people.titles.first_words and people.title_of(tail):
                return tail
        return pieces[-1]
    return phrase


def _relative(view: View, people: People, begin: int, end: int) -> Found:
    """``kuasa hukum X yang mengatakan``: the noun phrase before ``yang``."""
    persons = view.between(begin, end, "PER")
    if persons and not view.text[persons[-1].end : end].strip(" ,()0123456789"):
        return Found(Ref("person", persons[-1].surface, persons[-1]), persons[-1].start)
    stretch = view.text[begin:end].strip(" ,")
    for word in (" oleh ", " dari ", " dengan ", " kepada ", " bahwa ", " dan "):
        cut = stretch.rfind(word)
        if cut >= 0:
            stretch = stretch[cut + len(word) :]
    words = list(WORD.finditer(stretch))
    verbs = [n for n, word in enumerate(words) if n and view.is_verb(word.group())]
    if verbs and verbs[-1] + 1 < len(words):  # "X juga membantah keterangan saksi yang ..."
        stretch = stretch[words[verbs[-1] + 1].start() :]
    return Found(phrase_ref(stretch, people, view) if stretch else NOBODY, begin)


def _subject_person(view: View, persons: list[Mention], begin: int) -> Mention:
    """Which of several names before the verb is the subject."""
    chosen = persons[0]
    if len(persons) > 1 and _of_someone(view, begin, persons[0], persons[1]):
        return persons[1]
    for person in persons[1:]:
        stretch = view.masked[chosen.end : person.start].casefold()
        if re.search(r"\b(?:melalui|lewat|diwakili)\b", stretch) and "didampingi" not in stretch:
            chosen = person
    commas = view.clause_commas(begin, chosen.start)
    if len(persons) > 1 and not is_office_like(view, begin, chosen.start):
        for person in persons[1:]:
            later = view.clause_commas(chosen.end, person.start)
            if later and is_office_like(view, later[-1] + 1, person.start) and not commas:
                return person
    return chosen


def skip_openers(view: View, start: int, end: int) -> int:
    """Offset behind leading adverbial phrases (``Usai rapat, ``) of ``text[start:end]``."""
    while True:
        match = WORD.search(view.masked, start, end)
        if match is None or match.group().casefold() not in view.cues.openers:
            return start
        commas = view.clause_commas(start, end)
        for comma in commas:
            rest = view.masked[comma + 1 : end].strip()
            if rest:
                break
        else:
            return start
        start = comma + 1
        while start < end and view.text[start] == " ":
            start += 1
