"""Posts that were taken away, held one after the other, or are known from elsewhere in the text;
every sentence is our own."""

from __future__ import annotations

import pytest

from kb.nlp.language import make_nlp
from kb.nlp.offices import find_offices
from tests.nlp.marked import unmark

NLP = make_nlp()

Row = tuple[str, str, str | None, str]

CASES: list[tuple[str, list[Row]]] = [
    # taken away
    (
        "{O:DKPP} mencopot {P:Yosia Labar} dari kursi Ketua {O:KPU Kepulauan Aru}.",
        [("Yosia Labar", "Ketua", "KPU Kepulauan Aru", "mantan")],
    ),
    (
        "{P:Rudi Hartono} dicopot dari jabatannya sebagai Kepala {O:Dinas Kesehatan Lebak}.",
        [("Rudi Hartono", "Kepala Dinas", "Dinas Kesehatan Lebak", "mantan")],
    ),
    (
        "Warga meminta {P:Rudi Hartono} pulang dari kantor Camat {L:Curug}.",
        [],
    ),
    # a stop ends the sentence before the next name
    (
        "{O:BK} mencopot {P:Sahrul Lahai} dari kursi Ketua {O:DPRD}. {P:Rusman} menilai itu adil.",
        [("Sahrul Lahai", "Ketua", "DPRD", "mantan")],
    ),
    # who holds it is said behind a verb, past the years
    (
        "Kepala Desa {L:Tarus} periode 2019 s/d 2025 adalah {P:Linus Petrus}.",
        [("Linus Petrus", "Kepala Desa", "Tarus", "definitif")],
    ),
    (
        "Kepala Desa pertama dijabat oleh bapak {P:Linus Petrus}.",
        [("Linus Petrus", "Kepala Desa", None, "definitif")],
    ),
    ("Syarat menjadi Kepala Desa adalah setia kepada {P:Linus Petrus}.", []),
    # one after the other
    (
        "Nama-nama Kepala Desa {L:Tarus} yang pernah memegang jabatan:\n\n1966 s/d 1969 dijabat "
        "oleh {P:Tobias Lakap}\n\n1969 s/d 1970 dijabat oleh {P:Bernard Nifu}",
        [
            ("Tobias Lakap", "Kepala Desa", "Tarus", "definitif"),
            ("Bernard Nifu", "Kepala Desa", "Tarus", "definitif"),
        ],
    ),
    # a director's field tells a ministry from a company
    (
        "Direktur Pelayanan Kesehatan Rujukan, {P:Lukita Anjar} menerangkan.",
        [("Lukita Anjar", "Direktur Pelayanan Kesehatan Rujukan", None, "definitif")],
    ),
    ("Direktur Pemasaran Wilayah, {P:Lukita Anjar} menerangkan.", []),
    # a number with a point, wider places, a suspended head
    (
        "serta Kasubdit Wilayah I.2, {P:Parlind}.",
        [("Parlind", "Kasubdit Wilayah I.2", None, "definitif")],
    ),
    (
        "Ketua RT 07, {L:Kelurahan Way Lunik}, {L:Bandar Lampung}, {P:Sapto Hadi}, menolak.",
        [("Sapto Hadi", "Ketua RT", "RT 07", "definitif")],
    ),
    (
        "Kepala {O:Dinas PUPR Ende} nonaktif {P:Beni Jehadu} diperiksa.",
        [("Beni Jehadu", "Kepala Dinas", "Dinas PUPR Ende", "definitif")],
    ),
    # a bare head is of his own region, or of the one whose town hall is named
    (
        "Hadir Bupati {L:Flores Timur}. Bupati {L:Lembata}, {P:Kanis Lamak}, berpidato. "
        "Bupati {P:Kanis} pulang.",
        [
            ("Kanis Lamak", "Bupati", "Lembata", "definitif"),
            ("Kanis", "Bupati", "Lembata", "definitif"),
        ],
    ),
    (
        "Di {L:Kantor Wali Kota Bontang} Wakil Wali Kota {P:Siti Amir} memimpin apel.",
        [("Siti Amir", "Wakil Wali Kota", "Bontang", "definitif")],
    ),
    (
        "Hadir Sekretaris Daerah {L:Kota Bontang} {P:Ikhsan Budi}. Wali Kota {P:Eri Amir} bicara.",
        [
            ("Ikhsan Budi", "Sekretaris Daerah", "Kota Bontang", "definitif"),
            ("Eri Amir", "Wali Kota", "Bontang", "definitif"),
        ],
    ),
    (
        "{O:Pemerintah Kota (Pemkot) Bontang} siap. Wali Kota {P:Eri Amir} bicara.",
        [("Eri Amir", "Wali Kota", "Bontang", "definitif")],
    ),
    # two posts of one body
    (
        "Plt. Deputi Bidang Usaha Mikro sekaligus Deputi Bidang Kewirausahaan "
        "{O:Kementerian UMKM}, {P:Riza Daman}, hadir.",
        [
            ("Riza Daman", "Plt. Deputi Bidang Usaha Mikro", "Kementerian UMKM", "Plt"),
            ("Riza Daman", "Deputi Bidang Kewirausahaan", "Kementerian UMKM", "definitif"),
        ],
    ),
]


@pytest.mark.parametrize(("marked", "expected"), CASES)
def test_who_held_and_holds_a_post(marked: str, expected: list[Row]) -> None:
    text, mentions = unmark(marked)
    found = find_offices(NLP.make_doc(text), mentions)
    assert [(o.name, o.role, o.institution, o.status) for o in found] == expected
