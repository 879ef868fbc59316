"""What the rules of an older commit choose on the open texts, for `kb train --part speakers`.

    git worktree add --detach OLD COMMIT
    PYTHONPATH=OLD python evaluation/speakers/make.py COMMIT [PATTERN ...]

writes COMMIT.jsonl.gz beside this file, of the files that fit (all open ones, if none is named).
OLD's own requirements must be installed; where it has weights of its own, set their ``margin``
(``kb/nlp/model/speakers.json``) to 2, so that the choices are those of its rules alone.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from kb.nlp import load_tagger

try:
    from kb.nlp.mended import mended
except ModuleNotFoundError:  # older commits read every text as it stands

    def mended(text: str) -> None:
        return None


HERE = Path(__file__).resolve().parent
OPEN = ("wild/work-*", "wild2/work-*", "scenes/work-*", "held/*", "heads/*")


def main(commit: str, patterns: Sequence[str]) -> None:
    tagger = load_tagger()
    rows = []
    for pattern in patterns or OPEN:
        for path in sorted(HERE.parent.glob(f"{pattern}.jsonl")):
            for line in path.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                if mended(row["text"]) is not None:
                    continue  # its offsets are those of the mended copy
                found = tagger.doc(row["text"])._
                rows.append(
                    {
                        "file": str(path.relative_to(HERE.parent)),
                        "id": row["id"],
                        "mentions": [
                            [m.start, m.end, m.label, m.entity_id] for m in found.kb_mentions
                        ],
                        "offices": [
                            [o.name, o.role, o.institution, o.status]
                            for o in [*(found.kb_offices or ()), *(found.kb_posts or ())]
                        ],
                        "statements": [
                            [s.kind, s.start, s.end, s.speaker, s.cue, s.method.split(";")[0],
                             s.confidence]
                            for s in found.kb_statements
                        ],
                    }
                )  # fmt: skip
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (HERE / f"{commit}.jsonl.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
