"""The names component: spans of persons, institutions and places (``kb_names``).

A conditional random field over the rules' output (Lafferty et al. 2001; the
measured recipe is in ``docs/model.md``) finds the spans, the guide's
conventions are applied to them (``names.conventions``), and names found once
are found again in the same document (``names.consistency``).
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pycrfsuite
from spacy.language import Language
from spacy.tokens import Doc

from kb.authority.words import common_words, people, roles, sections
from kb.errors import ModelError
from kb.model import Mention
from kb.nlp.language import pieces_of, starts_of, text_of
from kb.nlp.names.consistency import repeat_names
from kb.nlp.names.conventions import apply_conventions
from kb.nlp.names.dateline import read_datelines
from kb.nlp.names.features import document_features
from kb.nlp.names.headed import part_heads
from kb.nlp.rules import rule_tags, token_lists

MODEL_DIR = Path(__file__).parent.parent / "model"
DOUBTFUL = 0.45
"""Mean marginal below which a span is not believed (measured on own held-out articles)."""
MODEL_FILE = "names.crfsuite.gz"


class Piece(NamedTuple):
    """A token, or the part of one beside a joint (``Polri`` in ``TNI-Polri``)."""

    text: str
    start: int


_JOINT = re.compile(r"(?<=\w)(-)(?=[A-Z])|(?<=[a-z]{4})(?=[A-Z][a-z]{2})")


@lru_cache(maxsize=100_000)
def _has_joint(text: str) -> bool:
    return len(text) >= 5 and text[0].isalpha() and _JOINT.search(text) is not None


def _pieces(text: str, start: int) -> list[Piece]:
    if not _has_joint(text):
        return [Piece(text, start)]
    out: list[Piece] = []
    at = 0
    for joint in _JOINT.finditer(text):
        out.append(Piece(text[at : joint.start()], start + at))
        if joint.group():
            out.append(Piece("-", start + joint.start()))
        at = joint.end()
    out.append(Piece(text[at:], start + at))
    return out


_NAME = frozenset({"name"})
_GROUP = frozenset({"group"})
_COMMON = frozenset({"common"})
_ROLE = frozenset({"role"})


@lru_cache(maxsize=1)
def name_parts() -> frozenset[str]:
    """Words that stand in names of persons, in lower case."""
    return frozenset(w for parts in people().values() for p in parts for w in p.lower().split())


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
    for word, start, rule, names in zip(
        words, starts, rule_tags(doc), token_lists(doc), strict=True
    ):
        if word.isspace():
            if "\n" in word:
                after = start + len(word)
                line += not _wraps(text, begun, start, after)
                begun = after
            continue
        for k, piece in enumerate(_pieces(word, start)):
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


class NameTagger:
    """Finds names in spaCy documents; holds one opened CRF model."""

    def __init__(self, model: bytes) -> None:
        self._bytes = model
        self._tagger = pycrfsuite.Tagger()
        try:
            self._tagger.open_inmemory(model)
        except ValueError as error:
            raise ModelError("The name model cannot be opened; run `kb train`.") from error

    @classmethod
    def load(cls, folder: Path = MODEL_DIR) -> NameTagger:
        """The tagger trained by ``kb train`` in ``folder``.

        Raises:
            ModelError: the model file is missing or damaged.
        """
        path = folder / MODEL_FILE
        try:
            return cls(gzip.decompress(path.read_bytes()))
        except (OSError, EOFError) as error:
            raise ModelError(
                f"The name model {path.name} is missing or damaged; run `kb train`."
            ) from error

    def raw(self, doc: Doc) -> list[Mention]:
        """The CRF's own spans, confidence the mean marginal of their tokens."""
        pieces, rules, lists, lines = read_doc(doc)
        if not pieces:
            return []
        ranges = list(line_ranges(lines))
        features = document_features([p.text for p in pieces], rules, lists, ranges)
        text = text_of(doc)
        mentions: list[Mention] = []
        for first, end in ranges:
            labels = self._tagger.tag(features[first:end])
            for a, b, label in spans_of(labels):
                chance = sum(self._tagger.marginal(labels[i], i) for i in range(a, b)) / (b - a)
                if chance < DOUBTFUL:
                    continue
                start = pieces[first + a].start
                stop = pieces[first + b - 1].start + len(pieces[first + b - 1].text)
                mentions.append(
                    Mention(
                        start,
                        stop,
                        text[start:stop],
                        label,  # type: ignore[arg-type]
                        method="crf",
                        confidence=round(chance, 3),
                    )
                )
        return mentions

    def tag(self, doc: Doc, known: Sequence[Mention] = ()) -> list[Mention]:
        """Mentions of one document, left to right, no overlaps.

        Args:
            known: mentions of earlier pages of the same document, whose names
                are looked for again here.
        """
        text = text_of(doc)
        found = part_heads(text, read_datelines(text, apply_conventions(text, self.raw(doc))))
        return repeat_names(text, found, known)


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


@lru_cache(maxsize=1)
def load_names() -> NameTagger:
    """The shipped name model, opened once per process."""
    return NameTagger.load()


class NamesComponent:
    """spaCy component: fills ``doc._.kb_mentions``."""

    def __init__(self, tagger: NameTagger) -> None:
        self._tagger = tagger

    def __call__(self, doc: Doc) -> Doc:
        doc._.kb_mentions = self._tagger.tag(doc, doc._.kb_known or ())
        return doc


@Language.factory("kb_names")
def make_names(nlp: Language, name: str) -> NamesComponent:
    """Build the ``kb_names`` component with the shipped model."""
    for extension in ("kb_mentions", "kb_known"):
        if not Doc.has_extension(extension):
            Doc.set_extension(extension, default=[])
    return NamesComponent(load_names())
