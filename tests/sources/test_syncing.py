"""What a sync leaves in the base: documents, proof, versions; and after what goes wrong."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import shapes
from guests import patient, real_read, unread
from served import Answer, Served
from sqlalchemy import select
from warcio.archiveiterator import ArchiveIterator

from kb.catalog import Catalog
from kb.catalog.reading import sources as reads
from kb.catalog.schema import documents, entities, history, pages, statements
from kb.catalog.schema_sources import finds, views_seen
from kb.config import Settings
from kb.errors import NotFound
from kb.explore import open_kb
from kb.sources import book, round
from kb.sources.report import Outcome
from kb.sources.syncing import sync
from kb.sources.warc import write
from kb.staff import Desk

Add = Callable[..., str]
Fetch = Callable[..., Outcome]


def rows(settings: Settings) -> dict[str, dict[str, object]]:
    """Documents by the path of their address."""
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        found = connection.execute(select(documents)).mappings().all()
    return {str(row["address"] or row["path"]).rsplit("/", 1)[-1]: dict(row) for row in found}


def test_a_portal_comes_in_as_its_menu_says(
    site: Served, settings: Settings, add: Add, bring_in: Fetch
):
    shapes.portal(site, releases=3)
    add(site.base)
    out = bring_in()
    assert (out.new, out.problem, out.refused) == (8, None, [])
    found = rows(settings)
    assert found["1"]["title"] == "Posyandu Nomor 1 Diresmikan di Curug"
    assert found["1"]["address"] in (f"{site.base}/read/press/1", f"{site.base}/read/artikel/1")
    assert found["rpjmd-2023.pdf"]["doc_type"] == "rpjmd"
    assert found["rpjmd-2023.pdf"]["metadata"]["section"] == "SAKIP > RPJMD"  # type: ignore[index]
    kinds = {row["address"].removeprefix(site.base): row["doc_type"] for row in _all(settings)}
    assert kinds["/read/press/3"] == "press_release"
    assert kinds["/read/artikel/1"] == "artikel"
    assert kinds["/unduh/pengumuman-seleksi.pdf"] == "pengumuman"
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        key = next(row["key"] for row in _all(settings) if str(row["address"]).endswith("press/3"))
        seen = select(views_seen.c.views).where(views_seen.c.key == key)
        assert connection.execute(seen).scalars().all() == [103]
    assert bring_in().new == 0


def _all(settings: Settings) -> list[dict[str, object]]:
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        return [dict(row) for row in connection.execute(select(documents)).mappings()]


@pytest.mark.slow
def test_the_original_is_kept_as_proof(
    site: Served, settings: Settings, add: Add, bring_in: Fetch, tmp_path: Path
):
    shapes.ppid(site)
    add(f"{site.base}/ppid/informasi-berkala")
    bring_in()
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        proof = reads.originals_of(connection)
    first = next(row for row in proof if row.address.endswith("dok-1.pdf"))
    kept = (settings.originals_path / first.path).read_bytes()
    assert kept == site.pages["/files/dok-1.pdf"].bytes  # type: ignore[union-attr]
    assert hashlib.sha256(kept).hexdigest() in first.path
    assert first.headers["etag"] == '"d1"'
    assert first.headers["content-type"] == "application/pdf"
    assert write(settings, tmp_path / "bukti.warc.gz") == 3
    with (tmp_path / "bukti.warc.gz").open("rb") as stream:
        records = [
            (record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read())
            for record in ArchiveIterator(stream)
            if record.rec_type == "response"
        ]
    assert (first.address, kept) in records


@pytest.mark.slow
def test_a_page_that_changes_keeps_its_versions(
    site: Served, settings: Settings, add: Add, bring_in: Fetch
):
    posts = shapes.wordpress(site, 3)
    add(site.base)
    assert bring_in().new == 3
    posts[2]["modified_gmt"] = "2025-05-01T00:00:00"
    path = "/2025/03/posyandu-2/"
    before = site.pages[path]
    site.pages[path] = Answer(shapes.article("Posyandu Nomor 2", 2, "Ralat: hari Selasa."))
    out = bring_in()
    assert (out.new, out.changed) == (0, 1)
    number = next(row["id"] for row in _all(settings) if row["version"] == 2)
    told = said(settings, number)
    assert "Ralat" not in told[1]
    assert "Ralat" in told[2]
    # Back to what it said at first: these very bytes were read before.
    posts[2]["modified_gmt"] = "2025-06-01T00:00:00"
    site.pages[path] = before
    assert bring_in().changed == 1
    assert "Ralat" not in said(settings, number)[3]


@pytest.mark.slow
def test_what_came_is_new_until_somebody_looked_and_again_when_it_changes(
    site: Served, settings: Settings, add: Add, bring_in: Fetch, tmp_path: Path
):
    posts = shapes.wordpress(site, 3)
    add(site.base, name="portal")
    folder = tmp_path / "naskah"
    folder.mkdir()
    (folder / "siaran.html").write_text(shapes.article("Posyandu Nomor 9 Baru", 9))
    bring_in()
    book.add(settings, str(folder), name="naskah")
    sync(settings, ["naskah"], make=patient, read=real_read)
    assert (len(new(settings, "portal")), len(new(settings, "naskah"))) == (3, 1)
    Desk(settings, "Ani").look_at(dict.fromkeys(new(settings)))
    assert new(settings) == []
    posts[2]["modified_gmt"] = "2025-05-01T00:00:00"
    changed = shapes.article("Posyandu Nomor 2", 2, "Ralat: hari Selasa.")
    site.pages["/2025/03/posyandu-2/"] = Answer(changed)
    sync(settings, ["portal"], make=patient, read=real_read)
    (number,) = new(settings)
    assert new(settings, "portal") == [number]


def new(settings: Settings, source: str | None = None) -> list[int]:
    with open_kb(settings) as kb:
        return [one.document.document_id for one in kb.new_documents(source)[1]]


@pytest.mark.slow
def test_a_whole_sync_asks_for_every_known_page_again(
    site: Served, settings: Settings, add: Add, bring_in: Fetch, monkeypatch: pytest.MonkeyPatch
):
    shapes.wordpress(site, 9)
    add(site.base)
    assert bring_in().new == 9
    later = round.now() + timedelta(hours=1)
    monkeypatch.setattr(round, "now", lambda: later)
    for number in (2, 3, 5, 7):
        del site.pages[f"/2025/03/posyandu-{number}/"]
    assert bring_in().struck == 0, "they were all asked for an hour ago"
    assert bring_in(whole=True).struck == 4


def said(settings: Settings, number: object) -> dict[int, str]:
    """The first page of each version of a document."""
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        earlier = connection.execute(select(history).where(history.c.document_id == number)).all()
        now = connection.execute(
            select(documents.c.version, pages.c.text)
            .join(pages, pages.c.document_id == documents.c.id)
            .where(documents.c.id == number, pages.c.number == 1)
        ).one()
    return {
        **{row.version: row.content["pages"][0]["text"] for row in earlier},
        now.version: now.text,
    }


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages may be looked at again in the very next sync."""
    monkeypatch.setattr(round, "AGAIN_HOURS", -1)


@pytest.mark.slow
@pytest.mark.usefixtures("at_once")
def test_a_page_that_vanishes_is_withdrawn_and_comes_back(
    site: Served, settings: Settings, add: Add, bring_in: Fetch
):
    shapes.wordpress(site, 3)
    add(site.base)
    bring_in()
    path = "/2025/03/posyandu-2/"
    page = site.pages.pop(path)
    once = bring_in()
    assert (once.struck, once.gone) == (1, 0)
    assert not any(row["withdrawn"] for row in _all(settings))
    before = _said(settings)
    twice = bring_in()
    assert (twice.struck, twice.gone) == (0, 1)
    withdrawn = [row for row in _all(settings) if row["withdrawn"]]
    assert [str(row["address"]).removeprefix(site.base) for row in withdrawn] == [path]
    assert withdrawn[0]["page_count"] == 1
    assert _named(settings, withdrawn[0]["id"]) == set()
    site.pages[path] = page
    back = bring_in()
    assert back.back == 1
    assert not any(row["withdrawn"] for row in _all(settings))
    assert _said(settings) == before


def _said(settings: Settings) -> tuple[int, int]:
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        count = sum(connection.execute(select(entities.c.mention_count)).scalars())
        return count, len(connection.execute(select(statements.c.id)).all())


def _named(settings: Settings, number: object) -> set[str]:
    from kb.catalog.schema import mentions

    with Catalog.open(settings) as catalog, catalog.read() as connection:
        asked = select(mentions.c.surface).where(mentions.c.document_id == number)
        return set(connection.execute(asked).scalars())


@pytest.mark.slow
@pytest.mark.usefixtures("at_once")
def test_a_soft_404_does_not_become_a_version(
    site: Served, settings: Settings, add: Add, bring_in: Fetch
):
    shapes.wordpress(site, 2)
    add(site.base)
    bring_in()
    path = "/2025/03/posyandu-2/"
    site.pages[path] = Answer("<html><head><title>Halaman tidak ditemukan</title></head></html>")
    assert bring_in().struck == 1
    assert {row["version"] for row in _all(settings)} == {1}


def test_a_sync_that_is_stopped_goes_on_where_it_was(site: Served, settings: Settings, add: Add):
    shapes.wordpress(site, 40)
    add(site.base)
    stop = threading.Event()

    def told(progress: object) -> None:
        if getattr(progress, "done", 0) == 10 and getattr(progress, "stage", "") == "fetching":
            stop.set()

    first = sync(settings, make=patient, read=unread, told=told, stop=stop)[0]
    assert first.interrupted
    asked = [path for path in site.asked if "posyandu" in path]
    assert len(asked) == 11
    site.forget()
    second = sync(settings, make=patient, read=unread)[0]
    assert not second.interrupted
    again = [path for path in site.asked if "posyandu" in path]
    assert len(again) == 29
    assert not set(again) & set(asked)


def test_a_source_that_fails_says_so_and_the_others_go_on(
    site: Served, settings: Settings, add: Add
):
    shapes.ppid(site)
    shapes.laravel(site)
    add(f"{site.base}/ppid/informasi-berkala", name="a-ppid")
    add(f"{site.base}/berita", name="b-berita")
    del site.pages["/ppid/informasi-berkala"]
    for _ in range(3):
        first, second = sync(settings, make=patient, read=unread)
        assert first.problem == "gone: the site answers 404."
        assert second.problem is None
    assert second.listed == 3
    failing = book.show(settings, "a-ppid")
    assert (failing.failures, failing.failing) == (3, True)
    assert not book.show(settings, "b-berita").failing


def test_the_budget_of_a_day_leaves_the_rest_for_tomorrow(
    site: Served, settings: Settings, add: Add
):
    shapes.ppid(site)
    add(f"{site.base}/ppid/informasi-berkala")
    few = replace(settings, fetch_a_day=3)
    out = sync(few, make=patient, read=unread)[0]
    assert (out.problem, out.waiting) == (None, 2)
    assert "it goes on tomorrow" in str(out.later)
    assert book.show(settings, "1").failures == 0


def test_since_leaves_out_what_is_older(site: Served, settings: Settings, add: Add, fetch: Fetch):
    posts = shapes.wordpress(site, 5)
    posts[5]["modified_gmt"] = "2025-06-01T00:00:00"
    add(site.base)
    assert fetch(since="2025-05").listed == 1


def test_a_dry_run_fetches_and_notes_nothing(site: Served, settings: Settings, add: Add, fetch):
    shapes.ppid(site)
    add(f"{site.base}/ppid/informasi-berkala")
    assert len(fetch(dry_run=True).planned) == 3
    assert site.counts()["/files/dok-1.pdf"] == 0
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        assert connection.execute(select(finds)).all() == []


@pytest.mark.slow
def test_little_is_asked_when_there_is_no_news(
    site: Served, settings: Settings, add: Add, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(round, "AGAIN_HOURS", -1)
    shapes.wordpress(site, 300)
    add(site.base)
    first = fetch()
    assert first.requests <= 300 + 8
    assert fetch().requests <= 3 + 3


@pytest.mark.slow
def test_a_watched_folder(settings: Settings, bring_in: Fetch, tmp_path: Path):
    folder = tmp_path / "naskah"
    folder.mkdir()
    for n in (1, 2):
        (folder / f"siaran-{n}.html").write_text(shapes.article(f"Posyandu Nomor {n} Baru", n))
    book.add(settings, str(folder))
    assert bring_in().new == 2
    assert bring_in().new == 0
    (folder / "siaran-1.html").unlink()
    assert bring_in().gone == 1
    gone = [row for row in _all(settings) if row["withdrawn"]]
    assert [Path(str(row["path"])).name for row in gone] == ["siaran-1.html"]
    (folder / "siaran-1.html").write_text(shapes.article("Posyandu Nomor 1 Baru", 1))
    assert bring_in().back == 1
    assert not any(row["withdrawn"] for row in _all(settings))


@pytest.mark.slow
def test_a_folder_whose_disk_is_out_withdraws_nothing(
    settings: Settings, bring_in: Fetch, tmp_path: Path
):
    folder = tmp_path / "naskah"
    folder.mkdir()
    (folder / "siaran.html").write_text(shapes.article("Posyandu Nomor 1 Baru", 1))
    book.add(settings, str(folder))
    bring_in()
    folder.rename(tmp_path / "dicabut")
    assert "gone or empty" in str(bring_in().problem)
    assert not any(row["withdrawn"] for row in _all(settings))


@pytest.mark.slow
def test_removed_stays_out_until_undone(
    site: Served, settings: Settings, add: Add, bring_in: Fetch
):
    posts = shapes.wordpress(site, 2)
    add(site.base)
    bring_in()
    before = _said(settings)
    number = int(str(_all(settings)[0]["id"]))
    kept = Desk(settings).remove(number, "data pribadi", by="Rina")
    assert _named(settings, number) == set()
    assert _said(settings) != before
    for post in posts.values():
        post["modified_gmt"] = "2025-07-01T00:00:00"
    site.pages["/2025/03/posyandu-1/"] = Answer(shapes.article("Posyandu Nomor 1", 1, "Tambahan."))
    bring_in()
    assert [row["removed"] for row in _all(settings) if row["id"] == number] == [True]
    assert _named(settings, number) == set()
    Desk(settings).undo(kept.number)
    assert _named(settings, number) != set()
    with pytest.raises(NotFound):
        Desk(settings).remove(9999, "salah")


@pytest.mark.slow
def test_results_leave_out_what_staff_removed(
    site: Served, settings: Settings, add: Add, bring_in: Fetch
):
    from kb.explore import open_kb

    shapes.wordpress(site, 2)
    add(site.base)
    bring_in()
    number = int(str(_all(settings)[0]["id"]))

    def hits() -> set[int]:
        with open_kb(settings) as kb:
            return {hit.document_id for hit in kb.search("posyandu").hits}

    assert number in hits()
    kept = Desk(settings).remove(number, "data pribadi")
    assert number not in hits()
    assert len(hits()) == 1
    Desk(settings).undo(kept.number)
    assert number in hits()
