"""Corrections made before there was one record of judgements hold, and are taken back."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select

from kb.catalog import Catalog, corrections, judgements, replaying
from kb.catalog.schema import documents, entities, mentions, untagged
from kb.config import Settings

SCHEMAS = Path(__file__).parent / "schemas"
KEY = "/lama.html"
DECIDED = (
    ("rename", "person:ani", {"name": "Ani Lestari", "previous": "Ani"}),
    ("rename", "person:ani", {"name": "Ani L.", "previous": "Ani Lestari"}),
    ("field", KEY, {"field": "title", "value": "Judul benar", "previous": "Berita lama"}),
    ("hide", "person:ani", {}),
    ("untag", "person:ani", {"surface": "isi", "document": None}),
)


@pytest.fixture(params=[8, 9, 10, 11])
def old(request: pytest.FixtureRequest, in_file: Settings) -> Settings:
    """A base of an earlier version that was corrected by it."""
    in_file.home.mkdir(parents=True, exist_ok=True)
    raw = sqlite3.connect(in_file.catalog_path)
    raw.executescript((SCHEMAS / f"version_{request.param}.sql").read_text(encoding="utf-8"))
    for number, (kind, target, value) in enumerate(DECIDED, 1):
        raw.execute(
            'INSERT INTO corrections (id, kind, target, value, at, "by") VALUES (?, ?, ?, ?, ?, ?)',
            (number, kind, target, json.dumps(value), f"2026-01-0{number}T00:00:00", "sari"),
        )
    raw.execute("UPDATE entities SET name = 'Ani L.', hidden = 1 WHERE id = 'person:ani'")
    raw.execute("UPDATE documents SET title = 'Judul benar'")
    # As the program of then did it: the row went, and was kept beside.
    names = [row[1] for row in raw.execute("PRAGMA table_info(mentions)")]
    (row,) = raw.execute("SELECT * FROM mentions").fetchall()
    content = json.dumps(dict(zip(names, row, strict=True)))
    raw.execute(
        "INSERT INTO untagged (correction_id, document_id, table_name, whole, cut, content)"
        " VALUES (5, 3, 'mentions', 1, '', ?)",
        (content,),
    )
    raw.execute("DELETE FROM mentions")
    raw.commit()
    raw.close()
    return in_file


def test_they_are_taken_back_in_any_order(old: Settings) -> None:
    with Catalog.open(old, write=True) as catalog, catalog.write() as connection:
        told = judgements.everything(connection)
        assert len({row.uid for row in told}) == len(DECIDED)
        assert all(row.by == "sari" and row.undone is None for row in told)
        assert [row.document for row in reversed(told)] == [None, None, KEY, None, None]
        for number in (5, 1, 3, 4, 2):
            corrections.undo(connection, number, by="beno")
        who = connection.execute(select(entities).where(entities.c.id == "person:ani")).one()
        assert (who.name, who.hidden) == ("Ani", False)
        assert connection.execute(select(documents.c.title)).scalar_one() == "Berita lama"
        assert connection.execute(select(mentions.c.surface)).scalars().all() == ["Isi"]
        assert connection.execute(select(untagged)).all() == []


def test_they_hold_when_everything_is_done_again(old: Settings) -> None:
    with Catalog.open(old, write=True) as catalog, catalog.write() as connection:
        corrections.reapply(connection)
        replaying.replay(connection, 3)
        who = connection.execute(select(entities).where(entities.c.id == "person:ani")).one()
        assert (who.name, who.hidden) == ("Ani L.", True)
        assert connection.execute(select(documents.c.title)).scalar_one() == "Judul benar"
        assert connection.execute(select(mentions)).all() == []
