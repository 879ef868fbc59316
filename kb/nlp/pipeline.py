"""The tagging pipeline: text in, mentions, offices, entities and statements out.

The stages are spaCy components with registered factories, in this order::

    kb_sentences  kb_gazetteer  kb_names  kb_offices  kb_linking  kb_statements  kb_speakers
    kb_claims

Each reads and writes ``doc._.kb_mentions``, ``kb_offices``, ``kb_entities`` and
``kb_statements`` (lists of ``kb.model`` objects, offsets into the text). ``doc._.kb_posts``
are the posts that are no public offices (company, campus, party): they tell who speaks.
``doc._.kb_context`` is the ``TagContext``; ``doc._.kb_memory`` (``memory.Memory``) carries
names and offices from one page of a document to the next.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from kb import encoder
from kb import stamp as stamps
from kb.model import TagContext, TagResult
from kb.nlp import linking, offices, rules
from kb.nlp.language import make_nlp, text_of, tokens_of
from kb.nlp.linking.speakers import settle_statements
from kb.nlp.memory import Memory
from kb.nlp.mended import mended
from kb.nlp.review.noise import drop_noise
from kb.nlp.review.plans import is_of_plan, settle_plans
from kb.nlp.review.signatures import add_signatures

STAGES = (
    "kb_sentences",
    "kb_gazetteer",
    "kb_names",
    "kb_offices",
    "kb_linking",
    "kb_statements",
    "kb_speakers",
    "kb_claims",
)
_MODULES = {
    "kb_names": "kb.nlp.names",
    "kb_statements": "kb.nlp.statements",
    "kb_claims": "kb.nlp.claims",
}
DATA = (
    "authority/abbreviations.toml",
    "authority/amounts.toml",
    "authority/calendar.toml",
    "authority/claims.toml",
    "authority/cues.toml",
    "authority/honorifics.toml",
    "authority/institutions.json",
    "authority/namewords.toml",
    "authority/offices.toml",
    "authority/officials.json",
    "authority/place_aliases.toml",
    "authority/places.tsv.gz",
    "authority/words/abroad.txt",
    "authority/words/agencies.txt",
    "authority/words/beside.txt",
    "authority/words/common.txt",
    "authority/words/generic.txt",
    "authority/words/halves.txt",
    "authority/words/landmarks.txt",
    "authority/words/language.txt",
    "authority/words/names.txt",
    "authority/words/nicknames.txt",
    "authority/words/plans.txt",
    "authority/words/posts.txt",
    "authority/words/roles.txt",
    "authority/words/rows.txt",
    "nlp/model/*",
)
"""Files that tagging reads, below ``kb/``."""
ENCODER_DATA = (
    "encoder/model/characters.json",
    "encoder/model/names.onnx",
    "encoder/model/pieces.json",
    "encoder/model/table.npy",
)
"""Files it reads besides, unless it is the fast one."""
FAST = "fast"
"""The setting ``tagger`` that does without the encoder."""


def set_extensions() -> None:
    """Declare the attributes ``doc._.kb_*`` (safe to call again)."""
    for name in (
        "kb_mentions", "kb_offices", "kb_posts", "kb_entities", "kb_statements", "kb_known",
        "kb_claims",
    ):  # fmt: skip
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=[])
    for name in ("kb_context", "kb_memory"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    if not Doc.has_extension("kb_rule_tags"):
        Doc.set_extension("kb_rule_tags", getter=rules.rule_tags)
    if not Doc.has_extension("kb_token_lists"):
        Doc.set_extension("kb_token_lists", getter=rules.token_lists)


# A saved pipeline is opened by names of stages, without ``make_pipeline``.
set_extensions()


@Language.component("kb_sentences")
def mark_sentences(doc: Doc) -> Doc:
    """Sentence boundaries (``doc.sents``), and a memory for who calls the pipeline directly."""
    if doc._.kb_memory is None:
        doc._.kb_memory = Memory()
    tokens = tokens_of(doc)
    before = -1
    for position, number in zip(tokens.index, tokens.sentence, strict=True):
        if number != before:
            doc[position].is_sent_start = True
            before = number
    return doc


@Language.component("kb_gazetteer")
def tag_by_rules(doc: Doc) -> Doc:
    """Names by gazetteer and rules alone, into ``doc._.kb_mentions``."""
    doc._.kb_mentions = rules.mentions_of(doc)
    return doc


@Language.component("kb_offices")
def tag_offices(doc: Doc) -> Doc:
    """Offices of the persons named, into ``doc._.kb_offices``.

    What only looks like a name is taken out of ``doc._.kb_mentions``, signatories are added.
    """
    mentions = drop_noise(
        text_of(doc),
        doc._.kb_mentions or [],
        rules.mentions_of(doc),
        doc._.kb_context,
        doc._.kb_known or [],
    )
    mentions, signed = add_signatures(doc, mentions)
    if is_of_plan(text_of(doc), doc._.kb_context):
        mentions = settle_plans(text_of(doc), mentions, doc._.kb_context, doc._.kb_memory)
        persons = [m for m in mentions if m.label == "PER"]
        signed = [o for o in signed if any(o.start <= m.start < o.end for m in persons)]
    doc._.kb_mentions = mentions
    held, doc._.kb_posts = offices.read_offices(doc, mentions)
    doc._.kb_offices = signed + held
    return doc


@Language.component("kb_linking")
def link_entities(doc: Doc) -> Doc:
    """Entities, and the entity of each mention and office."""
    linking.link(doc)
    return doc


@Language.component("kb_speakers")
def settle_speakers(doc: Doc) -> Doc:
    """The speaker's entity where the text gives only a name or a title."""
    memory, context = doc._.kb_memory, doc._.kb_context
    doc._.kb_statements = settle_statements(
        doc._.kb_statements or (),
        doc._.kb_entities or (),
        memory.offices,
        memory.region,
        context.date if context is not None else None,
    )
    return doc


def nlp_pipeline() -> Language:
    """The pipeline for who knows spaCy: ``nlp(text)`` fills ``doc.ents`` and ``doc.spans``.

    A document of its own each time; for the pages of one document use ``Tagger.tag_pages``.
    ``nlp.to_disk`` keeps it, ``spacy.load`` opens it where this package is installed.
    """
    nlp = make_pipeline()
    importlib.import_module("kb.nlp.spacy_spans")
    nlp.add_pipe("kb_spans")
    return nlp


def make_pipeline(fast: bool = False) -> Language:
    """The whole pipeline; ``fast``: names without the encoder.

    Raises ``ModelError`` where the name model is missing or damaged.
    """
    nlp = make_nlp()
    for stage in STAGES:
        if stage in _MODULES:
            importlib.import_module(_MODULES[stage])
        nlp.add_pipe(stage, config={"fast": fast} if stage == "kb_names" else {})
    return nlp


class Tagger:
    """Tags texts; make it with ``load_tagger``."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._stages: list[Callable[[Doc], Doc]] = [stage for _, stage in nlp.pipeline]

    @property
    def stages(self) -> tuple[str, ...]:
        """Names of the stages that run."""
        return tuple(self._nlp.pipe_names)

    def tag(self, text: str, context: TagContext | None = None) -> TagResult:
        """Tags of one text on its own."""
        return self._tag(text, context or TagContext(), Memory())

    def tag_pages(self, texts: Sequence[str], context: TagContext | None = None) -> list[TagResult]:
        """Tags of the pages of one document, in order.

        Names and offices introduced on one page are known on the next.
        """
        memory = Memory()
        return [self._tag(text, context or TagContext(), memory) for text in texts]

    def doc(self, text: str, context: TagContext | None = None) -> Doc:
        """The tagged spaCy document itself."""
        return self._run(text, context or TagContext(), Memory())

    def _run(self, text: str, context: TagContext, memory: Memory) -> Doc:
        doc = self._nlp.make_doc(text)
        doc._.kb_context = context
        doc._.kb_memory = memory
        doc._.kb_known = list(memory.mentions)
        for stage in self._stages:
            doc = stage(doc)
        return doc

    def _tag(self, text: str, context: TagContext, memory: Memory) -> TagResult:
        if not text.strip():
            return TagResult()
        meant = mended(text)
        doc = self._run(text if meant is None else meant.text, context, memory)
        memory.mentions.extend(m for m in doc._.kb_mentions or [] if m.label == "PER")
        result = TagResult(
            mentions=tuple(doc._.kb_mentions or ()),
            offices=tuple(doc._.kb_offices or ()),
            statements=tuple(doc._.kb_statements or ()),
            entities=tuple(doc._.kb_entities or ()),
            claims=tuple(doc._.kb_claims or ()),
        )
        return result if meant is None else meant.restored(result)


def load_tagger(kind: str = "full") -> Tagger:
    """The tagger of this version, made once per process.

    Args:
        kind: the setting ``tagger``: ``full``, or ``fast`` for one without the encoder.
    """
    return _made(kind == FAST or not encoder.can_read_names())


@lru_cache(maxsize=2)
def _made(fast: bool) -> Tagger:
    return Tagger(make_pipeline(fast))


@lru_cache(maxsize=2)
def stamp(kind: str = "full") -> str:
    """Version of exactly what tagging runs on: modules, authority data, models.

    Args:
        kind: the setting ``tagger``. Where the encoder cannot be had, ``full`` is ``fast``.
    """
    fast = kind == FAST or not encoder.can_read_names()
    entries = ["kb.nlp.pipeline", "kb.nlp.linking.stored", *_MODULES.values()]
    if not fast:
        entries.append("kb.encoder.names")
    return stamps.of(entries, DATA if fast else (*DATA, *ENCODER_DATA)) + ("f" if fast else "")
