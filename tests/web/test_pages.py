"""The logic of Cari, Dokumen, Beranda and Kelola without a browser (Streamlit's AppTest)."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from app_told import address, long_document, words
from streamlit.testing.v1 import AppTest

from kb.access import hash_password
from kb.config import Settings
from kb.explore import KnowledgeBase, open_kb
from kb.explore.views import SearchResult
from kb.ingest.report import Progress
from kb.web import jobs

Ask = Callable[..., AppTest]
Links = Callable[[AppTest], list[tuple[str, str]]]
Follow = Callable[[AppTest, str], AppTest]
SECONDS = 60


def button(at: AppTest, label: str) -> Any:
    (found,) = [b for b in at.button if label in b.label]
    return found


# --- Cari ----------------------------------------------------------------------------


def test_the_address_is_the_search(ask: Ask, home: Path, links: Links) -> None:
    at = ask("cari", q="jalan", tahun=["2024"], jenis=["press_release"], urut="oldest")
    with open_kb(home) as base:
        wanted = base.search(
            "jalan", years=[2024], types=["press_release"], sort="oldest", group=True
        )
    assert wanted.documents
    assert f"Hasil 1–{len(wanted.cards)} dari {wanted.documents} dokumen" in words(at)
    assert "halaman) untuk jalan ·" in words(at)
    assert at.selectbox(key="sort").value == "oldest"
    chips = [label for label, _ in links(at) if label.startswith("Hapus")]
    assert chips[0] == "Hapus saringan 2024"
    assert chips[-1] == "Hapus semua saringan"
    assert len(chips) == 3


def test_what_was_found_by_meaning_is_in_no_count_of_the_heading(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_words = KnowledgeBase.search

    def both_ways(base: KnowledgeBase, *args: Any, **kwargs: Any) -> SearchResult:
        found = by_words(base, *args, **kwargs)
        return replace(found, documents=1, total=2, meant=20, meant_documents=12)

    monkeypatch.setattr(KnowledgeBase, "search", both_ways)
    told = words(ask("cari", q="jalan"))
    assert "Hasil 1–3 untuk jalan; menurut kata: 1 dokumen (2 halaman)" in told
    assert "dari 1 dokumen" not in told


@pytest.mark.parametrize(
    "junk",
    [
        {"tahun": ["abad", "99999", "<b>"]},
        {"lembaga": ["x", "institution:"], "tokoh": ["person:a b"], "tempat": ["1 OR 1"]},
        {"urut": "acak", "p": "-3"},
        {"p": "999999999999"},
        {"dari": "kemarin", "sampai": "2024-99-99x"},
        {"jenis": ["'; DROP TABLE pages", "a" * 300]},
        {"lang": "klingon"},
    ],
)
def test_junk_in_the_address_falls_back(
    ask: Ask, junk: dict[str, str | list[str]], links: Links
) -> None:
    clean, dirty = ask("cari", q="jalan"), ask("cari", q="jalan", **junk)
    line = next(m for m in words(clean).splitlines() if m.startswith("Hasil"))
    assert line.split(" · ")[0] in words(dirty)
    assert not [label for label, _ in links(dirty) if label.startswith("Hapus")]


def test_a_filter_goes_into_the_address_and_a_chip_takes_it_out(
    ask: Ask, links: Links, follow: Follow
) -> None:
    at = ask("cari", q="jalan", p="1")
    year = next(m for label, _ in links(at) if (m := re.match(r"(\d{4}) \d+$", label)))
    follow(at, year[0])
    assert address(at) == {"q": ["jalan"], "tahun": [year[1]]}
    follow(at, f"Hapus saringan {year[1]}")
    assert address(at) == {"q": ["jalan"]}


def test_filters_add_up(ask: Ask, links: Links, follow: Follow) -> None:
    at = ask("cari", p="1")
    follow(at, "2024: ")  # the bar of a year
    assert address(at) == {"tahun": ["2024"]}
    kind = next(label for label, to in links(at) if "jenis=" in to)
    follow(at, kind)
    assert {n: len(found) for n, found in address(at).items()} == {"tahun": 1, "jenis": 1}
    follow(at, kind)  # once more takes it out
    follow(at, "Hapus saringan 2024")
    assert address(at) == {}


@pytest.mark.parametrize("name", ["beranda", "cari", "pernyataan"])
def test_every_link_keeps_the_language(ask: Ask, links: Links, name: str) -> None:
    found = links(ask(name, lang="en"))
    assert len(found) > 10
    assert [to for _, to in found if "lang=en" not in to] == []


def test_the_sort_goes_into_the_address(ask: Ask) -> None:
    at = ask("cari", q="jalan", p="2")
    at.selectbox(key="sort").select("newest").run()
    assert address(at)["urut"] == ["newest"]
    assert "p" not in address(at), "another order begins at its first page"


def test_no_hits_name_the_filter_to_drop_and_the_number_is_true(
    ask: Ask, links: Links, follow: Follow
) -> None:
    at = ask("cari", q="jalan", tahun=["1999"])
    assert "Tidak ada hasil" in words(at)
    label = next(label for label, _ in links(at) if "Tanpa 1999" in label)
    follow(at, label)
    assert "tahun" not in address(at)
    line = next(m for m in words(at).splitlines() if m.startswith("Hasil"))
    documents, pages = label.split(": ")[1].split(" dokumen ")
    assert f"dari {documents} dokumen {pages}" in line


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("jalan tahun:abc", "Tahun atau tanggal tidak terbaca"),
        ("jalan *", "Pola tanpa huruf diabaikan"),
        ("jalan tokoh:Zzyzx", "dicari sebagai frasa"),
        ("jalan halaman:3", "bukan nama saringan"),
        ("jalan zzyzx", "memuat sebagian"),
    ],
)
def test_what_became_of_the_query_is_said(ask: Ask, query: str, said: str) -> None:
    def shown(q: str) -> str:
        return "".join(str(h.proto.body) for h in ask("cari", q=q).get("html"))

    assert said in shown(query)
    assert said not in shown("jalan")


def test_a_page_past_the_end_shows_the_first(ask: Ask) -> None:
    at = ask("cari", q="jalan", p="77")
    assert "Hasil 1–" in words(at)
    assert "p" not in address(at)


def test_the_language_switch_stays_in_the_address(ask: Ask, home: Path) -> None:
    number, _ = long_document(home)
    at = ask("dokumen", id=str(number))
    at.button(key="switch").click().run()
    assert address(at) == {"id": [str(number)], "lang": ["en"]}
    assert at.button(key="switch").label == "Bahasa Indonesia"
    at.button(key="switch").click().run()
    assert address(at) == {"id": [str(number)]}
    assert "Results 1–" in words(ask("cari", q="jalan", lang="en"))


# --- errors --------------------------------------------------------------------------


def test_an_error_is_one_sentence_and_no_traceback(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from kb.explore import KnowledgeBase

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("rahasia dapur")

    monkeypatch.setattr(KnowledgeBase, "home", broken)
    at = ask("beranda")
    (error,) = at.error
    assert "rahasia" not in error.value
    assert len(error.value) < 200
    assert "rahasia dapur" in caplog.text, "the details are in the log"


def test_no_base_yet_is_said(tmp_path: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    at = ask("beranda")
    monkeypatch.setenv("KB_HOME", str(tmp_path / "kosong"))
    at.run()
    (error,) = at.error
    assert "kb ingest" in error.value.replace("\\", "")


# --- Kelola --------------------------------------------------------------------------


@pytest.fixture
def locked(home: Path) -> Any:
    file = home / "kb.toml"
    file.write_text(f'admin_hash = "{hash_password("kata-sandi")}"\n', encoding="utf-8")
    yield
    file.unlink()


def test_kelola_is_off_until_a_password_is_set(ask: Ask) -> None:
    at = ask("kelola")
    (info,) = at.info
    assert "kb admin-password" in info.value
    assert not at.text_input


@pytest.mark.usefixtures("locked")
def test_kelola_opens_with_the_password_only(ask: Ask) -> None:
    at = ask("kelola")
    assert not [b for b in at.button if b.label == "Masukkan"]
    for password, opens in (("salah", False), ("kata-sandi", True)):
        at.text_input(key="admin_password").input(password)
        button(at, "Masuk").click().run()
        assert bool([b for b in at.button if b.label == "Masukkan"]) is opens
        assert ("Kata sandi salah." in [e.value for e in at.error]) is not opens
    button(at, "Masukkan").click().run()
    tried, missing = [w.value for w in at.warning][:2]  # a third where the disk is full
    assert "1 kali dari 1 alamat" in tried
    assert "Pilih berkas" in missing
    at.text_input(key="folder").input("/tidak/ada/di/sini")
    button(at, "Masukkan").click().run()
    assert "tidak ada di server" in at.error[0].value


def test_what_an_ingest_tells_is_kept_by_file() -> None:
    job = jobs.Job()
    told = [
        ("reading", 0, 0, "/a/satu.pdf", 3, 9),
        ("tagging", 0, 0, "/a/satu.pdf", None, 9),
        ("reading", 0, 0, "/a/dua.pdf", 1, 2),
        ("reading", 1, 0, "/a/satu.pdf", None, None),
        ("reading", 2, 1, "/a/dua.pdf", None, None),
    ]
    stages = []
    for stage, done, failed, path, page, pages in told:
        job.note(
            Progress(stage, done, 2, path, page, pages, failed=failed)  # type: ignore[arg-type]
        )
        stages.append(job.files[path].stage)
    assert stages == ["reading", "tagging", "reading", "done", "failed"]
    assert job.files["/a/satu.pdf"] == jobs.FileState("satu.pdf", "done", 3, 9)


def test_one_ingest_at_a_time(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = threading.Event()

    def slow(*_: object, **__: object) -> None:
        held.wait(SECONDS)

    monkeypatch.setattr("kb.ingest.ingest", slow, raising=False)
    job = jobs.Job()
    assert jobs.start(job, Settings(home), [tmp_path])
    assert job.running
    assert not jobs.start(job, Settings(home), [tmp_path])
    held.set()
    assert job.thread is not None
    job.thread.join(SECONDS)
    assert not job.running
