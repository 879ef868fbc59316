"""Turn the marked-up texts and pairs into gold JSON lines, offsets exact by construction.

``sources/{work,sealed}.txt`` hold texts one after the other::

    === kind-province-place | 2025-02-18 | source | title
    r Kabupaten Batang              the region a "." in a claim stands for
    i Dinas Kesehatan               the institution a "." in a claim stands for
    w ret = Retno Wijayanti         a speaker key
    ---
    body: {a sentence that holds claims} <a sentence with figures that are no claims>
    +++
    1 | subject | value | number | unit | kind | period | region | institution | speaker

The first field counts the ``{}`` sentences from 1. Subject and value are words of that sentence;
``word #2`` is the second time it stands there, ``^word`` the last time before the sentence.
Period ``2024`` is stated, ``2024~`` comes from the document's date, ``-`` is unknown. Speaker is
``-`` (no statement), ``d KEY`` (within quotation marks) or ``r KEY`` (reported); KEY is a key,
a phrase or ``-`` for nobody.

``sources/pairs_{work,sealed}.txt`` hold pairs::

    === id | date | text
    c subject | value | number | unit | kind | period | region | institution
    * name | unit | region | institution | year | kind | value | document     (a right one)
    o the same fields                                                         (a wrong one)
    a agrees | why

``python evaluation/claims/make.py`` writes the ``*.jsonl``; ``--check`` only compares (exit 1).
``--show HALF`` prints every claim of ``work`` or ``sealed`` with the words its offsets give.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
HALVES = ("work", "sealed")
STATEMENTS = {"-": "none", "d": "direct", "r": "reported"}


class MarkError(ValueError):
    """A source text whose marks or claims do not add up."""


def unmark(marked: str) -> tuple[str, list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the plain text, its sentences with claims and its sentences with other figures."""
    text: list[str] = []
    opened: tuple[str, int] | None = None
    spans: dict[str, list[tuple[int, int]]] = {"}": [], ">": []}
    for char in marked:
        if char in "{<":
            if opened:
                raise MarkError(f"mark inside a mark near {''.join(text)[-40:]!r}")
            opened = ("}" if char == "{" else ">", len(text))
        elif char in spans:
            if not opened or opened[0] != char:
                raise MarkError(f"unbalanced {char} near {''.join(text)[-40:]!r}")
            spans[char].append((opened[1], len(text)))
            opened = None
        else:
            text.append(char)
    if opened:
        raise MarkError(f"unclosed mark at {''.join(text)[opened[1] :][:40]!r}")
    return "".join(text), spans["}"], spans[">"]


def locate(text: str, sentence: tuple[int, int], wanted: str) -> tuple[int, int]:
    """Return where ``wanted`` (``word``, ``word #2``, ``^word``) stands."""
    words, _, nth = wanted.partition(" #")
    before = words.startswith("^")
    words = words.removeprefix("^")
    pattern = re.compile(rf"(?<!\w)(?<!\d[,.]){re.escape(words)}(?!\w)(?![,.]\d)")
    start, end = (0, sentence[0]) if before else sentence
    found = [match.span() for match in pattern.finditer(text, start, end)]
    place = -1 if before else int(nth or 1) - 1
    try:
        return found[place]
    except IndexError:
        raise MarkError(f"{wanted!r} is not in {text[start:end][-200:]!r}") from None


def _null(value: str, default: str | None = None) -> str | None:
    return {"-": None, ".": default}.get(value, value)


def _fields(line: str, count: int) -> list[str]:
    fields = [field.strip() for field in line.split("|")]
    if len(fields) != count:
        raise MarkError(f"{len(fields)} fields instead of {count}: {line}")
    return fields


def parse_text(head: str, body: str) -> dict[str, Any]:
    """Return the gold object of one text."""
    first, *rest = head.splitlines()
    slug, date, source, title = _fields(first, 4)
    speakers: dict[str, str] = {}
    defaults: dict[str, str] = {}
    for line in rest:
        if line.startswith("w "):
            key, _, name = line[2:].partition("=")
            speakers[key.strip()] = name.strip()
        elif line[:2] in ("r ", "i "):
            defaults[line[0]] = line[2:].strip()
        elif line.strip():
            raise MarkError(f"unknown header line {line!r}")
    marked, _, lines = body.partition("\n+++")
    text, sentences, others = unmark(marked.strip("\n"))
    claims = []
    for line in filter(str.strip, lines.splitlines()):
        nth, subject, value, number, unit, kind, period, region, institution, said = _fields(
            line, 10
        )
        sentence = sentences[int(nth) - 1]
        statement, _, key = said.partition(" ")
        at_subject, at_value = (locate(text, sentence, words) for words in (subject, value))
        if at_subject[0] < at_value[1] and at_value[0] < at_subject[1]:
            raise MarkError(f"subject and value overlap: {line}")
        dated = period.endswith("~")
        claims.append(
            {
                "start": sentence[0],
                "end": sentence[1],
                "subject": list(at_subject),
                "value": list(at_value),
                "number": float(number),
                "unit": unit,
                "kind": kind,
                "period": _null(period.removesuffix("~")),
                "period_stated": "unknown" if period == "-" else "document" if dated else "stated",
                "region": _null(region, defaults.get("r")),
                "institution": _null(institution, defaults.get("i")),
                "speaker": _null(speakers.get(key, key)) if key else None,
                "statement": STATEMENTS[statement],
            }
        )
    bare = set(range(1, len(sentences) + 1)) - {
        int(line.split("|")[0]) for line in lines.splitlines() if "|" in line
    }
    if bare:
        raise MarkError(f"sentences without a claim: {sorted(bare)}")
    return {
        "id": slug,
        "title": title,
        "date": date,
        "source": source,
        "text": text,
        "claims": sorted(claims, key=lambda claim: claim["value"]),
        "not_claims": [list(span) for span in others],
    }


def parse_pair(block: str) -> dict[str, Any]:
    """Return the gold object of one statement with its candidate indicators."""
    first, *rest = block.strip().splitlines()
    slug, date, text = _fields(first, 3)
    row: dict[str, Any] = {"id": slug, "date": date, "text": text}
    row |= {"claim": None, "indicators": [], "match": [], "agrees": None, "why": None}
    for line in rest:
        mark, _, words = line.partition(" ")
        if mark == "c":
            subject, value, number, unit, kind, period, region, institution = _fields(words, 8)
            locate(text, (0, len(text)), subject)
            locate(text, (0, len(text)), value)
            row["claim"] = {
                "subject": subject.partition(" #")[0],
                "value": value.partition(" #")[0],
                "number": float(number),
                "unit": unit,
                "kind": kind,
                "period": _null(period),
                "region": _null(region),
                "institution": _null(institution),
            }
        elif mark in ("*", "o"):
            name, unit, region, institution, year, kind, value, document = _fields(words, 8)
            known = f"{slug}-{len(row['indicators']) + 1}"
            row["indicators"].append(
                {
                    "id": known,
                    "name": name,
                    "unit": _null(unit),
                    "region": _null(region),
                    "institution": _null(institution),
                    "year": int(year),
                    "kind": kind,
                    "value": float(value),
                    "document": document,
                }
            )
            if mark == "*":
                row["match"].append(known)
        elif mark == "a":
            row["agrees"], row["why"] = _fields(words, 2)
        else:
            raise MarkError(f"unknown line {line!r}")
    return row


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the gold objects of one source file, in order."""
    for block in re.split(r"(?m)^=== ", path.read_text(encoding="utf-8"))[1:]:
        head, parted, body = block.partition("\n---\n")
        try:
            yield parse_text(head, body) if parted else parse_pair(block)
        except (MarkError, ValueError) as error:
            raise MarkError(f"{path.name}: {block[:40]!r}: {error}") from None


def show(half: str) -> None:
    """Print every claim of a half with the words its offsets give."""
    for row in rows(HERE / "sources" / f"{half}.txt"):
        print(f"\n{row['id']} ({row['date']})")
        for claim in row["claims"]:
            subject, value = (row["text"][slice(*claim[key])] for key in ("subject", "value"))
            rest = "; ".join(str(claim[key]) for key in list(claim)[4:])
            print(f"  {subject} = {value} -> {rest}")


def main(arguments: list[str]) -> int:
    """Write (or with ``--check`` compare) the gold files; return the exit status."""
    if arguments[:1] == ["--show"]:
        show(arguments[1])
        return 0
    status = 0
    for path in sorted((HERE / "sources").glob("*.txt")):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(path))
        target = HERE / f"{path.stem}.jsonl"
        if "--check" not in arguments:
            target.write_text(lines, encoding="utf-8", newline="\n")
        elif not target.exists() or target.read_text(encoding="utf-8") != lines:
            print(f"{target.name} is not what {path.name} gives: run make.py")
            status = 1
    return status


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
