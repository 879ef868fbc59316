"""A small base written by hand: texts with their tags in the text, no reader, no tagger.

In a page ``[PER id|words]`` is a mention, ``{kind speaker-id cue|words}`` a statement
and ``<status role|institution|institution-id|person-id>`` an office stated just there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import select

from kb.catalog import Catalog, FileState, TaggedDocument, writer_lock
from kb.catalog.fingerprint import signature, text_hash
from kb.catalog.records import SubjectKey
from kb.catalog.schema import documents
from kb.catalog.writes import write_document
from kb.catalog.writes_entities import EntityStore
from kb.catalog.writes_files import file_id, start_run
from kb.catalog.writes_sources import add_finds, add_source
from kb.config import Settings
from kb.describe import indicator_norm
from kb.ingest import rebuild
from kb.model import (
    Description,
    EntityRef,
    EntityType,
    Found,
    IndicatorValue,
    Mention,
    Office,
    OutlineItem,
    Page,
    SourceDocument,
    Statement,
    Table,
    TagContext,
    TagResult,
)
from kb.nlp.claims import extract_claims
from kb.nlp.regions import region_code

TOKEN = re.compile(
    r"\[(?P<label>PER|ORG|LOC) (?P<id>[^|\]]+)\|(?P<words>[^\]]+)\]"
    r"|\{(?P<kind>direct|indirect) (?P<speaker>\S+) (?P<cue>\S+)\|(?P<said>[^}]+)\}"
    r"|<(?P<status>\w+) (?P<role>[^|>]+)\|(?P<owner>[^|>]*)\|(?P<owner_id>[^|>]*)"
    r"\|(?P<person>[^>]+)>"
)
TYPES: dict[str, EntityType] = {"PER": "person", "ORG": "institution", "LOC": "place"}

ADDED = "2026-01-01T00:00:00+00:00"
"""When every document came in."""

NAMES = {
    "person:sari-wulandari": "Sari Wulandari",
    "person:bagus-pradana": "Bagus Pradana",
    "person:tono-raharja": "Tono Raharja",
    "institution:dinkes@36": "Dinas Kesehatan Provinsi Banten",
    "institution:bappeda@36": "Bappeda Provinsi Banten",
    "institution:pemprov@36": "Pemerintah Provinsi Banten",
    "place:36": "Provinsi Banten",
    "place:36.73": "Kota Serang",
    "place:36.04": "Kabupaten Serang",
}


@dataclass(frozen=True)
class Doc:
    """One document to write."""

    name: str
    title: str
    pages: Sequence[str]
    date: str | None = None
    years: tuple[int, ...] = ()
    doc_type: str | None = "press_release"
    institution: str | None = None
    institution_id: str | None = None
    address: str | None = None
    format: str = "portal"
    tables: tuple[Table, ...] = ()
    indicators: tuple[IndicatorValue, ...] = ()
    labels: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    outline: tuple[OutlineItem, ...] = ()
    number: str | None = None
    region: str | None = None
    stage: str | None = None
    figures: bool = False
    """Whether the claims in its text are told."""


def claimed(doc: Doc, text: str, tags: TagResult) -> TagResult:
    """The same tags with the claims of the text."""
    if not doc.figures:
        return tags
    sentences = [m.span() for m in re.finditer(r"[^.\n]+(?:\.(?=\d)[^.\n]+)*\.?", text)]
    context = TagContext(doc.title, doc.date, region=doc.region)
    claims = extract_claims(text, tags.mentions, tags.statements, sentences, context)
    return replace(tags, claims=tuple(claims))


def read_page(marked: str, date: str | None) -> tuple[str, TagResult]:
    """The plain text of a marked page, and its tags."""
    text = ""
    mentions: list[Mention] = []
    offices: list[Office] = []
    said: list[Statement] = []
    refs: dict[str, EntityRef] = {}
    held: dict[str, tuple[str, str]] = {}
    at = 0

    def ref(entity_id: str) -> None:
        kind: Any = entity_id.partition(":")[0]
        name = NAMES.get(entity_id, entity_id.partition(":")[2])
        refs[entity_id] = EntityRef(entity_id, kind, name)

    for match in TOKEN.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        start = len(text)
        if match["label"]:
            text += match["words"]
            ref(match["id"])
            mentions.append(
                Mention(start, len(text), match["words"], match["label"], match["id"], "made", 0.9)  # type: ignore[arg-type]
            )
        elif match["kind"]:
            text += match["said"]
            speaker = match["speaker"]
            role, owner = held.get(speaker, (None, None))
            said.append(
                Statement(
                    match["kind"],  # type: ignore[arg-type]
                    start,
                    len(text),
                    match["said"],
                    NAMES.get(speaker, speaker),
                    match["cue"],
                    speaker if ":" in speaker else None,
                    role,
                    owner,
                    "made",
                    0.95,
                )
            )
            if ":" in speaker:
                ref(speaker)
        else:
            person = match["person"]
            ref(person)
            if match["owner_id"]:
                ref(match["owner_id"])
            held[person] = (match["role"], match["owner"])
            text += match["role"]
            offices.append(
                Office(
                    NAMES.get(person, person),
                    match["role"],
                    match["owner"] or None,
                    match["status"],  # type: ignore[arg-type]
                    person,
                    match["owner_id"] or None,
                    start,
                    len(text),
                    "made",
                    0.9,
                )
            )
    text += marked[at:]
    return text, TagResult(tuple(mentions), tuple(offices), tuple(said), tuple(refs.values()))


def tagged(doc: Doc, folder: Path) -> TaggedDocument:
    """The document as the stages would leave it."""
    read = [
        (text, claimed(doc, text, tags))
        for text, tags in (read_page(page, doc.date) for page in doc.pages)
    ]
    pages = tuple(
        Page(
            number,
            text,
            doc.labels[number - 1] if doc.labels else None,
            doc.sections[number - 1] if doc.sections else None,
        )
        for number, (text, _) in enumerate(read, 1)
    )

    def found(value: Any) -> Any:
        return None if value in (None, ()) else Found(value, "made", "by hand")

    source = SourceDocument(
        path=str(folder / doc.name),
        format=doc.format,
        title=doc.title,
        pages=pages,
        outline=doc.outline,
        tables=doc.tables,
        address=doc.address,
    )
    years = doc.years or ((int(doc.date[:4]),) if doc.date else ())
    return TaggedDocument(
        source=source,
        description=Description(
            title=Found(doc.title, "made"),
            date=found(doc.date),
            years=found(years),
            doc_type=found(doc.doc_type),
            institution=found(doc.institution),
            address=found(doc.address),
            number=found(doc.number),
            region=found(doc.region),
            stage=found(doc.stage),
        ),
        tags=tuple(tags for _, tags in read),
        indicators=doc.indicators,
        indicator_norms=tuple(indicator_norm(i.indicator, doc.region) for i in doc.indicators),
        subject_keys=tuple(
            SubjectKey(indicator_norm(claim.subject), region_code(claim.region))
            for _, tags in read
            for claim in tags.claims
        ),
        issuer=EntityRef(doc.institution_id, "institution", doc.institution or "")
        if doc.institution_id
        else None,
        text_hash=text_hash(source),
        signature=signature(p.text for p in pages),
    )


def add(settings: Settings, docs: Sequence[Doc], folder: Path) -> list[int]:
    """Write documents to the catalog; the ids they got. The index is not touched."""
    ids: list[int] = []
    with writer_lock(settings, "test"), Catalog.open(settings, write=True) as catalog:
        with catalog.write() as connection:
            run = start_run(connection, now=ADDED, pid=1)
        for doc in docs:
            with catalog.write() as connection:
                state = FileState(str(folder / doc.name), f"sha {doc.name}", 1, 1, "made")
                number = file_id(connection, state, run)
                written = write_document(
                    connection,
                    EntityStore(),
                    tagged(doc, folder),
                    state,
                    file_id=number,
                    run_id=run,
                    now=ADDED,
                )
                ids.append(written.document_id)
    return ids


def of_sources(settings: Settings, **names: tuple[int, ...]) -> None:
    """Sources of these names that brought these documents."""
    with Catalog.open(settings, write=True) as catalog, catalog.write() as connection:
        keys = {row.id: row.key for row in connection.execute(select(documents))}
        for name, numbers in names.items():
            told = {"name": name, "kind": "portal", "address": f"https://{name}.example"}
            source = add_source(connection, {**told, "added": ADDED})
            add_finds(
                connection,
                [
                    {
                        "source_id": source,
                        "key": keys[number],
                        "address": keys[number],
                        "first_seen": ADDED,
                        "listed": 1,
                    }
                    for number in numbers
                ],
            )


GOVERNOR = "<Pj Pj Gubernur|Banten|place:36|person:sari-wulandari>"
PLAIN_GOVERNOR = "<definitif Gubernur|Banten|place:36|person:sari-wulandari>"
HEALTH = (
    "<definitif Kepala Dinas|Dinas Kesehatan Provinsi Banten|institution:dinkes@36"
    "|person:bagus-pradana>"
)
RELEASE = (
    f"SERANG - {GOVERNOR} [LOC place:36|Banten] [PER person:sari-wulandari|Sari Wulandari] "
    "meresmikan rumah sakit baru di [LOC place:36.73|Kota Serang]. "
    "“{direct person:sari-wulandari kata|Pelayanan kesehatan harus sampai ke desa-desa}” "
    "kata Sari.\n\n"
    f"{HEALTH} [ORG institution:dinkes@36|Dinas Kesehatan Provinsi Banten] "
    "[PER person:bagus-pradana|Bagus Pradana] mengatakan, "
    "{indirect person:bagus-pradana mengatakan|tenaga dokter ditambah 40 orang tahun ini.} "
    "Gedung berlantai empat itu dibangun selama dua tahun dengan dana daerah, dan akan "
    "melayani pasien dari kabupaten dan kota di sekitarnya mulai bulan depan tanpa dipungut "
    "biaya bagi peserta jaminan kesehatan yang terdaftar sebagai penduduk setempat."
)

DOCS = (
    Doc(
        "rs-1.html",
        "Rumah Sakit Baru Diresmikan di Kota Serang",
        (RELEASE,),
        "2023-03-14",
        institution="Pemerintah Provinsi Banten",
        institution_id="institution:pemprov@36",
        address="https://portal.example/berita/rumah-sakit-baru",
    ),
    Doc(
        "rs-2.html",
        "Pj Gubernur Resmikan Rumah Sakit Baru",
        (RELEASE.replace("SERANG - ", "BANTEN - "),),
        "2023-03-15",
        institution="Dinas Kesehatan Provinsi Banten",
        institution_id="institution:dinkes@36",
        address="https://dinkes.example/rumah-sakit",
    ),
    Doc(
        "jalan.html",
        "Perbaikan Jalan Provinsi Dipercepat",
        (
            f"{PLAIN_GOVERNOR} [LOC place:36|Banten] [PER person:sari-wulandari|Sari Wulandari] "
            "menegaskan {indirect person:sari-wulandari menegaskan|perbaikan jalan provinsi "
            "selesai sebelum akhir tahun.} Warga menyambut baik. “{direct warga ujarnya|Jalan "
            "rusak sudah lama kami keluhkan}” ujarnya.",
        ),
        "2024-02-05",
        institution="Pemerintah Provinsi Banten",
        institution_id="institution:pemprov@36",
        address="https://portal.example/berita/jalan",
    ),
    Doc(
        "sekda.html",
        "Musrenbang Tingkat Provinsi Dibuka",
        (
            "<definitif Kepala|Bappeda Provinsi Banten|institution:bappeda@36"
            "|person:sari-wulandari> [ORG institution:bappeda@36|Bappeda Provinsi Banten] "
            "[PER person:sari-wulandari|Sari Wulandari] membuka musrenbang di "
            "[LOC place:36.04|Kabupaten Serang].",
        ),
        "2019-05-02",
        institution="Bappeda Provinsi Banten",
        institution_id="institution:bappeda@36",
    ),
    Doc(
        "rkpd-2024.pdf",
        "RKPD Provinsi Banten Tahun 2024",
        (
            "RENCANA KERJA PEMERINTAH DAERAH TAHUN 2024. Disusun oleh "
            "[ORG institution:bappeda@36|Bappeda Provinsi Banten].",
            "Prioritas pembangunan kesehatan: cakupan imunisasi dasar lengkap dan penambahan "
            "tempat tidur rumah sakit rujukan di seluruh wilayah provinsi agar pelayanan merata.",
            "Panjang jalan provinsi dalam kondisi mantap ditargetkan 95 persen.",
        ),
        "2023-07-01",
        (2024,),
        "rkpd",
        "Bappeda Provinsi Banten",
        "institution:bappeda@36",
        format="pdf",
        labels=("I-1", "II-1", "II-2"),
        sections=("BAB I Pendahuluan", "BAB II Prioritas > 2.1 Kesehatan", "BAB II Prioritas"),
        number="12/2023",
        tables=(
            Table(
                3,
                (
                    ("Indikator", "Satuan", "Target"),
                    ("", "", "2024"),
                    ("Jalan mantap", "persen", "95,00"),
                ),
                2,
                "Tabel 2.1",
            ),
        ),
        indicators=(
            IndicatorValue("Jalan Mantap", "persen", "target", 2024, 95.0, "95,00", 3, "DPUPR"),
        ),
    ),
    Doc(
        "lkjip-2024.pdf",
        "LKjIP Provinsi Banten Tahun 2024",
        (
            "Laporan kinerja. Jalan mantap mencapai 93,2 persen. Prioritas pembangunan kesehatan: "
            "cakupan imunisasi dasar lengkap dan penambahan tempat tidur rumah sakit rujukan di "
            "seluruh wilayah kabupaten agar pelayanan merata.",
        ),
        "2025-03-01",
        (2024,),
        "lkjip",
        "Pemerintah Provinsi Banten",
        "institution:pemprov@36",
        format="pdf",
        indicators=(
            IndicatorValue("Jalan Mantap", "persen", "realisation", 2024, 93.2, "93,20", 1),
            IndicatorValue("Jalan Mantap", "persen", "target", 2024, 94.0, "94,00", 1),
            IndicatorValue("Jalan Mantap", "persen", "realisation", 2023, 91.0, "91,00", 1),
        ),
    ),
    Doc(
        "tono.html",
        "Pertemuan Nelayan",
        (
            "[PER person:tono-raharja|Tono Raharja] bertemu nelayan di "
            "[LOC place:36.73|Serang]. “{direct person:tono-raharja tutur|Harga ikan turun}” "
            "tutur Tono.",
        ),
        "2024-06-09",
        doc_type="artikel",
    ),
)


def make(settings: Settings, folder: Path) -> list[int]:
    """The whole base, indexed; ids in the order of ``DOCS``."""
    ids = add(settings, DOCS, folder)
    rebuild(settings)
    return ids
