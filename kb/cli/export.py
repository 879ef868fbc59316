"""``kb export``: a whole result as a file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from kb.cli.claims import agreement
from kb.cli.opened import asked
from kb.cli.terminal import Terminal
from kb.errors import QueryError
from kb.explore.export import FORMATS


def export(a: argparse.Namespace, t: Terminal) -> int:
    """Write the file and say how many rows it has."""
    to = Path(a.to)
    if to.suffix.lower().lstrip(".") not in FORMATS:
        raise QueryError(f"'{to.name}' must end in .csv, .xlsx or .json; name the file so.")
    options: dict[str, Any]
    if a.what == "search":
        options = {
            "years": a.year,
            "institutions": a.institution,
            "officials": a.official,
            "places": a.place,
            "types": a.type,
            "date_from": a.date_from,
            "date_to": a.date_to,
            "figures": a.figures,
            "withdrawn": a.withdrawn,
            "sort": a.sort,
        }
    elif a.what == "statements":
        options = {
            "speaker": a.speaker,
            "institution": a.institution,
            "date_from": a.date_from,
            "date_to": a.date_to,
            "kind": a.kind,
            "sort": a.sort,
            "withdrawn": a.withdrawn,
        }
    elif a.what == "entities":
        options = {"type": a.type, "sort": a.sort, "withdrawn": a.withdrawn}
    elif a.what == "claims":
        options = {
            "official": a.official,
            "indicator": a.indicator,
            "years": a.year,
            "kind": a.kind,
            "agreement": agreement(a),
        }
    else:
        options = {"years": a.year, "institution": a.institution}
    rows = asked(a, t, lambda kb: kb.export(a.what, to, a.query, **options))
    if t.as_json:
        t.value({"file": str(to), "rows": rows})
    else:
        t.say(f"{rows} rows in {to}")
    return 0
