"""One person across documents, and two who only share a name: with the real tagger."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest
from ingest_fakes import ACCESS, write_files
from sqlalchemy import select

from kb.authority import load
from kb.catalog import Catalog
from kb.catalog.schema import documents, entities, mentions, offices
from kb.config import Settings
from kb.ingest import ingest
from kb.ingest.linking import load_authority

ARTICLES = {
    "1.jsonl": (
        "2022-01-04",
        "LEBAK - Bupati Lebak Wiranata Kusumajaya membuka pasar murah di Kabupaten Lebak. "
        '"Harga beras turun," ujar Wiranata.',
    ),
    "2.jsonl": (
        "2023-03-05",
        "LEBAK - Bupati Lebak H. Wiranata Kusumajaya, S.E., M.Si meninjau jembatan di "
        "Kabupaten Lebak.",
    ),
    "3.jsonl": (
        "2023-03-06",
        "WAINGAPU - Kapolres Sumba Timur Wiranata Kusumajaya memimpin apel di Kabupaten Sumba "
        "Timur, Provinsi Nusa Tenggara Timur.",
    ),
}


def line(number: str, date: str, text: str) -> str:
    """One line of a table of articles."""
    return json.dumps(
        {"url": f"https://x.example/{number}", "title": "Berita", "date": date, "text": text}
    )


def test_officials_of_the_authority_file_are_in_from_the_start(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    with Catalog.open(settings, write=True) as catalog, catalog.write() as connection:
        assert load_authority(connection)
        assert not load_authority(connection), "the same version is loaded once"
        people = set(connection.execute(select(entities.c.id)).scalars())
        assert people == {official.entity_id for official in load().officials.all()}
        rows = connection.execute(select(offices)).all()
        assert len(rows) == sum(len(official.terms) for official in load().officials.all())
        assert all(row.origin == "authority" and row.source for row in rows)


@pytest.mark.slow
def test_people_meet_and_stay_apart_across_documents(tmp_path: Path) -> None:
    write_files(tmp_path / "in", {name: line(name, *told) for name, told in ARTICLES.items()})
    settings = Settings(home=tmp_path / "home")
    for name in ARTICLES:  # one after the other, as they were published
        report = ingest(settings, [tmp_path / "in" / name], workers=1, access=ACCESS)
        assert report.added == 1, report
    found: dict[str, set[str]] = defaultdict(set)
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        for row in connection.execute(
            select(documents.c.path, mentions.c.entity_id)
            .join(documents, documents.c.id == mentions.c.document_id)
            .where(mentions.c.entity_id.like("person:%"))
        ):
            found[Path(row.path).name].add(row.entity_id)
        assert found["1.jsonl"] == found["2.jsonl"]
        assert len(found["1.jsonl"]) == 1
        assert not found["3.jsonl"] & found["1.jsonl"]
        [regent] = found["1.jsonl"]
        history = connection.execute(
            select(offices.c.date).where(offices.c.person_id == regent).order_by(offices.c.date)
        ).scalars()
        assert set(history) == {"2022-01-04", "2023-03-05"}
