"""The names component: spans of persons, institutions and places (``kb_names``).

A conditional random field over the rules' output (Lafferty et al. 2001; the
measured recipe is in ``docs/model.md``) finds the spans, the guide's
conventions are applied to them (``names_conventions``), and names found once
are found again in the same document (``names_consistency``).
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import pycrfsuite
from spacy.language import Language
from spacy.tokens import Doc, Token

from kb.errors import ModelError
from kb.model import Mention
from kb.nlp.features import document_features
from kb.nlp.names_consistency import repeat_names
from kb.nlp.names_conventions import apply_conventions
from kb.nlp.rules import rule_tags, token_lists
from kb.nlp.templates.words import sections

MODEL_DIR = Path(__file__).parent / "model"
DOUBTFUL = 0.45
"""Mean marginal below which a span is not believed (measured on own held-out articles)."""
MODEL_FILE = "names.crfsuite.gz"


class Piece(NamedTuple):
    """A token, or the part of one beside a joint (``Polri`` in ``TNI-Polri``)."""

    text: str
    start: int


_JOINT = re.compile(r"(?<=\w)(-)(?=[A-Z])|(?<=[a-z]{4})(?=[A-Z][a-z]{2})")


def _pieces(token: Token) -> list[Piece]:
    text, start = token.text, token.idx
    if len(text) < 5 or not (text[0].isalpha() and _JOINT.search(text)):
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


@lru_cache(maxsize=1)
def name_parts() -> frozenset[str]:
    """Words that stand in names of persons, in lower case (``templates/data/names.txt``)."""
    text = (files("kb.nlp.templates") / "data" / "names.txt").read_text(encoding="utf-8")
    lines = (line.partition(":")[2] for line in text.splitlines() if not line.startswith("#"))
    return frozenset(part for line in lines for part in line.lower().replace("_", " ").split())


@lru_cache(maxsize=1)
def group_names() -> frozenset[str]:
    """Single words that name well-known institutions (``templates/data/agencies.txt``)."""
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


def _wraps(text: str, begun: int, token: Token) -> bool:
    """Whether a line break stands within running text, as in the text of a PDF page."""
    after = token.idx + len(token.text)
    return (
        token.text.count("\n") == 1
        and token.idx - begun >= 55
        and text[token.idx - 1 : token.idx] not in ".:;!?*"
        and text[after : after + 1].isalpha()
    )


def read_doc(doc: Doc) -> Reading:
    """Pieces of a document with the rules' tags, word lists and line numbers."""
    reading = Reading([], [], [], [])
    parts, groups = name_parts(), group_names()
    line, begun, text = 0, 0, doc.text
    for token, rule, names in zip(doc, rule_tags(doc), token_lists(doc), strict=True):
        if token.is_space:
            if "\n" in token.text:
                line += not _wraps(text, begun, token)
                begun = token.idx + len(token.text)
            continue
        base = names
        for k, piece in enumerate(_pieces(token)):
            names = base
            reading.pieces.append(piece)
            reading.rules.append(f"I-{rule[2:]}" if k and rule != "O" else rule)
            if piece.text[0].isupper():
                if piece.text.lower() in parts:
                    names = names | _NAME
                if piece.text in groups:
                    names = names | _GROUP
            reading.lists.append(names)
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
        features = document_features([p.text for p in pieces], rules, lists)
        text = doc.text
        mentions: list[Mention] = []
        for first, end in line_ranges(lines):
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
        mentions = apply_conventions(doc.text, self.raw(doc))
        return repeat_names(doc.text, mentions, known)


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
