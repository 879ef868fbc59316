"""Kelola's sources, the page of a source, and the proof beside a document."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from guests import real_read
from streamlit.testing.v1 import AppTest

from kb.access import hash_password
from kb.catalog import writes_sources as notes
from kb.config import Settings
from kb.sources import book
from kb.sources.ledger import Ledger
from kb.sources.syncing import sync
from kb.staff import accounts, sessions
from kb.web import syncs
from kb.web.parts import feed

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
RELEASE = """<html><head><title>{title}</title></head><body><h1>{title}</h1><p>SERANG - Kepala Dinas
Kesehatan Provinsi Banten Ratna Wulandari meresmikan posyandu di Kecamatan Curug, Kota Serang,
Senin (3/3/2025). Kegiatan itu dihadiri kader dan perangkat kelurahan setempat.</p></body></html>"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A base with one watched folder, of which one file was taken back."""
    folder = tmp_path_factory.mktemp("masuk") / "siaran"
    folder.mkdir()
    for name in ("Posyandu Curug Diresmikan", "Jembatan Ciujung Selesai"):
        (folder / f"{name.split()[0]}.html").write_text(RELEASE.format(title=name), "utf-8")
    settings = Settings(home=folder.parent / "basis")
    real_read(settings, [folder])
    book.add(settings, str(folder), timetable="6h")
    sync(settings, read=real_read)
    (folder / "Jembatan.html").unlink()
    sync(settings, read=real_read)
    return settings


@pytest.fixture
def opened(base: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    monkeypatch.setenv("KB_HOME", str(base.home))
    hashed = hash_password("kata-sandi")
    monkeypatch.setenv("KB_ADMIN_HASH", hashed)
    admin = accounts.shared(replace(base, admin_hash=hashed))

    def run(page: str, **params: str) -> AppTest:
        at = AppTest.from_string(
            f"from kb.web.frame import page\nfrom kb.web.pages import {page}\n"
            f"page({page}.show)()\n",
            default_timeout=60,
        )
        at.session_state["kb_session"] = sessions.begin(base, admin)
        for name, value in params.items():
            at.query_params[name] = value
        at.run()
        assert not at.exception
        return at

    return run


def words(at: Any) -> str:
    texts = [str(h.proto.body) for h in at.get("html")]
    return "\n".join([*texts, *(m.value for m in at.markdown), *(c.value for c in at.caption)])


@pytest.mark.slow
def test_kelola_says_how_sources_are_and_keeps_a_timetable(
    base: Settings, opened: Callable[..., AppTest]
) -> None:
    at = opened("kelola")
    assert "siaran" in words(at)
    assert "1 terambil" in words(at)
    assert "1 ditarik" in words(at)
    assert "setiap 6 jam" in words(at)
    assert [b.label for b in at.button if b.label == "Sinkronkan"] == ["Sinkronkan"]


def test_the_button_syncs(
    base: Settings, opened: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = functools.partial(sync, read=real_read)
    monkeypatch.setattr("kb.sources.syncing.sync", quick)
    at = opened("kelola")
    next(b for b in at.button if b.label == "Sinkronkan").click().run()
    running = syncs.sync(str(base.home))
    assert running.thread is not None
    running.thread.join(60)
    at = opened("kelola")
    assert any("**siaran**: 0 baru" in s.value for s in at.success)


def test_three_failures_are_a_notice(base: Settings, opened: Callable[..., AppTest]) -> None:
    ledger, source = Ledger(base), book.sources(base)[0]

    def failed(times: int) -> list[str]:
        ledger.flush(
            lambda c: notes.change_source(
                c, source.number, failures=times, problem="the site answers 500." if times else None
            )
        )
        return [w.value for w in opened("kelola").warning]

    assert not any("siaran" in w for w in failed(2))
    assert any("gagal 3 kali" in w and "500" in w for w in failed(3))
    failed(0)


def test_a_source_has_a_page_with_a_feed(base: Settings, opened: Callable[..., AppTest]) -> None:
    assert "siaran" in words(opened("sumber"))
    at = opened("sumber", id=str(book.sources(base)[0].number))
    assert "Posyandu Curug Diresmikan" in words(at)
    assert "Jembatan" not in words(at)
    assert str(base.home.parent) not in words(at)  # where a folder lies is nobody's business
    assert "tidak ada" in opened("sumber", id="99").warning[0].value


def test_withdrawn_documents_are_a_filter_on_cari(opened: Callable[..., AppTest]) -> None:
    assert "Ditarik oleh sumbernya" in words(opened("cari", q="posyandu"))
    assert "Jembatan" not in words(opened("cari", q="posyandu"))
    at = opened("cari", q="posyandu", ditarik="1")
    assert "Jembatan Ciujung Selesai" in words(at)
    assert "ditarik" in words(at)


def test_withdrawn_documents_are_a_filter_on_pernyataan(opened: Callable[..., AppTest]) -> None:
    assert "Ditarik oleh sumbernya" in words(opened("pernyataan"))
    at = opened("pernyataan", ditarik="1")
    assert not at.exception
    assert "Ditarik oleh sumbernya" in words(at)


def test_withdrawn_documents_are_a_filter_on_entitas(opened: Callable[..., AppTest]) -> None:
    assert "Ditarik oleh sumbernya" in words(opened("entitas"))
    listed = words(opened("entitas", ditarik="1"))
    found = re.search(r'entitas\?id=(person[^"&]+)&amp;ditarik=1"', listed)
    assert found, "the name leads to what the withdrawn document says"
    one = words(opened("entitas", id=unquote(found[1]), ditarik="1"))
    assert "Jembatan Ciujung Selesai" in one
    assert "Posyandu Curug Diresmikan" not in one
    assert "Hanya menurut dokumen yang ditarik" in one
    assert "Jembatan" not in words(opened("entitas", id=unquote(found[1])))


def test_a_withdrawn_document_says_so(base: Settings, opened: Callable[..., AppTest]) -> None:
    from kb.explore import open_kb

    with open_kb(base) as kb:
        gone = kb.documents(withdrawn=True)[1][0].document_id
    assert "sumbernya tidak lagi memuat" in words(opened("dokumen", id=str(gone)))


def test_the_address_of_a_feed_says_what_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_ADDRESS", "https://arsip.example/")
    asked = {"q": "jalan rusak", "years": (2024, 2025), "places": (), "date_from": None}
    assert feed.address("search", asked) == (
        "https://arsip.example/feeds/search.atom?q=jalan+rusak&years=2024&years=2025"
    )
