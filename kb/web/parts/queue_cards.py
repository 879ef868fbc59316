"""The evidence of one thing that staff should decide, as HTML."""

from __future__ import annotations

import re

from kb.explore import views as v
from kb.explore.views.doubts import Doubtful
from kb.web import nav
from kb.web.base import kb
from kb.web.parts import numbers
from kb.web.parts.cards import badge_links, dated, day, meta, num
from kb.web.parts.disagree import usual_of
from kb.web.parts.page_about import moment
from kb.web.parts.page_text import excerpt
from kb.web.parts.pair import facts
from kb.web.safe import html
from kb.web.state import t

OFFICES, DOCUMENTS, TOGETHER, ALIASES = 6, 4, 8, 6
"""Lines of each kind shown of an entity."""
_CUT_BEFORE, _CUT_AFTER = re.compile(r"^\S*\s+"), re.compile(r"\s+\S*$")
TEXT = 1200
"""Characters of a page shown."""


def card(about: Doubtful) -> str:
    """What there is to see, whatever it is about."""
    if isinstance(about, v.DoubtfulPair):
        return _pair(about)
    if isinstance(about, v.DoubtfulOffice):
        return _office(about)
    if isinstance(about, v.DoubtfulIssuer):
        return _issuer(about)
    if isinstance(about, v.DoubtfulNumber):
        return _number(about)
    if isinstance(about, v.DoubtfulArrival):
        return _arrival(about.new)
    return _page(about)


def _pair(about: v.DoubtfulPair) -> str:
    # The key of a spelling is nothing to read; of an equal name it is a matter of course.
    named = any(kind == "name" for kind, _ in about.shared)
    told = [
        t(f"queue.shared_{kind}", words=_words(kind, words))
        for kind, words in about.shared
        if kind != "spelling" or not named
    ]
    shared = "; ".join(dict.fromkeys(told))
    apart = t("queue.together", count=num(about.together)) if about.together else None
    sides = "".join(_entity(one) for one in (about.one, about.two))
    return f'{meta([shared, apart])}<div class="kb-pair">{sides}</div>'


def _words(kind: str, words: str) -> str:
    return words.partition("|")[0] if kind == "office" else words


def _entity(entity_id: str) -> str:
    page = kb().entity(entity_id, statements=1, documents=DOCUMENTS, co_occurring=TOGETHER)
    summary = page.summary
    name = nav.anchor(
        nav.href("entitas", id=entity_id), html(summary.name), style=f"kb-i kb-i-{summary.type}"
    )
    aliases = "; ".join(summary.aliases[:ALIASES])
    terms = "".join(
        f"<li>{html(term.label)}{meta([_when(term)])}</li>" for term in page.offices[:OFFICES]
    )
    documents = "".join(
        "<li>"
        + nav.anchor(
            nav.href("dokumen", id=one.document_id, hal=one.page),
            html(dated(one.date, one.title)),
            mark=f"queue-{entity_id}-{one.document_id}",
        )
        + "</li>"
        for one in page.documents
    )
    said = page.statements[0] if page.statements else None
    around = [v.EntityBadge(c.entity_id, c.type, c.name, c.pages) for c in page.co_occurring]
    return (
        f'<article class="kb-card"><h3 class="kb-title">{name}</h3>{meta(facts(page))}'
        + (meta([f"{t('entities.aliases')}: {aliases}"]) if aliases else "")
        + _part("entities.offices", terms)
        + _part("entities.documents", documents)
        + (f"<blockquote>{html(excerpt(said.text, 200))}</blockquote>" if said else "")
        + (f"<h4>{html(t('queue.around'))}</h4>{badge_links(around, TOGETHER)}" if around else "")
        + "</article>"
    )


def _part(key: str, lines: str) -> str:
    return f'<h4>{html(t(key))}</h4><ul class="kb-lines">{lines}</ul>' if lines else ""


def _when(term: v.OfficeTerm) -> str | None:
    days = [day(one) for one in (term.begin, term.end) if one]
    return " – ".join(dict.fromkeys(days)) or None


def _office(about: v.DoubtfulOffice) -> str:
    person = nav.anchor(nav.href("entitas", id=about.person.entity_id), html(about.person.name))
    told = meta(
        [
            t("queue.sure", share=num(100 * about.term.confidence)),
            t("queue.places", count=num(about.count)),
        ]
    )
    places = "".join(
        f"<li>{_place(one)}<p>{_marked(words, one.text)}</p></li>"
        for one, words in zip(about.evidence, about.around, strict=True)
    )
    return (
        f'<article class="kb-card"><h3 class="kb-title">{person} · {html(about.term.label)}</h3>'
        f'{told}<ul class="kb-lines">{places}</ul></article>'
    )


def _place(one: v.OfficeEvidence) -> str:
    return nav.anchor(
        nav.href("dokumen", id=one.document_id, hal=one.page),
        html(dated(one.date, one.title)),
        mark=f"queue-{one.office_id}",
    )


def _marked(around: str, words: str) -> str:
    """The words within what stands around them."""
    before, found, after = around.partition(words)
    if not found:
        return html(" ".join(around.split()))
    # What stands at the ends is cut within a word.
    before, after = _CUT_BEFORE.sub("", before), _CUT_AFTER.sub("", after)
    told = [html(" ".join(one.split())) for one in (before, words, after)]
    left = " " if before[-1:].isspace() else ""
    right = " " if after[:1].isspace() else ""
    return f"… {told[0]}{left}<mark>{told[1]}</mark>{right}{told[2]} …"


def _issuer(about: v.DoubtfulIssuer) -> str:
    document = about.document
    name = nav.anchor(nav.href("dokumen", id=document.document_id), html(document.title))
    page = kb().page(document.document_id, 1)
    written = about.written or t("queue.unwritten")
    return (
        f'<article class="kb-card"><h3 class="kb-title">{name}</h3>'
        f"{meta([day(document.date), document.doc_type_label, t('queue.written', name=written)])}"
        f"<blockquote>{html(excerpt(page.text, TEXT // 2))}</blockquote></article>"
    )


def _number(about: v.DoubtfulNumber) -> str:
    one = about.disagreement
    unit = f" <small>{html(one.unit)}</small>" if one.unit else ""
    usual = usual_of(one.cells)
    rows = "".join(
        f'<tr><td>{place}</td><th scope="row">{_odd(cell, usual)}</th><td>{_source(cell)}</td></tr>'
        for place, cell in enumerate(one.cells, 1)
    )
    return (
        f'<article class="kb-card"><h3 class="kb-title">{html(one.indicator)}{unit}</h3>'
        f"{meta([t(f'indicators.{one.kind}'), str(one.year), one.region])}"
        f'<div class="kb-wide"><table class="kb-table"><tbody>{rows}</tbody></table></div>'
        "</article>"
    )


def _odd(cell: v.IndicatorCell, usual: frozenset[float | None]) -> str:
    """As it is printed; marked where most documents state another."""
    printed = html(numbers.printed(cell))
    return printed if cell.value in usual else f"<mark>{printed}</mark>"


def _source(cell: v.IndicatorCell) -> str:
    return nav.anchor(
        numbers.address(cell),
        html(f"{numbers.document(cell)} · {numbers.page(cell)}"),
        mark=f"queue-{cell.number_id}",
    )


def _page(about: v.DoubtfulPage) -> str:
    document = about.document
    name = nav.anchor(
        nav.href("dokumen", id=document.document_id, hal=about.page),
        html(f"{document.title} · {t('search.page', label=about.label or about.page)}"),
    )
    told = meta([t("queue.read", share=num(100 * about.confidence))])
    picture = ""
    if kb().document_file(document.document_id) is not None:
        address = f"gambar/{document.document_id}/{about.page}?lebar=720"
        picture = f'<img src="{address}" alt="{html(t("queue.picture"))}">'
    text = html(about.text[:TEXT])
    return (
        f'<article class="kb-card"><h3 class="kb-title">{name}</h3>{told}<div class="kb-pair">'
        f'{picture}<div class="kb-page">{text}</div></div></article>'
    )


def _arrival(new: v.NewDocument) -> str:
    document = new.document
    where = document.document_id
    name = nav.anchor(
        nav.href("dokumen", id=where), html(document.title), mark=f"queue-new-{where}"
    )
    source = nav.anchor(nav.href("sumber", id=new.source.number), html(new.source.name))
    facts = [
        (t("judge.field_doc_type"), html(document.doc_type_label or t("queue.unwritten"))),
        (t("judge.field_date"), html(day(document.date) or t("queue.unwritten"))),
        (t("judge.field_years"), html(", ".join(map(str, new.years)) or t("queue.unwritten"))),
        (t("judge.field_institution"), html(document.institution or t("queue.unwritten"))),
        (t("queue.source"), f"{source}, {html(moment(new.arrived))}"),
        *([(t("queue.version"), num(new.version))] if new.version > 1 else []),
    ]
    lines = "".join(f"<dt>{html(one)}</dt><dd>{value}</dd>" for one, value in facts)
    words = excerpt(new.text, TEXT // 2) or t("queue.no_text")
    return (
        f'<article class="kb-card"><h3 class="kb-title">{name}</h3>'
        f'<dl class="kb-proof">{lines}</dl><blockquote>{html(words)}</blockquote></article>'
    )
