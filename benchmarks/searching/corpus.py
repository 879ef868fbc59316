"""Generated passages and queries: the same for the same seed."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator

import numpy as np

from kb.model import Filters, Passage

WORDS_PER_PAGE = 300
PAGES_PER_DOCUMENT = 20
FUNCTION_WORDS = re.findall(
    r"\w+",
    """yang dan di dengan untuk pada dalam dari ini itu ke oleh sebagai tahun daerah
pemerintah provinsi kabupaten kota program kegiatan pembangunan anggaran kinerja masyarakat
pelayanan target indikator persen rencana urusan dinas badan sasaran capaian realisasi
""",
)
AFFIXES = ("{}", "me{}", "di{}", "pe{}an", "ke{}an", "{}kan", "{}nya", "ber{}", "ter{}", "{}i")


Asked = tuple[str, str, Filters]
"""Kind, query, filters."""


class Corpus:
    """``count`` passages, about 300 words each, 20 to a document, words by Zipf's law."""

    def __init__(self, count: int, seed: int = 7) -> None:
        from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary  # noqa: F401
        from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

        self.count = count
        self.random = random.Random(seed)
        self.numbers = np.random.default_rng(seed)
        roots = sorted(w for w in StemmerFactory().get_words() if w.isalpha() and len(w) > 3)
        self.random.shuffle(roots)
        words = list(FUNCTION_WORDS)
        for affix, root in zip(itertools.cycle(AFFIXES), roots, strict=False):
            words.append(affix.format(root))
        words += [affix.format(r) for r in roots for affix in AFFIXES[1:4]][: 60_000 - len(words)]
        words += [str(n) for n in range(1, 2_000)]
        words += [f"{n}/{y}" for n in range(1, 60) for y in range(2015, 2027)]
        self.words = list(dict.fromkeys(words))
        ranks = np.arange(1, len(self.words) + 1, dtype=float)
        weights = 1 / (ranks + 2.0)
        self._chances = np.cumsum(weights / weights.sum())
        self._array = np.asarray(self.words, dtype=object)

    def _draw(self, count: int) -> list[str]:
        rows = np.searchsorted(self._chances, self.numbers.random(count))
        found: list[str] = self._array[np.minimum(rows, len(self.words) - 1)].tolist()
        return found

    def passages(self) -> Iterator[Passage]:
        """All passages, page after page."""
        rng = self.numbers
        for number in range(1, self.count + 1):
            document = (number - 1) // PAGES_PER_DOCUMENT + 1
            page = (number - 1) % PAGES_PER_DOCUMENT + 1
            if page == 1:
                title = " ".join(["Dokumen", *self._draw(6), str(2015 + document % 12)])
                year = 2015 + document % 12
                issuer = f"institution:i{int(rng.zipf(1.5)) % 60}"
                kind = f"type{document % 15}"
                date = f"{year}-{1 + document % 12:02d}-{1 + document % 28:02d}"
            length = int(rng.normal(WORDS_PER_PAGE, 60))
            words = self._draw(max(20, length))
            if rng.random() < 0.3:  # a phrase people would quote
                words[5:5] = ["pendapatan", "asli", "daerah"]
            yield Passage(
                passage_id=number,
                document_id=document,
                page=page,
                text=" ".join(words),
                title=title,
                section=f"BAB {1 + page // 4}",
                doc_type=kind,
                years=(year, year + 1),
                institution=issuer,
                officials=tuple(f"person:p{int(x) % 2000}" for x in rng.zipf(1.4, 2)),
                places=tuple(f"place:{int(x) % 500}" for x in rng.zipf(1.4, 2)),
                date=date,
            )

    def queries(self, count: int = 200) -> list[Asked]:
        """The mixed load: kinds in turn."""
        rng = self.random
        common, middle = self.words[36:400], self.words[200:4000]
        kinds = ("term", "and", "or", "phrase", "near", "prefix", "fuzzy", "filter")
        found = []
        for kind, _ in zip(itertools.cycle(kinds), range(count), strict=False):
            a, b, c = rng.choice(common), rng.choice(middle), rng.choice(middle)
            filters = Filters()
            if kind == "term":
                query = rng.choice((a, b))
            elif kind == "and":
                query = f"{a} {b}"
            elif kind == "or":
                query = f"{a} ATAU {b} ATAU {c}"
            elif kind == "phrase":
                query = rng.choice(('"pendapatan asli daerah"', f'"{a} {rng.choice(common)}"'))
            elif kind == "near":
                query = f'"{a} {rng.choice(common)}"~8'
            elif kind == "prefix":
                query = f"{b[:4]}*"
            elif kind == "fuzzy":
                query = f"{b[:-1]}x~" if len(b) > 4 else f"{a}~"
            else:
                query = f"{a} {rng.choice(FUNCTION_WORDS[14:])}"
                filters = Filters(years=(2020, 2021), institutions=("institution:i1",))
            found.append((kind, query, filters))
        return found
