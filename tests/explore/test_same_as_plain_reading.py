"""Statements by words: what is found without reading every text is what reading them finds."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import plain_reading
import pytest
from made_base import Doc, add

from kb.catalog.reading.statements import StatementFilter, statement_keys
from kb.config import Settings
from kb.explore import KnowledgeBase, open_kb
from kb.explore.statements import matching
from kb.explore.views import StatementView
from kb.ingest import rebuild
from kb.model import Sort
from kb.search import parse
from kb.search.clues import clues
from kb.search.matching import Matcher

TEXT = """anggaran penganggaran menganggarkan jalan menjalankan perjalanan dijalani kabupaten
pendidikan mendidik didikan kesehatan sehat menyehatkan masyarakat bermasyarakat memasyarakat air
bersih pembersihan kebersihan dinas dinkes bappeda apbd penulis menulis tulisan ditulisnya tangan
penanganan tangani pemerintah pemerintahan pemerintahnya perintah penduduk kependudukan
penduduknya resiko berisiko risiko analisa menganalisis praktek dipraktikkan izin perijinan
kinerja pekerja buku-buku undang-undang COVID-19 covid-19 Jum'at jumat Qur’an Al-Qur'an kafé café
resume résumé Rp1.500.000 1500000 1.500.000,00 2.024 2024 2025-2029 4/2023 PMK.07/2023 10% persen
persentase ﬁskal ﬁlm Ａｎｇｇａｒａｎ an\u00adggaran kese\u200bhatan №5 ½ yang dan di stunting
stuntng vaksinasi tervaksin memperoleh memeroleh gemetar getar sarana prasarana Banten Serang"""
WORDS = re.split(r"\s", TEXT)
LONG = (
    "Badan Perencanaan Pembangunan Daerah",
    "Anggaran Pendapatan dan Belanja Daerah",
    "dinas kesehatan",
    "air bersih",
    "jalan kabupaten",
    "kesehatan masyarakat",
    "rumah “sakit” – jalan…",
    "‘air’ bersih",
)
QUERIES = """anggaran
jalan
jalan kabupaten
kesehatan masyarakat
air bersih
pendidikan
tulis
tangan
penduduk
kependudukan
pemerintah
perintah
risiko
resiko
analisis
praktik
izin
jumat
Jum'at
quran
cafe
café
fiskal
COVID-19
covid 19
1500000
1.500.000
1500.000
2024
2.024
2025-2029
4/2023
PMK.07/2023
persen
10 persen
10%
yang
yang jalan
yang dan di
Ａｎｇｇａｒａｎ
bappeda
Badan Perencanaan Pembangunan Daerah
badan perencanaan pembangunan daerah jalan
apbd
anggaran pendapatan belanja daerah
dinkes
dinas kesehatan
buku
buku-buku
undang-undang
getar
oleh
"air bersih"
"bersih air"
"jalan kabupaten"
"rumah sakit"
"jalan bersih"~5
"air sehat"~3
"anggaran"
"yang"
anggaran -jalan
-jalan
-yang
anggaran NOT (jalan ATAU air)
jalan DAN air
anggaran ATAU air
"air bersih" ATAU covid-19
anggaran ATAU -jalan
(jalan ATAU air) (bersih ATAU kabupaten)
(anggaran pendapatan) ATAU stuntin~
vaksin*
*didik*
tul*
per?en
resik*
risik*
prakti*
15*
pen*ik
an?garan
kependudu*
stunting~
anggarn~2
tulis~
jalan~ air
Sari jalan
Tono
tahun:2023 jalan
tahun:2023 -jalan
-jalan -tahun:2023
jalan tahun:2023 -air
tahun:2020..2022
judul:laporan anggaran
judul:laporan -anggaran
bagian:bab
tokoh:person:nobody jalan
jenis:rkpd jalan
jalan ATAU tahun:2023
№5
½
helikopter jalan
()
""".splitlines()


def _docs(count: int) -> list[Doc]:
    chance = random.Random(11)
    docs = []
    for number in range(count):
        said = []
        for _ in range(chance.randint(1, 4)):
            words = chance.choices(WORDS, k=chance.randint(1, 9))
            words += chance.sample(LONG, k=chance.choice((0, 0, 1)))
            chance.shuffle(words)
            text = " ".join(w.upper() if chance.random() < 0.1 else w for w in words)
            who = chance.choice(
                ("person:sari-wulandari", "person:tono-raharja", "warga", "wargá", "ma'ruf")
            )
            said.append(f"{{direct {who} kata|{text}}}")
        docs.append(
            Doc(
                f"{number}.html",
                chance.choice(("Laporan jalan", "Berita anggaran", "Siaran")) + f" {number}",
                (" Lalu ".join(said), "Anggaran jalan dan air bersih."),
                f"{2020 + number % 5}-0{1 + number % 9}-17",
                doc_type=chance.choice(("rkpd", "press_release")),
                sections=("BAB I", ""),
            )
        )
    return docs


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    home = tmp_path_factory.mktemp("plain")
    settings = Settings(home / "index")
    add(settings, _docs(100), home)
    rebuild(settings)
    with open_kb(settings) as opened:
        yield opened


Place = tuple[int, int]


def _pages(base: KnowledgeBase, query: str) -> set[Place]:
    """Pages that a search finds with all words."""
    found = base.search(query, limit=1000)
    return set() if found.relaxed else {(h.document_id, h.page) for h in found.hits}


def _without_words_denied(query: str) -> str | None:
    """The same query without the words it denies, by hand for those in ``QUERIES``."""
    return {
        "tahun:2023 -jalan": "tahun:2023",
        "-jalan -tahun:2023": "-tahun:2023",
        "jalan tahun:2023 -air": "jalan tahun:2023",
        "judul:laporan -anggaran": "judul:laporan",
        "anggaran -jalan": None,
        "-jalan": None,
        "-yang": None,
        "anggaran NOT (jalan ATAU air)": None,
        "anggaran ATAU -jalan": None,
    }.get(query, query)


@pytest.fixture(scope="module")
def everything(base: KnowledgeBase) -> dict[str, tuple[StatementView, ...]]:
    """All statements in both orders."""
    orders: tuple[Sort, ...] = ("newest", "oldest")
    return {o: base.statements(limit=1000, sort=o, fold=False).statements for o in orders}


@pytest.mark.parametrize("query", QUERIES)
def test_found_is_what_plain_reading_finds(
    base: KnowledgeBase, everything: dict[str, tuple[StatementView, ...]], query: str
) -> None:
    held = {
        s.statement_id
        for s in everything["newest"]
        if plain_reading.matches(query, f"{s.text}\n\n{s.speaker}")
    }
    with base._sources.read() as connection:
        asked = clues(parse(query).root)
        rows = statement_keys(connection, StatementFilter(), "newest", clues=asked)
    assert held <= {row[1] for row in rows}, asked
    pages = _without_words_denied(query)
    on = None if pages is None else _pages(base, pages)
    for order, statements in everything.items():
        expected = [
            s.statement_id
            for s in statements
            if s.statement_id in held and (on is None or (s.document_id, s.page) in on)
        ]
        with base._sources.read() as connection:
            found = matching(base._sources, connection, query, StatementFilter(), order)
        assert list(found.ids) == expected


def test_the_queries_find_something(base: KnowledgeBase) -> None:
    nothing = [q for q in QUERIES if not base.statements(q, limit=0).total]
    assert len(nothing) < len(QUERIES) / 8, nothing


def test_clues_leave_most_out() -> None:
    assert Matcher("anggaran").clues
    assert Matcher("jalan kabupaten").clues
    assert Matcher('"air bersih"').clues == (("air",), ("bersih",))
    assert Matcher("vaksin*").clues
    assert not Matcher("-jalan").clues
    assert not Matcher("anggaran ATAU -jalan").clues
    assert not Matcher("tahun:2023").clues


@pytest.mark.parametrize("query", [q for q in QUERIES if q])
def test_the_matcher_reads_as_plainly(query: str) -> None:
    chance = random.Random(5)
    matcher = Matcher(query)
    for _ in range(100):
        text = " ".join(chance.choices([*WORDS, *LONG], k=chance.randint(1, 12)))
        assert matcher.matches(text) is plain_reading.matches(query, text), text
