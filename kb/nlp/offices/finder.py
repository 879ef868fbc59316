"""What looks through the phrases of one document for the body of an office."""

from __future__ import annotations

from collections.abc import Sequence

from kb.nlp.language import Tokens
from kb.nlp.lexicon import Lexicon
from kb.nlp.offices.phrases import Phrase
from kb.nlp.offices.units import MentionMap


class Finder:
    """The document and the phrases that were read in it."""

    def __init__(
        self, tokens: Tokens, lex: Lexicon, names: MentionMap, phrases: Sequence[Phrase]
    ) -> None:
        self.tokens = tokens
        self.lex = lex
        self.map = names
        self.phrases = phrases
