"""Queries that could be hard on a search engine, for the tests and ``benchmarks/typed.py``."""

from __future__ import annotations

import random

HARD = {
    "letters": "a" * 100_000,
    "words": "jalan rusak di desa " * 5_000,
    "star": "*",
    "stars": "* " * 800,
    "every word": "a*",
    "middle": "*a*a*a*a*a*a*a*b",
    "question marks": "?a?" * 300,
    "near": '"jalan rusak"~99999',
    "near many": '"' + "jalan jembatan gubernur melati pajak daerah " * 20 + '"~50',
    "ors": " ATAU ".join(f"kata{i}" for i in range(500)),
    "prefixes": " ATAU ".join(f"{a}*" for a in "abcdefghijklmnopqrstuvwxyz" * 4),
    "fuzzy": " ".join(f"jambatan{i}~2" for i in range(200)),
    "long fuzzy": "pertanggungjawaban" * 100 + "~2",
    "open brackets": "(" * 1_000 + "jalan",
    "brackets": "(" * 1_000 + "jalan" + ")" * 1_000,
    "nots": "BUKAN " * 500 + "jalan",
    "minuses": "-" * 3_000 + "jalan",
    "quotes": '"' * 3_001,
    "nested fields": "judul:(" * 400 + "jalan",
    "digits": "1" * 3_000,
    "years": "tahun:0000..9999 tahun:99999 tahun:>=2020 tahun:<" * 30,
    "dates": "31/12/2024 " * 300,
    "slashes": "/" * 3_000,
    "code": "1/" * 2_000,
    "dots": "a.b." * 1_000,
    "joiners": "a-/.,&'" * 500,
    "combining": "a" + "\u0301" * 5_000,
    "invisible": "ja\u200blan" * 500,
    "spaces": " " * 5_000 + "jalan",
    "nul": "\x00" * 3_000,
    "surrogate": "jalan \ud800 rusak",
    "emoji": "😀" * 2_000,
    "percent": "%s%n{}" * 500,
    "paragraph": 'Gubernur Melati, Sari Wulan, meresmikan (lagi) jembatan "Kenanga" - katanya: '
    "'jalan rusak/berlubang' 20% lebih; lihat https://contoh.example/?a=1&b=2#c. " * 12,
    "right to left": "\u202eنالج جلن\u202c jalan \u200f" * 100,
    "sql": "'; DROP TABLE documents; -- jalan' OR '1'='1" * 20,
    "regex": "(?:jalan|rusak)+[a-z]{2,}^$\\b.*?" * 50,
    "five hundred brackets": "(jalan OR " * 500 + "rusak" + ")" * 500,
    "three hundred alternatives": " OR ".join(f"jalan{i}" for i in range(300)),
    "hyphens": "a-" * 900 + "b",
    "numbers in words": "dua puluh satu juta tiga ratus ribu " * 60,
    "number in words without end": "ribu juta ribu dua koma " * 80,
    "joined": "pembangunan" * 180,
    "bound": "antar pasca non sub " * 90,
}

PIECES = [
    "jalan", "rusak", "Perda", "4/2023", "COVID-19", "2024", "a", "é", "-", "--", "*", "?", "~",
    "~2", "~99", '"', "“", "”", "(", ")", ":", "judul:", "tahun:", "tahun:2024..", "tanggal:",
    "lembaga:", "tokoh:", "jenis:", "DAN", "ATAU", "BUKAN", "OR", "&&", "||", "..", ">=", "<", "/",
    ".", ",", "'", "\t", "\n", "\x00", "\u00ad", "4 Januari 2024", "31/02/2024", "jal*", "j?lan",
    "jallan~", "%", "\\",
]  # fmt: skip


def typed(seed: int) -> str:
    """Pieces of the query language in any order."""
    chance = random.Random(seed)
    glue = chance.choice(["", " ", " ", "  "])
    return glue.join(chance.choice(PIECES) for _ in range(chance.randint(1, 25)))
