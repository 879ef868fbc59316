"""What the stages found, where spaCy's users look for it: ``doc.ents`` and ``doc.spans``.

``doc.ents`` are the mentions (label, ``kb_id_`` the entity); ``doc.spans`` has
``statements`` (label ``direct`` or ``indirect``, id the speaker's entity), ``cues`` and
``offices`` (label the role as written, id the person's entity). So ``displacy`` draws them,
``spacy.scorer`` scores them, and ``DocBin`` keeps them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, Span
from spacy.training import Example

from kb.model import Statement
from kb.nlp.language import text_of

CUE_REACH = 120
"""Characters before and after a statement in which its reporting word is looked for; longer
stretches between a quotation and its cue do not occur in evaluation/held and evaluation/wild."""


def _span(doc: Doc, start: int, end: int, label: str, ident: str | None) -> Span | None:
    """The tokens that hold these characters; joined words make them a little wider."""
    return doc.char_span(start, end, label=label, kb_id=ident or "", alignment_mode="expand")


def _cue(text: str, said: Statement) -> tuple[int, int] | None:
    """Characters of the reporting word: the occurrence nearest to the statement."""
    if not said.cue:
        return None
    behind = text.find(said.cue, said.end, said.end + CUE_REACH + len(said.cue))
    before = text.rfind(said.cue, max(0, said.start - CUE_REACH), said.start)
    if behind < 0 and before < 0:
        return None
    nearer = behind >= 0 and (before < 0 or behind - said.end <= said.start - before)
    start = behind if nearer else before
    return start, start + len(said.cue)


class SpansComponent:
    """spaCy component: fills ``doc.ents`` and ``doc.spans`` from ``doc._.kb_*``."""

    def __call__(self, doc: Doc) -> Doc:
        taken = -1
        entities = []
        for mention in doc._.kb_mentions or ():
            span = _span(doc, mention.start, mention.end, mention.label, mention.entity_id)
            if span is not None and span.start > taken:
                entities.append(span)
                taken = span.end - 1
        doc.ents = tuple(entities)
        text = text_of(doc)
        statements, cues = [], []
        for said in doc._.kb_statements or ():
            statements.append(_span(doc, said.start, said.end, said.kind, said.speaker_id))
            cue = _cue(text, said)
            if cue is not None:
                cues.append(_span(doc, *cue, "cue", None))
        offices = [
            _span(doc, office.start, office.end, office.role, office.person_id)
            for office in doc._.kb_offices or ()
        ]
        doc.spans["statements"] = [span for span in statements if span is not None]
        doc.spans["cues"] = [span for span in cues if span is not None]
        doc.spans["offices"] = [span for span in offices if span is not None]
        return doc

    def score(self, examples: Iterable[Example], **_: Any) -> dict[str, Any]:
        """Figures of ``nlp.evaluate``: ``ents_p``, ``ents_r``, ``ents_f`` and per type."""

        def names(doc: Doc, _attribute: str) -> Iterator[Span]:
            return iter(doc.ents)

        return Scorer.score_spans(list(examples), "ents", getter=names)

    def to_disk(self, _path: str | Path, **_: object) -> None:
        """Nothing to keep: the component is its code."""

    def from_disk(self, _path: str | Path, **_: object) -> SpansComponent:
        """The component itself."""
        return self


@Language.factory("kb_spans")
def make_spans(nlp: Language, name: str) -> SpansComponent:
    """Build the ``kb_spans`` component."""
    return SpansComponent()
