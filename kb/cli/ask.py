"""Commands that ask: search, statements, entities, what happened when."""

from __future__ import annotations

import argparse
from typing import Any

from kb.cli import shapes
from kb.cli.opened import asked
from kb.cli.terminal import Terminal
from kb.explore import views as v

REMARKS = {
    "fuzzy": "Unknown words were searched in their formal form or with similar spellings.",
    "capped": "The pattern fits too many words; the most frequent ones were used.",
    "too_wide": "A pattern without letters was left out.",
    "too_long": "The end of the query is too long and was not read.",
    "bad_value": "A year or date could not be read; it was searched as a word.",
    "unresolved": "Nobody is known by the name after the colon; it was searched as a phrase.",
    "unknown_field": "What stands before the colon is no filter; it was searched as a word. "
    "There are: person, institution, place, type, year, date, title, section.",
}
"""What is said of a query, by its code (docs/query-language.md)."""


def _picked(a: argparse.Namespace, *names: str) -> dict[str, Any]:
    """Options that the question takes under the names of the command line."""
    return {name: getattr(a, name) for name in names}


def _named(term: v.OfficeTerm) -> str:
    """Where texts name the office, which is no term of it: first to last day, and how often."""
    if term.first_seen is None:
        return f"{term.evidence_count} times"
    last = f" to {term.last_seen}" if term.last_seen != term.first_seen else ""
    return f"{term.first_seen}{last}, {term.evidence_count} times"


def search(a: argparse.Namespace, t: Terminal) -> int:
    """``kb search``."""
    result = asked(
        a,
        t,
        lambda kb: kb.search(
            a.query,
            years=a.year,
            institutions=a.institution,
            officials=a.official,
            places=a.place,
            types=a.type,
            date_from=a.date_from,
            date_to=a.date_to,
            meaning=not a.no_meaning,
            **_picked(a, "figures", "sort", "limit", "offset", "withdrawn"),
        ),
    )
    if t.as_json:
        t.value(shapes.search(result))
        return 0
    if result.answer:
        _answer(result.answer, t)
    for found in result.entities:
        t.say(_entity_words(found))
    if result.relaxed and result.total and "fuzzy" not in result.notes:
        t.say("No page has all the words; pages with some of them:")
    for code in result.notes:
        if code in REMARKS:
            t.say(REMARKS[code])
    first, last = result.offset + 1, result.offset + len(result.hits)
    if result.hits:
        t.say(f"Pages {first}-{last} of {result.total} (in {result.documents} documents):")
    else:
        t.say(f"No pages of {result.total}." if result.total else "Nothing found.")
    if result.meant and result.hits:
        t.say(f"With them up to {result.meant} pages found by meaning, without the words.")
    for number, hit in enumerate(result.hits, first):
        _hit(number, hit, t)
    if result.further:
        t.say("\nPages with only some of the words:")
    for number, hit in enumerate(result.further, last + 1):
        _hit(number, hit, t)
    _facets(result, t)
    if result.suggestion:
        t.say(f"\nDid you mean: {result.suggestion}")
    for one in result.advice:
        dropped = ", ".join(f"{f.name} {f.label}" for f in one.filters)
        t.say(f"Without {dropped}: {one.total} pages.")
    return 0


def _answer(answer: v.Answer, t: Terminal) -> None:
    """What the base says to a question, each line with its page."""
    for line in answer.lines:
        what = line.text
        if line.office:
            what += f", {line.office.label}"
        elif line.number:
            what = f"{line.indicator}, {line.number.kind} {line.number.year}: {line.text}"
        elif line.statement:
            said = line.statement
            what = f'{said.speaker} ({said.office or "no office known"}): "{line.text}"'
        t.heading(what)
        where = [line.date, line.title, f"page {line.page_label or line.page}"]
        t.say(" | ".join(w for w in where if w) + f" (document {line.document_id})", 3)
    t.say()


def _hit(number: int, hit: v.SearchHit, t: Terminal) -> None:
    t.say()
    t.heading(f"{number}. {hit.title}")
    label = f" (as printed: {hit.page_label})" if hit.page_label else ""
    meant = "by meaning" if hit.found_by == "meaning" else ""
    where = [meant, hit.date, hit.doc_type_label, hit.institution, f"page {hit.page}{label}"]
    t.say(" | ".join(w for w in where if w), 3)
    if hit.section:
        t.say(hit.section, 3)
    t.say(hit.snippet, 3)
    for row in hit.rows:
        t.say(f"table {row.table}: {row.text}", 3)
    t.say(f"kb show {hit.document_id} --page {hit.page}", 3)


def _facets(result: v.SearchResult, t: Terminal) -> None:
    lines = [
        f"{name}: "
        + ", ".join(f"{f.label} ({f.count})" for f in sorted(values, key=lambda f: -f.count)[:8])
        for name, values in result.facets.items()
        if values
    ]
    if result.hits and lines:
        t.say()
        for line in lines:
            t.say(line)


def _entity_words(e: v.EntitySummary) -> str:
    held = ""
    if e.office is not None:
        span = f"{e.office.begin or '?'} to {e.office.end or 'now'}"
        held = f", {e.office.label} ({span})"
    return f"{e.name}{held}: {e.documents} documents, kb entity {e.entity_id}"


def statements(a: argparse.Namespace, t: Terminal) -> int:
    """``kb statements``."""
    result = asked(
        a,
        t,
        lambda kb: kb.statements(
            a.query,
            **_picked(a, "speaker", "institution", "date_from", "date_to", "kind", "sort"),
            **_picked(a, "limit", "offset", "withdrawn"),
        ),
    )
    if t.as_json:
        t.value(
            {
                "total": result.total,
                "statements": [shapes.statement(s) for s in result.statements],
                "advice": shapes.advice(result.advice),
            }
        )
        return 0
    t.say(f"{result.total} statements")
    for s in result.statements:
        _statement(s, t)
    for one in result.advice:
        t.say(f"Without {', '.join(f.name for f in one.filters)}: {one.total} statements.")
    return 0


def _statement(s: v.StatementView, t: Terminal) -> None:
    t.say()
    who = f"{s.speaker or 'unknown speaker'}" + (f" ({s.office})" if s.office else "")
    t.heading(f"{s.date or 'undated'}  {who}")
    t.say(f"“{s.snippet or s.text}”" if s.kind == "direct" else s.snippet or s.text, 3)
    t.say(f"{s.title}, page {s.page_label or s.page} (kb show {s.document_id} --page {s.page})", 3)


def entities(a: argparse.Namespace, t: Terminal) -> int:
    """``kb entities``."""
    result = asked(
        a,
        t,
        lambda kb: kb.entities(
            a.query, **_picked(a, "type", "sort", "limit", "offset", "withdrawn")
        ),
    )
    if t.as_json:
        t.value(
            {
                "total": result.total,
                "entities": [shapes.entity_line(e) for e in result.entities],
            }
        )
        return 0
    t.say(f"{result.total} entities")
    t.table(
        ("mentions", "documents", "id", "name"),
        [
            (
                e.mentions,
                e.documents,
                e.entity_id,
                e.name + (f", {e.office.label}" if e.office else ""),
            )
            for e in result.entities
        ],
    )
    return 0


def entity(a: argparse.Namespace, t: Terminal) -> int:
    """``kb entity``."""
    found = asked(a, t, lambda kb: kb.entity(a.id))
    if t.as_json:
        t.value(shapes.entity(found))
        return 0
    e = found.summary
    t.heading(f"{e.name} ({e.type}, {e.entity_id})")
    if e.aliases:
        t.say("Also: " + "; ".join(e.aliases))
    t.say(f"{e.mentions} mentions in {e.documents} documents, {e.first or '?'} to {e.last or '?'}")
    if found.offices:
        t.say("\nOffices")
        t.table(
            ("from", "to", "office", "named"),
            [(o.date_from or "?", o.date_to or "", o.label, _named(o)) for o in found.offices],
        )
    if found.holders:
        t.say("\nWho held office")
        t.table(
            ("from", "to", "office", "who", "named"),
            [
                (
                    h.term.date_from or "?",
                    h.term.date_to or "",
                    h.term.label,
                    h.person.name,
                    _named(h.term),
                )
                for h in found.holders
            ],
        )
    if found.mentions_per_year:
        t.say("\nMentions per year")
        t.table(
            ("year", "mentions", "documents"),
            [(y.year, y.count, y.documents) for y in found.mentions_per_year],
        )
    if found.co_occurring:
        t.say("\nNamed on the same pages")
        t.table(
            ("pages", "id", "name"),
            [(c.pages, c.entity_id, c.name) for c in found.co_occurring[:15]],
        )
    if found.links:
        told = ", ".join(f"{reason}: {count}" for reason, count in found.link_reasons)
        t.say(f"\nWhy these documents are about it ({told})")
        t.table(
            ("document", "name there", "region", "offices there", "reason"),
            [
                (one.document_id, one.name, one.region or "-", "; ".join(one.offices), one.reason)
                for one in found.links
            ],
        )
    if found.statements:
        t.say(f"\nStatements (latest of {found.statement_count})")
        for s in found.statements:
            _statement(s, t)
    return 0


def timeline(a: argparse.Namespace, t: Terminal) -> int:
    """``kb timeline``."""
    found = asked(
        a,
        t,
        lambda kb: kb.timeline(a.subject, date_from=a.date_from, date_to=a.date_to, limit=a.limit),
    )
    if t.as_json:
        t.value(
            {
                "subject": found.subject,
                "entity_id": found.entity.entity_id if found.entity else None,
                "total": found.total,
                "events": [shapes.event(e) for e in found.events],
            }
        )
        return 0
    t.say(f"{found.subject}: {found.total} events")
    for e in found.events:
        t.say(f"{e.date}  {e.kind.replace('_', ' ')}: {e.title}")
        if e.kind == "statement":
            t.say(f"“{e.text}”", 12)
    return 0


def trends(a: argparse.Namespace, t: Terminal) -> int:
    """``kb trends``."""
    found = asked(
        a, t, lambda kb: kb.trends(a.terms, by=a.by, year_from=a.from_year, year_to=a.to_year)
    )
    if t.as_json:
        t.value(
            {
                "by": a.by,
                "years": list(found.years),
                "series": [
                    {
                        "term": s.term,
                        "label": s.label,
                        "entity_id": s.entity_id,
                        "total": s.total,
                        "points": [
                            {"year": p.year, "count": p.count, "total": p.total} for p in s.points
                        ],
                    }
                    for s in found.series
                ],
            }
        )
        return 0
    what = "cover the year" if a.by == "covered" else "are dated in the year"
    t.say(f"Pages that match, of all pages of documents that {what}")
    rows = [
        [year] + [f"{s.points[i].count} of {s.points[i].total}" for s in found.series]
        for i, year in enumerate(found.years)
    ]
    t.table(["year", *(s.label for s in found.series)], rows)
    return 0


def indicators(a: argparse.Namespace, t: Terminal) -> int:
    """``kb indicators``."""
    found = asked(
        a,
        t,
        lambda kb: kb.indicators(
            a.query, years=a.year, institution=a.institution, limit=a.limit, offset=a.offset
        ),
    )
    if t.as_json:
        t.value(
            {
                "total": found.total,
                "indicators": [shapes.indicator(i) for i in found.indicators],
            }
        )
        return 0
    t.say(f"{found.total} indicators")
    for i in found.indicators:
        t.say()
        t.heading(i.name + (f" ({i.unit})" if i.unit else ""))
        if i.agency:
            t.say(i.agency, 2)
        t.table(
            ("  year", "baseline", "target", "realisation", "pages"),
            [
                (
                    f"  {y.year}",
                    y.baseline.value_text if y.baseline else "",
                    y.target.value_text if y.target else "",
                    y.realisation.value_text if y.realisation else "",
                    ", ".join(
                        f"document {c.document_id} page {c.page_label or c.page}"
                        for c in (y.baseline, y.target, y.realisation)
                        if c
                    ),
                )
                for y in i.years
            ],
        )
    return 0


def who(a: argparse.Namespace, t: Terminal) -> int:
    """``kb who``."""
    found = asked(a, t, lambda kb: kb.who_mentions(a.query, limit=a.limit))
    if t.as_json:
        t.value(
            {
                "query": a.query,
                "officials": [
                    {
                        **shapes.entity_line(s.official),
                        "matching_statements": s.statements,
                        "matching_pages": s.pages,
                    }
                    for s in found
                ],
            }
        )
        return 0
    t.table(
        ("statements", "pages", "id", "name"),
        [(s.statements, s.pages, s.official.entity_id, s.official.name) for s in found],
    )
    return 0
