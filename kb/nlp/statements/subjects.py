"""Who takes the floor without a report: the next words that nobody signs are theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kb.authority import norm
from kb.model import Mention
from kb.nlp.statements.before_verb import skip_openers, speaker_before
from kb.nlp.statements.content import Candidate
from kb.nlp.statements.masked import WORD
from kb.nlp.statements.opening import opens_with
from kb.nlp.statements.people import MENTIONED, Ref
from kb.nlp.statements.refs import is_kin_of, is_mentioned, is_office_like, speaker_after
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


def _title_alone(scene: Scene, begin: int) -> Ref | None:
    """The office that opens a sentence without a verb (``Camat senyum.``)."""
    view, cues = scene.view, scene.view.cues
    ref = opens_with(view, scene.people, begin, scene.end) or _addressed(scene, begin)
    if ref is not None and ref.kind == "phrase":
        return ref
    if ref is None or ref.kind != "title" or not scene.people.holds(ref.text):
        return None
    end = view.text.index(ref.text, begin) + len(ref.text)
    behind = WORD.match(view.masked, end + 1)
    if behind is None or not (behind.group().islower() or view.shouting):
        return None
    low = behind.group().casefold()
    held = (cues.blockers | cues.auxiliaries | cues.stops) - cues.negations
    return None if low in held or low in cues.pointing else ref


def _addressed(scene: Scene, begin: int) -> Ref | None:
    """``Pak RW manggut-manggut.``: a form of address with a piece of somebody's office."""
    words = scene.view.text[begin : scene.end].split()[:3]
    plain = len(words) == 3 and words[2].islower() and words[2] not in scene.view.cues.stops
    phrase = " ".join(words[:2])
    if not plain or not words[1][:1].isupper() or "," in phrase:
        return None
    known = scene.people.addressed(phrase, begin, None)
    done = words[2].startswith(("di", "ter"))
    return Ref("phrase", phrase) if known is not None and not done else None


def _takes_floor(scene: Scene) -> Ref | None:
    """``Tidak ada yang menjawab sampai Danramil angkat suara.``: whom the idiom is told of."""
    view, cues = scene.view, scene.view.cues
    for word, what in pairwise(scene.words):
        if word.low not in cues.raising or what.low not in cues.voices:
            continue
        begin = scene.start
        for before in scene.words:
            if before.start < word.start and before.low in cues.until:
                begin = before.end
        who = speaker_before(view, scene.people, begin, word.start)
        return who.ref if who.ref.kind in ("person", "title") else None
    return None


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
        by = len(scene.view.text[words[0].end : persons[0].start].split()) == 0
        return None if by and words[0].low in cues.asked else persons[0]
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


def _pointed(scene: Scene) -> int:
    """Where the description that opens a sentence ends (``Pria 51 tahun itu | tidak berani``)."""
    for number, word in enumerate(scene.words[:6]):
        if number and word.low in scene.view.cues.pointing:
            return word.end
    return scene.start


def subject(scene: Scene, before: tuple[int, int] | None) -> Iterator[Candidate]:
    """A sentence that opens with a person: they may speak next."""
    view, cues = scene.view, scene.view.cues
    begin = view.skip_connectors(scene.start, scene.end)
    persons = view.between(begin, scene.end, "PER")
    if view.masked[scene.start : scene.end].rstrip().endswith("?"):
        return  # "Apakah X aman?" is asked of somebody else
    led = WORD.search(view.masked, begin, scene.end)
    while led is not None and led.group().casefold() in cues.leads:
        led = WORD.match(view.masked, led.end() + 1)  # "Tapi yang disebut ..."
    raised = _takes_floor(scene)
    if raised is not None:
        yield Candidate(begin, raised, method="subject")
        return
    if led is not None and is_mentioned(view, led.start()) and not persons:
        yield Candidate(led.start(), MENTIONED, method="subject")
        return
    met = _met(scene, begin, persons) or _named_alone(scene, persons)
    if met is not None:
        yield Candidate(met.start, Ref("person", met.surface, met), method="subject")
        return
    verb = next((w for w in scene.words if w.start > begin and view.is_verb(w.text)), None)
    if verb is not None and (not persons or persons[0].start > verb.start):
        lead = skip_openers(view, begin, verb.start)
        title = _title_before(scene, lead, verb.start)
        title = title or _described(scene, begin, verb.start, before)
        title = title or (_title_alone(scene, lead) if not persons else None)
        if title is not None:
            yield Candidate(begin, title, method="subject")
            return
    if not persons:
        title = None
        if verb is None:
            title = _title_alone(scene, begin) or _described(scene, begin, _pointed(scene), before)
        if title is not None:
            yield Candidate(begin, title, method="subject")
        elif verb is not None:
            yield from _agent(scene, verb)
        return
    person = persons[0]
    if scene.words and scene.words[0].low in cues.asked and scene.words[0].end + 1 == person.start:
        return  # "Ditanya X jumlahnya, dijawab ...": X only asks
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
    if is_kin_of(view, begin, person):
        behind = WORD.match(view.masked, person.end + 1)
        if behind is None or behind.group().casefold() not in cues.pointing:
            yield Candidate(begin, Ref("phrase", view.text[begin : person.end]), method="subject")
        return  # "Ayah X itu datang": who was spoken of
    first = scene.words[0].low if scene.words else ""
    kin = first.endswith("nya") and first.removesuffix("nya") in cues.kin
    if kin and view.masked[: person.start].rstrip().endswith(","):
        return  # "Suaminya, X, sedang ke kota": she goes on
    reference = Ref("person", person.surface, person)
    if norm(view.masked[begin : person.start]).startswith(tuple(cues.presence)):
        if not view.masked[person.end : scene.end].strip(" ."):
            yield Candidate(person.start, reference, method="present")  # "... X. Ia melaporkan"
        return
    yield Candidate(person.start, reference, method="subject")
