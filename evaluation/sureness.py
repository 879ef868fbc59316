"""How often what the rules call sure is right: ``python evaluation/sureness.py FILES``.

Prints, for offices and statements of gold files (the work sets, never a sealed one), by the
method that found them: how many, the share right (offices: name, role and institution;
statements: words and speaker), the mean confidence; then the same by tenths of confidence.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from kb.authority import norm
from kb.lab.scoring_statements import same_name
from kb.model import Office, Statement, TagContext
from kb.nlp import load_tagger

OVERLAP = 0.3
"""Share of the longer span that two statements must have in common, as in the scorer."""


def office_right(office: Office, row: dict[str, Any]) -> bool:
    """Whether a gold row has the name, the role (or a part of it) and the institution."""
    for gold in row["officials"]:
        one, other = norm(office.role), norm(gold["role"])
        body, wanted = office.institution, gold["institution"]
        alike = norm(body or "") == norm(wanted or "") or same_name(body, wanted)
        if same_name(gold["name"], office.name) and (one in other or other in one) and alike:
            return True
    return False


def statement_right(found: Statement, row: dict[str, Any]) -> bool:
    """Whether a gold statement of the kind has these words and this speaker."""
    for gold in row["statements"]:
        shared = min(gold["end"], found.end) - max(gold["start"], found.start)
        longest = max(gold["end"] - gold["start"], found.end - found.start)
        if gold["kind"] == found.kind and shared > OVERLAP * longest:
            return not gold["speaker"] or same_name(gold["speaker"], found.speaker)
    return False


def main(files: list[str]) -> None:
    """Print the tables."""
    made: dict[tuple[str, ...], list[tuple[bool, float]]] = defaultdict(list)
    for name in files:
        if "sealed" in name:
            sys.exit(f"{name} is sealed: confidences are set on the work sets only.")
        for line in Path(name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            tags = load_tagger().tag(row["text"], TagContext(title=row["title"]))
            for office in tags.offices:
                if office.status != "calon":
                    stated = "with body" if office.institution else "without body"
                    pair = (office_right(office, row), office.confidence)
                    made["office", office.method, stated].append(pair)
                    made["tenths", "office", f"{int(office.confidence * 10) / 10}"].append(pair)
            for found in tags.statements:
                pair = (statement_right(found, row), found.confidence)
                made[found.kind, found.method].append(pair)
                made["tenths", found.kind, f"{int(found.confidence * 10) / 10}"].append(pair)
    for key, pairs in sorted(made.items()):
        right = 100 * sum(ok for ok, _ in pairs) / len(pairs)
        sure = 100 * sum(value for _, value in pairs) / len(pairs)
        print(f"{' | '.join(key):48}{len(pairs):6d}{right:7.0f} % right{sure:7.0f} % sure")


if __name__ == "__main__":
    main(sys.argv[1:])
