"""The embedded default: a Whoosh index whose posting lists are NumPy blocks.

Whoosh keeps the segments, the term dictionary, the columns, the table of contents and the
lock; its codec interface is given posting lists that are packed and decoded whole
(``postings``), which is what makes writing and searching fast. Written for whoosh 2.7.4.
"""

from __future__ import annotations

import contextlib
import mmap
import pickle
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import columns as wcolumns
from whoosh import fields, index
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo, W3TermsReader
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filetables import FileFormatError
from whoosh.filedb.structfile import BufferFile
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.system import pack_ushort
from whoosh.writing import IndexWriter, SegmentWriter

from kb.errors import Busy
from kb.model import Passage
from kb.search.damage import reading
from kb.search.lexicon import merge_counts
from kb.search.passages import prepare
from kb.search.postings import Docs, Gatherer, Postings, pack, unpack
from kb.search.ranking import KEY, SECTION, TEXT, TITLE

STEM_SUFFIX = "~"
"""A field name with this holds the stems that differ from their word."""

POSITIONAL = (TITLE, TITLE + STEM_SUFFIX, SECTION, SECTION + STEM_SUFFIX, TEXT, TEXT + STEM_SUFFIX)
COLUMNS = {
    "passage": "q",
    "document": "q",
    "page": "i",
    "date": "i",
    "length_t": "i",
    "length_s": "i",
    "length_h": "i",
}
_UNREADABLE = (
    index.IndexError,
    FileFormatError,
    OSError,
    ValueError,
    LookupError,
    AttributeError,
    EOFError,
    struct.error,
    pickle.UnpicklingError,
)
"""What Whoosh raises where a file is missing, cut short or not its own."""

_NAMES = (KEY, *POSITIONAL)


def _reading() -> contextlib.AbstractContextManager[None]:
    return reading(*_UNREADABLE)


def _extent(info: Any) -> tuple[int, int]:
    """Offset and length of a term's postings (2.7.4 gives a read length as a tuple)."""
    offset, length = info.extent()
    return int(offset), int(length[0] if isinstance(length, tuple) else length)


class BlockCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec with a term's postings as one packed block."""

    def field_writer(self, storage: Any, segment: Any) -> BlockFieldWriter:
        return BlockFieldWriter(self, storage, segment)


class BlockFieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Writes gathered fields: the term dictionary is Whoosh's, the postings are packed."""

    def write_field(self, name: str, fieldobj: Any, gathered: Gatherer) -> None:
        self.start_field(name, fieldobj)
        prefix = pack_ushort(self._fieldid)
        postfile, add = self._postfile, self._tindex.add
        offset = postfile.tell()
        for term, postings in gathered.finish():
            blob = pack(postings)
            info = W3TermInfo()
            info._df = len(postings.docs)
            info._weight = float(info._df)
            info.set_extent(offset, len(blob))
            postfile.write(blob)
            offset += len(blob)
            add(prefix + term, info.to_bytes())
        self.finish_field()


class PassageWriter(SegmentWriter):  # type: ignore[misc]
    """Writes one new segment; old ones are merged in by size when it is committed."""

    def __init__(self, ix: Any) -> None:
        super().__init__(ix, codec=BlockCodec(), compound=False, timeout=0.0, limitmb=1)
        self.gathered = {name: Gatherer(name != KEY) for name in _NAMES}

    def add_passage(self, passage: Passage) -> int:
        """Adds a passage; returns its number within the new segment."""
        ready = prepare(passage)
        doc = self.docnum
        add = self.gathered
        add[KEY].add_keys(doc, ready.keys)
        for name, field in ((TITLE, ready.title), (SECTION, ready.section), (TEXT, ready.text)):
            add[name].add(doc, field.surfaces())
            add[name + STEM_SUFFIX].add(doc, field.stems())
        values = (
            passage.passage_id,
            passage.document_id,
            passage.page,
            ready.date,
            ready.text.length,
            ready.section.length,
            ready.title.length,
        )
        per_doc = self.perdocwriter
        per_doc.start_doc(doc)
        for (name, _), value in zip(COLUMNS.items(), values, strict=True):
            per_doc.add_column_value(name, self.schema[name].column_type, value)
        per_doc.finish_doc()
        self._added = True
        self.docnum += 1
        return int(doc)

    def add_reader(self, reader: Any) -> None:
        """Merges an older segment, its deleted passages left out."""
        base = self.docnum
        docmap = self.write_per_doc(list(COLUMNS), reader)
        numbers = np.full(reader.doc_count_all(), -1, dtype=np.int32)
        if docmap is None:
            numbers[:] = np.arange(base, base + len(numbers))
        else:
            numbers[list(docmap)] = list(docmap.values())
        segment = Segment.of_reader(reader)
        for name in _NAMES:
            gather = self.gathered[name]
            for term, postings in segment.terms(name, positions=name != KEY):
                docs = numbers[postings.docs]
                kept = docs >= 0
                if kept.all():
                    gather.add_postings(term, Postings(docs, postings.freqs, postings.positions))
                elif kept.any():
                    places = postings.positions
                    if places is not None:
                        places = places[np.repeat(kept, postings.freqs)]
                    found = Postings(docs[kept], postings.freqs[kept], places)
                    gather.add_postings(term, found)
        self._added = True

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        for name in sorted(_NAMES):
            self.fieldwriter.write_field(name, self.schema[name], self.gathered.pop(name))
        self.fieldwriter.close()


def merge_by_size(writer: PassageWriter, segments: list[Any]) -> list[Any]:
    """Merges the small segments as soon as together they outweigh the next larger one."""
    ordered = sorted(segments, key=lambda s: s.doc_count_all() - s.deleted_count())
    merged = [s for s in ordered if s.deleted_count() * 3 > s.doc_count_all()]
    ordered = [s for s in ordered if s not in merged]
    total = writer.docnum + sum(s.doc_count_all() - s.deleted_count() for s in merged)
    for segment in list(ordered):
        size = segment.doc_count_all() - segment.deleted_count()
        if total * 2 < size:
            break
        total += size
        merged.append(segment)
        ordered.remove(segment)
    for segment in merged:
        if segment.doc_count_all() > segment.deleted_count():
            writer.add_reader(SegmentReader(writer.storage, writer.schema, segment))
    return ordered


class WholeFileStorage(FileStorage):  # type: ignore[misc]
    """Reads files whole: no handles stay open, look-ups need no seeking.

    Postings are left out: ``Segment`` maps them into memory and decodes them itself.
    """

    def open_file(self, name: str, **kwargs: Any) -> Any:
        postings = name.endswith(W3Codec.POSTS_EXT)
        content = b"" if postings else (Path(self.folder) / name).read_bytes()
        return BufferFile(content, name=name)


class _Files:
    """Open files of a segment; closed with the last snapshot that uses them."""

    def __init__(self, reader: Any, path: Path) -> None:
        self.reader = reader
        self.map: mmap.mmap | bytes = b""
        if path.stat().st_size:
            with path.open("rb") as file:
                self.map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __del__(self) -> None:
        if isinstance(self.map, mmap.mmap):
            self.map.close()
        self.reader.close()


class Segment:
    """One immutable segment, open for reading. Safe between threads.

    What was read once is kept: the next commit adds a segment and shares the others.
    """

    def __init__(self, reader: Any, path: Path, segment: Any) -> None:
        self._files = _Files(reader, path)
        self._lock = threading.Lock()
        self._known: dict[str, Any] = {}
        self.id: str = segment.segment_id()
        self.count: int = segment.doc_count_all()
        self.deleted = np.fromiter(sorted(segment.deleted_docs()), dtype=np.int64)

    @classmethod
    def of_reader(cls, reader: Any) -> Segment:
        segment = reader.segment()
        folder = Path(reader._storage.folder)
        return cls(reader, folder / segment.make_filename(W3Codec.POSTS_EXT), segment)

    def with_deleted(self, segment: Any) -> Segment:
        """The same open files with the deletions of a later commit."""
        twin = object.__new__(Segment)
        twin.__dict__.update(self.__dict__)
        twin.deleted = np.fromiter(sorted(segment.deleted_docs()), dtype=np.int64)
        return twin

    def _terms(self) -> W3TermsReader:
        return self._files.reader._terms

    def postings(self, field: str, term: str, *, positions: bool = False) -> Postings | None:
        """The postings of a term. Raises ``Damaged`` where they cannot be read."""
        info = self._info(field, term)
        return None if info is None else self._read(info, positions)

    def frequency(self, field: str, term: str) -> int:
        """Passages with a term, those deleted included."""
        info = self._info(field, term)
        return 0 if info is None else int(info.doc_frequency())

    def _info(self, field: str, term: str) -> Any:
        key = term.encode("utf-8", "surrogatepass")
        with self._lock, _reading():
            terms = self._terms()
            if field not in terms.indexed_field_names():
                return None
            try:
                return terms.term_info(field, key)
            except TermNotFound:
                return None

    def _read(self, info: Any, positions: bool) -> Postings:
        offset, length = _extent(info)
        return unpack(self._files.map[offset : offset + length], positions=positions)

    def terms(
        self, field: str, prefix: str = "", *, positions: bool = False
    ) -> Iterator[tuple[str, Postings]]:
        """Terms of a field that begin with ``prefix``, in order, with their postings."""
        for term, info in self._infos(field, prefix):
            yield term, self._read(info, positions)

    def counts(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Terms of a field with their document frequency."""
        for term, info in self._infos(field, prefix):
            yield term, int(info.doc_frequency())

    def _infos(self, field: str, prefix: str) -> Iterator[tuple[str, Any]]:
        begin = prefix.encode("utf-8", "surrogatepass")
        reader = self._terms()
        if field not in reader.indexed_field_names():
            return
        with self._lock, _reading():
            for (name, term), info in reader.items_from(field, begin):
                if name != field or not term.startswith(begin):
                    return
                yield term.decode("utf-8", "surrogatepass"), info

    def keyed(self, prefix: str) -> dict[str, Docs]:
        """Passages of each key that begins with ``prefix``, by the rest of the key."""
        name = "key " + prefix
        if name not in self._known:
            found = self.terms(KEY, prefix)
            self._known[name] = {key[len(prefix) :]: postings.docs for key, postings in found}
        keys: dict[str, Docs] = self._known[name]
        return keys

    def words(self) -> dict[str, int]:
        """Words of bodies and titles with their document frequency."""
        if "words" not in self._known:
            counts = [dict(self.counts(field)) for field in (TEXT, TITLE)]
            self._known["words"] = merge_counts(counts)
        words: dict[str, int] = self._known["words"]
        return words

    def column(self, name: str) -> NDArray[np.int64]:
        """A numeric column by document number."""
        if name not in self._known:
            self._known[name] = self._column(name)
        values: NDArray[np.int64] = self._known[name]
        return values

    def _column(self, name: str) -> NDArray[np.int64]:
        column = wcolumns.NumericColumn(COLUMNS[name])
        values = np.zeros(self.count, dtype=np.int64)
        with self._lock, _reading():
            per_doc = self._files.reader._perdoc
            if per_doc.has_column(name):
                reader = per_doc.column_reader(name, column)
                size = reader._count * reader._fixedlen
                raw = reader._dbfile.get(reader._basepos, size)
                stored = np.frombuffer(bytes(raw), dtype=">" + COLUMNS[name])
                values[: len(stored)] = stored
        return values


class WhooshFolder:
    """The Whoosh index in one folder: makes writers and reads its segments."""

    def __init__(self, folder: Path, create: bool) -> None:
        self.folder = folder
        if create:
            schema = fields.Schema(
                **{name: fields.COLUMN(wcolumns.NumericColumn(c)) for name, c in COLUMNS.items()}
            )
            for name in _NAMES:
                schema.add(name, fields.ID())
            folder.mkdir(parents=True, exist_ok=True)
            self._index = WholeFileStorage(str(folder)).create_index(schema)
        else:
            with _reading():
                self._index = WholeFileStorage(str(folder)).open_index()

    def generation(self) -> int:
        """Number of the newest commit on disk. Raises ``Damaged``."""
        with _reading():
            return int(self._index.latest_generation())

    def writer(self) -> PassageWriter:
        """A writer. Raises ``Busy`` while another process has one, ``Damaged``."""
        with _reading():
            try:
                return PassageWriter(self._index)
            except index.LockError:
                raise Busy("Another process is writing to this index; try again shortly.") from None

    def close(self) -> None:
        """Nothing is kept open between calls but segments, which close with their readers."""
        self._index.close()

    def commit(self, writer: IndexWriter) -> None:
        writer.commit(mergetype=merge_by_size)

    def segments(self, known: dict[str, Segment]) -> tuple[int, list[Segment]]:
        """Generation and segments of the newest commit; open ones in ``known`` are used again.

        Raises ``Damaged``, with ``FileNotFoundError`` as its cause where a file is gone.
        """
        out = []
        with _reading():
            info = self._index._read_toc()
            for segment in info.segments:
                old = known.get(segment.segment_id())
                if old is None:
                    reader = SegmentReader(self._index.storage, info.schema, segment)
                    out.append(Segment.of_reader(reader))
                else:
                    out.append(old.with_deleted(segment))
            return int(info.generation), out
