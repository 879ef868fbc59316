"""Readers of training texts: inline marks, CoNLL files, and the guide's conventions on them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.errors import QueryError

Span = tuple[int, int, str]
"""Start, end (exclusive), label: characters of ``MarkedText.text``."""
POST, REPORT, UNKNOWN = "POST", "REPORT", "?"
"""Labels of ``MarkedText.posts`` and ``reports``."""
_FAR = 160
"""Characters between a post and its holder's name at most."""

_MARK = re.compile(r"\[\[(PER|ORG|LOC) ([^\[\]]+)\]\]")
_NO_SPACE_BEFORE = frozenset({",", ".", ":", ";", "?", "!", ")", "]", "%", "”"})
_NO_SPACE_AFTER = frozenset({"(", "[", "“"})
_LABELS = {
    "PER": "PER",
    "PERSON": "PER",
    "ORG": "ORG",
    "ORGANISATION": "ORG",
    "LOC": "LOC",
    "PLACE": "LOC",
}


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text with its gold spans, left to right, no overlaps."""

    text: str
    spans: tuple[Span, ...]
    source: str = ""
    posts: tuple[Span, ...] | None = None
    """Public offices of persons named (``POST``) and where it is not known (``?``); None: nowhere
    known."""
    reports: tuple[Span, ...] | None = None
    """Reported speech (``REPORT``), otherwise like ``posts``."""
    persons_only: bool = False
    """Whether ``spans`` hold the persons alone, of all names."""


def read_marks(marked: str, source: str = "") -> MarkedText:
    """Text and spans of inline marks such as ``[[ORG Dinas Kesehatan Kota Serang]]``.

    Raises:
        ValueError: a mark is not closed, nested or has an unknown label.
    """
    out: list[str] = []
    spans: list[Span] = []
    at = length = 0
    for match in _MARK.finditer(marked):
        plain = marked[at : match.start()]
        out.append(plain)
        length += len(plain)
        surface = match.group(2)
        spans.append((length, length + len(surface), match.group(1)))
        out.append(surface)
        length += len(surface)
        at = match.end()
    out.append(marked[at:])
    text = "".join(out)
    if "[[" in text or "]]" in text:
        where = text.find("[[") if "[[" in text else text.find("]]")
        raise ValueError(
            f"{source}: a mark is broken near {text[max(0, where - 30) : where + 30]!r}"
        )
    return MarkedText(text, tuple(spans), source)


def read_articles(folder: Path) -> list[MarkedText]:
    """The hand-marked articles of a folder: ``*.txt``, parted by lines of ``=====``."""
    articles = []
    for path in sorted(folder.glob("*.txt")):
        parts = re.split(r"^=====.*\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for number, part in enumerate((part for part in parts if part.strip()), 1):
            articles.append(read_marks(part.strip() + "\n", f"{path.stem}#{number}"))
    return articles


def to_gold(article: MarkedText) -> dict[str, object]:
    """The article as one object of the tagging guide (mentions only)."""
    return {
        "id": article.source,
        "source": "own",
        "title": "",
        "text": article.text,
        "mentions": [
            {"start": start, "end": end, "surface": article.text[start:end], "label": label}
            for start, end, label in article.spans
        ],
        "officials": [],
        "statements": [],
    }


def read_conll(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Sentences of a CoNLL file: words and BIO tags (last column), labels as PER, ORG, LOC."""
    words: list[str] = []
    tags: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        columns = line.split()
        if not columns:
            if words:
                yield words, tags
            words, tags = [], []
            continue
        label = columns[-1]
        words.append(columns[0])
        tags.append(label if label == "O" else f"{label[:2]}{_LABELS[label[2:]]}")
    if words:
        yield words, tags


def detokenise(words: Sequence[str], tags: Sequence[str], source: str) -> MarkedText:
    """Running text of a CoNLL sentence, with the spans at their new offsets."""
    text = ""
    spans: list[list[object]] = []
    open_quote = False
    glue = True
    for word, tag in zip(words, tags, strict=True):
        closing = word in _NO_SPACE_BEFORE or (word == '"' and open_quote)
        if not glue and not closing:
            text += " "
        start = len(text)
        text += word
        glue = word in _NO_SPACE_AFTER
        if word == '"':
            glue = not open_quote
            open_quote = not open_quote
        if tag.startswith("B-"):
            spans.append([start, len(text), tag[2:]])
        elif tag.startswith("I-") and spans:
            spans[-1][1] = len(text)
    return MarkedText(text, tuple((int(s), int(e), str(x)) for s, e, x in spans), source)  # type: ignore[call-overload]


def apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Left to right without overlaps; what is known goes before what is not."""
    out: list[Span] = []
    for span in sorted(spans, key=lambda s: (s[2] == UNKNOWN, s[0])):
        pieces = [(max(0, span[0]), span[1])]
        for a, b, _ in out:
            pieces = [
                (x, y)
                for start, end in pieces
                for x, y in ((start, min(end, a)), (max(start, b), end))
                if x < y
            ]
        if span[2] == UNKNOWN or pieces == [span[:2]]:
            out.extend((x, y, span[2]) for x, y in pieces)
    return tuple(sorted(out))


def read_gold(folder: Path) -> list[MarkedText]:
    """Texts with gold for names, posts and reports: ``*.jsonl`` of the tagging guide."""
    return [text for path in sorted(folder.glob("*.jsonl")) for text in read_gold_file(path)]


def read_gold_file(path: Path) -> list[MarkedText]:
    """Those of one file; raises ``QueryError`` that names the line that is no such object."""
    found: list[MarkedText] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            found.append(_gold(json.loads(line)))
        except (ValueError, KeyError, TypeError):
            raise QueryError(
                f"{path.name}, line {number} is not an object of the tagging guide; "
                "correct the file."
            ) from None
    return found


def _gold(row: dict[str, Any]) -> MarkedText:
    text: str = row["text"]
    names = tuple((m["start"], m["end"], m["label"]) for m in row["mentions"])
    posts = [
        span
        for official in row["officials"]
        if (span := _nearest(text, names, official["name"], official["role"]))
    ]
    reports = [(s["start"], s["end"], REPORT) for s in row["statements"] if s["kind"] == "indirect"]
    return MarkedText(text, names, row["id"], apart(posts), apart(reports))


def _nearest(text: str, names: Sequence[Span], name: str, role: str) -> Span | None:
    """Where the role stands that is nearest to a mention of its holder."""
    words = set(name.casefold().split())
    own = [
        (a, b) for a, b, label in names
        if label == "PER" and set(text[a:b].casefold().split()) <= words
    ]  # fmt: skip
    pattern = r"(?<!\w)" + r"\s+".join(re.escape(word) for word in role.split()) + r"(?!\w)"
    found = [
        (max(a - m.end(), m.start() - b), m.start(), m.end())
        for m in re.finditer(pattern, text, re.IGNORECASE)
        for a, b in own
    ]
    if not found or min(found)[0] > _FAR:
        return None
    _, start, end = min(found)
    return start, end, POST
