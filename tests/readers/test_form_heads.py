"""The head of a form: its fields keep their lines, its box is no row of the table below."""

from __future__ import annotations

from kb.readers.layout import Line, Word, compose
from kb.readers.pdf.chars import Edge
from kb.readers.pdf.grid import find_grids


def _none(last: str, text: str) -> str | None:
    return None


def test_a_label_begins_a_line_of_its_own() -> None:
    lines = [
        Line("DESA", 42, 73, 61, 79),
        Line(": PEMERINTAH DESA KARANGSARI", 124, 73, 270, 79),
        Line("KECAMATAN", 42, 87, 86, 93),
        Line(": KECAMATAN TODANAN", 124, 87, 207, 93),
        Line("PROVINSI : JAWA TENGAH", 42, 101, 270, 107),
    ]
    assert compose(lines, _none).split("\n") == [
        "DESA : PEMERINTAH DESA KARANGSARI",
        "KECAMATAN : KECAMATAN TODANAN",
        "PROVINSI : JAWA TENGAH",
    ]


def test_a_title_over_two_lines_flows_together() -> None:
    lines = [
        Line("RENCANA PROGRAM DAN KEGIATAN SERTA", 100, 73, 400, 85),
        Line("PENDANAAN INDIKATIF", 180, 87, 320, 99),
    ]
    assert compose(lines, _none) == "RENCANA PROGRAM DAN KEGIATAN SERTA PENDANAAN INDIKATIF"


def _words(text: str, x: float, top: float) -> list[Word]:
    found = []
    for piece in text.split():
        found.append(Word(piece, x, top, x + 5 * len(piece), top + 8))
        x += 5 * len(piece) + 4
    return found


def _box(x0: float, top: float, x1: float, bottom: float) -> list[Edge]:
    return [
        Edge(x0, top, x1, top),
        Edge(x0, bottom, x1, bottom),
        Edge(x0, top, x0, bottom),
        Edge(x1, top, x1, bottom),
    ]


def _table(head: list[str]) -> tuple[list[Edge], list[Word]]:
    edges, words = _box(40, 40, 440, 100), []
    for number, line in enumerate(head):
        words += _words(line, 60, 44 + 14 * number)
    for row, cells in enumerate([("Kode", "Uraian"), ("5", "Belanja"), ("6", "Pembiayaan")]):
        top = 100 + 20 * row
        edges += _box(40, top, 140, top + 20) + _box(140, top, 440, top + 20)
        words += _words(cells[0], 45, top + 6) + _words(cells[1], 145, top + 6)
    return edges, words


def test_a_box_of_lines_above_the_columns_is_the_head_of_the_page() -> None:
    edges, words = _table(
        ["PEMERINTAH PROVINSI LAMPUNG", "LAPORAN REALISASI", "SKPD : Dinas Sosial"]
    )
    grids, rest = find_grids(edges, words)
    assert [grid.rows[0] for grid in grids] == [("Kode", "Uraian")]
    assert {word.text for word in rest} >= {"PEMERINTAH", "LAPORAN", "SKPD"}


def test_one_line_above_the_columns_is_their_caption_and_stays() -> None:
    edges, words = _table(["BELANJA MENURUT JENIS"])
    grids, rest = find_grids(edges, words)
    assert len(grids[0].rows) == 4
    assert rest == []
