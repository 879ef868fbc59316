"""Turn the marked-up gate articles into gold JSON lines, offsets exact by construction.

Source files (``sources/*.txt``) hold articles one after the other::

    === slug | source | title
    w a = Full Name                 a speaker key
    o a | role | institution        an officials row (key or name; "-" for no institution)
    ---
    body with marks

Marks nest and never cross: ``[P name]`` ``[O name]`` ``[L name]`` for mentions,
``{d KEY:cue|words}`` and ``{i KEY:cue|words}`` for direct and indirect statements.
KEY is a speaker key, the speaker's phrase itself, or ``-`` for nobody; an empty cue is null.

``python evaluation/gate/make.py [FOLDER]`` (default: the gate) writes one ``.jsonl`` for each
file of ``FOLDER/sources`` and lists what looks wrong; ``--check`` only compares (exit 1 on a
difference or a problem).
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
LABELS = {"P": "PER", "O": "ORG", "L": "LOC"}
KINDS = {"d": "direct", "i": "indirect"}
_OPEN = re.compile(r"\[([POL]) |\{([di]) ([^:|{}]*):([^|{}]*)\|")


class MarkError(ValueError):
    """A source text whose marks do not add up."""


def parse_body(marked: str, speakers: dict[str, str]) -> dict[str, Any]:
    """Return ``text``, ``mentions`` and ``statements`` of one marked-up body."""
    text: list[str] = []
    size = 0
    stack: list[tuple[str, int, tuple[str, ...]]] = []
    mentions: list[dict[str, Any]] = []
    statements: list[dict[str, Any]] = []
    place = 0
    while place < len(marked):
        opened = _OPEN.match(marked, place)
        char = marked[place]
        if opened:
            label, kind, key, cue = opened.groups()
            stack.append(("]", size, (label,)) if label else ("}", size, (kind, key, cue)))
            place = opened.end()
            continue
        if char in "]}":
            if not stack or stack[-1][0] != char:
                raise MarkError(f"unbalanced {char} near ...{marked[max(0, place - 40) : place]}")
            _, start, info = stack.pop()
            surface = "".join(text)[start:]
            if char == "]":
                mentions.append(
                    {"start": start, "end": size, "surface": surface, "label": LABELS[info[0]]}
                )
            else:
                kind, key, cue = info
                key = key.strip()
                statements.append(
                    {
                        "kind": KINDS[kind],
                        "start": start,
                        "end": size,
                        "surface": surface,
                        "speaker": None if key == "-" else speakers.get(key, key),
                        "cue": cue.strip() or None,
                    }
                )
            place += 1
            continue
        if char in "[{":
            raise MarkError(f"stray {char} near {marked[place : place + 40]}")
        text.append(char)
        size += 1
        place += 1
    if stack:
        raise MarkError(f"unclosed mark at {''.join(text)[stack[-1][1] :][:40]!r}")
    return {
        "text": "".join(text),
        "mentions": sorted(mentions, key=lambda m: m["start"]),
        "statements": sorted(statements, key=lambda s: s["start"]),
    }


def articles(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the gold objects of one source file, in order."""
    for block in re.split(r"(?m)^=== ", path.read_text(encoding="utf-8"))[1:]:
        head, _, body = block.partition("\n---\n")
        first, *rest = head.splitlines()
        slug, source, title = (part.strip() for part in first.split("|", 2))
        speakers: dict[str, str] = {}
        officials: list[dict[str, Any]] = []
        for line in rest:
            if line.startswith("w "):
                key, _, name = line[2:].partition("=")
                speakers[key.strip()] = name.strip()
            elif line.startswith("o "):
                key, role, institution = (part.strip() for part in line[2:].split("|"))
                officials.append(
                    {
                        "name": speakers.get(key, key),
                        "role": role,
                        "institution": None if institution == "-" else institution,
                    }
                )
            elif line.strip():
                raise MarkError(f"{slug}: unknown header line {line!r}")
        try:
            parsed = parse_body(body.strip("\n"), speakers)
        except MarkError as error:
            raise MarkError(f"{slug}: {error}") from None
        yield {
            "id": slug,
            "source": source,
            "title": title,
            "text": parsed["text"],
            "mentions": parsed["mentions"],
            "officials": officials,
            "statements": parsed["statements"],
        }


def problems(article: dict[str, Any]) -> Iterator[str]:
    """Yield what looks wrong in one article (a person decides)."""
    text: str = article["text"]
    folded = " ".join(text.casefold().split())
    words = len(text.split())
    if not 40 <= words <= 450:
        yield f"{words} words"
    end = 0
    for mention in article["mentions"]:
        if mention["start"] < end:
            yield f"overlap at {mention['surface']!r}"
        end = mention["end"]
        if mention["surface"] != mention["surface"].strip():
            yield f"spaces around {mention['surface']!r}"
    covered = [(m["start"], m["end"]) for m in article["mentions"]]
    for surface in {m["surface"] for m in article["mentions"]}:
        for match in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", text):
            if not any(a < match.end() and match.start() < b for a, b in covered):
                yield f"untagged {surface!r} at ...{text[max(0, match.start() - 25) : match.end()]}"
    for official in article["officials"]:
        for value in (official["name"], official["institution"]):
            if value and value.casefold() not in folded:
                yield f"officials value {value!r} is not in the text"
    for statement in article["statements"]:
        for value in (statement["speaker"], statement["cue"]):
            if value and value.casefold() not in folded:
                yield f"statement value {value!r} is not in the text"
        surface = statement["surface"]
        if surface != surface.strip() or not surface:
            yield f"spaces around statement {surface[:40]!r}"


def main(arguments: list[str]) -> int:
    """Write (or with ``--check`` compare) the gold files; return the exit status."""
    status = 0
    seen: set[str] = set()
    folder = next((Path(word) for word in arguments if word != "--check"), HERE)
    for path in sorted((folder / "sources").glob("*.txt")):
        rows = list(articles(path))
        for row in rows:
            if row["id"] in seen:
                print(f"{path.name}: {row['id']}: id used twice")
                status = 1
            seen.add(row["id"])
            for problem in problems(row):
                print(f"{path.name}: {row['id']}: {problem}")
                status = 1
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        target = folder / f"{path.stem}.jsonl"
        if "--check" in arguments:
            if not target.exists() or target.read_text(encoding="utf-8") != lines:
                print(f"{target.name} is not what {path.name} gives: run make.py")
                status = 1
        else:
            target.write_text(lines, encoding="utf-8", newline="\n")
            print(f"{target.name}: {len(rows)} articles")
    return status


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
