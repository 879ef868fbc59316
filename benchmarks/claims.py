"""What reading claims adds to tagging: the share of the processor's time, in percent.

``python benchmarks/claims.py [GOLD.jsonl ...]`` tags each text (by default those of the claims'
work halves) three times and prints the time of everything but the claims, that of the claims,
and the ratio, which a busy machine hardly moves.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kb.model import TagContext
from kb.nlp import claims, load_tagger

CLAIMS = Path(__file__).resolve().parents[1] / "evaluation" / "claims"
DEFAULT = (CLAIMS / "work.jsonl", CLAIMS / "work-2.jsonl")
TIMES = 3


def main(paths: list[str]) -> None:
    """Print the figures."""
    lines = (
        line
        for path in paths or DEFAULT
        for line in Path(path).read_text(encoding="utf-8").splitlines()
    )
    rows = [json.loads(line) for line in lines]
    spent = 0.0
    read: Callable[..., Any] = claims.extract_claims

    def timed(*given: Any) -> Any:
        nonlocal spent
        begun = time.process_time()
        try:
            return read(*given)
        finally:
            spent += time.process_time() - begun

    tagger = load_tagger()
    for row in rows:  # warm: words and patterns are read once
        tagger.tag(row["text"], TagContext(row.get("title"), row.get("date"), doc_type="artikel"))
    claims.extract_claims = timed
    begun = time.process_time()
    for _ in range(TIMES):
        for row in rows:
            tagger.tag(
                row["text"], TagContext(row.get("title"), row.get("date"), doc_type="artikel")
            )
    whole = time.process_time() - begun
    rest = whole - spent
    print(f"{len(rows)} texts, {TIMES} times")
    print(f"tagging without claims {rest:.2f} s, claims {spent:.2f} s: {100 * spent / rest:.1f} %")


if __name__ == "__main__":
    main(sys.argv[1:])
