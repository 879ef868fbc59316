"""What is written one way is found when it is typed another way, by every engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kb.model import Passage

from .conftest import Base, engines

SAME: dict[str, list[str]] = {
    "naik dua puluh persen tahun ini": ["20 persen", "20%"],
    "naik 20 persen tahun ini": ["20%", "20 %", "dua puluh persen"],
    "naik 20% tahun ini": ["20 persen"],
    "naik 12,5% tahun ini": ["12,5 persen"],
    "naik 12,5 persen tahun ini": ["12.5%"],
    "upacara 17 Agustus 2024 di alun-alun": [
        "17-08-2024",
        "17/8/2024",
        "2024-08-17",
        "17 agt 2024",
    ],
    "upacara (17/8/2024) di alun-alun": ["17 agustus 2024", "17 Agustus"],
    "upacara tanggal 17-08-2024": ["17 agustus 2024"],
    "anggaran Rp1,5 miliar untuk jalan": [
        "1.500.000.000",
        "Rp1.500.000.000",
        "1,5 milyar",
        "1,5 M",
        "Rp 1,5 miliar",
    ],
    "anggaran Rp1.500.000.000,00 untuk jalan": ["1,5 miliar"],
    "anggaran Rp 1.500.000.000 untuk jalan": ["Rp1.500.000.000"],
    "anggaran Rp250 juta untuk jalan": ["250.000.000"],
    "anggaran lima juta rupiah": ["5 juta"],
    "anggaran 5 juta rupiah": ["lima juta"],
    "jumlahnya 1.250 orang": ["1250"],
    "jumlahnya 1250 orang": ["1.250"],
    "jumlahnya seribu orang": ["1000"],
    "membaca bukunya di rumah": ["buku"],
    "membaca buku di rumah": ["bukunya"],
    "laksanakanlah program itu": ["laksanakan program"],
    "Undang-Undang Nomor 23": ["UU 23", "undang undang"],
    "UU Nomor 23": ["undang undang"],
    "Sekretaris Daerah hadir": ["sekda"],
    "Sekda hadir": ["sekretaris daerah"],
    "Kepala Dinas Kesehatan hadir": ["kadinkes"],
    "Kadinkes hadir": ["kepala dinas kesehatan"],
    "Dinas Pendidikan dan Kebudayaan": ["dindik"],
    "Dinas Perhubungan": ["dishub"],
    "Rumah Sakit Umum Daerah": ["RSUD"],
    "wali kota hadir": ["walikota"],
    "sepanjang 7 kilometer": ["7 km"],
    "sepanjang 7 km": ["7 kilometer"],
    "luas 40 hektare": ["40 ha", "40 hektar"],
    "di Kab. Lebak": ["kabupaten lebak"],
    "di Kabupaten Lebak": ["kab lebak"],
    "di Kecamatan Cipanas": ["kec cipanas"],
    "di Provinsi Banten": ["prov banten"],
    "Nomor 4 Tahun 2023": ["no 4 thn 2023"],
    "Jalan Veteran": ["jl veteran"],
    "anak-anak bermain": ["anak"],
    "anak bermain": ["anak-anak"],
    "buku-buku pelajaran": ["buku2"],
    "rapat triwulan II tahun ini": ["triwulan 2"],
    "rapat triwulan kedua tahun ini": ["triwulan II"],
    "rapat triwulan 2 tahun ini": ["triwulan kedua"],
    "tahap ke-2 dimulai": ["tahap kedua"],
    "tahap kedua dimulai": ["tahap ke-2"],
    "isi Bab IV laporan": ["bab 4"],
    "pegawai non-ASN diangkat": ["non asn", "nonasn"],
    "kerja sama daerah": ["kerjasama daerah"],
    "kerjasama daerah": ["kerja sama daerah"],
    "tanggung jawab bersama": ["tanggungjawab bersama"],
    "pascabencana gempa": ["pasca bencana"],
    "bantuan pasca bencana": ["pascabencana"],
    "antardaerah tertinggal": ["antar daerah"],
    "olahraga pelajar": ["olah raga"],
    "subkegiatan pembinaan": ["sub kegiatan"],
    "analisis data": ["analisa data"],
    "Provinsi Banten": ["propinsi banten"],
    "aktivitas warga": ["aktifitas warga"],
    "risiko bencana": ["resiko bencana"],
    "izin usaha": ["ijin usaha"],
    "kualitas udara": ["kwalitas udara"],
    "utang daerah": ["hutang daerah"],
    "hari Jumat pagi": ["jum'at"],
    "praktik baik": ["praktek baik"],
    "objek wisata": ["obyek wisata"],
    "November 2024": ["nopember 2024"],
    "mengimbau warga": ["menghimbau warga"],
    "teknologi e-government": ["egovernment"],
    "dana sebesar Rp1,5 triliun": ["1,5 T"],
    "tahun anggaran 2024": ["TA 2024"],
}
"""What a page says, and ways to ask for it."""

APART = [
    ("naik dua puluh persen tahun ini", "25 persen"),
    ("anggaran Rp1,5 miliar untuk jalan", "15 miliar"),
    ("anggaran Rp1,5 miliar untuk jalan", "1,5 triliun"),
    ("upacara 17 Agustus 2024 di alun-alun", "18-08-2024"),
    ("upacara (17/8/2024) di alun-alun", "8 Juli"),
    ("rapat triwulan II tahun ini", "triwulan 3"),
    ("santri mengaji", "antre"),
    ("hasil kehutanan rakyat", "utang"),
    ("salah satu desa", "1"),
    ("bendera setengah tiang", "0,5"),
    ("gedung 5 m dari jalan", "5.000.000.000"),
]

TEXTS = [*SAME, *(text for text, _ in APART if text not in SAME)]


@pytest.fixture(scope="module", params=engines())
def written(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    make_base: Callable[[str, Path], Base],
) -> Base:
    base = make_base(request.param, tmp_path_factory.mktemp("bentuk"))
    texts = dict.fromkeys(TEXTS)
    base.put(*(Passage(n, n, 1, f"{text}.") for n, text in enumerate(texts, 1)))
    base.engine.commit()
    return base


def _finds(base: Base, query: str, text: str) -> bool:
    result = base.ask(query, limit=100)
    number = list(dict.fromkeys(TEXTS)).index(text) + 1
    return not result.relaxed and number in {hit.passage_id for hit in result.hits}


@pytest.mark.parametrize(
    ("text", "query"), [(t, q) for t, queries in SAME.items() for q in queries]
)
def test_another_form_is_found(written: Base, text: str, query: str) -> None:
    assert _finds(written, query, text)


@pytest.mark.parametrize(("text", "query"), APART)
def test_another_thing_is_not(written: Base, text: str, query: str) -> None:
    assert not _finds(written, query, text)


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("20 persen", "Naik dua puluh persen.", ["dua puluh", "persen"]),
        ("dua puluh persen", "Naik 20% dari 5%.", ["20%", "%"]),
        ("1.500.000.000", "Anggaran Rp1,5 miliar.", ["Rp1,5 miliar"]),
        ("Agustus 2024", "Jumat (9/8/2024).", ["9/8/2024"]),
        ("kerjasama", "Kerja sama daerah.", ["Kerja sama"]),
        ("olah raga", "Olahraga pagi.", ["Olahraga"]),
        ("resiko", "Risiko dan beresiko.", ["Risiko", "beresiko"]),
        ("2024", "Dua ribu dua puluh empat, 2024.", ["2024"]),
    ],
)
def test_other_forms_are_marked(written: Base, query: str, text: str, marked: list[str]) -> None:
    spans = written.engine.match_spans(query, text)
    assert [text[start:end] for start, end in spans] == marked
