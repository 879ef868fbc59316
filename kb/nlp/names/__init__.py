"""The names component: spans of persons, institutions and places (``kb_names``).

A conditional random field over the rules' output (Lafferty et al. 2001; the
measured recipe is in ``docs/model.md``) and, on lines it is not sure of, a small
encoder find the spans (``names.joint``), the guide's conventions are applied to
them (``names.conventions``), and names found once are found again in the same
document (``names.consistency``).
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pycrfsuite
from spacy.language import Language
from spacy.tokens import Doc

from kb import encoder
from kb.authority.words import common_words, name_parts, roles, sections
from kb.encoder.labels import LABELS
from kb.errors import ModelError
from kb.model import Mention
from kb.nlp.language import pieces_of, starts_of, text_of
from kb.nlp.lines import is_planning_page, is_prose
from kb.nlp.names import joint
from kb.nlp.names.addressed import read_addressed
from kb.nlp.names.bodies import read_bodies
from kb.nlp.names.consistency import repeat_names
from kb.nlp.names.conventions import apply_conventions
from kb.nlp.names.credits import read_credits
from kb.nlp.names.crowns import read_crowns
from kb.nlp.names.dateline import read_datelines
from kb.nlp.names.ended import part_bodies
from kb.nlp.names.features import document_features
from kb.nlp.names.habits import apply_habits
from kb.nlp.names.headed import part_heads
from kb.nlp.names.headlines import read_headlines
from kb.nlp.names.joined import join_names
from kb.nlp.names.known import add_known
from kb.nlp.names.lone import drop_ordinary, settle_regions
from kb.nlp.names.neighbours import read_apart
from kb.nlp.names.posted import read_posted
from kb.nlp.names.roads import join_roads
from kb.nlp.names.seams import Piece, is_habit
from kb.nlp.names.seams import pieces as parts_of
from kb.nlp.names.spoken import read_spoken
from kb.nlp.names.strays import cut_strays
from kb.nlp.names.venues import read_venues
from kb.nlp.rules import rule_tags, token_lists

if TYPE_CHECKING:
    from kb.encoder.names import NamesEncoder

MODEL_DIR = Path(__file__).parent.parent / "model"
DOUBTFUL = 0.6
"""Mean chance of its kind below which a span is not believed. Strict on wild/work, 72 and 44 real
articles that are read, held: .5 93.5, 92.9, 90.7, 94.6; .6 93.6, 93.3, 90.9, 94.6; .65 93.5, 93.2,
91.1, 94.4 (`kb eval tags`; figures of both in ``joint.NOTHING``)."""
MODEL_FILE = "names.crfsuite.gz"


_NAME = frozenset({"name"})
_GROUP = frozenset({"group"})
_COMMON = frozenset({"common"})
_ROLE = frozenset({"role"})


@lru_cache(maxsize=1)
def role_words() -> frozenset[str]:
    """Words for what a person is, in lower case, that stand before names."""
    return frozenset(word for word in roles() if " " not in word)


@lru_cache(maxsize=1)
def group_names() -> frozenset[str]:
    """Single words that name well-known institutions (``authority/words/agencies.txt``)."""
    table = sections("agencies.txt")
    forms = (
        form.strip()
        for section in ("terkenal", "partai", "pusat", "ormas")
        for line in table[section]
        for form in line.split("|")
    )
    return frozenset(form for form in forms if " " not in form)


class Reading(NamedTuple):
    """One document as the model reads it: parallel sequences without white space."""

    pieces: list[Piece]
    rules: list[str]
    lists: list[frozenset[str]]
    lines: list[int]
    """Number of the line (wrapped lines count as one) each piece stands on."""


def _wraps(text: str, begun: int, start: int, after: int) -> bool:
    """Whether a line break stands within running text, as in the text of a PDF page."""
    return (
        text.count("\n", start, after) == 1
        and start - begun >= 55
        and text[start - 1 : start] not in ".:;!?*"
        and text[after : after + 1].isalpha()
    )


@lru_cache(maxsize=100_000)
def _own_lists(text: str) -> frozenset[str]:
    """The lists of this module that a piece of a token stands in."""
    low = text.lower()
    found = _ROLE if low in role_words() else frozenset()
    if not text[0].isupper():
        return found
    if low in name_parts():
        found |= _NAME
    if low in common_words():
        found |= _COMMON
    return found | _GROUP if text in group_names() else found


def read_doc(doc: Doc) -> Reading:
    """Pieces of a document with the rules' tags, word lists and line numbers."""
    reading = Reading([], [], [], [])
    line, begun, text = 0, 0, text_of(doc)
    words, starts = pieces_of(doc), starts_of(doc)
    habit = is_habit(text)
    for word, start, rule, names in zip(
        words, starts, rule_tags(doc), token_lists(doc), strict=True
    ):
        if word.isspace():
            if "\n" in word:
                after = start + len(word)
                line += not _wraps(text, begun, start, after)
                begun = after
            continue
        for k, piece in enumerate(parts_of(word, start, habit)):
            reading.pieces.append(piece)
            reading.rules.append(f"I-{rule[2:]}" if k and rule != "O" else rule)
            own = _own_lists(piece.text)
            reading.lists.append(names | own if own else names)
            reading.lines.append(line)
    return reading


def line_ranges(lines: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Ranges of tokens that stand on the same line of text: one CRF sequence each."""
    start = 0
    for i in range(1, len(lines) + 1):
        if i == len(lines) or lines[i] != lines[start]:
            yield start, i
            start = i


class _Line(NamedTuple):
    """Labels of the words of a line, each with its chance, and who gave them."""

    labels: Sequence[str]
    chances: Sequence[float]
    method: str


class NameTagger:
    """Finds names in spaCy documents; holds one opened CRF model and maybe an encoder."""

    def __init__(self, model: bytes, encoder: NamesEncoder | None = None) -> None:
        self._bytes = model
        self._encoder = encoder
        self._tagger = pycrfsuite.Tagger()
        try:
            self._tagger.open_inmemory(model)
        except ValueError as error:
            raise ModelError("The name model cannot be opened; run `kb train`.") from error
        known = frozenset(self._tagger.labels())
        self._labels = [(k, label) for k, label in enumerate(LABELS) if label in known]

    @classmethod
    def load(cls, folder: Path = MODEL_DIR, encoder: NamesEncoder | None = None) -> NameTagger:
        """The tagger trained by ``kb train`` in ``folder``.

        Raises:
            ModelError: the model file is missing or damaged.
        """
        path = folder / MODEL_FILE
        try:
            return cls(gzip.decompress(path.read_bytes()), encoder)
        except (OSError, EOFError) as error:
            raise ModelError(
                f"The name model {path.name} is missing or damaged; run `kb train`."
            ) from error

    def raw(self, doc: Doc, planning: bool = False) -> list[Mention]:
        """The models' own spans, confidence the mean chance of their tokens.

        Args:
            planning: on a page of tables only running sentences are read twice.
        """
        pieces, rules, lists, lines = read_doc(doc)
        if not pieces:
            return []
        ranges = list(line_ranges(lines))
        features = document_features([p.text for p in pieces], rules, lists, ranges)
        text = text_of(doc)
        enough = joint.SURE_ON_PLANS if planning else joint.SURE
        read: dict[int, _Line] = {}
        doubted: dict[int, npt.NDArray[np.float32]] = {}
        for number, (first, end) in enumerate(ranges):
            labels = self._tagger.tag(features[first:end])
            chances = [
                self._tagger.marginal(label, i) if label != "O" or self._encoder else 1.0
                for i, label in enumerate(labels)
            ]
            read[number] = _Line(labels, self._of_kind(labels, chances), "crf")
            if self._encoder is not None and min(chances) < enough:
                line = text[pieces[first].start : _end(pieces[end - 1])]
                if not planning or is_prose(line):
                    doubted[number] = self._chances(end - first)
        if self._encoder is not None and doubted:
            read |= self._read_again(self._encoder, text, pieces, ranges, doubted)
        mentions: list[Mention] = []
        for number, (first, _) in enumerate(ranges):
            line_read = read[number]
            for a, b, label in spans_of(line_read.labels):
                chance = sum(line_read.chances[a:b]) / (b - a)
                if chance < DOUBTFUL:
                    continue
                start, stop = pieces[first + a].start, _end(pieces[first + b - 1])
                if not any(map(str.isalnum, text[start:stop])):
                    continue  # marks that a table or a scan left
                mentions.append(
                    Mention(
                        start,
                        stop,
                        text[start:stop],
                        label,  # type: ignore[arg-type]
                        method=line_read.method,
                        confidence=round(chance, 3),
                    )
                )
        return mentions

    def _of_kind(self, labels: Sequence[str], chances: Sequence[float]) -> list[float]:
        """``chances`` of the line read last, of names those of their kind wherever they begin."""
        other = {"B": "I", "I": "B"}
        return [
            chance
            if label == "O"
            else chance + self._tagger.marginal(other[label[0]] + label[1:], i)
            for i, (label, chance) in enumerate(zip(labels, chances, strict=True))
        ]

    def _chances(self, words: int) -> npt.NDArray[np.float32]:
        """The field's chances of all labels on the line it read last."""
        found = np.zeros((words, len(LABELS)), dtype=np.float32)
        for k, label in self._labels:
            for i in range(words):
                found[i, k] = self._tagger.marginal(label, i)
        return found

    def _read_again(
        self,
        encoder: NamesEncoder,
        text: str,
        pieces: Sequence[Piece],
        ranges: Sequence[tuple[int, int]],
        doubted: Mapping[int, npt.NDArray[np.float32]],
    ) -> dict[int, _Line]:
        """The lines the field is not sure of, as both read them."""
        texts: list[str] = []
        words: list[list[tuple[int, int]]] = []
        for number in doubted:
            first, end = ranges[number]
            at = pieces[first].start
            texts.append(text[at : _end(pieces[end - 1])])
            words.append([(p.start - at, _end(p) - at) for p in pieces[first:end]])
        out: dict[int, _Line] = {}
        for (number, field), found in zip(doubted.items(), encoder.read(texts, words), strict=True):
            chances = joint.combine(field, found)
            best = joint.best_labels(chances)
            out[number] = _Line(
                [LABELS[k] for k in best],
                joint.sureness(chances, best),
                "crf+encoder",
            )
        return out

    def tag(self, doc: Doc, known: Sequence[Mention] = (), planning: bool = False) -> list[Mention]:
        """Mentions of one document, left to right, no overlaps.

        Args:
            known: mentions of earlier pages of the same document, whose names
                are looked for again here.
            planning: the page is one of tables rather than of running text.
        """
        text = text_of(doc)
        raw = self.raw(doc, planning)
        found = join_names(text, cut_strays(text, apply_conventions(text, raw)))
        found = read_apart(text, read_credits(text, read_datelines(text, found)))
        found = part_heads(text, part_bodies(text, join_roads(text, found)))
        found = read_headlines(text, read_crowns(text, found))
        found = read_posted(text, read_addressed(text, read_spoken(text, found)))
        again = repeat_names(text, add_known(text, found), known)
        again = drop_ordinary(text, settle_regions(again))
        return read_bodies(text, apply_habits(text, read_venues(text, again)))


def spans_of(labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Ranges [start, end) and label of BIO tags; a stray I opens a span."""
    start, label = -1, ""
    for i, tag in enumerate([*labels, "O"]):
        inside = tag.startswith("I-") and tag[2:] == label and start >= 0
        if inside:
            continue
        if start >= 0:
            yield start, i, label
        start, label = (-1, "") if tag == "O" else (i, tag[2:])


def _end(piece: Piece) -> int:
    return piece.start + len(piece.text)


@lru_cache(maxsize=2)
def load_names(fast: bool = False) -> NameTagger:
    """The shipped name model, opened once per process; ``fast``: without the encoder."""
    return NameTagger.load(encoder=None if fast else encoder.load_names())


class NamesComponent:
    """spaCy component: fills ``doc._.kb_mentions``."""

    def __init__(self, tagger: NameTagger) -> None:
        self._tagger = tagger

    def __call__(self, doc: Doc) -> Doc:
        planning = is_planning_page(text_of(doc), doc._.kb_context)
        doc._.kb_mentions = self._tagger.tag(doc, doc._.kb_known or (), planning)
        return doc


@Language.factory("kb_names", default_config={"fast": False})
def make_names(nlp: Language, name: str, fast: bool) -> NamesComponent:
    """Build the ``kb_names`` component with the shipped model."""
    for extension in ("kb_mentions", "kb_known"):
        if not Doc.has_extension(extension):
            Doc.set_extension(extension, default=[])
    if not Doc.has_extension("kb_context"):
        Doc.set_extension("kb_context", default=None)
    return NamesComponent(load_names(fast))
