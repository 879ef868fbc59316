"""``kb tag``: mentions, officials and statements of a text, without storing it.

One file (or standard input) is read, described and tagged as ingest would. With
``--jsonl`` each line's ``text`` is used as it is, so that offsets refer to it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from kb.cli.opened import settings
from kb.cli.terminal import Terminal
from kb.config import Settings
from kb.errors import QueryError, ReadError
from kb.model import Description, Office, Page, SourceDocument, TagResult

Json = dict[str, Any]
PAGE_BREAK = "\n\n"
BATCH = 16


def tag(a: argparse.Namespace, t: Terminal) -> int:
    """Tag one text, or with ``--jsonl`` one on each line."""
    where = settings(a)
    if a.jsonl is not None:
        return _lines(a, t, where)
    if a.file != "-":
        if not Path(a.file).is_file():
            raise QueryError(f"There is no file '{a.file}'; name one, or - for standard input.")
        found = one_file(Path(a.file), a.file, where, a.ocr, a.password)
    else:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "input.txt"
            path.write_bytes(sys.stdin.buffer.read())
            found = one_file(path, "-", where, a.ocr, a.password)
    if t.as_json:
        t.value(found)
    else:
        _show(found, t)
    return 0


def one_file(path: Path, name: str, where: Settings, ocr: str, passwords: Sequence[str]) -> Json:
    """The tagged object of a file with one document."""
    from kb.ingest import stages
    from kb.readers.storable import storable

    options = stages.read_options(where, ocr, passwords)
    if not where.home.is_dir():
        from dataclasses import replace

        options = replace(options, cache=None)
    limits = stages.Limits(where.read_seconds, where.read_memory_mb)
    read = stages.read(path, options, limits, lambda page, pages: None)
    plain = (found for found in read if isinstance(found, SourceDocument))
    documents = list(_first(plain, 2))
    if not documents:
        raise ReadError(f"empty: '{name}' holds no text.")
    if len(documents) > 1:
        raise QueryError(
            f"'{name}' holds several documents; take it in with 'kb ingest' "
            "or tag JSON lines with --jsonl."
        )
    source = storable(documents[0])
    tagged = stages.prepare(source, where.region, lambda page, pages: None, where.tagger)
    return guide_object(None if name == "-" else name, source, tagged.description, tagged.tags)


def _first(found: Iterator[SourceDocument], limit: int) -> Iterator[SourceDocument]:
    for number, document in enumerate(found):
        if number >= limit:
            return
        yield document


def guide_object(
    name: Any, source: SourceDocument, told: Description | None, tags: Sequence[TagResult]
) -> Json:
    """One object of the tagging guide; the pages of a document are joined to one text."""
    text = PAGE_BREAK.join(p.text for p in source.pages)
    starts: list[int] = []
    at = 0
    for page in source.pages:
        starts.append(at)
        at += len(page.text) + len(PAGE_BREAK)
    found: Json = {
        "id": name,
        "source": source.address or _value(told, "address"),
        "title": _value(told, "title") or source.title,
        "date": _value(told, "date"),
        "views": source.views,
        "doc_type": _value(told, "doc_type"),
        "years": list(_value(told, "years") or ()),
        "institution": _value(told, "institution"),
        "text": text,
        "mentions": [
            {
                "start": m.start + base,
                "end": m.end + base,
                "surface": m.surface,
                "label": m.label,
                "entity_id": m.entity_id,
                "method": m.method,
                "confidence": round(m.confidence, 3),
            }
            for base, result in zip(starts, tags, strict=True)
            for m in result.mentions
        ],
        "officials": _officials(tags),
        "statements": [
            {
                "kind": s.kind,
                "start": s.start + base,
                "end": s.end + base,
                "surface": s.surface,
                "speaker": s.speaker,
                "cue": s.cue,
                "speaker_id": s.speaker_id,
                "role": s.role,
                "institution": s.institution,
                "method": s.method,
                "confidence": round(s.confidence, 3),
            }
            for base, result in zip(starts, tags, strict=True)
            for s in result.statements
        ],
    }
    if len(source.pages) > 1:
        found["pages"] = [
            {"page": p.number, "start": start, "end": start + len(p.text)}
            for p, start in zip(source.pages, starts, strict=True)
        ]
    return found


def _value(told: Description | None, field: str) -> Any:
    found = getattr(told, field) if told is not None else None
    return None if found is None else found.value


def _officials(tags: Sequence[TagResult]) -> list[Json]:
    """One row for each named person, in reading order, as the tagging guide wants.

    The row's office is one held before one left or aspired to, then one with its
    institution, then the first named; the person's other offices are ``further``.
    """
    found: dict[str, dict[tuple[str, str | None], Office]] = {}
    for result in tags:
        for office in result.offices:
            held = found.setdefault(office.person_id or office.name, {})
            held.setdefault((office.role, office.institution), office)
    rows: list[Json] = []
    for known in found.values():
        # A candidate holds nothing yet; who is elected is on the way to the office.
        offices = {
            key: o for key, o in known.items() if o.status != "calon" or not _aspires(o.role)
        }
        if not offices:
            continue
        best, *others = sorted(
            offices.values(),
            key=lambda o: (o.status in ("mantan", "calon"), o.institution is None),
        )
        best = _in_full(best, others)
        rows.append(
            {
                "name": best.name,
                **_office(best),
                "entity_id": best.person_id,
                "method": best.method,
                "confidence": round(best.confidence, 3),
                "further": [_office(office) for office in others],
            }
        )
    return rows


def _in_full(office: Office, others: Sequence[Office]) -> Office:
    """``office`` with its post as it is written in full elsewhere (``Wakil Gubernur``, not
    ``Wagub``)."""
    from kb import authority

    full = authority.load().titles.full
    alike = [o for o in others if full(o.role) == full(office.role) and o.status == office.status]
    longest = max([office, *alike], key=lambda o: len(o.role))
    return replace(office, role=longest.role)


def _aspires(role: str) -> bool:
    """True for a role that says "candidate" itself (``Calon Bupati``, ``Cagub``)."""
    from kb import authority

    titles = authority.load().titles
    first = authority.norm(role).split()[0]
    return first == "bakal" or first in titles.candidate or (first,) in titles.status


def _office(office: Office) -> Json:
    return {"role": office.role, "institution": office.institution, "status": office.status}


def _show(found: Json, t: Terminal) -> None:
    t.heading(found["title"] or "(no title)")
    facts = [f"{k}: {found[k]}" for k in ("date", "doc_type", "institution", "views", "source")]
    t.say(" | ".join(fact for fact in facts if not fact.endswith(": None")))
    t.say(f"\n{len(found['mentions'])} mentions")
    t.table(
        ("label", "id", "words"),
        [(m["label"], m["entity_id"] or "-", m["surface"]) for m in found["mentions"]],
    )
    from kb.explore.views import with_institution

    t.say(f"\n{len(found['officials'])} officials")
    for row in found["officials"]:
        t.say(f"{row['name']}: {with_institution(row['role'], row['institution'])}", 2)
    t.say(f"\n{len(found['statements'])} statements")
    for s in found["statements"]:
        t.say(f"{s['speaker'] or 'unknown speaker'} ({s['cue'] or s['kind']}): {s['surface']}", 2)


# --- a text on each line -----------------------------------------------------------


def _lines(a: argparse.Namespace, t: Terminal, where: Settings) -> int:
    """Tagged objects in the order of the lines; a line that cannot be read is told."""
    path = Path(a.jsonl)
    if a.jsonl != "-" and not path.is_file():
        raise QueryError(f"There is no file '{a.jsonl}'; name one with a JSON object a line.")
    lines = sys.stdin.buffer if a.jsonl == "-" else path.open("rb")
    failed = 0
    with lines:
        for number, found in enumerate(_tagged(lines, where, a.workers), 1):
            if found is None:
                continue
            if "error" in found:
                failed += 1
                t.note(f"kb: line {number}: {found['error']}")
            t.value(found)
            t.out.flush()
    return 1 if failed else 0


def _tagged(lines: Any, where: Settings, workers: int) -> Iterator[Json | None]:
    work = partial(tag_line, where.region, tagger=where.tagger)
    if workers <= 1:
        yield from map(work, lines)
        return
    from multiprocessing import get_context

    with get_context("spawn").Pool(workers) as pool:
        yield from pool.imap(work, lines, chunksize=BATCH)


def tag_line(region: str, line: bytes, tagger: str = "full") -> Json | None:
    """The tagged object of one line; ``None`` for an empty one, ``error`` where it is wrong."""
    if not line.strip():
        return None
    try:
        given = json.loads(line)
        text = given["text"]
        if not isinstance(text, str):
            raise TypeError
    except (ValueError, KeyError, TypeError):
        name = given.get("id") if "given" in locals() and isinstance(given, dict) else None
        return {"id": name, "error": "a JSON object with a 'text' is needed"}
    try:
        return _tag_given(region, given, text, tagger)
    except Exception as error:  # one text must not stop the others
        return {"id": given.get("id"), "error": f"{type(error).__name__}: {error}"}


def _tag_given(region: str, given: Json, text: str, tagger: str) -> Json:
    from kb import describe, nlp
    from kb.ingest import stages

    title = given.get("title")
    source = SourceDocument(
        path=str(given.get("source") or given.get("id") or ""),
        format="text",
        title=title if isinstance(title, str) else None,
        pages=(Page(1, text),),
        published=given.get("date") if isinstance(given.get("date"), str) else None,
    )
    told = describe.describe(source)
    tags = nlp.load_tagger(tagger).tag_pages([text], stages.tag_context(told, region))
    found = guide_object(given.get("id"), source, told, tags)
    found["source"] = given.get("source") or found["source"]
    found["title"] = title or found["title"]
    return found
