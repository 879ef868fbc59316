"""A large base to measure the app on: catalog filled in bulk, then indexed.

    python benchmarks/filled_base.py --home DIR [--passages 100000]

A drawn plan of 200 pages goes through all stages (its page images, tables and indicators
are real), and with it the authority data. The rest is written straight into the catalog:
articles of one page and plans of 100, every page with about 15 mentions of places,
institutions and people by Zipf's law, statements with their speakers, offices,
indicators. A base that is there already is only indexed again where the index is stale.
The same seed gives the same base.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from made_articles import FIRST, LAST, SYLLABLES, Writer
from sqlalchemy import Connection, func, insert, select

from kb.authority import load, norm
from kb.catalog import Catalog, writer_lock
from kb.catalog.counts import recount
from kb.catalog.schema import (
    aliases,
    document_years,
    documents,
    entities,
    indicators,
    mentions,
    offices,
    pages,
    statements,
)
from kb.config import Settings
from kb.ingest import ingest, rebuild

PLAN_PAGES = 100
ARTICLES = 0.25
"""Share of the passages that are articles."""
PIECES = 14
PIECE_WORDS = 13
DRAWN_PAGES = 200
ROLES = ("Kepala Dinas Kesehatan", "Bupati Lebak", "Wali Kota Serang", "Sekretaris Daerah")
OFFICIALS = 1_500
"""People in office: one office until ``TURN``, another one after it."""
TURN = "2020-06-30"
PLANS = ("rkpd", "rpjmd", "lkpd", "renja")
BATCH = 200
"""Documents in one transaction."""


class Names:
    """Who and what is named, the often named first."""

    def __init__(self, connection: Connection, chance: random.Random) -> None:
        self.people = self._made(connection, chance, "person", 12_000)
        self.bodies = self._known(connection, "institution", 400)
        self.bodies += self._made(connection, chance, "institution", 1_500)
        self.places = self._regions(connection)
        self.held = {
            person: tuple((chance.choice(ROLES), chance.choice(self.bodies)) for _ in range(2))
            for person, _ in self.people[:OFFICIALS]
        }
        self._ladders = {
            id(group): list(accumulate(1 / (rank + 2) for rank in range(len(group))))
            for group in (self.people, self.bodies, self.places)
        }
        self._chance = chance

    def draw(self, group: Sequence[tuple[str, str]], count: int) -> list[tuple[str, str]]:
        """``count`` ids and names from a group, by Zipf's law."""
        return self._chance.choices(group, cum_weights=self._ladders[id(group)], k=count)

    @staticmethod
    def _known(connection: Connection, kind: str, count: int) -> list[tuple[str, str]]:
        query = select(entities.c.id, entities.c.name).where(entities.c.type == kind)
        found = connection.execute(query.order_by(entities.c.id).limit(count))
        return [(row.id, row.name) for row in found]

    @staticmethod
    def _regions(connection: Connection) -> list[tuple[str, str]]:
        """The province of Banten and all in it, from the place list."""
        places = load().places
        found: list[tuple[str, str]] = []
        blank = {"type": "place", "origin": "authority", "mention_count": 0, "document_count": 0}
        known = set(connection.execute(select(entities.c.id)).scalars())
        for code in (c for dots in range(4) for c in places.codes(dots) if c[:2] == "36"):
            place = places.place(code)
            assert place is not None
            found.append((place.entity_id, place.name))
            if place.entity_id in known:
                continue
            connection.execute(
                insert(entities), {"id": place.entity_id, "name": place.name, **blank}
            )
            for alias in dict.fromkeys((place.name, *places.aliases(code))):
                one = {"entity_id": place.entity_id, "alias": alias, "origin": "authority"}
                connection.execute(insert(aliases), {**one, "norm": norm(alias)})
        return found

    @staticmethod
    def _made(
        connection: Connection, chance: random.Random, kind: str, count: int
    ) -> list[tuple[str, str]]:
        made: dict[str, str] = {}
        while len(made) < count:
            middle = "".join(chance.choices(SYLLABLES, k=3)).title()
            name = f"{chance.choice(FIRST)} {middle} {chance.choice(LAST)}"
            if kind == "institution":
                name = f"Badan {middle} {''.join(chance.choices(SYLLABLES, k=2)).title()}"
            made[f"{kind}:{norm(name).replace(' ', '-')}"] = name
        blank = {"type": kind, "origin": "text", "mention_count": 0, "document_count": 0}
        connection.execute(
            insert(entities), [{"id": i, "name": n, **blank} for i, n in made.items()]
        )
        connection.execute(
            insert(aliases),
            [
                {"entity_id": i, "alias": n, "norm": norm(n), "origin": "text"}
                for i, n in made.items()
            ],
        )
        return list(made.items())


class Filler:
    """Makes documents with everything found in them as rows of the catalog's tables."""

    def __init__(self, connection: Connection, seed: int) -> None:
        self.chance = random.Random(seed)
        self.names = Names(connection, self.chance)
        self._writer = Writer(seed)
        self._page = connection.execute(select(func.max(pages.c.id))).scalar_one() or 0
        self._document = connection.execute(select(func.max(documents.c.id))).scalar_one() or 0

    def documents(self, passages: int) -> Iterator[dict[Any, list[dict[str, Any]]]]:
        """One document after the other, as rows by table."""
        articles = int(passages * ARTICLES)
        plans = (passages - articles) // PLAN_PAGES
        order = [1] * articles + [PLAN_PAGES] * plans
        self.chance.shuffle(order)
        for count in order:
            yield self._one(count)

    def _one(self, count: int) -> dict[Any, list[dict[str, Any]]]:
        chance = self.chance
        self._document += 1
        number = self._document
        year = 2015 + number % 11
        date = f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        title = " ".join(chance.choices(self._writer.words[:400], k=7)).title()
        rows: dict[Any, list[dict[str, Any]]] = {
            table: [] for table in (documents, document_years, pages, mentions, offices)
        } | {statements: [], indicators: []}
        issuer = self.names.draw(self.names.bodies, 1)[0]
        plan = count > 1
        rows[documents].append(
            {
                "id": number,
                "key": f"made-{number}",
                "path": f"/made/{number}",
                "sha256": str(number),
                "text_hash": str(number),
                "version": 1,
                "format": "pdf" if plan else "html",
                "title": f"{title} {number}",
                "date": date,
                "doc_type": chance.choice(PLANS) if plan else "press_release",
                "institution": issuer[1],
                "institution_id": issuer[0],
                "page_count": count,
                "ocr_pages": 0,
                "evidence": {},
                "metadata": {},
                "outline": [],
                "warnings": [],
                "added": "2026-01-01",
                "updated": "2026-01-01",
            }
        )
        covered = range(year, year + (5 if plan else 1))
        rows[document_years] += [{"document_id": number, "year": y} for y in covered]
        for page in range(1, count + 1):
            self._page_rows(rows, number, page, date, year, plan)
        return rows

    def _page_rows(
        self,
        rows: dict[Any, list[dict[str, Any]]],
        number: int,
        page: int,
        date: str,
        year: int,
        plan: bool,
    ) -> None:
        chance, names = self.chance, self.names
        self._page += 1
        body = self._writer.draw(chance, PIECES * PIECE_WORDS)
        named = (
            names.draw(names.people, 4),
            names.draw(names.bodies, 5),
            names.draw(names.places, 6),
        )
        labelled = [(one, "PER") for one in named[0]] + [(one, "ORG") for one in named[1]]
        labelled += [(one, "LOC") for one in named[2]]
        chance.shuffle(labelled)
        text = ""
        where = {"document_id": number, "page": page}
        for piece in range(PIECES):
            words = body[piece * PIECE_WORDS : (piece + 1) * PIECE_WORDS]
            for (entity_id, name), label in labelled[
                piece : piece + 1 if piece < PIECES - 1 else None
            ]:
                start = len(text)
                text += f"{name} "
                span = {"start": start, "end": start + len(name), "confidence": 0.9}
                rows[mentions].append(
                    {**where, **span, "surface": name, "label": label, "entity_id": entity_id,
                     "method": "made"}
                )  # fmt: skip
            begin = len(text)
            text += " ".join(words).capitalize() + ". "
            if piece == 3 and (not plan or chance.random() < 0.3):
                self._said(rows, where, (begin, len(text) - 1), text, named, date)
        if plan and chance.random() < 0.1:
            self._numbers(rows[indicators], where, year)
        rows[pages].append(
            {"id": self._page, "document_id": number, "number": page, "label": str(page),
             "section": f"BAB {1 + page // 20}" if plan else None, "text": text, "method": "text"}
        )  # fmt: skip

    def _said(
        self,
        rows: dict[Any, list[dict[str, Any]]],
        where: dict[str, int],
        span: tuple[int, int],
        text: str,
        named: tuple[list[tuple[str, str]], ...],
        date: str,
    ) -> None:
        speaker = named[0][0]
        held = self.names.held.get(speaker[0])
        role, body = held[date > TURN] if held else (self.chance.choice(ROLES), named[1][0])
        common = {"role": role, "institution": body[1], "institution_id": body[0], "date": date,
                  "method": "made", "confidence": 0.9, **where}  # fmt: skip
        rows[statements].append(
            {**common, "kind": self.chance.choice(("direct", "indirect")), "start": span[0],
             "end": span[1], "text": text[span[0] : span[1]], "speaker": speaker[1],
             "speaker_id": speaker[0], "cue": "ujar"}
        )  # fmt: skip
        if held:
            rows[offices].append(
                {**common, "person_id": speaker[0], "name": speaker[1], "status": "definitif",
                 "start": span[0], "end": span[1], "origin": "text"}
            )  # fmt: skip

    def _numbers(self, found: list[dict[str, Any]], where: dict[str, int], year: int) -> None:
        words = self._writer.words
        pick = self.chance.randrange(2_500)
        name = f"Persentase {words[60 + pick % 50]} {words[100 + pick]} {words[200 + pick % 97]}"
        for kind in ("target", "realisation"):
            for later in range(3):
                value = round(self.chance.uniform(5, 99), 2)
                found.append(
                    {**where, "name": name, "norm": norm(name), "unit": "%", "kind": kind,
                     "year": year + later, "value": value, "value_text": str(value)}
                )  # fmt: skip


def draw_plan(path: Path, seed: int) -> None:
    """A plan of 200 pages as a PDF with headings, text and tables of indicators."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen import canvas
    from reportlab.platypus import Table

    chance, writer = random.Random(seed), Writer(seed)
    sheet = canvas.Canvas(str(path), pagesize=A4, invariant=1)
    sheet.setTitle("Rencana Kerja Pemerintah Daerah Kabupaten Lebak Tahun 2025")
    for page in range(1, DRAWN_PAGES + 1):
        if page % 20 == 1:
            sheet.bookmarkPage(f"bab{page}")
            sheet.addOutlineEntry(f"BAB {1 + page // 20}", f"bab{page}", 0)
        sheet.setFont("Helvetica-Bold", 13)
        first = "RENCANA KERJA PEMERINTAH DAERAH KABUPATEN LEBAK TAHUN 2025"
        sheet.drawString(60, 780, first if page == 1 else f"BAB {1 + page // 20}")
        sheet.setFont("Helvetica", 10)
        for line in range(26):
            words = writer.draw(chance, 11)
            words[4:4] = ["Kabupaten Lebak"] if line % 6 == 0 else []
            sheet.drawString(60, 750 - 16 * line, " ".join(words))
        if page % 10 == 5:
            cells = [["Indikator", "Satuan", "Target 2025", "Realisasi 2024"]]
            cells += [
                [f"Persentase {w} {page}", "%", f"{chance.uniform(1, 99):.1f}".replace(".", ","),
                 f"{chance.uniform(1, 99):.1f}".replace(".", ",")]
                for w in ("kemiskinan", "jalan mantap", "stunting")
            ]  # fmt: skip
            grid = Table(cells, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])
            grid.wrapOn(sheet, 460, 200)
            grid.drawOn(sheet, 60, 200)
        sheet.drawCentredString(300, 40, str(page))
        sheet.showPage()
    sheet.save()


def fill(settings: Settings, passages: int, seed: int) -> None:
    """Write the rows in transactions of ``BATCH`` documents, then the counts."""
    with writer_lock(settings, "benchmark"), Catalog.open(settings, write=True) as catalog:
        with catalog.write() as connection:
            filler = Filler(connection, seed)
        waiting: dict[Any, list[dict[str, Any]]] = {}
        for number, rows in enumerate(filler.documents(passages), 1):
            for table, some in rows.items():
                waiting.setdefault(table, []).extend(some)
            if number % BATCH == 0:
                store(catalog, waiting)
        store(catalog, waiting)
        with catalog.write() as connection:
            recount(connection)
            connection.exec_driver_sql("ANALYZE")


def store(catalog: Catalog, waiting: dict[Any, list[dict[str, Any]]]) -> None:
    """One transaction; ``waiting`` is empty afterwards."""
    with catalog.write() as connection:
        for table, rows in waiting.items():
            if rows:
                connection.execute(insert(table), rows)
    waiting.clear()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    settings = Settings(home=given.home)
    started = time.monotonic()
    if not settings.catalog_path.is_file():
        given.home.mkdir(parents=True, exist_ok=True)
        plan = given.home / "rencana.pdf"
        draw_plan(plan, given.seed)
        ingest(settings, [plan])
        print(f"plan read {time.monotonic() - started:.0f} s", flush=True)
        fill(settings, given.passages, given.seed)
        print(f"catalog {time.monotonic() - started:.0f} s", flush=True)
    from kb.explore import open_kb

    with open_kb(settings) as base:
        stale = base.index_problem or base.search("", limit=0).total < given.passages // 2
    if stale:
        rebuild(settings)
    with open_kb(settings) as base:
        home = base.home()
    print(f"ready {time.monotonic() - started:.0f} s: {home.documents} documents,")
    print(f"{home.passages} passages, {home.statements} statements, {home.indicators} indicators")
    return 0


if __name__ == "__main__":
    sys.exit(main())
