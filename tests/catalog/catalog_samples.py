"""Small tagged documents for the catalog's tests."""

from __future__ import annotations

import re
from collections.abc import Callable

from kb.catalog import FileState, TaggedDocument, Written
from kb.catalog.fingerprint import signature, text_hash
from kb.model import (
    Description,
    EntityRef,
    Found,
    IndicatorValue,
    Mention,
    Office,
    Page,
    SourceDocument,
    Statement,
    Table,
    TagResult,
)

Put = Callable[..., Written]
"""The fixture ``put``."""

PEOPLE = {
    "Budi Santoso": EntityRef("person:budi-santoso", "person", "Budi Santoso"),
    "Sari Dewi": EntityRef("person:sari-dewi", "person", "Sari Dewi"),
    "B. Santoso": EntityRef("person:b-santoso", "person", "B. Santoso"),
}
PLACES = {"Serang": EntityRef("place:36.73", "place", "Kota Serang", ("Serang",), authority=True)}


def tag(text: str) -> TagResult:
    """Mentions of the people and places above; "Gubernur" before a name is an office."""
    mentions, offices, said, refs = [], [], [], {}
    for label, known in (("PER", PEOPLE), ("LOC", PLACES)):
        for name, ref in known.items():
            for match in re.finditer(re.escape(name), text):
                refs[ref.entity_id] = ref
                mentions.append(
                    Mention(match.start(), match.end(), name, label, ref.entity_id, "t", 0.9)  # type: ignore[arg-type]
                )
                if text[: match.start()].endswith("Gubernur "):
                    offices.append(Office(name, "Gubernur", "Banten", person_id=ref.entity_id))
                    said.append(Statement("direct", 0, 4, text[:4], name, None, ref.entity_id))
    mentions.sort(key=lambda mention: mention.start)
    return TagResult(tuple(mentions), tuple(offices), tuple(said), tuple(refs.values()))


def document(
    *texts: str,
    path: str = "/berkas/a.html",
    title: str = "Judul berita",
    date: str | None = "2024-01-04",
    address: str | None = None,
    part: str | None = None,
) -> TaggedDocument:
    """A document of these pages with everything a document can have."""
    source = SourceDocument(
        path,
        "portal",
        title,
        tuple(Page(number, text, label=f"i-{number}") for number, text in enumerate(texts, 1)),
        part=part,
        tables=(Table(1, (("Indikator", "2024"), ("Angka kemiskinan", "5,8"))),),
        address=address,
    )
    return TaggedDocument(
        source=source,
        description=Description(
            title=Found(title, "heading"),
            date=Found(date, "dateline", date) if date else None,
            years=Found((int(date[:4]),), "date") if date else None,
            doc_type=Found("press_release", "shape"),
            institution=Found("Diskominfo Provinsi Banten", "portal"),
        ),
        tags=tuple(tag(text) for text in texts),
        indicators=(
            IndicatorValue("Angka kemiskinan", "persen", "target", 2024, 5.8, "5,8", 1, table=0),
        ),
        indicator_norms=("angka kemiskinan",),
        issuer=EntityRef("institution:diskominfo@36", "institution", "Diskominfo Banten"),
        text_hash=text_hash(source),
        signature=signature(texts),
    )


def state(path: str = "/berkas/a.html", sha: str = "aa", stamp: str = "1") -> FileState:
    return FileState(path, sha, 100, 1, stamp)
