"""What stands beside the words of a query decides between pages that all have them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kb.model import Passage
from kb.search.beside import FIRST, is_contents
from tests.search.conftest import Base

TITLE = "Laporan Keuangan Kota Kenanga Tahun 2019"
PROSE = """Belanja daerah disusun menurut kebijakan kota, dan belanja dibahas bersama DPRD.
Modal kerja usaha kecil bukan bagian dari belanja ini.

Penyertaan modal dibahas tersendiri.
"""
ROW = """Uraian | Anggaran | Realisasi
Belanja Pegawai | 2.710.447.817 | 2.282.664.576
Belanja Modal | 768.000.000 | 752.355.250
Belanja Barang dan Jasa | 1.736.055.000 | 1.478.143.014
"""
CONTENTS = "\n".join(
    f"Tabel 2.{n} Anggaran dan Realisasi Belanja Modal Tahun Anggaran 2019 ........... II-{n}"
    for n in range(1, 12)
)


def filled(base: Base, texts: Sequence[str], *, documents: int = 1) -> Base:
    base.put(
        *(
            Passage(number, number % documents + 1, number, text, title=TITLE, years=(2019,))
            for number, text in enumerate(texts, 1)
        )
    )
    base.engine.commit()
    return base


def first(base: Base, query: str) -> int:
    return base.ask(query).hits[0].passage_id


@pytest.mark.parametrize("query", ["belanja modal", "belanja modal kota kenanga 2019"])
def test_the_row_that_says_it_goes_before_its_words_here_and_there(empty: Base, query: str) -> None:
    assert first(filled(empty, [PROSE, ROW, "Jalan desa."]), query) == 2


def test_a_table_of_contents_goes_below_what_it_leads_to(empty: Base) -> None:
    base = filled(empty, [CONTENTS, "Realisasi belanja modal Rp752.355.250.", "Jalan desa."])
    assert [hit.passage_id for hit in base.ask("realisasi belanja modal 2019").hits] == [2, 1]


def test_a_number_beside_the_words_answers(empty: Base) -> None:
    said = "Cakupan imunisasi dasar lengkap bayi dibahas dalam rapat kerja dinas."
    told = "Cakupan imunisasi dasar lengkap bayi mencapai 93,4 persen pada rapat."
    assert first(filled(empty, [said, told, "Jalan desa."]), "cakupan imunisasi dasar bayi") == 2


def test_the_year_of_the_question_is_no_such_number(empty: Base) -> None:
    said = "Cakupan imunisasi dasar lengkap bayi tahun 2019 dibahas dalam rapat kerja."
    told = "Cakupan imunisasi dasar lengkap bayi tahun 2019 mencapai 93 persen rapat."
    base = filled(empty, [said, told, "Jalan desa."])
    assert first(base, "cakupan imunisasi dasar bayi 2019") == 2


def test_a_document_of_the_year_goes_first(empty: Base) -> None:
    text = "Jumlah kunjungan wisata tahun 2019 sebanyak 12.400 orang."
    empty.put(
        Passage(1, 1, 1, text, title="Laporan Wisata Kenanga", years=(2020,), date="2021-03-01"),
        Passage(2, 2, 1, text, title="Laporan Wisata Kenanga", years=(2019,), date="2020-03-01"),
    )
    empty.engine.commit()
    assert first(empty, "jumlah kunjungan wisata 2019") == 2


def test_regions_are_found_by_their_short_names(empty: Base) -> None:
    base = filled(empty, ["Visi Provinsi Jawa Barat.", "Visi Provinsi Jawa Timur."])
    assert [hit.passage_id for hit in base.ask("visi jabar").hits] == [1]


@pytest.mark.parametrize("group", [False, True])
def test_page_by_page_the_order_is_that_of_the_whole(empty: Base, group: bool) -> None:
    texts = [
        f"Belanja {'modal ' * (n % 4 + 1)}kota. {ROW if n % 5 == 0 else PROSE}" for n in range(40)
    ]
    base = filled(empty, texts, documents=20)

    def ids(limit: int, offset: int) -> list[int]:
        found = base.ask(
            "belanja modal", group=group, limit=limit, offset=offset, pages_per_document=2
        )
        assert len(found.pages_by_document) == (len(found.hits) // 2 if group else 0)
        return [hit.passage_id for hit in found.hits]

    whole = ids(20, 0)
    assert len(whole) == (40 if group else 20)
    for step in (1, 3, FIRST - 1, FIRST):
        parts = [ids(min(step, 20 - at), at) for at in range(0, 20, step)]
        assert [number for part in parts for number in part] == whole


def test_a_page_of_dots_is_a_table_of_contents() -> None:
    assert is_contents(CONTENTS)
    assert is_contents("\n".join(f"BAB {n} PENDAHULUAN . . . . . . . . . {n}" for n in range(9)))
    assert not is_contents(ROW)
    assert not is_contents(f"{PROSE * 4}\nNama: ..........")


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("realisasi belanja modal kenanga", [2, 1]),
        ("belanja modal kenanga", [1, 2]),
        ("target realisasi belanja modal kenanga", [1, 2]),
    ],
)
def test_what_was_done_is_told_by_a_report(empty: Base, query: str, wanted: list[int]) -> None:
    text = "Target dan realisasi belanja modal Kota Kenanga."
    kinds = ((1, "renstra"), (2, "lkjip"))
    empty.put(*(Passage(n, n, 1, text, title="Kota Kenanga", doc_type=kind) for n, kind in kinds))
    empty.engine.commit()
    assert [hit.passage_id for hit in empty.ask(query).hits] == wanted


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("NJOPTKP", "Nilai Jual Objek Pajak Tidak Kena Pajak ditetapkan sebesar Rp10.000.000."),
        ("subbag keuangan", "Sub Bagian Keuangan mempunyai tugas menyiapkan bahan."),
        ("anggota banggar", "Anggota Badan Anggaran terdiri atas unsur fraksi."),
        ("tgl pengundangan", "Tanggal pengundangan tercantum pada halaman akhir."),
        ("satpol", "Satuan Polisi Pamong Praja menegakkan peraturan."),
    ],
)
def test_short_forms_find_what_is_written_out(empty: Base, typed: str, text: str) -> None:
    assert first(filled(empty, ["Jalan desa.", text, "Pasar."], documents=3), typed) == 2
