"""The logic of Dokumen, Indikator and Banyak nama without a browser (Streamlit's AppTest)."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from app_told import address, all_html, long_document, words
from streamlit.testing.v1 import AppTest

from kb.explore import open_kb
from kb.explore.workbook import Link

Ask = Callable[..., AppTest]
Links = Callable[[AppTest], list[tuple[str, str]]]
Follow = Callable[[AppTest, str], AppTest]


# --- Dokumen -------------------------------------------------------------------------


def test_pages_turn_and_the_address_follows(
    ask: Ask, home: Path, links: Links, follow: Follow
) -> None:
    number, count = long_document(home)
    at = ask("dokumen", id=str(number))
    turns = {"Halaman sebelumnya", "Halaman berikutnya"}
    assert turns & {label for label, _ in links(at)} == {"Halaman berikutnya"}
    follow(at, "Halaman berikutnya")
    assert address(at)["hal"] == ["2"]
    (box,) = (box for box in at.text_input if box.label == "Ke halaman")
    box.set_value(str(count)).run()
    assert address(at)["hal"] == [str(count)]
    assert turns & {label for label, _ in links(at)} == {"Halaman sebelumnya"}


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        ({"id": "999999"}, "tidak ada di basis"),
        ({"id": "satu"}, "tidak ada di basis"),
        ({}, "tidak ada di basis"),
    ],
)
def test_a_document_that_is_not_there_is_one_sentence(
    ask: Ask, parameters: dict[str, str], says: str
) -> None:
    at = ask("dokumen", **parameters)
    (warning,) = at.warning
    assert says in warning.value


def test_a_page_number_past_the_end_is_the_last_page(ask: Ask, home: Path) -> None:
    number, count = long_document(home)
    at = ask("dokumen", id=str(number), hal="4711")
    assert address(at)["hal"] == ["4711"]
    with open_kb(home) as base:
        last = base.document(number).pages[-1]
    assert at.text_input(key="go_page").value == (last.label or str(count))


def test_a_page_may_be_asked_for_by_its_printed_number_in_the_address(ask: Ask, home: Path) -> None:
    number, _ = long_document(home)
    with open_kb(home) as base:
        first, *_, last = base.document(number).pages
    for asked, page in ((str(last.label), last), ("XX-9", first)):
        at = ask("dokumen", id=str(number), hal=asked)
        assert at.text_input(key="go_page").value == page.label


def test_the_strip_turns_to_a_hit(ask: Ask, home: Path, follow: Follow) -> None:
    number, _ = long_document(home)
    with open_kb(home) as base:
        hits = base.document(number, query="provinsi").hit_pages
    at = ask("dokumen", id=str(number), q="provinsi")
    follow(at, f"Halaman {hits[-1]}: ")
    assert address(at)["hal"] == [str(hits[-1])]


# --- Indikator -------------------------------------------------------------------------


def test_indicators_narrow_by_year_and_agency(ask: Ask) -> None:
    def told(at: AppTest) -> str:
        return "".join(str(h.proto.body) for h in at.get("html"))

    assert "<th>2023</th>" in told(ask("indikator"))
    by_year = ask("indikator", tahun="2024", lembaga="DPUPR")
    assert re.findall(r"<h3>([^<]+)", told(by_year)) == ["Jalan Mantap "]
    assert by_year.text_input(key="ind_year").value == "2024"
    assert "<th>2023</th>" not in told(by_year)
    none = ask("indikator", tahun="1999")
    assert 'class="kb-series"' not in told(none)
    assert "Tanpa saringan tahun: " in told(none)


def test_indicators_of_several_years_and_agencies(ask: Ask, follow: Follow) -> None:
    at = ask("indikator")
    at.text_input(key="ind_year").set_value("2023 dan 2024").run()
    assert address(at)["tahun"] == ["2023", "2024"]
    at.text_input(key="ind_agency").set_value("DPUPR; Dinas Kesehatan").run()
    assert address(at)["lembaga"] == ["DPUPR", "Dinas Kesehatan"]
    follow(at, "Hapus saringan 2023")
    assert address(at)["tahun"] == ["2024"]
    assert at.text_input(key="ind_agency").value == "DPUPR; Dinas Kesehatan"


def test_a_pasted_paragraph_is_no_heading(ask: Ask) -> None:
    for pasted in ("jalan " * 60, "zamrud " * 60):
        assert max(len(line) for line in words(ask("cari", q=pasted)).splitlines()) < 300


def test_one_indicator_is_unfolded_by_the_address(ask: Ask, follow: Follow) -> None:
    at = ask("indikator")
    body = 'class="kb-series-body"'

    def told() -> str:
        return "".join(str(h.proto.body) for h in at.get("html"))

    assert told().count(body) == 1, "the first of a list is open"
    assert 'aria-expanded="true"' in told()
    at = follow(at, "Jalan Mantap")
    assert body not in told()
    assert address(at)["buka"] == ["-"]
    at = follow(at, "Jalan Mantap")
    assert told().count(body) == 1
    assert re.search(r'href="dokumen\?id=\d+&amp;hal=\d+&amp;q=', told()), (
        "each number has its page"
    )


def test_a_result_shows_the_table_row_it_is_about(ask: Ask) -> None:
    shown = "\n".join(str(h.body) for h in ask("cari", q="target jalan mantap 2024").get("html"))
    assert "Indikator: Jalan mantap | Satuan: persen | Target 2024: 95,00" in shown


def test_an_address_of_a_statement_that_is_not_here_says_so(ask: Ask) -> None:
    at = ask("dokumen", id="1", s="99999")
    assert "tidak ada (lagi) dalam dokumen ini" in all_html(at)
    assert "s" not in at.query_params
    assert "tidak ada (lagi)" not in all_html(ask("dokumen", id="1"))


# --- Banyak nama sekaligus --------------------------------------------------------------


def test_a_list_of_names_is_a_table_with_links_and_a_file(ask: Ask, home: Path) -> None:
    from kb.web.pages import banyak

    at = ask("banyak")
    at.session_state["many_given"] = {
        "text": "Sari Wulandari\nzamrud kencana\nSari Wulandary\nSARI WULANDARI\n---"
    }
    at.run()
    assert not at.exception
    told = all_html(at)
    assert "1 dari 3 baris" in told
    (left_out,) = (c.value for c in at.caption if "baris" in c.value)
    assert "1 baris sama" in left_out
    assert "1 baris tanpa huruf" in left_out
    assert "Nama yang mirip: <a" in told
    with open_kb(home) as base:
        asked = base.ask_many(["Sari Wulandari", "zamrud kencana"])
    table = banyak.export(asked, "https://arsip.example")
    assert {row[0] for row in table.rows} == {"Sari Wulandari", "zamrud kencana"}
    assert len(table.rows) == asked[0].documents + 1
    assert table.columns[0] == "Baris"
    link = table.rows[0][table.columns.index("Dokumen")]
    assert isinstance(link, Link)
    assert link.address.startswith("https://arsip.example/dokumen?id=")


def test_a_list_that_is_too_long_is_said_to_be(ask: Ask) -> None:
    at = ask("banyak")
    at.session_state["many_given"] = {"text": "\n".join(f"nama {n}" for n in range(5001))}
    at.run()
    (warning,) = at.warning
    assert "5.000 baris" in warning.value
