"""Commands about one document, and about the base as a whole."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date

from kb.cli import shapes
from kb.cli.opened import asked
from kb.cli.terminal import Terminal
from kb.errors import NotFound
from kb.explore import KnowledgeBase
from kb.explore.views import Change, DocumentView, PageView, VersionChanges, plain


def show(a: argparse.Namespace, t: Terminal) -> int:
    """``kb show``."""

    def question(kb: KnowledgeBase) -> tuple[DocumentView, list[PageView]]:
        found = kb.document(a.document)
        if a.page is not None:
            wanted = [a.page]
        elif t.as_json:
            wanted = [p.page for p in found.pages]
        else:
            wanted = [p.page for p in found.pages[:1]]
        return found, [kb.page(a.document, n) for n in wanted]

    found, pages = asked(a, t, question)
    if t.as_json:
        t.value(shapes.document(found, pages))
        return 0
    t.heading(found.title)
    facts = (
        ("type", found.doc_type_label),
        ("institution", found.institution),
        ("date", found.date),
        ("years", ", ".join(map(str, found.years))),
        ("number", found.number),
        ("source", found.address or found.path),
        ("pages", f"{found.page_count}" + (f", {found.ocr_pages} by OCR" * bool(found.ocr_pages))),
    )
    for name, value in facts:
        if value:
            t.say(f"{name}: {value}")
    if found.withdrawn:
        t.say(f"withdrawn: since {found.withdrawn} its source does not have it any more")
    for version, when in found.older_versions:
        t.say(f"version {version}: replaced {when[:10]} (kb diff {a.document} --version {version})")
    for original in found.originals:
        t.say(
            f"original: {original.address}, seen {original.fetched} to {original.last_seen}, "
            f"sha256 {original.sha256}"
        )
    for warning in found.warnings:
        t.say(f"note: {warning}")
    if found.outline:
        t.say("\nOutline")
        for entry in found.outline[:60]:
            t.say(f"{entry.title} ... {entry.page}", 2 + 2 * min(entry.level, 5))
    for page in pages:
        _page(page, t)
    if a.page is None and found.page_count > 1:
        t.say(f"\nOther pages: kb show {a.document} --page N (1 to {found.page_count})")
    return 0


def _page(page: PageView, t: Terminal) -> None:
    label = f" ({page.label})" if page.label else ""
    t.say()
    t.heading(f"Page {page.page}{label} of {page.page_count}")
    if page.section:
        t.say(page.section)
    t.raw(page.text)
    if page.mentions:
        t.say("\nMentions")
        t.table(
            ("label", "id", "words"),
            [(m.label, m.entity_id or "-", m.surface) for m in page.mentions],
        )
    if page.statements:
        t.say("\nStatements")
        for s in page.statements:
            t.say(f"{s.speaker or 'unknown speaker'} ({s.cue or s.kind}): {s.text}", 2)


def cite(a: argparse.Namespace, t: Terminal) -> int:
    """``kb cite``."""
    today = date.today().isoformat()
    found = asked(
        a,
        t,
        lambda kb: kb.cite(a.document, page=a.page, statement=a.statement, accessed=today),
    )
    if t.as_json:
        t.value({"plain": found.plain, "bibtex": found.bibtex})
    else:
        t.raw(found.bibtex.rstrip() if a.bibtex else found.plain)
    return 0


def related(a: argparse.Namespace, t: Terminal) -> int:
    """``kb related``."""
    if a.page is not None:
        return _similar_pages(a, t)
    found = asked(a, t, lambda kb: kb.related(a.document, a.limit))
    if t.as_json:
        t.value({"documents": [{**shapes.document_line(d), "score": d.score} for d in found]})
        return 0
    for d in found:
        t.say(f"{d.document_id}  {d.date or ''}  {d.title}")
    return 0


def _similar_pages(a: argparse.Namespace, t: Terminal) -> int:
    found = asked(a, t, lambda kb: kb.similar_passages(a.document, a.page, a.limit))
    if t.as_json:
        t.value({"pages": [shapes.similar(one) for one in found]})
        return 0
    for one in found:
        d = one.document
        alike = {"meaning": "by meaning"}.get(one.kind, "similar")
        if one.paragraphs:
            alike = f"{one.paragraphs} paragraphs in both"
        t.heading(f"{d.document_id}  {d.date or ''}  {d.title}, page {one.page}")
        t.say(f"{alike}, {one.score:.0%}", 3)
        t.say(one.excerpt, 3)
    return 0


def diff(a: argparse.Namespace, t: Terminal) -> int:
    """``kb diff``."""
    if a.figures:
        from kb.cli.claims import changes

        return changes(a, t)
    if a.other is None:
        return _versions(a, t)
    page, other_page = a.page or a.other_page, a.other_page or a.page
    if page is None:
        found = asked(a, t, lambda kb: kb.compare_texts(a.document, a.other, limit=a.limit))
    else:
        found = asked(a, t, lambda kb: kb.compare_pages(a.document, page, a.other, other_page))
        found = found[: a.limit]
    if t.as_json:
        t.value({"passages": plain(found)})
        return 0
    t.say(f"{len(found)} paragraphs in both")
    for one in found:
        t.say()
        t.heading(f"page {one.left_page} and page {one.right_page}, {one.similarity:.0%} alike")
        t.say(_words(one.changes), 2)
    return 0


def _words(changes: Sequence[Change]) -> str:
    """Words that went in ``[-...-]``, words that came in ``{+...+}``."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return " ".join(marks[c.kind].format(c.text) for c in changes)


def _versions(a: argparse.Namespace, t: Terminal) -> int:
    """Two versions of one document; without numbers the one before against the present one."""

    def question(kb: KnowledgeBase) -> VersionChanges:
        found = kb.document(a.document)
        if a.version is None and not found.older_versions:
            raise NotFound(
                f"Document {a.document} has one version; name another document to compare it with."
            )
        before = a.version if a.version is not None else found.older_versions[0][0]
        return kb.compare_versions(a.document, before, a.to_version)

    found = asked(a, t, question)
    if t.as_json:
        t.value(plain(found))
        return 0
    t.say(
        f"version {found.version} to version {found.other}: {len(found.passages)} paragraphs "
        f"changed, {found.unchanged} did not"
    )
    if any(c.kind != "same" for c in found.title):
        t.say()
        t.heading("title")
        t.say(_words(found.title), 2)
    for one in found.passages:
        t.say()
        t.heading(f"page {one.left_page if one.left else one.right_page}")
        t.say(_words(one.changes), 2)
    return 0


def info(a: argparse.Namespace, t: Terminal) -> int:
    """``kb info``."""

    def question(kb: KnowledgeBase) -> tuple[object, str | None]:
        return kb.home(), kb.index_problem

    from kb.explore.views import HomeView

    home, problem = asked(a, t, question)
    assert isinstance(home, HomeView)
    if t.as_json:
        value = plain(home)
        assert isinstance(value, dict)
        t.value({**value, "index_problem": problem})
        return 0
    t.table(
        ("what", "how many"),
        [
            ("documents", home.documents),
            ("pages", home.passages),
            ("pages by OCR", home.ocr_pages),
            ("officials", home.officials),
            ("persons", home.persons),
            ("institutions", home.institutions),
            ("places", home.places),
            ("statements", home.statements),
            ("indicators", home.indicators),
            ("files that failed", home.failed_files),
        ],
    )
    t.say(f"from {home.first_date or '?'} to {home.last_date or '?'}")
    for facet in home.by_type:
        t.say(f"{facet.count} {facet.label}", 2)
    if problem:
        t.say(problem)
    return 0
