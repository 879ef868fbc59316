"""The stages between a file and the catalog, as they run inside a worker process."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kb.catalog.fingerprint import signature, text_hash
from kb.catalog.records import SubjectKey, TaggedDocument
from kb.config import Settings
from kb.model import Description, EntityRef, Known, SourceDocument, TagContext
from kb.readers.archive import bsdtar
from kb.readers.formats import HOLDERS, kind_of_name
from kb.readers.holders import Refused
from kb.readers.office import soffice
from kb.readers.options import ReadOptions
from kb.readers.storable import storable

FAST = "fast"
"""The setting ``tagger`` that does without the encoder."""

Beat = Callable[[int, int], None]
"""Told (page, pages) while a long file is read: a sign of life."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of reading one file."""

    seconds: float
    memory_mb: int


@dataclass(frozen=True, slots=True)
class Stages:
    """What a worker runs on a file; every field is a module-level function."""

    read: Callable[[Path, ReadOptions, Limits, Beat], Iterator[SourceDocument | Refused]]
    prepare: Callable[[SourceDocument, str, Beat], TaggedDocument]
    """Gets the source document, the home region and the sign of life."""
    warm_up: Callable[[], None]
    """Loads models before the first file, so that its time limit is its own."""
    stamp: Callable[[], str]
    """Versions of all stages: files read with another stamp are read again."""


def real(tagger: str = "full") -> Stages:
    """The stages of this program, with the tagger of the settings."""
    if tagger == FAST:
        return Stages(read=read, prepare=prepare_fast, warm_up=warm_up_fast, stamp=stamp_fast)
    return Stages(read=read, prepare=prepare, warm_up=warm_up, stamp=stamp)


def stamp(tagger: str = "full") -> str:
    """Versions of readers, describe and tagger, each of its own modules and data."""
    from kb import describe, nlp, readers

    return "|".join((readers.stamp(), describe.stamp(), nlp.stamp(tagger)))


def stamp_fast() -> str:
    """The same without the encoder."""
    return stamp(FAST)


def file_stamp(stages: str, path: Path, ocr: str) -> str:
    """The stamp of one file: it also says by which programs of this machine its kind was
    read, so that a file is tried again once one of them was installed."""
    kind = kind_of_name(path.name)
    programs = []
    if kind in {"pdf", "picture", *HOLDERS}:
        programs.append("tesseract" if shutil.which("tesseract") else "none")
    if kind in {"doc", "ppt", *HOLDERS}:
        programs.append("soffice" if soffice() else "no soffice")
    if kind in HOLDERS:
        programs.append("bsdtar" if bsdtar() else "no bsdtar")
    return f"{stages}|ocr {ocr} {' '.join(programs)}" if programs else stages


def warm_up(tagger: str = "full") -> None:
    """Load the tagger and the authority file."""
    from kb import nlp

    nlp.load_tagger(tagger).tag("Gubernur membuka acara.", TagContext())


def warm_up_fast() -> None:
    """The same without the encoder."""
    warm_up(FAST)


def read(
    path: Path, options: ReadOptions, limits: Limits, beat: Beat
) -> Iterator[SourceDocument | Refused]:
    """The documents of a file, and of the files in it; what may be hostile is read in a
    process of its own.

    A table of many documents is read row by row instead: it need not fit into memory.
    """
    from kb import readers
    from kb.readers.sniff import sniff

    def one(file: Path) -> Iterator[SourceDocument]:
        beat(0, 0)
        if sniff(file) in ("csv", "json", "jsonl"):
            yield from readers.read(file, options)
            return
        yield from readers.read_isolated(
            file,
            options,
            seconds=limits.seconds,
            memory_mb=limits.memory_mb,
            progress=lambda stage, page, pages: beat(page, pages),
        )

    yield from readers.read_whole(path, options, one)


def prepare(
    source: SourceDocument, home_region: str, beat: Beat, tagger: str = "full"
) -> TaggedDocument:
    """Describe and tag one document: everything the catalog stores of it."""
    from kb import describe, nlp
    from kb.nlp.regions import region_code

    source = storable(source)
    told = describe.describe(by_own_name(source))
    context = tag_context(told, home_region)
    tags = nlp.load_tagger(tagger).tag_pages([page.text for page in source.pages], context)
    indicators = tuple(describe.extract_indicators(source, told))
    return TaggedDocument(
        source=source,
        description=told,
        tags=tuple(tags),
        indicators=indicators,
        indicator_norms=tuple(
            describe.indicator_norm(item.indicator, told.region.value if told.region else None)
            for item in indicators
        ),
        subject_keys=tuple(
            SubjectKey(describe.indicator_norm(claim.subject), region_code(claim.region))
            for page in tags
            for claim in page.claims
        ),
        issuer=issuer(told, context),
        context=context,
        text_hash=text_hash(source),
        signature=signature(page.text for page in source.pages),
    )


def under_name(source: SourceDocument, name: str | None) -> SourceDocument:
    """The document under the file's own name, where it was read from a copy."""
    return source if name is None else replace(source, path=name)


def with_known(source: SourceDocument, known: Known | None) -> SourceDocument:
    """The document with where it was fetched from, which says more than its own markup does:
    a page may name any address as its own. Documents inside a file keep theirs."""
    if known is None:
        return source
    metadata = dict(source.metadata)
    if known.section:
        metadata["section"] = known.section
    if source.part is not None:
        return replace(source, metadata={**metadata, "fetched_from": known.address})
    return replace(
        source,
        address=known.address,
        title=source.title or known.title,
        published=source.published or known.published,
        metadata=metadata,
    )


def by_own_name(source: SourceDocument) -> SourceDocument:
    """A document from inside a file, under its own name there instead of the file's."""
    if source.part is None or kind_of_name(source.path) not in HOLDERS:
        return source
    return replace(source, path=f"{source.path}/{source.part}")


def prepare_fast(source: SourceDocument, home_region: str, beat: Beat) -> TaggedDocument:
    """The same without the encoder."""
    return prepare(source, home_region, beat, FAST)


def tag_context(told: Description, home_region: str) -> TagContext:
    """What the tagger is told of the document; ``home_region`` may be empty (none is set)."""
    return TagContext(
        title=told.title.value,
        date=told.date.value if told.date else None,
        institution=told.institution.value if told.institution else None,
        region=told.region.value if told.region else None,
        doc_type=told.doc_type.value if told.doc_type else None,
        home=home_region or None,
    )


def issuer(told: Description, context: TagContext) -> EntityRef | None:
    """The issuing institution as an entity: the authority file's, else one by its name.

    The head of a region issues for its government: both are one institution, found by either
    name.
    """
    from kb import authority, describe

    if told.institution is None:
        return None
    written = told.institution.value
    name = describe.government_of(written) or written
    known = authority.load().resolve_institution(name, context.region or context.home)
    if known is not None:
        return known if name == written else replace(known, aliases=(*known.aliases, written))
    slug = authority.norm(name).replace(" ", "-")
    if not slug:
        return None
    return EntityRef(f"institution:{slug}", "institution", name, method="describe", confidence=0.6)


def read_options(settings: Settings, ocr: str, passwords: Sequence[str]) -> ReadOptions:
    """How files of this knowledge base are read."""
    mode = "always" if ocr == "always" else "never" if ocr == "never" else "auto"
    return ReadOptions(
        ocr=mode,  # type: ignore[arg-type]
        passwords=(*passwords, *settings.pdf_passwords),
        cache=settings.cache_path,
        ocr_seconds=settings.ocr_seconds,
        max_page_chars=settings.max_page_chars,
    )
