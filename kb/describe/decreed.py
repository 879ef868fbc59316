"""A regulation whose first line cannot be read (drawn, cut off): its enacting clause ("Menetapkan :
PERATURAN BUPATI TENTANG ...") says what it is."""

from __future__ import annotations

import re

from kb.describe.front import Front
from kb.describe.regions import office_place

RECITALS = 2500
"""Characters from the start among which the recitals of such a document begin. Set by hand; no
command measured it."""
CLAUSE = 40_000
"""Characters within which the enacting clause stands. Set by hand; no command measured it."""

_CLAUSE = re.compile(
    r"\bMenetapkan\s*\|?\s*:?\s*\|?\s*(?P<what>(?:PERATURAN|KEPUTUSAN|INSTRUKSI)\s+"
    r"(?:DAERAH|GUBERNUR|BUPATI|WALI\s?KOTA)|QANUN)\b(?P<whose>[A-Z\s]{0,60}?)\s+TENTANG\s+"
    r"(?P<subject>[A-Z][^a-z]{8,300}?)\s*(?=BAB\s+I\b|Pasal\b|PASAL\b|\.\s|\n\n|KESATU\b)"
)


def with_instrument(front: Front) -> tuple[str, ...] | None:
    """The title page's lines with the instrument that the enacting clause names, above the number
    or with the clause's subject where no number is printed; ``None`` where the document does not
    begin with recitals."""
    recitals = re.search(r"(?im)^[\W_]*menimbang\b", front.body[:RECITALS])
    clause = _CLAUSE.search(front.whole[:CLAUSE]) if recitals else None
    if recitals is None or clause is None or clause.start() < recitals.start():
        return None
    what = " ".join(clause["what"].split())
    whose = " ".join(clause["whose"].split())
    top = "\n".join(front.lines[:8])
    place = office_place(top) if not whose else None
    if place is not None:
        whose = place.name.upper() if what.endswith("DAERAH") else place.bare.upper()
    for index, line in enumerate(front.lines):
        number = re.search(r"\bNOMOR\b\s*:?\s*\S", line)
        if number is not None:
            before, rest = line[: number.start()].strip(), line[number.start() :]
            above = (before,) if before else ()
            return (
                *front.lines[:index],
                *above,
                f"{what} {whose}",
                rest,
                *front.lines[index + 1 :],
            )
    subject = " ".join(clause["subject"].split())
    return (*front.lines[:4], f"{what} {whose}", "NOMOR ...", "TENTANG", subject)
