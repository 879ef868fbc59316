"""Views as the JSON of the command line contract. Names are stable: people script against them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kb.explore import views as v
from kb.model import Facet

Json = dict[str, Any]


def badge(b: v.EntityBadge) -> Json:
    return {"entity_id": b.entity_id, "type": b.type, "name": b.name}


def entity_line(e: v.EntitySummary) -> Json:
    return {
        "entity_id": e.entity_id,
        "type": e.type,
        "name": e.name,
        "aliases": list(e.aliases),
        "mentions": e.mentions,
        "documents": e.documents,
        "first": e.first,
        "last": e.last,
        "official": e.official,
        "office": e.office.label if e.office else None,
    }


def document_line(d: v.DocumentRef) -> Json:
    return {
        "document_id": d.document_id,
        "title": d.title,
        "date": d.date,
        "doc_type": d.doc_type,
        "institution": d.institution,
        "page": d.page,
        "source": d.address,
    }


def similar(s: v.SimilarPassage) -> Json:
    return {
        **document_line(s.document),
        "page_label": s.page_label,
        "kind": s.kind,
        "score": s.score,
        "paragraphs": s.paragraphs,
        "excerpt": s.excerpt,
    }


def hit(h: v.SearchHit) -> Json:
    return {
        "document_id": h.document_id,
        "title": h.title,
        "doc_type": h.doc_type,
        "years": list(h.years),
        "institution": h.institution,
        "date": h.date,
        "page": h.page,
        "page_label": h.page_label,
        "section": h.section,
        "snippet": h.snippet,
        "score": h.score,
        "found_by": h.found_by,
        "entities": [badge(b) for b in h.entities],
        "method": h.method,
        "source": h.address,
        "rows": [{"table": r.table, "caption": r.caption, "cells": dict(r.cells)} for r in h.rows],
    }


def facets(found: Mapping[str, Iterable[Facet]]) -> Json:
    return {
        name: [{"value": f.value, "label": f.label, "count": f.count} for f in values]
        for name, values in found.items()
    }


def advice(found: Iterable[v.FilterAdvice]) -> list[Json]:
    return [
        {
            "drop": [{"filter": f.name, "value": f.value} for f in a.filters],
            "total": a.total,
            "documents": a.documents,
        }
        for a in found
    ]


def answer(a: v.Answer) -> Json:
    return {
        "kind": a.kind,
        "year": a.year,
        "lines": [
            {
                "text": line.text,
                "office": line.office.label if line.office else None,
                "entity_id": line.entity_id,
                "indicator": line.indicator,
                "number": number(line.number),
                "statement": statement(line.statement) if line.statement else None,
                "document_id": line.document_id,
                "title": line.title,
                "page": line.page,
                "page_label": line.page_label,
                "date": line.date,
            }
            for line in a.lines
        ],
    }


def search(r: v.SearchResult) -> Json:
    return {
        "query": r.query,
        "total": r.total,
        "documents": r.documents,
        "took_ms": round(r.took_ms, 2),
        "hits": [hit(h) for h in r.hits],
        "further": [hit(h) for h in r.further],
        "facets": facets(r.facets),
        "suggestion": r.suggestion,
        "relaxed": r.relaxed,
        "notes": list(r.notes),
        "entities": [entity_line(e) for e in r.entities],
        "advice": advice(r.advice),
        "answer": answer(r.answer) if r.answer else None,
    }


def statement(s: v.StatementView) -> Json:
    return {
        "statement_id": s.statement_id,
        "text": s.text,
        "speaker": s.speaker,
        "speaker_id": s.speaker_id,
        "role": s.role,
        "institution": s.institution,
        "kind": s.kind,
        "cue": s.cue,
        "date": s.date,
        "document_id": s.document_id,
        "title": s.title,
        "page": s.page,
        "page_label": s.page_label,
        "start": s.start,
        "end": s.end,
        "source": s.source,
        "method": s.method,
        "confidence": s.confidence,
        "also_in": [d.document_id for d in s.also_in],
    }


def term(t: v.OfficeTerm) -> Json:
    return {
        "role": t.role,
        "institution": t.institution,
        "institution_id": t.institution_id,
        "status": t.status,
        "from": t.date_from,
        "to": t.date_to,
        "stated": t.date_from is not None or t.date_to is not None,
        "first_seen": t.first_seen,
        "last_seen": t.last_seen,
        "origin": t.origin,
        "source": t.source,
        "confidence": t.confidence,
        "evidence_count": t.evidence_count,
        "evidence": [
            {
                "document_id": e.document_id,
                "title": e.title,
                "page": e.page,
                "date": e.date,
                "text": e.text,
            }
            for e in t.evidence
        ],
    }


def entity(p: v.EntityPage) -> Json:
    return {
        **entity_line(p.summary),
        "code": p.code,
        "parent": badge(p.parent) if p.parent else None,
        "offices": [term(t) for t in p.offices],
        "holders": [{**badge(h.person), "office": term(h.term)} for h in p.holders],
        "mentions_per_year": [
            {"year": y.year, "mentions": y.count, "documents": y.documents}
            for y in p.mentions_per_year
        ],
        "co_occurring": [
            {
                "entity_id": c.entity_id,
                "type": c.type,
                "name": c.name,
                "pages": c.pages,
                "documents": c.documents,
            }
            for c in p.co_occurring
        ],
        "statement_count": p.statement_count,
        "statements": [statement(s) for s in p.statements],
        "latest_documents": [document_line(d) for d in p.documents],
        "children": [badge(b) for b in p.children],
        "merged": list(p.merged),
        "link_reasons": dict(p.link_reasons),
        "links": [
            {
                "document_id": one.document_id,
                "title": one.title,
                "date": one.date,
                "name": one.name,
                "region": one.region,
                "offices": list(one.offices),
                "reason": one.reason,
            }
            for one in p.links
        ],
    }


def event(e: v.Event) -> Json:
    return {
        "date": e.date,
        "kind": e.kind,
        "title": e.title,
        "document_id": e.document_id,
        "page": e.page,
        "text": e.text,
        "entity_id": e.entity_id,
        "confidence": e.confidence,
    }


def number(c: v.IndicatorCell | None) -> Json | None:
    if c is None:
        return None
    return {
        "value": c.value,
        "text": c.value_text,
        "unit": c.unit,
        "kind": c.kind,
        "quarter": c.quarter,
        "document_id": c.document_id,
        "title": c.title,
        "page": c.page,
        "page_label": c.page_label,
    }


def indicator(i: v.IndicatorView) -> Json:
    return {
        "indicator": i.name,
        "names": list(i.names),
        "region": i.region,
        "unit": i.unit,
        "agency": i.agency,
        "institutions": list(i.institutions),
        "documents": i.documents,
        "less_is_better": i.falls,
        "years": [
            {
                "year": y.year,
                "baseline": number(y.baseline),
                "target": number(y.target),
                "realisation": number(y.realisation),
                "attainment": y.attainment,
                "met": y.met,
                "others": [number(c) for c in y.others],
            }
            for y in i.years
        ],
    }


def page(p: v.PageView) -> Json:
    return {
        "page": p.page,
        "page_label": p.label,
        "section": p.section,
        "method": p.method,
        "ocr_confidence": p.ocr_confidence,
        "text": p.text,
        "mentions": [
            {
                "start": m.start,
                "end": m.end,
                "surface": m.surface,
                "label": m.label,
                "entity_id": m.entity_id,
                "method": m.method,
                "confidence": m.confidence,
            }
            for m in p.mentions
        ],
        "statements": [statement(s) for s in p.statements],
    }


def document(d: v.DocumentView, pages: Iterable[v.PageView]) -> Json:
    return {
        "document_id": d.document_id,
        "title": d.title,
        "date": d.date,
        "years": list(d.years),
        "doc_type": d.doc_type,
        "institution": d.institution,
        "institution_id": d.institution_id,
        "source": d.address,
        "path": d.path,
        "format": d.format,
        "language": d.language,
        "level": d.level,
        "region": d.region,
        "number": d.number,
        "stage": d.stage,
        "draft": d.draft,
        "views": d.views,
        "version": d.version,
        "older_versions": [{"version": n, "replaced": when} for n, when in d.older_versions],
        "withdrawn": d.withdrawn,
        "originals": [
            {
                "address": o.address,
                "fetched": o.fetched,
                "last_seen": o.last_seen,
                "sha256": o.sha256,
                "size": o.size,
                "version": o.version,
            }
            for o in d.originals
        ],
        "page_count": d.page_count,
        "ocr_pages": d.ocr_pages,
        "evidence": [
            {"field": x.name, "value": x.value, "rule": x.rule, "evidence": x.evidence}
            for x in d.described
        ],
        "metadata": dict(d.metadata),
        "warnings": list(d.warnings),
        "outline": [{"title": o.title, "page": o.page, "level": o.level} for o in d.outline],
        "duplicates": [document_line(x) for x in d.duplicates],
        "pages": [page(p) for p in pages],
    }
