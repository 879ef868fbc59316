"""Read who is the subject of a reporting verb, from the words before it."""

from __future__ import annotations

import re

from kb.authority import norm
from kb.model import Mention
from kb.nlp.statements.masked import WORD, View
from kb.nlp.statements.people import LAST, MENTIONED, NOBODY, People, Ref
from kb.nlp.statements.refs import (
    Found,
    is_kin_of,
    is_mentioned,
    is_office_like,
    of_someone,
    phrase_ref,
    pointing_ref,
)

_DATELINE = re.compile(r"[A-Z][\w ,./()]{2,60}?\s*[-–—|]+\s+(?=\S)")
_AGED = re.compile(r"([A-Z][\w'.’]+(?: [A-Z][\w'.’]+){0,4})\s*\(\d{1,3}(?: ?tahun)?\)")
_SPEECH = re.compile(r"\b(?P<verb>me[a-z]{3,})\s+(?P<noun>[a-z]+)\b[^,]*\Z")
"""``X memberikan sambutan ..., yang menekankan ...``: what X said in it."""
_IN_SPEECH = re.compile(r"(?<=\S\s)d(?:ala|l)m\s(?:[a-z]+\s){0,2}[a-z]+nya(?=\s*\Z)")
"""Behind a subject: in what it was said (``Pak wali dlm sambutannya bilang``)."""
_BRACKET = re.compile(r"\s*\((?:[A-Za-z]{1,6}\.?\s+){0,2}")
_TOWARDS = re.compile(r"\b(?:dari|ke|kepada|pada|untuk)\s+(?:[A-Za-z]{1,6}\.?\s+){0,2}\Z")
"""Before a name: whom somebody turns to (``Beliau menoleh kepada Pak X, baru bicara``)."""
_TURNED = 8
"""Words of a sentence whose only name ``beliau bilang`` means. Set by hand; no command measured
it."""
_JOINING = frozenset({"dan", "sekaligus", "serta"})
_AS = ("selaku ", "sebagai ")
_AMONG = frozenset({"antaranya", "diantaranya"})


def speaker_before(view: View, people: People, start: int, verb: int) -> Found:
    """The subject of a reporting verb at ``verb`` in a sentence that begins at ``start``."""
    cues = view.cues
    begin = skip_openers(view, view.skip_connectors(start, verb), verb)
    words = list(WORD.finditer(view.masked, begin, verb))
    counts = len(words) > 2 and words[0].group().casefold() in cues.ordinals
    if counts and view.masked[words[0].end()] == ",":  # "Terakhir, sebelum pulang, X ..."
        begin = skip_openers(view, words[0].end() + 1, verb)
        words = [word for word in words if word.start() >= begin]
    if len(words) > 2 and words[-1].group().casefold() == "dengan":
        shared = _shared_subject(view, people, begin, words)
        if shared is not None:
            return shared
    if words and is_mentioned(view, words[0].start()):
        apposed = view.between(begin, verb, "PER")
        if not apposed:
            return Found(MENTIONED, words[0].start())
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
    commas = view.clause_commas(begin, words[-1].start())
    if commas:  # "Dalam acara X, Y, selanjutnya Bupati mengatakan"
        behind = [word for word in words if word.start() > commas[-1]]
        led = _without_lead(view, behind)
        if len(led) < len(behind):
            words = led
    words = _without_lead(view, words)
    begin = max(begin, words[0].start())
    if words[-1].group().casefold() in _JOINING:
        if len(words) == 1:
            return Found(LAST, begin)  # "Dan berharap ..."
        shared = _shared_subject(view, people, begin, words)
        if shared is not None:
            return shared
        words.pop()
    last = words[-1].group()
    opener = words[0].group().casefold()
    named = _BRACKET.match(view.masked, words[0].end(), verb) if opener in cues.pronouns else None
    told = view.between(named.end(), verb, "PER") if named else []
    if named and told and told[0].start == named.end():  # "Beliau (Ibu X) menambahkan"
        return Found(Ref("person", told[0].surface, told[0]), begin)
    if opener in cues.pronouns and len(words) < 4 and view.mention_at(words[0].start()) is None:
        return Found(LAST, words[0].start())  # "Ia hanya bilang"
    pointing = last.casefold() in cues.pronouns or last.casefold() in _AMONG
    if pointing and view.mention_at(words[-1].start()) is None:
        turned = view.between(begin, words[-1].start(), "PER")
        comma = view.masked[: words[-1].start()].rstrip().endswith(",")
        opening = WORD.search(view.masked, start, verb)
        adverbial = opening is not None and opening.group().casefold() in cues.openers
        if comma and not adverbial and len(turned) == 1 and len(words) <= _TURNED:
            return Found(Ref("person", turned[0].surface, turned[0]), begin)
        return Found(LAST, words[-1].start())
    if cues.is_nya(opener) and words[0].group() == opener:
        return Found(LAST, words[0].start())  # "katanya seraya menambahkan"
    who = words[-3].group().casefold() if len(words) > 2 else ""
    like = [w.group().casefold() for w in words[-2:]] == ["yang", "sama"]
    if like and who in cues.characterising | cues.plain_people:
        return Found(LAST, begin)  # "perempuan yang sama menjawab"
    persons = view.between(begin, verb, "PER")
    if persons and opener in cues.pronouns and view.mention_at(words[0].start()) is None:
        persons = [p for p in persons if not _TOWARDS.search(view.masked[begin : p.start])]
        if not persons:
            return Found(LAST, begin)
    if persons and last.casefold() in cues.pointing and opener in cues.characterising:
        persons = []  # "pria kelahiran Raha itu": no name, whatever was read there
    if last.casefold() == "yang" and len(words) > 1:
        return _relative(view, people, begin, words[-1].start())
    if persons:
        person = _subject_person(view, persons, begin)
        if is_kin_of(view, begin, person):
            return Found(Ref("phrase", view.text[begin : person.end]), begin)
        return Found(Ref("person", person.surface, person), person.start)
    aged = _AGED.match(view.masked, begin, verb)
    if aged:
        return Found(Ref("phrase", aged.group(1)), begin)
    phrase = _subject_phrase(view, people, begin, words)
    if phrase.endswith("nya") and phrase.isalpha() and phrase.islower():
        return Found(LAST, begin)  # "Lewat amanatnya berpesan ..."
    commas = view.clause_commas(begin, words[-1].end())  # none of "Dinas Komunikasi, Informatika"
    tail = phrase.rsplit(",", 1)[-1].strip(" -–—") if commas else phrase
    if tail != phrase and tail.startswith(_AS):  # "Kabid SMA, selaku pembina"
        phrase = tail = phrase.rpartition(",")[0].rstrip()
    if tail != phrase and people.title_of(tail) is not None:
        phrase = tail
    head = norm(phrase).split()[:1]
    if head and head[0] in cues.not_speakers | cues.ordinals | {"yang"}:
        return Found(NOBODY, begin)
    if tail != phrase and (tail[:1].isupper() or 0 < len(tail.split()) <= 4):
        phrase = tail
    if last.casefold() in cues.pointing and opener in cues.labels:
        return Found(NOBODY, begin)  # "Pesan tersebut menegaskan ..."
    fresh = phrase.split()[:1] and phrase.split()[0].casefold() in cues.indefinite
    if last.casefold() in cues.pointing and not fresh and opener not in cues.several:
        return Found(pointing_ref(phrase, view) if len(phrase.split()) > 1 else LAST, begin)
    if people.title_of(phrase) is None:
        first = phrase.split()[0].casefold() if phrase else ""
        clause = [w for w in WORD.findall(phrase) if view.is_verb(w)]
        whole = any(m.surface == phrase for m in view.between(begin, verb, "ORG"))
        if clause and first not in cues.describing and not whole:
            return Found(NOBODY, begin)
    return Found(phrase_ref(phrase, people, view), begin)


def _shared_subject(
    view: View, people: People, begin: int, words: list[re.Match[str]]
) -> Found | None:
    """Whose verb stands before ``dan`` too: ``X membuka acara dan berharap ...``."""
    verbs = [
        word for word in words[1:-1]
        if view.is_verb(word.group()) and word.group() not in view.cues.describing
        and view.mention_at(word.start()) is None
    ]  # fmt: skip
    if any(word.group().startswith("di") for word in verbs):
        return None
    for verb in verbs:
        who = speaker_before(view, people, begin, verb.start())
        if who.ref.kind in ("person", "title", "anaphor"):
            return who
    return None


def _without_lead(view: View, words: list[re.Match[str]]) -> list[re.Match[str]]:
    """``words`` without a connector that no comma follows (``Sementara Bupati menyebut``)."""
    while len(words) > 1 and view.mention_at(words[0].start()) is None:
        first = words[0].group().casefold()
        pair = f"{first} {words[1].group().casefold()}"
        if first in view.cues.leads:
            words = words[1:]
        elif pair in view.cues.leads and len(words) > 2:
            words = words[2:]
        else:
            break
    return words


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
    speech = _IN_SPEECH.search(text, begin, end)
    end = speech.start() if speech is not None else end
    phrase = text[begin:end].strip(" ,-–—")
    if organisations and phrase.endswith(organisations[-1].surface):
        rest = phrase[: -len(organisations[-1].surface)].rstrip()
        if not rest or rest.endswith(","):
            return organisations[-1].surface
    pieces = phrase.split()
    if pieces and pieces[0].casefold() in (cues.openers | {"lebih", "kepada"}):
        somebody = [n for n, piece in enumerate(pieces) if piece.casefold() in cues.indefinite]
        if somebody:  # "Dari belakang seorang pemuda"
            return " ".join(pieces[somebody[-1] :])
        for number in range(1, len(pieces)):
            tail = " ".join(pieces[number:])
            if pieces[number].casefold() in people.titles.first_words and people.title_of(tail):
                status = people.titles.status.get((norm(pieces[number - 1]),))
                return f"{pieces[number - 1]} {tail}" if status is not None else tail
        return pieces[-1]
    return phrase


def _relative(view: View, people: People, begin: int, end: int) -> Found:
    """``kuasa hukum X yang mengatakan``: the noun phrase before ``yang``."""
    persons = view.between(begin, end, "PER")
    if persons and not view.text[persons[-1].end : end].strip(" ,()0123456789"):
        return Found(Ref("person", persons[-1].surface, persons[-1]), persons[-1].start)
    stretch = view.text[begin:end].strip(" ,")
    speech = _SPEECH.search(stretch)
    if speech is not None and speech["noun"] in view.cues.labels:
        whose = stretch[speech.end("noun") :].strip()
        if people.title_of(whose) is not None:  # "membacakan pesan Bupati yang mengatakan"
            return Found(Ref("title", whose), begin)
        return speaker_before(view, people, begin, begin + speech.start("verb"))
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
    if len(persons) > 1 and of_someone(view, begin, persons[0], persons[1]):
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
                if rest.startswith("me") and view.is_verb(rest.split()[0]):
                    return start  # "Di akhir sambutan Gubernur, mengucapkan ..."
                break
        else:
            return start
        start = comma + 1
        while start < end and view.text[start] == " ":
            start += 1
