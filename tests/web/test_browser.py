"""The app as people use it, in chromium: search, filter, share, open, follow, export, switch."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Serve = Callable[[Path], AbstractContextManager[str]]
Settle = Callable[[Any], None]
CARDS = ".kb-card"


def text_of(page: Any) -> str:
    return str(page.locator('[data-testid="stMainBlockContainer"]').inner_text())


def cards(page: Any) -> Any:
    return page.locator('[data-testid="stMainBlockContainer"]').locator(f"{CARDS}:has(mark)")


def test_typing_words_and_enter_finds_marked_pages(served: str, page: Any, settle: Settle) -> None:
    page.goto(f"{served}/cari")
    settle(page)
    box = page.get_by_role("combobox", name="Kata yang dicari")
    box.fill("stunting")
    box.press("Enter")
    settle(page)
    page.wait_for_url("**q=stunting**")
    assert re.search(r"Hasil 1–10 dari \d+ dokumen \(\d+ halaman\)", text_of(page))
    assert cards(page).count() >= 5
    assert "stunting" in cards(page).first.locator("mark").first.inner_text().casefold()


def test_words_in_the_shortest_address_are_searched(served: str, page: Any, settle: Settle) -> None:
    page.goto(f"{served}/entitas")
    page.goto(f"{served}/?q=stunting&lang=en")
    settle(page)
    assert re.search(r"Results? 1–10 of \d+ documents", text_of(page))
    page.locator(".st-key-facet_year .kb-facet a").first.click()
    page.wait_for_url("**tahun=**")
    settle(page)
    assert "q=stunting" in page.url
    page.go_back()
    page.go_back()
    page.wait_for_url("**/entitas")


def test_a_filter_narrows_and_the_address_can_be_shared(
    served: str, page: Any, chromium: Any, settle: Settle
) -> None:
    page.goto(f"{served}/cari?q=anggaran")
    settle(page)
    before = re.search(r"\((\d+) halaman\)", text_of(page))
    option = page.locator(".st-key-facet_year .kb-facet a").first
    year, count = option.inner_text().split()
    option.click()
    page.wait_for_url(f"**tahun={year}**")
    settle(page)
    after = re.search(r"\((\d+) halaman\)", text_of(page))
    assert before is not None
    assert after is not None
    assert int(after[1]) == int(count) < int(before[1])
    # A colleague opens the address and sees the same.
    other = chromium.new_context().new_page()
    other.goto(page.url)
    settle(other)
    assert after[0] in text_of(other)
    # The chip takes the filter out again.
    page.locator(".st-key-chips a").first.click()
    settle(page)
    assert before[0] in text_of(page)
    assert "tahun=" not in page.url


def test_a_hit_opens_its_page_with_the_hit_boxed(served: str, page: Any, settle: Settle) -> None:
    page.goto(f"{served}/cari?q=stunting&jenis=rpjmd")
    settle(page)
    link = page.locator(f'{CARDS} a[href*="hal="]:has-text("hal.")').first
    number = re.search(r"hal=(\d+)", str(link.get_attribute("href")))
    assert number is not None
    link.click()
    settle(page)
    assert f"Halaman {number[1]} dari" in text_of(page)
    page.locator(".kb-box-hit").first.wait_for()
    assert page.locator(".kb-figure img").count() == 1
    assert page.locator(".kb-page mark").first.inner_text().casefold().startswith("stunting")
    # Every box lies on the image.
    inside = page.evaluate(
        "() => [...document.querySelectorAll('.kb-box')].every(b => {"
        " const r = b.getBoundingClientRect(), f = b.parentElement.getBoundingClientRect();"
        " return r.left >= f.left - 3 && r.right <= f.right + 3 && r.top >= f.top - 3"
        " && r.bottom <= f.bottom + 5 })"
    )
    assert inside


def test_a_statement_leads_to_its_speaker_and_office(
    served: str, page: Any, settle: Settle
) -> None:
    page.goto(f"{served}/pernyataan?q=jalan")
    settle(page)
    speaker = page.locator(".kb-speaker a").first
    name = speaker.inner_text().split("\n")[-1].strip()
    speaker.click()
    settle(page)
    assert name in page.locator("h1").first.inner_text()
    assert "Jabatan dari masa ke masa" in text_of(page)


def test_the_whole_result_downloads_with_source_and_page(
    served: str, page: Any, settle: Settle
) -> None:
    page.goto(f"{served}/cari?q=stunting")
    settle(page)
    total = re.search(r"\((\d+) halaman\)", text_of(page))
    assert total is not None
    page.get_by_role("button", name="Unduh hasil").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Unduh CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(waiting.value.path()).read_text("utf-8-sig"))))
    assert len(rows) == int(total[1])
    assert {"Dokumen", "Halaman", "Terbit di"} <= set(rows[0])
    assert all(row["Dokumen (URL)"].startswith(f"{served}/dokumen?id=") for row in rows)


def test_the_language_switch_stays_with_the_reader(served: str, page: Any, settle: Settle) -> None:
    page.goto(f"{served}/cari?q=stunting")
    settle(page)
    page.get_by_role("button", name="English").click()
    settle(page)
    assert re.search(r"Results 1–10 of \d+ documents", text_of(page))
    page.get_by_role("link", name="Statements").first.click()
    settle(page)
    assert "Who said what" in text_of(page)


def test_completion_offers_what_the_base_holds(served: str, page: Any, settle: Settle) -> None:
    page.goto(f"{served}/cari")
    settle(page)
    box = page.get_by_role("combobox", name="Kata yang dicari")
    box.press_sequentially("bappeda", delay=40)
    offer = page.get_by_role("option").first
    offer.wait_for(timeout=20_000)
    box.press("ArrowDown")
    box.press("Enter")
    settle(page)
    assert "id=" in page.url or "q=" in page.url


@pytest.mark.parametrize(
    "path",
    [
        "cari?q=%22tak+tertutup&tahun=abad&lembaga=x&urut=acak&p=-3&dari=kemarin",
        "dokumen?id=99999999",
        "dokumen?id=1&hal=99999",
        "entitas?id=person:tidak-ada-sama-sekali",
        "pernyataan?p=99999&bentuk=lisan",
        "linimasa?q=%2A&jenis=xyz",
        "tren?q=,,,",
        "indikator?p=0",
    ],
)
def test_junk_in_the_address_falls_back(served: str, page: Any, settle: Settle, path: str) -> None:
    page.goto(f"{served}/{path}")
    settle(page)
    assert "Terjadi kesalahan" not in text_of(page)
    assert page.locator('[data-testid="stException"]').count() == 0
    assert len(text_of(page)) > 20


def test_no_hits_names_the_filter_to_drop(served: str, page: Any, settle: Settle) -> None:
    page.goto(f"{served}/cari?q=stunting&tahun=1999")
    settle(page)
    assert "Tidak ada hasil" in text_of(page)
    page.get_by_role("link", name=re.compile("^Tanpa 1999")).click()
    settle(page)
    assert "Hasil 1–10" in text_of(page)


def test_a_phone_needs_no_sideways_scrolling(served: str, chromium: Any, settle: Settle) -> None:
    page = chromium.new_context(viewport={"width": 400, "height": 860}).new_page()
    for path in ("", "cari?q=stunting", "pernyataan", "entitas", "indikator", "dokumen?id=1"):
        page.goto(f"{served}/{path}")
        settle(page)
        wide = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 1, path


def test_only_an_admin_brings_documents_in(
    tmp_path: Path, page: Any, settle: Settle, serve: Serve
) -> None:
    from kb.access import hash_password
    from kb.config import Settings
    from kb.ingest import ingest

    article = {
        "url": "https://contoh.go.id/1",
        "title": "Naskah contoh pertama",
        "text": "Isi satu.",
    }
    source = tmp_path / "a.jsonl"
    source.write_text(json.dumps(article), encoding="utf-8")
    home = tmp_path / "basis"
    ingest(Settings(home=home), [source])
    (home / "kb.toml").write_text(
        f'admin_hash = "{hash_password("kata-sandi")}"\n', encoding="utf-8"
    )
    upload = tmp_path / "kedua.md"
    upload.write_text("# Naskah contoh kedua\n\nWarga menanam bakau di Teluknaga.\n", "utf-8")
    with serve(home) as address:
        page.goto(f"{address}/kelola")
        settle(page)
        field = page.get_by_label("Kata sandi pengelola")
        field.fill("salah-besar")
        page.get_by_role("button", name="Masuk").click()
        settle(page)
        assert "Kata sandi salah" in text_of(page)
        assert page.locator('input[type="file"]').count() == 0
        page.get_by_label("Kata sandi pengelola").fill("kata-sandi")
        page.get_by_role("button", name="Masuk").click()
        settle(page)
        assert page.get_by_text("Pilih berkas", exact=True).count() == 1
        assert "paling besar 200 MB" in text_of(page)
        page.locator('input[type="file"]').set_input_files(str(upload))
        settle(page)
        page.get_by_role("button", name="Masukkan").click()
        page.get_by_text("Selesai: 1 baru").wait_for(timeout=90_000)
        page.goto(f"{address}/cari?q=bakau+teluknaga")
        settle(page)
        assert "Naskah contoh kedua" in text_of(page)


def test_readers_do_not_even_see_the_page_for_staff(served: str, page: Any, settle: Settle) -> None:
    page.goto(f"{served}/kelola")
    settle(page)
    assert page.locator('input[type="file"]').count() == 0
    assert page.get_by_role("link", name="Kelola").count() == 0


def test_filters_on_a_phone_are_behind_a_button_that_counts_them(
    served: str, chromium: Any, settle: Settle
) -> None:
    page = chromium.new_context(viewport={"width": 400, "height": 860}).new_page()
    page.goto(f"{served}/cari?q=anggaran&jenis=lppd")
    settle(page)
    page.get_by_role("button", name="Saringan (1)").click()
    choice = page.locator(".st-key-facet_type .kb-facet a:not([aria-current])").first
    choice.wait_for(state="visible")
    added = int(choice.locator("small").inner_text())
    before = re.search(r"\((\d+) halaman\)", text_of(page))
    choice.click()
    page.wait_for_url("**jenis=lppd&jenis=**")
    settle(page)
    # The drawer is closed: the result lies behind.
    page.locator('[data-testid="stSidebar"][data-collapsed="true"]').wait_for(state="attached")
    after = re.search(r"\((\d+) halaman\)", text_of(page))
    assert before is not None
    assert after is not None
    assert int(after[1]) == int(before[1]) + added
    assert page.get_by_role("button", name="Saringan (2)").is_visible()
