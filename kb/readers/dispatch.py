"""Gives each file to the reader of its format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from kb.errors import ReadError, refusal
from kb.model import SourceDocument
from kb.readers.formats import HOLDERS, kind_of_name
from kb.readers.holders import read_whole
from kb.readers.options import ReadOptions
from kb.readers.sniff import sniff

OLD = frozenset(["doc", "ppt"])
"""Kinds that must be turned into others first."""

Beat = Callable[[str, int, int], None]


def _quiet(kind: str, done: int, of: int) -> None:
    return None


def read(path: Path, options: ReadOptions, beat: Beat = _quiet) -> Iterator[SourceDocument]:
    """The documents in the file, read in this process.

    Raises ``ReadError`` with the reason where it cannot be read.
    """
    path = Path(path)
    try:
        kind = sniff(path)
        if kind in HOLDERS or kind in OLD:
            for found in read_whole(path, options, lambda file: read(file, options, beat)):
                if isinstance(found, SourceDocument):
                    yield found
            return
        yield from _read(path, kind, options, beat)
    except ReadError:
        raise
    except FileNotFoundError:
        raise ReadError("not found: the file is gone; check the path.") from None
    except PermissionError:
        raise ReadError("no access: the file may not be read; change its permissions.") from None
    except MemoryError:
        raise ReadError("too much memory: the file needs more memory than it may have.") from None
    except RecursionError:
        raise ReadError("damaged: the file is nested without end; fetch it again.") from None
    except OSError as error:
        refused = refusal(error)
        if refused is not None:
            raise ReadError(f"no access: {refused}") from None
        raise ReadError(f"damaged: the file cannot be read ({error.strerror}).") from None


def _read(path: Path, kind: str, options: ReadOptions, beat: Beat) -> Iterator[SourceDocument]:
    # Readers are imported when first needed: a folder of articles needs no PDF library.
    if kind == "pdf":
        from kb.readers.pdf import read_pdf

        yield read_pdf(path, options, beat)
    elif kind == "html" and kind_of_name(path.name) == "sheet" and _has_table(path):
        from kb.readers.workbook import read_table_page

        yield read_table_page(path, options)
    elif kind == "html":
        from kb.readers.html import read_html

        document = read_html(str(path), path.read_bytes(), options=options)
        if path.suffix.lower() == ".pdf":
            note = "the name says PDF but the file is an HTML page; it was read as HTML"
            document = replace(document, warnings=(*document.warnings, note))
        yield document
    elif kind == "docx":
        from kb.readers.word import read_docx

        yield read_docx(path, options)
    elif kind == "sheet":
        from kb.readers.workbook import read_workbook

        yield read_workbook(path, options)
    elif kind == "slides":
        from kb.readers.slides import read_slides

        yield read_slides(path, options)
    elif kind in {"odt", "odp"}:
        from kb.readers.opendocument import read_opendocument

        yield read_opendocument(path, options, kind)
    elif kind == "rtf":
        from kb.readers.richtext import read_rtf

        yield read_rtf(path, options)
    elif kind == "picture":
        from kb.readers.photo import read_picture

        yield read_picture(path, options, beat)
    elif kind == "markdown":
        from kb.readers.text import read_markdown

        yield read_markdown(path, options)
    elif kind == "text":
        from kb.readers.text import read_plain

        yield read_plain(path, options)
    else:
        from kb.readers import rows

        reader = {"csv": rows.read_csv, "json": rows.read_json, "jsonl": rows.read_jsonl}[kind]
        yield from reader(path, options)


def _has_table(path: Path) -> bool:
    return b"<table" in path.read_bytes().lower()
