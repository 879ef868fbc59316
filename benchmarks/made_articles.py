"""Indonesian-like articles made by number: words by Zipf's law, invented officials."""

from __future__ import annotations

import random

from kb.catalog import TaggedDocument
from kb.catalog.fingerprint import signature, text_hash
from kb.model import (
    Description,
    EntityRef,
    Found,
    Mention,
    Page,
    SourceDocument,
    TagResult,
)

COMMON = [
    "yang",
    "dan",
    "di",
    "untuk",
    "dengan",
    "pada",
    "dari",
    "dalam",
    "ini",
    "itu",
    "akan",
    "tidak",
    "tahun",
    "kepada",
    "oleh",
    "sebagai",
    "juga",
    "pemerintah",
    "provinsi",
    "daerah",
    "masyarakat",
    "program",
    "kegiatan",
    "pembangunan",
    "pendidikan",
    "kesehatan",
    "jalan",
    "jembatan",
    "anggaran",
    "kinerja",
    "pelayanan",
    "kabupaten",
    "kota",
    "desa",
    "kecamatan",
    "dinas",
    "kepala",
    "gubernur",
    "wakil",
    "bupati",
    "warga",
    "petani",
    "nelayan",
    "pasar",
    "harga",
    "beras",
    "banjir",
    "sekolah",
    "puskesmas",
    "rumah",
    "sakit",
    "bantuan",
    "sosial",
    "kemiskinan",
    "stunting",
    "ekonomi",
    "investasi",
    "industri",
    "pelabuhan",
    "pariwisata",
    "lingkungan",
    "sampah",
    "air",
    "bersih",
    "irigasi",
    "listrik",
    "laporan",
    "rencana",
    "kerja",
    "jangka",
    "menengah",
    "indikator",
    "sasaran",
    "target",
    "realisasi",
    "persen",
    "meningkat",
    "menurun",
    "membuka",
    "meresmikan",
    "menyampaikan",
    "mengatakan",
    "menjelaskan",
    "berharap",
    "mendorong",
    "memperkuat",
    "koordinasi",
    "bersama",
]
SYLLABLES = [
    "ba",
    "be",
    "bi",
    "ka",
    "ke",
    "ki",
    "la",
    "le",
    "li",
    "ma",
    "me",
    "mu",
    "na",
    "ni",
    "nu",
    "pa",
    "pe",
    "ra",
    "ri",
    "sa",
    "se",
    "ta",
    "ti",
    "wa",
    "ja",
    "ga",
    "da",
]
FIRST = [
    "Raka",
    "Laras",
    "Bagus",
    "Sekar",
    "Danu",
    "Ratih",
    "Galih",
    "Wulan",
    "Tirta",
    "Kirana",
    "Bayu",
    "Melati",
]
LAST = ["Wiratama", "Kusumawati", "Hadiningrat", "Pranowo", "Sasmita", "Mulyawan", "Lestaningrum"]
PLACES = ["Serang", "Cilegon", "Lebak", "Pandeglang", "Tangerang"]
CODES = {"Serang": "36.73", "Cilegon": "36.72", "Lebak": "36.02", "Pandeglang": "36.01"}


class Writer:
    """Makes articles; the same number gives the same article."""

    def __init__(self, seed: int, vocabulary: int = 30_000) -> None:
        chance = random.Random(seed)
        made = {
            "".join(chance.choices(SYLLABLES, k=chance.randint(2, 5))) for _ in range(vocabulary)
        }
        self.words = COMMON + sorted(made)
        weights = (1 / (rank + 3) for rank in range(len(self.words)))
        total = 0.0
        self._ladder = [total := total + weight for weight in weights]
        self._seed = seed

    def draw(self, chance: random.Random, count: int) -> list[str]:
        """``count`` words by Zipf's law."""
        return chance.choices(self.words, cum_weights=self._ladder, k=count)

    def article(self, number: int, words: int = 200) -> tuple[str, str, int]:
        """Title, text and year."""
        chance = random.Random(f"{self._seed}-{number}")
        year = 2019 + number % 8
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        place = chance.choice(PLACES)
        body = self.draw(chance, words)
        sentences = [" ".join(body[at : at + 14]).capitalize() for at in range(0, words, 14)]
        opening = f"{place.upper()} - Gubernur Banten {name} hadir di Kota {place}"
        quote = f'"{sentences[0]}," ujar {name}'
        title = " ".join(chance.choices(self.words[:400], k=7)).title()
        return f"{title} {number}", ". ".join((opening, quote, *sentences)) + ".", year


def tagged(writer: Writer, number: int) -> TaggedDocument:
    """An article with the tags that are known because it was made so."""
    title, text, year = writer.article(number)
    place = text.split(" - ")[0].title()
    name = text.split("Banten ")[1].split(" hadir")[0]
    person = EntityRef("person:" + name.lower().replace(" ", "-"), "person", name)
    code = CODES.get(place, "36.71")
    where = EntityRef(f"place:{code}", "place", f"Kota {place}", authority=True)
    at = text.index(name)
    tags = TagResult(
        mentions=(
            Mention(0, len(place), text[: len(place)], "LOC", where.entity_id, "made"),
            Mention(at, at + len(name), name, "PER", person.entity_id, "made"),
        ),
        entities=(person, where),
    )
    source = SourceDocument(f"/made/{number}.txt", "text", title, (Page(1, text),))
    return TaggedDocument(
        source,
        Description(
            title=Found(title, "made"),
            date=Found(f"{year}-{1 + number % 12:02}-{1 + number % 28:02}", "made"),
            years=Found((year,), "made"),
            doc_type=Found("press_release", "made"),
        ),
        (tags,),
        text_hash=text_hash(source),
        signature=signature((text,)),
    )
