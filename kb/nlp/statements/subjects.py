"""Who takes the floor without a report: the next words that nobody signs are theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kb.authority import norm
from kb.model import Mention
from kb.nlp.statements.before_verb import skip_openers
from kb.nlp.statements.content import Candidate
from kb.nlp.statements.masked import WORD
from kb.nlp.statements.people import Ref
from kb.nlp.statements.refs import is_office_like, speaker_after
from kb.nlp.statements.scene import Scene, SceneWord

_ANOTHER = re.compile(
    r"(?:Hal|Pendapat|Pernyataan|Keluhan|Harapan|Tanggapan|Apresiasi|Dukungan|Suara|Kritik)\b"
    r"[^.,]{0,40}\b(?:datang|disampaikan|muncul|dilontarkan|dikemukakan|diutarakan)\s+"
    r"(?:langsung\s+)?(?:dari|oleh)\s"
)
_OFFICE_WORDS = 5
_BY = re.compile(r"\boleh\s")


def another(scene: Scene) -> Iterator[Candidate]:
    """``Pendapat serupa datang dari X.``"""
    source = _ANOTHER.match(scene.view.masked, scene.start, scene.end)
    if source:
        who = speaker_after(scene.view, scene.people, source.end())
        if who.ref.kind in ("person", "title"):
            yield Candidate(source.end(), who.ref, method="introduced")


def _agent(scene: Scene, verb: SceneWord) -> Iterator[Candidate]:
    """``Rencana itu diumumkan Bupati X``: X may speak next if nobody has spoken yet."""
    if verb.low.startswith("di") and verb.low not in ("dihadiri", "diikuti", "didampingi"):
        if scene.words[0].low in scene.view.cues.pronouns:
            return  # "Ia diterima X": "katanya" is his who was received
        by = _BY.search(scene.view.masked, verb.end, scene.end)
        who = speaker_after(scene.view, scene.people, by.start() if by else verb.end)
        if who.ref.kind in ("person", "title"):
            yield Candidate(verb.start, who.ref, method="agent")


def _title_before(scene: Scene, begin: int, verb: int) -> Ref | None:
    """The office, and nothing else, that stands before a verb (``Bupati Sijunjung menutup``)."""
    words = scene.view.text[begin:verb].split()
    while words and words[-1].casefold() in scene.view.cues.adverbs:
        words.pop()
    passive = scene.view.text.startswith(("di", "ter"), verb)
    held = scene.view.cues.blockers | scene.view.cues.auxiliaries
    while words and words[-1].casefold() in scene.view.cues.negations | {"mau"}:
        words.pop()  # "Kapolres belum mau menyimpulkan"
    phrase, obliged = " ".join(words), held.intersection(words)
    if not words or len(words) > _OFFICE_WORDS or "," in phrase or passive or obliged:
        return None  # "Camat diminta hadir", "Camat perlu menjalin": what is said of him
    return Ref("title", phrase) if scene.people.title_of(phrase) is not None else None


def _apposed(scene: Scene, begin: int, person: Mention) -> bool:
    """``Pasien dari Desa Y, X, terharu``: a name between commas behind what its bearer is."""
    view = scene.view
    first = WORD.search(view.masked, begin, person.start)
    plain = first is not None and first.group().casefold() not in view.cues.stops
    before = view.clause_commas(begin, person.start)
    behind = view.text[person.end : person.end + 1] == ","
    return plain and behind and len(before) == 1


def _met(scene: Scene, begin: int, persons: list[Mention]) -> Mention | None:
    """``Ditemui usai rapat X ikut komentar``, ``wartawan mencegat X``: whom the reporter met."""
    cues, words = scene.view.cues, [word for word in scene.words if word.start >= begin]
    if not words:
        return None
    if words[0].low in cues.met and words[0].start == begin and len(persons) == 1:
        return persons[0]
    for reporter, verb in pairwise(words):
        if reporter.low in cues.reporters and verb.low in cues.meeting:
            behind = [person for person in persons if person.start > verb.end]
            return behind[0] if behind else None
    return None


def _named_alone(scene: Scene, persons: list[Mention]) -> Mention | None:
    """The only person of a sentence without a verb (``Lain lagi X.``), or behind ``ialah``."""
    view = scene.view
    for word in scene.words:
        if word.low in view.cues.copulas and word.start > scene.start:
            behind = [person for person in persons if person.start > word.end]
            plain = behind and is_office_like(view, word.end, behind[0].start)
            ends = plain and not view.masked[behind[0].end : scene.end].strip(" .")
            return behind[0] if ends else None
    acting = view.cues.predicates | view.cues.states
    verbal = any(view.is_verb(word.low) or word.low in acting for word in scene.words)
    return persons[0] if len(persons) == 1 and not verbal else None


def _described(scene: Scene, begin: int, verb: int, before: tuple[int, int] | None) -> Ref | None:
    """``Anggota Komisi III itu langsung memotong``: the one named in the sentence before."""
    view = scene.view
    words = [w for w in scene.words if begin <= w.start < verb and w.low not in view.cues.adverbs]
    if before is None or len(words) < 2 or words[-1].low not in view.cues.pointing:
        return None
    if words[0].low not in view.cues.describing | view.cues.characterising:
        return None
    named = {person.surface: person for person in view.between(*before, "PER")}
    return Ref("person", *next(iter(named.items()))) if len(named) == 1 else None


def subject(scene: Scene, before: tuple[int, int] | None) -> Iterator[Candidate]:
    """A sentence that opens with a person: they may speak next."""
    view, cues = scene.view, scene.view.cues
    begin = view.skip_connectors(scene.start, scene.end)
    persons = view.between(begin, scene.end, "PER")
    if view.masked[scene.start : scene.end].rstrip().endswith("?"):
        return  # "Apakah X aman?" is asked of somebody else
    met = _met(scene, begin, persons) or _named_alone(scene, persons)
    if met is not None:
        yield Candidate(met.start, Ref("person", met.surface, met), method="subject")
        return
    verb = next((w for w in scene.words if w.start > begin and view.is_verb(w.text)), None)
    if verb is not None and (not persons or persons[0].start > verb.start):
        lead = skip_openers(view, begin, verb.start)
        title = _title_before(scene, lead, verb.start)
        title = title or _described(scene, begin, verb.start, before)
        if title is not None:
            yield Candidate(begin, title, method="subject")
            return
    if not persons:
        if verb is not None:
            yield from _agent(scene, verb)
        return
    person = persons[0]
    if len(persons) > 1 and view.text[person.end : persons[1].start].strip() in ("-", "–", "/"):
        return  # "program Rini-Bagus": neither of the two
    apposed = _apposed(scene, begin, person)
    related = any(word.low == "yang" for word in scene.words if begin < word.start < person.start)
    for word in scene.words:
        if word.start < begin or word.start >= person.start or word.text != word.low:
            continue
        stops = word.low in cues.stops and word.low not in cues.describing
        if apposed and related:
            continue  # "Penjaga yang disapa, X, mengira"
        verbal = view.is_verb(word.low) and not (apposed and word.low.startswith("ter"))
        if verbal or (stops and not apposed):  # "Wisudawan tertua, X, ..."
            yield from _agent(scene, word)
            return
    reference = Ref("person", person.surface, person)
    if norm(view.masked[begin : person.start]).startswith(tuple(cues.presence)):
        if not view.masked[person.end : scene.end].strip(" ."):
            yield Candidate(person.start, reference, method="present")  # "... X. Ia melaporkan"
        return
    yield Candidate(person.start, reference, method="subject")
