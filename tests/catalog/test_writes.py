"""A document goes in whole, is replaced whole, and leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace

import pytest
from catalog_samples import Put, document, state
from sqlalchemy import func, select

from kb.catalog import Catalog, reads, sightings
from kb.catalog import writes_files as book
from kb.catalog.counts import recount
from kb.catalog.schema import (
    aliases,
    documents,
    entities,
    files,
    history,
    indicators,
    mentions,
    metadata,
    offices,
    pages,
    statements,
    tables,
)
from kb.catalog.writes import address_key, delete_document, document_key
from kb.catalog.writes_entities import remove_orphans, skeleton

TEXT = "Gubernur Budi Santoso hadir di Serang bersama Sari Dewi."
OTHER = "Sari Dewi membuka pasar murah, Sari Dewi gembira."


def test_everything_found_is_stored(catalog: Catalog, put: Put) -> None:
    written = put(document(TEXT, OTHER))
    assert (written.change, written.pages) == ("added", 2)
    with catalog.read() as connection:
        counts = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (pages, mentions, offices, statements, tables, indicators)
        }
        assert counts == {
            "pages": 2,
            "mentions": 5,
            "offices": 1,
            "statements": 1,
            "tables": 1,
            "indicators": 1,
        }
        row = connection.execute(select(documents)).one()
        assert (row.title, row.date, row.institution_id) == (
            "Judul berita",
            "2024-01-04",
            "institution:diskominfo@36",
        )
        assert row.evidence["date"] == {"rule": "dateline", "evidence": "2024-01-04"}
        people = {
            row.id: (row.mention_count, row.document_count, row.first_date, row.last_date)
            for row in connection.execute(select(entities).where(entities.c.type == "person"))
        }
        assert people == {
            "person:budi-santoso": (1, 1, "2024-01-04", "2024-01-04"),
            "person:sari-dewi": (3, 1, "2024-01-04", "2024-01-04"),
        }
        for row in connection.execute(
            select(mentions.c.surface, mentions.c.start, mentions.c.end, pages.c.text).join(
                pages,
                (pages.c.document_id == mentions.c.document_id)
                & (pages.c.number == mentions.c.page),
            )
        ):
            assert row.text[row.start : row.end] == row.surface


def test_passages_carry_the_facets_of_their_page(catalog: Catalog, put: Put) -> None:
    put(document(TEXT, OTHER))
    with catalog.read() as connection:
        one, two = reads.passages(connection, [1])
    assert (one.page, one.title, one.doc_type, one.years) == (
        1,
        "Judul berita",
        "press_release",
        (2024,),
    )
    assert one.institution == "institution:diskominfo@36"
    assert one.officials == ("person:budi-santoso", "person:sari-dewi"), "all who are named"
    assert one.places == ("place:36.73",)
    assert (two.officials, two.places) == (("person:sari-dewi",), ())
    assert two.text == OTHER


def test_the_same_file_again_changes_nothing(catalog: Catalog, put: Put) -> None:
    put(document(TEXT))
    with catalog.read() as connection:
        before = {
            table.name: connection.execute(select(table)).all()
            for table in (pages, entities, aliases)
        }
    assert put(document(TEXT)).change == "unchanged"
    with catalog.read() as connection:
        for table in (pages, entities, aliases):
            assert connection.execute(select(table)).all() == before[table.name], table.name
        assert connection.execute(select(func.count()).select_from(mentions)).scalar_one() == 3


def test_new_content_at_the_same_address_keeps_the_old_in_history(
    catalog: Catalog, put: Put
) -> None:
    address = "https://www.portal.example/berita/1/"
    put(document(TEXT, address=address))
    new = document(
        OTHER, path="/berkas/b.html", address="http://portal.example/berita/1", date=None
    )
    written = put(new, state("/berkas/b.html", sha="bb"))
    assert (written.document_id, written.change) == (1, "updated")
    with catalog.read() as connection:
        assert connection.execute(select(documents.c.version, documents.c.path)).all() == [
            (2, "/berkas/b.html")
        ]
        old = connection.execute(select(history)).one()
        assert (old.version, old.sha256) == (1, "aa")
        assert old.content["pages"][0]["text"] == TEXT
        assert old.content["date"] == "2024-01-04"
        texts = connection.execute(select(pages.c.text)).scalars().all()
        assert texts == [OTHER]
        row = connection.execute(
            select(entities).where(entities.c.id == "person:budi-santoso")
        ).one()
        assert (row.mention_count, row.document_count, row.first_date) == (0, 0, None)


def test_page_ids_are_kept_where_the_text_is_and_never_given_twice(
    catalog: Catalog, put: Put
) -> None:
    put(document(TEXT, OTHER))
    with catalog.read() as connection:
        first = reads.passage_ids(connection)
    put(document(TEXT, OTHER, title="Judul lain"))
    with catalog.read() as connection:
        assert reads.passage_ids(connection) == first
    put(document(TEXT, OTHER + " Ya."), state(sha="cc"))
    with catalog.read() as connection:
        assert not reads.passage_ids(connection) & first


def test_a_failed_write_leaves_nothing(catalog: Catalog, put: Put) -> None:
    put(document(OTHER))
    broken = document(TEXT, path="/berkas/x.html")
    broken = replace(broken, tags=())  # fewer tags than pages: the last step fails
    with pytest.raises(ValueError, match="zip"):
        put(broken, state("/berkas/x.html", sha="xx"))
    with catalog.read() as connection:
        assert connection.execute(select(documents.c.path)).scalars().all() == ["/berkas/a.html"]
        assert connection.execute(select(files.c.path)).scalars().all() == ["/berkas/a.html"]
        ids = connection.execute(select(entities.c.id)).scalars().all()
        assert "person:budi-santoso" not in ids


def test_deleting_a_document_leaves_no_rows_of_it(catalog: Catalog, put: Put) -> None:
    put(document(TEXT, OTHER))
    with catalog.write() as connection:
        assert delete_document(connection, 1)
        assert not delete_document(connection, 1)
        assert remove_orphans(connection) == 3
        left = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }
        assert reads.queued(connection) == [1]
    assert {name for name, count in left.items() if count} == {
        "meta",
        "runs",
        "files",
        "index_queue",
        "link_queue",
        "entities",  # the place is the authority file's, not the text's
        "aliases",
    }


def test_counts_kept_on_the_way_are_the_true_ones(catalog: Catalog, put: Put) -> None:
    texts = [TEXT, OTHER, TEXT + " " + OTHER, "Tanpa nama.", "B. Santoso di Serang"]
    for round_ in range(3):
        for number, _ in enumerate(texts):
            text = texts[(number + round_) % len(texts)]
            date = f"20{18 + (number * 3 + round_) % 7}-05-0{1 + round_}"
            path = f"/berkas/{number}.html"
            put(document(text, path=path, date=date), state(path, sha=f"{round_}{number}"))
        with catalog.write() as connection:
            assert recount(connection) == 0


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://Portal.example/a/b/", "https://portal.example/a/b"),
        ("http://www.portal.example/a/b#atas", "https://portal.example/a/b"),
        ("https://portal.example/?p=12", "https://portal.example?p=12"),
        ("https://portal.example/", None),
        ("https://portal.example:8080/a", "https://portal.example:8080/a"),
        ("mailto:a@b.example", None),
        ("https://[broken/a", None),
        ("", None),
        (None, None),
    ],
)
def test_address_as_identity(address: str | None, key: str | None) -> None:
    assert address_key(address) == key
    tagged = document("x", address=address, part="7")
    assert document_key(tagged) == (key or "/berkas/a.html#7")


def test_files_move_with_their_documents(catalog: Catalog, put: Put) -> None:
    put(document(TEXT))
    new = state("/lain/a.html")
    with catalog.write() as connection:
        [old] = book.same_content(connection, new)
        assert book.move_file(connection, old, new, 1) == 1
        assert connection.execute(select(documents.c.key, documents.c.path)).all() == [
            ("/lain/a.html", "/lain/a.html")
        ]
        assert connection.execute(select(files.c.path)).scalars().all() == ["/lain/a.html"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Tranggono", "Trenggono", True),
        ("Soekarno Hatta", "Sukarno Hata", True),
        ("Djoko Susilo", "Joko Soesilo", True),
        ("Budi Santoso", "Budi Santosa", True),
        ("Budi Santoso", "Bambang Santoso", False),
        ("Ani Lestari", "Uni Lestari", False),
        ("Ali", "Ela", False),
    ],
)
def test_spelling_variants_share_a_skeleton(one: str, other: str, same: bool) -> None:
    assert (skeleton(one) == skeleton(other) != "") is same


def test_evidence_stands_beside_the_document_and_goes_with_it(catalog: Catalog, put: Put) -> None:
    written = put(document(TEXT))
    with catalog.write() as connection:
        keys, found = sightings.component(connection, "person budi santoso")
        assert "spelling bd snts" in keys
        [one] = [s for s in found if s.local_id == "person:budi-santoso"]
        assert [(o.role, o.institution) for o in one.offices] == [("Gubernur", "Banten")]
        assert set(sightings.queued(connection)) >= keys
        sightings.unqueue(connection, sightings.queued(connection))
        delete_document(connection, written.document_id)
        assert "person budi santoso" in sightings.queued(connection)
        assert sightings.component(connection, "person budi santoso")[1] == []
