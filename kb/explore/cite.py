"""References to documents, pages and statements, in Indonesian style and as BibTeX."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from kb.authority import written
from kb.catalog.reading import documents as reads
from kb.catalog.reading import pages as page_reads
from kb.errors import NotFound
from kb.explore import names, proof, statements
from kb.explore.fields import doc_type_label
from kb.explore.sources import Sources
from kb.explore.views import Citation, StatementView
from kb.model import MARK_END, MARK_START

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_ARTICLES = {"artikel", "press_release", "pengumuman", "profil"}


@dataclass(frozen=True, slots=True)
class Source:
    """What a reference needs to know of a document."""

    document_id: int
    title: str
    institution: str | None
    date: str | None
    years: tuple[int, ...]
    doc_type: str | None
    address: str | None
    file_name: str
    number: str | None = None


def long_date(iso: str | None) -> str | None:
    """``4 Januari 2024`` (or month and year, or the year) for an ISO date."""
    return written.date("id", iso, long=True) if iso else None


def clean(text: str) -> str:
    """One line without marks, control and direction characters."""
    kept = [
        c
        for c in text
        if c not in (MARK_START, MARK_END) and (c.isspace() or unicodedata.category(c)[0] != "C")
    ]
    return " ".join("".join(kept).split())


def plain_reference(
    source: Source,
    page_label: str | None = None,
    statement: StatementView | None = None,
    accessed: str | None = None,
) -> str:
    """``Lembaga. (2024, 4 Januari). Judul, hlm. IV-23. Diakses dari ... pada ...``"""
    author = clean(source.institution or "") or "Tanpa lembaga"
    when = long_date(source.date)
    if when is not None and source.date is not None and " " in when:
        year = source.date[:4]
        when = f"{year}, {when.removesuffix(year).strip()}"
    elif when is None:
        when = str(source.years[0]) if len(source.years) == 1 else "t.t."
    title = clean(source.title).rstrip(".")
    if source.number and source.number not in title:
        title += f" (Nomor {clean(source.number)})"
    text = f"{author}. ({when}). {title}"
    if page_label:
        text += f", hlm. {clean(page_label)}"
    text += "."
    if source.address:
        text += f" Diakses dari {clean(source.address)}"
        text += f" pada {long_date(accessed)}." if accessed else "."
    if statement is None:
        return text
    speaker = clean(statement.speaker or "Narasumber")
    office = clean(statement.office)
    who = f"{speaker} ({office})" if office else speaker
    return f'{who}: "{clean(statement.text)}" Dikutip dalam {text}'


def bibtex_reference(
    source: Source,
    page_label: str | None = None,
    statement: StatementView | None = None,
    accessed: str | None = None,
) -> str:
    """A BibTeX entry: ``@online`` for articles with an address, else ``@techreport``."""
    article = (source.doc_type or "") in _ARTICLES or (source.doc_type is None and source.address)
    kind = "online" if article and source.address else "misc" if article else "techreport"
    year = (source.date or "")[:4] or (str(source.years[0]) if source.years else "")
    fields: dict[str, str | None] = {
        "title": "{" + _tex(source.title) + "}",
        "author": "{" + _tex(source.institution) + "}" if source.institution else None,
        "institution": _tex(source.institution) if kind == "techreport" else None,
        "type": _tex(doc_type_label(source.doc_type)) if kind == "techreport" else None,
        "number": _tex(source.number) or None,
        "year": year or None,
        "date": source.date if source.date and len(source.date) == 10 else None,
        "pages": _tex(page_label) or None,
        "url": _url(source.address),
        "urldate": accessed if source.address else None,
        "note": _note(statement),
        "language": "indonesian",
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{kind}{{{_key(source, year)},\n" + ",\n".join(lines) + "\n}\n"


def _note(statement: StatementView | None) -> str | None:
    if statement is None:
        return None
    office = statement.office
    who = f"{statement.speaker or 'Narasumber'}" + (f" ({office})" if office else "")
    return _tex(f'{who}: "{statement.text}"')


def _tex(text: str | None) -> str:
    return "".join(_TEX.get(c, c) for c in clean(text or ""))


def _url(address: str | None) -> str | None:
    """An address cannot hold what would end the field: such characters are percent-encoded."""
    if not address:
        return None
    quoted = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20", '"': "%22"}
    return "".join(quoted.get(c, c) for c in clean(address)) or None


def _key(source: Source, year: str) -> str:
    words = re.findall(r"[a-z0-9]+", unicodedata.normalize("NFKD", source.title).lower())
    long = [w for w in words if len(w) > 3][:3] or words[:3] or ["dokumen"]
    return f"{''.join(long)}{year}-{source.document_id}"


def cite(
    sources: Sources,
    document_id: int,
    page: int | None,
    statement: int | None,
    accessed: str | None,
) -> Citation:
    """See ``KnowledgeBase.cite``."""
    said: StatementView | None = None
    if statement is not None:
        said = statements.statement(sources, statement)
        if said.document_id != document_id:
            raise NotFound(f"Statement {statement} is not in document {document_id}.")
        page = page or said.page
    with sources.read() as connection:
        row = reads.document(connection, document_id)
        if row is None:
            raise NotFound(f"There is no document {document_id}; look it up with 'kb search'.")
        years = reads.document_years_of(connection, [document_id]).get(document_id, ())
        label: str | None = None
        if page is not None:
            head = page_reads.page(connection, document_id, page)
            if head is None:
                raise NotFound(f"Document {document_id} has no page {page}.")
            single = row.page_count == 1 and row.format != "pdf"
            label = None if single else str(head.label or page)
        owner = row.institution_id
        owners: Mapping[str, str] = names.labels(connection, [owner] if owner else [])
        # What is cited is our copy, read at its address on that day; without one, as told.
        accessed = proof.seen_on(sources, connection, row) or accessed
    source = Source(
        document_id=document_id,
        title=row.title,
        institution=names.labelled(owners, owner, row.institution),
        date=row.date,
        years=years,
        doc_type=row.doc_type,
        address=row.address,
        file_name=row.path,
        number=row.number,
    )
    return Citation(
        plain_reference(source, label, said, accessed),
        bibtex_reference(source, label, said, accessed),
    )
