"""The reporting words of ``kb/authority/cues.toml`` as sets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kb.authority import load

_SYLLABLES = re.compile(r"[a-z]{3,}nya\Z")


@dataclass(frozen=True)
class Cues:
    """Sets of words in lower case; see ``cues.toml`` for what each is for."""

    roots: frozenset[str]
    between_commas: frozenset[str]
    plain_words: frozenset[str]
    active: frozenset[str]
    careful: frozenset[str]
    noun_object: frozenset[str]
    strict: frozenset[str]
    blockers: frozenset[str]
    anything: frozenset[str]
    saying: frozenset[str]
    existence: frozenset[str]
    tallies: frozenset[str]
    denials: frozenset[str]
    promises: frozenset[str]
    proposals: frozenset[str]
    joined: frozenset[str]
    beside_appeals: frozenset[str]
    appeals: frozenset[str]
    wishes: frozenset[str]
    stressing: frozenset[str]
    giving: frozenset[str]
    given: frozenset[str]
    messages: frozenset[str]
    announcing: frozenset[str]
    declaring: frozenset[str]
    headlines: frozenset[str]
    questions: frozenset[str]
    auxiliaries: frozenset[str]
    states: frozenset[str]
    numbered: frozenset[str]
    going_on: frozenset[str]
    addressed: frozenset[str]
    echoes: frozenset[str]
    passive: frozenset[str]
    acts: frozenset[str]
    according: frozenset[str]
    not_speakers: frozenset[str]
    pronouns: frozenset[str]
    pointing: frozenset[str]
    utterances: frozenset[str]
    answer_labels: frozenset[str]
    uttering: frozenset[str]
    raising: frozenset[str]
    voices: frozenset[str]
    until: frozenset[str]
    asked: frozenset[str]
    mentioned: frozenset[str]
    accounts: frozenset[str]
    met: frozenset[str]
    parties: frozenset[str]
    plain_people: frozenset[str]
    meeting: frozenset[str]
    labels: frozenset[str]
    asking: frozenset[str]
    continuing: frozenset[str]
    answering: frozenset[str]
    indefinite: frozenset[str]
    first_person: tuple[str, ...]
    second_person: tuple[str, ...]
    head_roles: frozenset[str]
    deputy_roles: frozenset[str]
    stops: frozenset[str]
    openers: frozenset[str]
    topics: frozenset[str]
    bare_topics: frozenset[str]
    subordinators: frozenset[str]
    of_someone: frozenset[str]
    kin: frozenset[str]
    negations: frozenset[str]
    copulas: frozenset[str]
    presence: frozenset[str]
    predicates: frozenset[str]
    not_verbs: frozenset[str]
    adverbs: frozenset[str]
    connectors: tuple[str, ...]
    naming: frozenset[str]
    not_cues: frozenset[str]
    describing: frozenset[str]
    addressing: frozenset[str]
    reporters: frozenset[str]
    outlets: frozenset[str]
    manners: frozenset[str]
    suspects: frozenset[str]
    bodies: frozenset[str]
    leads: frozenset[str]
    ordinals: frozenset[str]
    any_office: frozenset[str]
    with_subject: frozenset[str]
    several: frozenset[str]
    crowds: frozenset[str]
    many: frozenset[str]
    refusing: frozenset[str]
    agreeing: frozenset[str]
    dialect_nya: frozenset[str]
    characterising: frozenset[str]
    traits: frozenset[str]
    called: Mapping[str, str]
    kinds_of_people: Mapping[str, frozenset[str]]
    office_pieces: Mapping[str, str]
    numbered_offices: Mapping[str, str]

    def is_nya(self, word: str) -> bool:
        """Whether ``word`` is the -nya form of a root (``ujarnya``, ``cenah``)."""
        word = word.casefold()
        return word in self.dialect_nya or (word.endswith("nya") and word[:-3] in self.roots)

    def may_be_nya(self, word: str) -> bool:
        """Whether ``word`` right behind a quotation can only be a cue (``selorohnya``)."""
        low = word.casefold()
        return self.is_nya(low) or (bool(_SYLLABLES.match(low)) and low not in self.not_cues)

    def may_report(self, low: str) -> bool:
        """Whether a lower-case word can be the cue of reported speech or of an act of it."""
        return (
            low in self.active
            or low in self.acts
            or low in self.denials
            or low in self.giving
            or low in self.between_commas
            or low in self.passive
            or low == "menurut"
            or (low.endswith("nya") and (self.is_nya(low) or low[:-3] in self.passive))
            or low == "menurutnya"
        )

    def is_report(self, word: str) -> bool:
        """Whether ``word`` reports speech in any form."""
        low = word.casefold()
        bare = low.removesuffix("nya")
        return (
            low in self.roots or low in self.active or low in self.passive
            or bare in self.roots or bare in self.passive or bare in self.active
        )  # fmt: skip


def from_data(data: Mapping[str, Any]) -> Cues:
    """Build the sets from the parsed ``cues.toml``."""

    def words(table: str, key: str) -> frozenset[str]:
        return frozenset(data[table][key])

    longest_first = sorted(data["content"]["connectors"], key=lambda words: (-len(words), words))
    return Cues(
        roots=words("after_quote", "roots"),
        between_commas=words("after_quote", "between_commas"),
        plain_words=words("after_quote", "plain_words"),
        not_cues=words("after_quote", "not_cues"),
        active=words("active", "clause"),
        careful=words("active", "careful"),
        noun_object=words("active", "noun_object"),
        strict=words("active", "strict"),
        blockers=words("active", "blockers"),
        anything=words("active", "anything"),
        saying=words("active", "saying"),
        existence=words("active", "existence"),
        tallies=words("active", "tallies"),
        denials=words("active", "denials"),
        promises=words("active", "promises"),
        proposals=words("active", "proposals"),
        joined=words("active", "joined"),
        beside_appeals=words("active", "beside_appeals"),
        appeals=words("active", "appeals"),
        wishes=words("active", "wishes"),
        stressing=words("active", "stressing"),
        giving=words("active", "giving"),
        given=words("active", "given"),
        messages=words("active", "messages"),
        announcing=words("active", "announcing"),
        declaring=words("active", "declaring"),
        headlines=words("active", "headlines"),
        questions=words("active", "questions"),
        auxiliaries=words("active", "auxiliaries"),
        states=words("content", "states"),
        numbered=words("content", "numbered"),
        going_on=words("content", "going_on"),
        addressed=words("content", "addressed"),
        echoes=words("content", "echoes"),
        passive=words("passive", "verbs"),
        acts=words("acts", "verbs"),
        according=words("according", "words"),
        not_speakers=words("according", "not_speakers"),
        pronouns=words("speakers", "pronouns"),
        pointing=words("speakers", "pointing"),
        utterances=words("speakers", "utterances"),
        answer_labels=words("speakers", "answer_labels"),
        uttering=words("speakers", "uttering"),
        raising=words("speakers", "raising"),
        voices=words("speakers", "voices"),
        until=words("speakers", "until"),
        asked=words("speakers", "asked"),
        mentioned=words("speakers", "mentioned"),
        accounts=words("according", "accounts"),
        met=words("speakers", "met"),
        parties=words("speakers", "parties"),
        plain_people=words("speakers", "plain_people"),
        meeting=words("speakers", "meeting"),
        labels=words("speakers", "labels"),
        asking=words("active", "asking"),
        continuing=words("active", "continuing"),
        answering=words("active", "answering"),
        indefinite=words("speakers", "indefinite"),
        first_person=tuple(data["speakers"]["first_person"]),
        second_person=tuple(data["speakers"]["second_person"]),
        head_roles=words("speakers", "head_roles"),
        deputy_roles=words("speakers", "deputy_roles"),
        stops=words("speakers", "stops"),
        openers=words("speakers", "openers"),
        describing=words("speakers", "describing"),
        addressing=words("speakers", "addressing"),
        reporters=words("speakers", "reporters"),
        outlets=words("speakers", "outlets"),
        suspects=words("speakers", "suspects"),
        bodies=words("speakers", "bodies"),
        leads=words("speakers", "leads"),
        ordinals=words("speakers", "ordinals"),
        any_office=words("speakers", "any_office"),
        manners=words("active", "manners"),
        with_subject=words("active", "with_subject"),
        several=words("speakers", "several"),
        crowds=words("speakers", "crowds"),
        many=words("speakers", "many"),
        refusing=words("speakers", "refusing"),
        agreeing=words("speakers", "agreeing"),
        dialect_nya=words("after_quote", "dialect_nya"),
        characterising=words("speakers", "characterising"),
        traits=words("speakers", "traits"),
        called={form: name for name, forms in data["called"].items() for form in forms},
        office_pieces=data["office_pieces"],
        numbered_offices=data["numbered_offices"],
        kinds_of_people={head: frozenset(of) for head, of in data["kinds_of_people"].items()},
        topics=words("content", "topics"),
        bare_topics=words("content", "bare_topics"),
        subordinators=words("content", "subordinators"),
        of_someone=words("speakers", "of_someone"),
        kin=words("speakers", "kin"),
        negations=words("content", "negations"),
        copulas=words("content", "copulas"),
        presence=words("content", "presence"),
        predicates=words("content", "predicates"),
        not_verbs=words("content", "not_verbs"),
        adverbs=words("content", "adverbs"),
        connectors=tuple(longest_first),
        naming=words("not_statements", "naming"),
    )


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The reporting words of this version, read once per process."""
    return from_data(load().cues)
