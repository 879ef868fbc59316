"""Raise the floors of the gate: ``python evaluation/gate/floors.py``.

Tags the gate articles with the shipped model, prints the figures, and writes
``evaluation/floors.json`` so that each floor is the higher of the old one and the
figure of today less one point. A floor never falls; ``tests/nlp/test_gate.py`` holds
every later model against them.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kb.lab.scoring_statements import StatementReport, evaluate_statements
from kb.lab.scoring_tags import TagReport, evaluate_tags
from kb.model import TagContext
from kb.nlp import load_tagger

HERE = Path(__file__).resolve().parent
FLOORS = HERE.parent / "floors.json"
MARGIN = 1.0
"""Points a newly trained model may lose by chance."""


def gold() -> list[dict[str, Any]]:
    """The gate articles, in the order of their files."""
    return [
        json.loads(line)
        for path in sorted(HERE.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def tagged(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same articles as the shipped pipeline tags them (objects of the guide)."""
    tagger = load_tagger()
    out = []
    for row in rows:
        found = tagger.tag(row["text"], TagContext(title=row["title"]))
        out.append(
            {
                "id": row["id"],
                "mentions": [
                    {"start": m.start, "end": m.end, "label": m.label} for m in found.mentions
                ],
                "officials": [
                    {"name": o.name, "role": o.role, "institution": o.institution}
                    for o in found.offices
                ],
                "statements": [
                    {
                        "kind": s.kind, "start": s.start, "end": s.end,
                        "speaker": s.speaker, "cue": s.cue, "method": s.method,
                    }
                    for s in found.statements
                ],
            }
        )  # fmt: skip
    return out


def reports() -> tuple[TagReport, StatementReport]:
    """Tags and statements of the shipped pipeline against the gate."""
    rows = gold()
    found = tagged(rows)
    tags = evaluate_tags(rows, {row["id"]: row["mentions"] for row in found})
    return tags, evaluate_statements(rows, found)


def figures(tags: TagReport, statements: StatementReport) -> dict[str, float]:
    """The figures that have a floor, in percent."""
    out = {f"{row.label} strict F1": row.strict.f1 for row in tags.scores}
    out["ALL relaxed F1"] = tags.score().relaxed.f1
    officials = statements.officials
    out["officials name F1"] = officials.name.f1
    out["officials name+role F1"] = officials.role.f1
    out["officials name+role+institution F1"] = officials.institution.f1
    for kind in ("direct", "indirect"):
        row = statements.score(kind)
        out[f"{kind} exact F1"] = row.exact.f1
        out[f"{kind} overlap F1"] = row.overlap.f1
        out[f"{kind} speaker, cue with name"] = row.speaker_named or 0.0
        out[f"{kind} speaker, -nya cue"] = row.speaker_nya or 0.0
    return out


def raised(old: Mapping[str, float], today: Mapping[str, float]) -> dict[str, float]:
    """Floors that are nowhere lower than ``old``."""
    new = {
        name: max(old.get(name, 0.0), math.floor((value - MARGIN) * 10) / 10)
        for name, value in today.items()
    }
    return {**old, **new}


def main() -> int:
    tags, statements = reports()
    print(tags.table())
    print(statements.table())
    old = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    new = dict(old, gate=raised(old.get("gate", {}), figures(tags, statements)))
    FLOORS.write_text(json.dumps(new, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
