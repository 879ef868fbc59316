"""Small stand-ins for readers, tagger and search engine: quick, and breakable on purpose.

Functions are at module level, so that spawned workers find them.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kb.catalog import Catalog, TaggedDocument
from kb.catalog.fingerprint import signature, text_hash
from kb.config import Settings
from kb.errors import IndexStale, ReadError
from kb.ingest.indexing import Access
from kb.ingest.stages import Beat, Limits, Stages
from kb.ingest.stages import read as real_read
from kb.model import (
    Description,
    EntityRef,
    Found,
    Mention,
    Office,
    Page,
    Passage,
    SourceDocument,
    Statement,
    TagResult,
)
from kb.readers.options import ReadOptions
from kb.search.engine import EngineResult, IndexStats, SearchRequest

NAME = re.compile(r"(?:Gubernur )?\b([A-Z][a-z]+ [A-Z][a-z]+)\b")
STATE = {"stamp": "1"}


def read(path: Path, options: ReadOptions, limits: Limits, beat: Beat) -> Iterator[SourceDocument]:
    """Text: pages parted by form feeds; ``address:`` first line; orders after ``!``.

    A ``.jsonl`` file gives a document for each line.
    """
    text = path.read_text(encoding="utf-8")
    if text.startswith("!crash"):
        os._exit(9)
    if text.startswith("!kill"):
        if "KB_TEST_SPARE" not in os.environ:
            os.kill(os.getpid(), signal.SIGKILL)
        text = "Selamat\nisi teks"
    if text.startswith("!once"):
        first, _, text = text.partition("\n")
        mark = Path(first.removeprefix("!once "))
        if not mark.exists():
            mark.touch()
            os._exit(1)
    if text.startswith("!hang"):
        time.sleep(60)
    if text.startswith("!error"):
        raise RuntimeError("inner trouble")
    if text.startswith("!refuse"):
        raise ReadError("not a PDF: it is something else; fetch it again.")
    if text.startswith("!password") and "rahasia" not in options.passwords:
        raise ReadError("password needed: give it with --password.")
    if text.startswith("!slow"):
        time.sleep(0.05)
    if path.suffix == ".jsonl":
        for number, line in enumerate(text.splitlines(), 1):
            row = json.loads(line)
            yield SourceDocument(
                str(path),
                "jsonl",
                row.get("title"),
                (Page(1, row["text"]),),
                part=str(row.get("id", number)),
                address=row.get("url"),
            )
        return
    address = None
    if text.startswith("address:"):
        first, _, text = text.partition("\n")
        address = first.removeprefix("address:").strip()
    title, _, body = text.partition("\n")
    pages = tuple(Page(number, part) for number, part in enumerate(body.split("\f"), 1))
    late = text.startswith("!late") and options.ocr_seconds < 100
    yield SourceDocument(str(path), "text", title, pages, address=address, unfinished=late)


def prepare(source: SourceDocument, region: str, beat: Beat) -> TaggedDocument:
    title = source.title or "?"
    years = tuple(int(year) for year in re.findall(r"\b20\d\d\b", title))
    tags = tuple(_tag(page.text) for page in source.pages)
    told = Description(
        title=Found(title, "first line"),
        date=Found(f"{years[0]}-01-04", "title") if years else None,
        years=Found(years, "title") if years else None,
        address=Found(source.address, "file") if source.address else None,
    )
    return TaggedDocument(
        source=source,
        description=told,
        tags=tags,
        text_hash=text_hash(source),
        signature=signature(page.text for page in source.pages),
        issuer=EntityRef("institution:diskominfo", "institution", "Diskominfo"),
    )


def prepare_with_real_rooms(source: SourceDocument, region: str, beat: Beat) -> TaggedDocument:
    """Described as it should be; only the tagger, which takes seconds to load, is a stand-in."""
    from kb import describe
    from kb.ingest.stages import storable

    source = storable(source)
    return TaggedDocument(
        source=source,
        description=describe.describe(source),
        tags=tuple(_tag(page.text) for page in source.pages),
        text_hash=text_hash(source),
        signature=signature(page.text for page in source.pages),
    )


def _tag(text: str) -> TagResult:
    mentions, offices, refs, said = [], [], {}, []
    for match in NAME.finditer(text):
        name = match[1]
        person = "person:" + name.lower().replace(" ", "-")
        refs[person] = EntityRef(person, "person", name)
        mentions.append(Mention(match.start(1), match.end(1), name, "PER", person, "fake", 0.9))
        if match[0].startswith("Gubernur"):
            offices.append(
                Office(
                    name,
                    "Gubernur",
                    None,
                    person_id=person,
                    start=match.start(),
                    end=match.end(),
                )
            )
            said.append(
                Statement("indirect", 0, 5, text[:5], name, "kata", person, role="Gubernur")
            )
    for match in re.finditer("Serang", text):
        refs["place:36.73"] = EntityRef("place:36.73", "place", "Kota Serang", authority=True)
        mentions.append(Mention(match.start(), match.end(), "Serang", "LOC", "place:36.73"))
    mentions.sort(key=lambda mention: mention.start)
    return TagResult(tuple(mentions), tuple(offices), tuple(said), tuple(refs.values()))


def warm_up() -> None:
    return None


def stamp() -> str:
    return STATE["stamp"]


def other_stamp() -> str:
    return "2"


STAGES = Stages(read, prepare, warm_up, stamp)
REAL_ROOMS = Stages(real_read, prepare_with_real_rooms, warm_up, stamp)
"""Real readers and describe."""
NEWER = Stages(read, prepare, warm_up, other_stamp)


class FileEngine:
    """Passages in one JSON file, replaced as a whole at each commit."""

    name = "file"

    def __init__(self, path: Path, stamp: str) -> None:
        self.path = path / "passages.json"
        self.stamp = stamp
        path.mkdir(parents=True, exist_ok=True)
        self.rows: dict[int, list[object]] = {}
        if self.path.is_file():
            held = json.loads(self.path.read_text(encoding="utf-8"))
            if held["stamp"] != stamp:
                raise IndexStale("it belongs to another catalog or version; rebuild it.")
            self.rows = {int(key): value for key, value in held["rows"].items()}
        self.queue: list[tuple[str, object]] = []

    def add(self, passages: Iterable[Passage]) -> int:
        rows = list(passages)
        self.queue.append(("add", rows))
        return len(rows)

    def delete(self, document_ids: Iterable[int]) -> None:
        self.queue.append(("delete", set(document_ids)))

    def commit(self) -> None:
        for kind, value in self.queue:
            if kind == "delete":
                self.rows = {k: row for k, row in self.rows.items() if row[0] not in value}  # type: ignore[operator]
            else:
                for passage in value:  # type: ignore[attr-defined]
                    self.rows[passage.passage_id] = [
                        passage.document_id,
                        passage.title,
                        passage.text,
                        list(passage.officials),
                        list(passage.places),
                    ]
        self.queue = []
        aside = self.path.with_suffix(".new")
        aside.write_text(json.dumps({"stamp": self.stamp, "rows": self.rows}), encoding="utf-8")
        aside.replace(self.path)

    def passage_ids(self) -> set[int]:
        return set(self.rows)

    def stats(self) -> IndexStats:
        return IndexStats(
            len(self.rows), len({row[0] for row in self.rows.values()}), 0, self.stamp
        )

    def search(self, request: SearchRequest) -> EngineResult:
        raise NotImplementedError

    def match_spans(self, query: str, text: str) -> list[tuple[int, int]]:
        return []

    def suggest(self, prefix: str, limit: int = 8) -> list[str]:
        return []

    def close(self) -> None:
        self.queue = []


def open_file_engine(settings: Settings, catalog: Catalog) -> FileEngine:
    return FileEngine(settings.search_path, catalog.index_stamp("fake 1"))


@contextlib.contextmanager
def replacing(settings: Settings, catalog: Catalog) -> Iterator[FileEngine]:
    engine = FileEngine(settings.home / "beside", catalog.index_stamp("fake 1"))
    engine.rows = {}
    yield engine
    engine.commit()
    settings.search_path.mkdir(exist_ok=True)
    engine.path.replace(settings.search_path / engine.path.name)


ACCESS = Access(open_file_engine, open_file_engine, replacing)


def write_files(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    """Files below ``folder`` with a time stamp that is old enough to be believed."""
    made = []
    old = time.time() - 3600
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, (old, old))
        made.append(path)
    return made


def article(number: int, pages: int = 1) -> str:
    """Title and pages of unlike articles."""
    words = [f"kata{number}x{position % 97}" for position in range(120)]
    parts = [
        f"Gubernur Budi Santoso di Serang berkata {' '.join(words)} halaman{page}"
        for page in range(pages)
    ]
    return f"Berita {number} tahun {2019 + number % 7}\n" + "\f".join(parts)


def indexed(settings: Settings) -> dict[int, Sequence[object]]:
    """Rows of the fake index."""
    held = json.loads((settings.search_path / "passages.json").read_text(encoding="utf-8"))
    return {int(key): value for key, value in held["rows"].items()}
