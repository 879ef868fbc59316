"""Speed of search at size: our engines beside SQLite FTS5, same passages, same queries.

    python benchmarks/search.py --passages 100000 --engines whoosh,fts5,tantivy

Passages are generated: words of the Indonesian root list with affixes, drawn by Zipf's
law, about 300 to a page, with officials, places, institutions, types and years as on a
real base. The load is mixed: single terms, AND, OR, phrases, NEAR, prefixes, fuzzy words,
filters; each query asks for the top 10 with snippets and the counts of all facets over all
hits. Times are milliseconds on this machine; compare columns of one run, not runs.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import re
import sqlite3
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil

from kb.config import Settings
from kb.model import Filters, Passage
from kb.search import open_engine
from kb.search.engine import SearchRequest

WORDS_PER_PAGE = 300
PAGES_PER_DOCUMENT = 20
BATCH = 20_000
FUNCTION_WORDS = re.findall(
    r"\w+",
    """yang dan di dengan untuk pada dalam dari ini itu ke oleh sebagai tahun daerah
pemerintah provinsi kabupaten kota program kegiatan pembangunan anggaran kinerja masyarakat
pelayanan target indikator persen rencana urusan dinas badan sasaran capaian realisasi
""",
)
AFFIXES = ("{}", "me{}", "di{}", "pe{}an", "ke{}an", "{}kan", "{}nya", "ber{}", "ter{}", "{}i")


class Corpus:
    """Generated passages; the same for the same seed."""

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

    def _draw(self, count: int) -> list[str]:
        rows = np.searchsorted(self._chances, self.numbers.random(count))
        return [self.words[min(int(r), len(self.words) - 1)] for r in rows]

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

    def queries(self, count: int = 200) -> list[tuple[str, str, Filters]]:
        """(kind, query, filters): as many of each kind as the mixed load has."""
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


def database(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, check_same_thread=False)
    connection.execute("pragma journal_mode=wal")
    connection.execute("pragma synchronous=off")
    return connection


class Fts5:
    """SQLite FTS5 with facets counted in SQL, the usual way to do without an engine."""

    name = "fts5 + SQL facets"

    def __init__(self, path: Path) -> None:
        self.db = database(path)
        self.db.executescript(
            """
            create table if not exists passages (id integer primary key, document integer,
                page integer, date text, type text, institution text);
            create table if not exists facets (name text, passage integer, value text);
            create virtual table if not exists words using fts5(title, section, text,
                tokenize='unicode61', prefix='3 4');
            """
        )

    def build(self, passages: Iterator[Passage]) -> None:
        for batch in iter(lambda: list(itertools.islice(passages, 5000)), []):
            self.db.executemany(
                "insert into passages values (?,?,?,?,?,?)",
                [
                    (p.passage_id, p.document_id, p.page, p.date, p.doc_type, p.institution)
                    for p in batch
                ],
            )
            self.db.executemany(
                "insert into words(rowid, title, section, text) values (?,?,?,?)",
                [(p.passage_id, p.title, p.section, p.text) for p in batch],
            )
            rows = []
            for p in batch:
                rows += [("year", p.passage_id, str(y)) for y in p.years]
                rows += [("official", p.passage_id, v) for v in set(p.officials)]
                rows += [("place", p.passage_id, v) for v in set(p.places)]
                rows += [("type", p.passage_id, p.doc_type)]
                rows += [("institution", p.passage_id, p.institution)]
            self.db.executemany("insert into facets values (?,?,?)", rows)
        self.db.execute("create index facet_passage on facets (passage, name, value)")
        self.db.execute("analyze")
        self.db.commit()

    @staticmethod
    def translate(kind: str, query: str) -> str:
        quoted = [f'"{w}"' for w in re.findall(r"[\w/]+", query.replace("ATAU", ""))]
        if kind == "or":
            return " OR ".join(quoted)
        if kind == "phrase":
            return query
        if kind == "near":
            return f"NEAR({' '.join(quoted)}, 8)"
        if kind == "prefix":
            return f"{quoted[0]} *"
        if kind == "fuzzy":  # FTS5 has none: the prefix is the nearest thing
            return f'"{query[:3]}" *'
        return " ".join(quoted)

    def search(self, kind: str, query: str, filters: Filters) -> int:
        match = self.translate(kind, query)
        where = ""
        if filters.years:
            where = (
                " and rowid in (select passage from facets where name='institution' and"
                " value='institution:i1') and rowid in (select passage from facets where"
                " name='year' and value in ('2020','2021'))"
            )
        self.db.execute("drop table if exists temp.hits")
        self.db.execute(
            f"create temp table hits as select rowid as id from words where words match ?{where}",
            (match,),
        )
        for name in ("year", "institution", "type", "official", "place"):
            self.db.execute(
                "select value, count(*), count(distinct document) from hits join facets on"
                " passage = hits.id and name = ? join passages on passages.id = hits.id"
                " group by value order by 2 desc limit 50",
                (name,),
            ).fetchall()
        top = self.db.execute(
            "select rowid, snippet(words, 2, '[', ']', '...', 32), bm25(words) as score from words"
            f" where words match ?{where} order by score limit 10",
            (match,),
        ).fetchall()
        return len(top)


class Ours:
    """One of our engines behind the protocol, texts from SQLite as in the product."""

    def __init__(self, engine: str, home: Path, texts: Path) -> None:
        self.name = engine
        self.settings = replace(Settings(home=home), engine=engine)
        self.db = database(texts)
        self.db.execute("create table if not exists texts (id integer primary key, text text)")
        self.open()

    def open(self) -> None:
        self.engine = open_engine(self.settings, self.texts, writable=True, stamp="benchmark")

    def texts(self, ids: Sequence[int]) -> dict[int, str]:
        marks = ",".join("?" * len(ids))
        return dict(self.db.execute(f"select id, text from texts where id in ({marks})", list(ids)))

    def build(self, passages: Iterator[Passage]) -> None:
        for batch in iter(lambda: list(itertools.islice(passages, BATCH)), []):
            self.engine.add(batch)
            self.engine.commit()

    def store(self, passages: Iterator[Passage]) -> None:
        self.db.executemany(
            "insert or replace into texts values (?,?)", ((p.passage_id, p.text) for p in passages)
        )
        self.db.commit()

    def search(self, kind: str, query: str, filters: Filters) -> int:
        return len(self.engine.search(SearchRequest(query, filters)).hits)


def timed(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def latencies(
    search: Callable[[str, str, Filters], int], queries: Sequence[tuple[str, str, Filters]]
) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for kind, query, filters in queries:
        found.setdefault(kind, []).append(timed(lambda: search(kind, query, filters)) * 1000)  # noqa: B023
    return found


def percentile(values: Sequence[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def report(
    name: str, build: float, size: int, found: dict[str, list[float]], **more: float
) -> dict[str, object]:
    every = [t for times in found.values() for t in times]
    row: dict[str, object] = {
        "engine": name,
        "build s": round(build, 1),
        "MB": round(size / 1e6),
        "p50": round(statistics.median(every), 1),
        "p95": round(percentile(every, 0.95), 1),
        "p99": round(percentile(every, 0.99), 1),
        **{f"{kind} p95": round(percentile(t, 0.95), 1) for kind, t in found.items()},
        **{key: round(value, 2) for key, value in more.items()},
    }
    print("  ".join(f"{k} {v}" for k, v in row.items()), flush=True)
    return row


def folder_size(path: Path) -> int:
    return sum(f.stat().st_size for f in path.rglob("*") if f.is_file())


def eight_readers(ours: Ours, queries: Sequence[tuple[str, str, Filters]]) -> int:
    """Errors of eight threads that search at once."""
    errors: list[Exception] = []

    def read(part: Sequence[tuple[str, str, Filters]]) -> None:
        try:
            for _, query, filters in part:
                ours.engine.search(SearchRequest(query, filters, snippets=False))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=read, args=(queries[i::8],)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(errors)


def run_ours(engine: str, corpus: Callable[[], Corpus], home: Path) -> dict[str, object]:
    made = corpus()
    queries = made.queries()
    texts = home / "texts.sqlite"
    ours = Ours(engine, home / engine, texts)
    stored = ours.db.execute("select count(*) from texts").fetchone()[0]
    if stored < made.count:
        ours.store(corpus().passages())
    build = cpu = 0.0
    if ours.engine.stats().passages < made.count:
        passages = list(made.passages()) if made.count <= 20_000 else made.passages()
        cpu = time.process_time()
        build = timed(lambda: ours.build(iter(passages)))
        cpu = time.process_time() - cpu
    ours.engine.close()
    cold = timed(lambda: (ours.open(), ours.search("term", "pembangunan", Filters())))
    first = latencies(ours.search, queries)
    found = latencies(ours.search, queries)
    memory = psutil.Process(os.getpid()).memory_info().rss / 1e6
    typed = [q[:n] for _, q, _ in queries[:40] for n in (2, 4) if q[:n].isalnum()]
    typing = [timed(lambda: ours.engine.suggest(t)) * 1000 for t in typed]  # noqa: B023
    errors = eight_readers(ours, queries)
    extra = [
        replace(p, passage_id=10_000_000 + p.passage_id, document_id=9_999_999)
        for p in itertools.islice(corpus().passages(), 100)
    ]

    def add() -> None:
        ours.engine.add(extra)
        ours.engine.commit()
        assert ours.engine.search(SearchRequest("", Filters(documents=(9_999_999,)))).total == 100

    added = timed(add)
    ours.engine.delete([9_999_999])
    ours.engine.commit()
    every = [t for times in first.values() for t in times]
    row = report(
        engine,
        build,
        folder_size(home / engine),
        found,
        **{
            "build cpu s": cpu,
            "first p50": statistics.median(every),
            "first p95": percentile(every, 0.95),
            "cold open ms": cold * 1000,
            "RSS MB": memory,
            "add 100 s": added,
            "suggest p95": percentile(typing, 0.95),
            "reader errors": errors,
        },
    )
    ours.engine.close()
    return row


def run_fts5(corpus: Callable[[], Corpus], home: Path) -> dict[str, object]:
    path = home / "fts5.sqlite"
    exists = path.exists()
    fts = Fts5(path)
    made = corpus()
    build = 0.0 if exists else timed(lambda: fts.build(made.passages()))
    queries = corpus().queries()
    found = latencies(fts.search, queries)
    found = latencies(fts.search, queries)
    return report(fts.name, build, path.stat().st_size, found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--engines", default="whoosh,fts5")
    parser.add_argument("--home", type=Path, help="keep the indexes here and use them again")
    parser.add_argument("--json", type=Path, help="write the rows here as well")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        home = arguments.home or Path(temporary)
        home.mkdir(parents=True, exist_ok=True)

        def corpus() -> Corpus:
            return Corpus(arguments.passages)

        rows = [
            run_fts5(corpus, home) if engine == "fts5" else run_ours(engine, corpus, home)
            for engine in arguments.engines.split(",")
        ]
        if arguments.json:
            arguments.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
