"""Tokens and sentences of Indonesian press and planning text.

``make_nlp`` gives the one blank spaCy language every part of the pipeline shares. Its
tokenizer is a single regular expression: abbreviations with full stops (``Drs.``,
``S.Sos.``, ``Jl.``), numbers, dates, addresses and hyphenated words stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from kb import authority
from kb.authority import norm

_LATIN = r"a\.n\.|u\.b\.|s\.d\.|d\.a\.|c\.q\.|n\.b\.|y\.l\.|d\.h\.|u\.p\."


def _degrees() -> str:
    tight, loose = [], []
    for degree in sorted(authority.load().honorifics.degrees, key=len, reverse=True):
        if "." not in degree:
            continue
        parts = degree.split(".")
        tight.append(r"\.".join(map(re.escape, parts)))
        if len(parts[-1]) > 1:
            loose.append(r"\.\s?".join(map(re.escape, parts)))
    return rf"(?<![\w.])(?:{'|'.join(tight + loose)})\.?(?![^\W_])"


@lru_cache(maxsize=1)
def token_pattern() -> re.Pattern[str]:
    """The regular expression whose matches are the tokens; it matches every character."""
    honorifics = authority.load().honorifics
    stopped = honorifics.stopped + honorifics.stopped_ending
    known = "|".join(sorted(stopped, key=len, reverse=True))
    return re.compile(
        "|".join(
            (
                r"\s+",
                r"(?:https?://|www\.)[^\s<>\"“”]+",
                # What may be long is tried once where it begins, not from each of its letters:
                # lines of underscores in forms would take the square of their length.
                r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.\w+)+",
                r"(?<![\w.-])[^\W_]+(?:[-.][^\W_]+)*\.(?:(?i:com|co\.id|go\.id|ac\.id|or\.id|sch\.id|desa\.id)"
                r"|net|org|tv|id|NET|ID)(?![^\W_])",
                _degrees(),
                rf"(?<![^\W_])(?:{known})\.(?!\.)",
                _LATIN,
                r"(?<![^\W_])(?:[A-Z]\.)+(?!\.)(?=[^\W\d_]|\s|,|\))",
                r"\d+(?:[.,:/-]\d+)*%?(?![^\W\d_])",
                r"[A-Z]{4,}(?=[-–—][A-Z][a-z])",
                r"[^\W_]+(?=-(?:red|Red)\b)",
                r"[^\W_]+(?:[-'’`][^\W_]+)*",
                r"\.{2,}",
                r"[\s\S]",
            )
        )
    )


class RegexTokenizer:
    """Text to ``Doc``; the document's text is the input, character for character."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self._find = token_pattern().findall

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        for piece in self._find(text):
            if piece.isspace():
                if piece[0] == " " and words and not spaces[-1] and not words[-1].isspace():
                    spaces[-1] = True
                    piece = piece[1:]
                if not piece:
                    continue
            words.append(piece)
            spaces.append(False)
        doc = Doc(self.vocab, words=words, spaces=spaces)
        doc.user_data["kb_tokens"] = list_tokens(words, spaces)
        doc.user_data["kb_pieces"] = words
        sizes = (len(word) + space for word, space in zip(words, spaces, strict=True))
        doc.user_data["kb_starts"] = [0, *accumulate(sizes)][:-1]
        doc.user_data["kb_text"] = text
        return doc

    def to_bytes(self, **_: object) -> bytes:
        return b""

    def from_bytes(self, _data: bytes, **_: object) -> RegexTokenizer:
        return self

    def to_disk(self, _path: object, **_: object) -> None:
        return None

    def from_disk(self, _path: object, **_: object) -> RegexTokenizer:
        return self


@registry.tokenizers("kb_tokenizer.v1")  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], RegexTokenizer]:
    """The project's tokenizer for a spaCy config."""
    return lambda nlp: RegexTokenizer(nlp.vocab)


def make_nlp() -> Language:
    """A blank Indonesian language with the project's tokenizer and no components.

    The tokenizer is named in the config: spaCy's own Indonesian one would first be
    built with its 16,000 exceptions, two thirds of the time the pipeline takes to load.
    """
    nlp = spacy.blank("id", config={"nlp": {"tokenizer": {"@tokenizers": "kb_tokenizer.v1"}}})
    nlp.max_length = 10_000_000
    # Attributes of lexemes (is_stop, like_url, ...) would be worked out for every new word;
    # no stage asks for them.
    nlp.vocab.lex_attr_getters = {}  # type: ignore[attr-defined]
    return nlp


# --- the view of a document that the rules work on ---------------------------------

JOINED, SPACE, LINE, PARAGRAPH = 0, 1, 2, 3
"""What stands before a token: nothing, a space, the end of a wrapped line, a break."""


@dataclass(slots=True)
class Tokens:
    """Plain lists about the tokens of one document that are not white space."""

    words: list[str] = field(default_factory=list)
    lower: list[str] = field(default_factory=list)
    """Lower case, without the full stop of an abbreviation."""
    norm: list[str] = field(default_factory=list)
    """Normal form: usually one word, several for ``DPM-PTSP``, empty for punctuation."""
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    gap: list[int] = field(default_factory=list)
    """What stands before the token: ``JOINED``, ``SPACE``, ``LINE`` or ``PARAGRAPH``."""
    cap: list[bool] = field(default_factory=list)
    """True where the token begins with a capital letter."""
    index: list[int] = field(default_factory=list)
    """Position of the token in the spaCy document."""
    sentence: list[int] = field(default_factory=list)
    """Number of the sentence the token stands in; filled by ``split_sentences``."""

    def __len__(self) -> int:
        return len(self.words)


def text_of(doc: Doc) -> str:
    """``doc.text``, which spaCy puts together anew each time, kept with the document."""
    kept = doc.user_data.get("kb_text")
    if isinstance(kept, str):
        return kept
    text: str = doc.text
    doc.user_data["kb_text"] = text
    return text


def pieces_of(doc: Doc) -> list[str]:
    """The texts of all tokens of ``doc``, white space included."""
    kept = doc.user_data.get("kb_pieces")
    return kept if isinstance(kept, list) else [token.text for token in doc]


def starts_of(doc: Doc) -> list[int]:
    """Offsets of all tokens of ``doc``, white space included."""
    kept = doc.user_data.get("kb_starts")
    return kept if isinstance(kept, list) else [token.idx for token in doc]


def tokens_of(doc: Doc) -> Tokens:
    """The token lists of ``doc``, made once and kept with it."""
    kept = doc.user_data.get("kb_tokens")
    if isinstance(kept, Tokens):
        return kept
    tokens = list_tokens([t.text for t in doc], [bool(t.whitespace_) for t in doc])
    doc.user_data["kb_tokens"] = tokens
    return tokens


def list_tokens(pieces: Sequence[str], spaces: Sequence[bool]) -> Tokens:
    """Token lists of the pieces of a spaCy document; a true ``space`` follows its piece."""
    tokens = Tokens()
    gap = PARAGRAPH
    at = 0
    for position, word in enumerate(pieces):
        size = len(word)
        if word.isspace():
            breaks = word.count("\n")
            found = PARAGRAPH if breaks > 1 or "\f" in word else LINE if breaks else SPACE
            gap = max(gap, found)
        else:
            low = word.lower()
            if low[-1] == "." and size > 1:
                low = low[:-1]
            tokens.words.append(word)
            tokens.lower.append(low)
            tokens.norm.append(low if low.isalnum() and low.isascii() else norm(low))
            tokens.start.append(at)
            tokens.end.append(at + size)
            tokens.gap.append(gap)
            tokens.cap.append(word[0].isupper())
            tokens.index.append(position)
            gap = JOINED
        at += size
        if spaces[position]:
            at += 1
            if gap == JOINED:
                gap = SPACE
    _end_short_lines(tokens)
    split_sentences(tokens)
    return tokens


def _end_short_lines(tokens: Tokens) -> None:
    """A line much shorter than the page's others is not wrapped: its end is a break."""
    starts = [i for i, gap in enumerate(tokens.gap) if gap >= LINE]
    if len(starts) < 4:
        return
    ends = [*starts[1:], len(tokens)]
    lengths = [
        tokens.end[last - 1] - tokens.start[first] for first, last in zip(starts, ends, strict=True)
    ]
    usual = sorted(lengths)[len(lengths) * 4 // 5]
    for length, nxt in zip(lengths, starts[1:], strict=False):
        if tokens.gap[nxt] == LINE and length < 0.55 * usual:
            tokens.gap[nxt] = PARAGRAPH


_CLOSERS = frozenset("\"”’'»)]")
_OPENERS = frozenset("\"“‘'«([")
_BULLETS = re.compile(r"^(?:[-–—•*▪]|\(?[0-9a-z]{1,2}[.)]?)$")


def _is_item(tokens: Tokens, i: int) -> bool:
    """True where the line that begins at ``i`` is an item of a list (``2. ...``, ``• ...``)."""
    word = tokens.words[i]
    if word in "•*▪-–—":
        return True
    marked = i + 1 < len(tokens) and tokens.words[i + 1] in (".", ")")
    return word.isdigit() and len(word) < 3 and marked and tokens.gap[i + 1] == JOINED


def split_sentences(tokens: Tokens) -> None:
    """Number the sentences of ``tokens`` in ``tokens.sentence``.

    A sentence ends at ``.``, ``!``, ``?`` or ``...`` (with the closing marks behind it)
    before a capital, a digit or an opening mark, at an empty line, and at a line end that
    is no wrapped line. Full stops of abbreviations belong to their token and end nothing.
    """
    words, gaps, caps = tokens.words, tokens.gap, tokens.cap
    ending = authority.load().honorifics.stopped_ending
    number = -1
    ended = True
    out = tokens.sentence
    out.clear()
    for i, word in enumerate(words):
        gap = gaps[i]
        new = gap == PARAGRAPH or (gap == LINE and _is_item(tokens, i))
        if not new and ended and gap != JOINED:
            new = caps[i] or word[0].isdigit() or word[0] in _OPENERS or gap == LINE
        elif not new and ended and caps[i] and i and words[i - 1] in _CLOSERS:
            new = True
        if not new and gap == LINE and not ended:
            before = words[i - 1]
            new = before in (":", ";") or (
                (before.isupper() and len(before) > 1) != (word.isupper() and len(word) > 1)
                and caps[i]
            )
        if new:
            number += 1
            ended = False
        out.append(max(number, 0))
        if word in (".", "!", "?", "...", "…") or word[:2] == "..":
            ended = True
        elif word in _CLOSERS and ended:
            pass
        else:
            ended = word.endswith(".") and word[:-1] in ending
    if number < 0:
        out[:] = [0] * len(words)
