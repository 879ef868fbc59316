"""What an analyst comes to do."""

from __future__ import annotations

import io

from tasking.hand import Hand, Task, long_document, page_with_table


def figure_of_a_year(hand: Hand) -> None:
    hand.start()
    hand.menu("Indikator")
    hand.fill("Nama indikator", "stunting")
    hand.sees("tercapai")


def spreadsheet(hand: Hand) -> None:
    from openpyxl import load_workbook

    figure_of_a_year(hand)
    hand.click(".st-key-export button")
    file = hand.save(lambda: hand.button("Unduh XLSX"))
    sheet = load_workbook(io.BytesIO(file)).worksheets[0]
    assert "2024 target" in [cell.value for cell in sheet[1]]


def two_on_a_chart(hand: Hand) -> None:
    figure_of_a_year(hand)
    hand.click(hand.page.get_by_role("link", name="Bandingkan di satu grafik"))
    hand.fill("Nama indikator", "kemiskinan")
    hand.click(hand.page.get_by_role("link", name="Bandingkan di satu grafik"))
    assert hand.page.locator(".st-key-beside .kb-keys li").count() == 2
    file = hand.save(lambda: hand.click(".st-key-beside [data-chart=png]"))
    assert file.startswith(b"\x89PNG")


def where_documents_differ(hand: Hand) -> None:
    hand.start("indikator")
    hand.click(hand.page.get_by_text("Hanya yang berbeda antar dokumen"))
    hand.sees("angka yang berbeda antar dokumen")


def printed_page(hand: Hand) -> None:
    hand.start()
    hand.search("RPJMD 2025-2029")
    hand.click('.st-key-results a[href*="dokumen"]')
    hand.press("g")
    hand.page.keyboard.insert_text("II-25")
    hand.fields += 1
    hand.press("Enter")
    hand.sees("tercetak II-25")


def two_kinds_two_years(hand: Hand) -> None:
    hand.start()
    hand.search("anggaran")
    for facet in ("type", "type", "year", "year"):
        hand.click(f".st-key-facet_{facet} .kb-facet a:not([aria-current])")
    assert hand.page.locator(".st-key-chips .kb-chip").count() >= 4


def read_on(hand: Hand) -> None:
    hand.start(f"dokumen?id={long_document(hand)}&hal=30")
    hand.page.locator(".kb-figure img[src]").wait_for()
    hand.scroll(2400)
    assert int(hand.page.url.split("hal=")[1].split("&")[0]) > 31


def table_of_a_page(hand: Hand) -> None:
    hand.start(f"dokumen?id={long_document(hand)}&hal={page_with_table(hand)}")
    file = hand.save(lambda: hand.button("Unduh XLSX"))
    assert file.startswith(b"PK")


def trend_picture(hand: Hand) -> None:
    hand.start()
    hand.menu("Tren")
    hand.fill(hand.page.locator(".st-key-trend_add input"), "stunting, kemiskinan")
    file = hand.save(lambda: hand.click("[data-chart=svg]"))
    assert b"</svg>" in file


def cite_a_page(hand: Hand) -> None:
    hand.start(f"dokumen?id={long_document(hand)}&hal=30")
    hand.click(".st-key-cite button")
    hand.sees("hlm. II-25")


TASKS = (
    Task("A1", "the latest figure of an indicator, and whether it was reached", figure_of_a_year),
    Task("A2", "the same as a spreadsheet, years across", spreadsheet),
    Task("A3", "two indicators on one chart, as a picture for a report", two_on_a_chart),
    Task("A4", "figures on which documents disagree", where_documents_differ),
    Task("A5", "page II-25 of the RPJMD, by its printed number", printed_page),
    Task("A6", "what two kinds of documents of two years say of the budget", two_kinds_two_years),
    Task("A7", "reading on through three pages", read_on),
    Task("A8", "a table of a page as a spreadsheet", table_of_a_page),
    Task("A9", "how often two words occur, year by year, as a drawing", trend_picture),
    Task("A10", "a citation of a page", cite_a_page),
)
