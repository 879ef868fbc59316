"""Search tests run every engine on the same invented passages."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import real_servers

from kb.config import Settings
from kb.model import Passage
from kb.search import ENGINES, SearchEngine, forget, open_engine
from kb.search.engine import EngineResult, SearchRequest

STAMP = "schema 1, test"


def _passages() -> list[Passage]:
    rows = [
        # document, page, title, section, text, type, years, issuer, date, officials, places
        (1, 1, "RKPD Provinsi Melati Tahun 2025", "BAB I", "Rencana kerja pemerintah daerah "
         "disusun oleh Bappeda. Prioritas pembangunan adalah jalan dan jembatan.", "rkpd",
         (2025,), "institution:bappeda-melati", "2024-06-30", ("person:sari",), ("place:99",)),
        (1, 2, "RKPD Provinsi Melati Tahun 2025", "BAB II > 2.1 Kesehatan", "Pelayanan kesehatan "
         "ibu dan anak ditingkatkan di Kabupaten Cempaka. Penanganan COVID-19 selesai.", "rkpd",
         (2025,), "institution:bappeda-melati", "2024-06-30", (), ("place:99", "place:99.01")),
        (1, 3, "RKPD Provinsi Melati Tahun 2025", "BAB III", "Target pendapatan asli daerah "
         "sebesar Rp1.234.567 dari pajak kendaraan.", "rkpd", (2025,),
         "institution:bappeda-melati", "2024-06-30", (), ("place:99",)),
        (2, 1, "RPJMD Provinsi Melati 2025-2029", "BAB I", "Visi gubernur terpilih dan misi "
         "pembangunan lima tahun. Kinerja pemerintahan dan kebijakan umum.", "rpjmd",
         (2025, 2026, 2027, 2028, 2029), "institution:bappeda-melati", "2025-03-01",
         ("person:sari",), ("place:99",)),
        (3, 1, "Gubernur Sari Resmikan Jembatan Kenanga", "", "Gubernur Melati Sari Wulan "
         "meresmikan jembatan di Kota Kenanga pada 4 Januari 2024. Jalan rusak diperbaiki.",
         "press_release", (2024,), "institution:biro-adpim", "2024-01-04", ("person:sari",),
         ("place:99.02",)),
        (4, 1, "Bupati Cempaka Buka Posyandu", "", "Bupati Cempaka Budi Rahayu membuka posyandu. "
         "Perintah bupati: layani masyarakat dengan sehat dan ramah.", "press_release", (2023,),
         "institution:pemkab-cempaka", "2023-08-17", ("person:budi",), ("place:99.01",)),
        (5, 1, "Peraturan Daerah tentang Pajak Daerah", "", "Peraturan Daerah Provinsi Melati "
         "Nomor 4 Tahun 2023 tentang Pajak Daerah dan Retribusi Daerah, sesuai PMK.07/2023.",
         "perda", (2023,), "institution:pemprov-melati", "2023-12-29", (), ("place:99",)),
        (6, 1, "Keputusan tentang Tim Penyusun", "", "Keputusan Nomor 050.13/Kep.12-Bappeda/2024 "
         "tentang tim penyusun undang-undang dan perundang-undangan daerah.", "kep", (2024,),
         "institution:bappeda-melati", "", (), ()),
        (7, 1, "Wakil Gubernur Tinjau Pasar", "", "Wakil gubernur meninjau pasar. Harga beras naik "
         "tetapi stok aman. Organisasi perangkat daerah diminta siaga.", "press_release", (2024,),
         "institution:biro-adpim", "2024-02", (), ("place:99.02",)),
    ]  # fmt: skip
    return [
        Passage(
            passage_id=100 + number,
            document_id=row[0],
            page=row[1],
            title=row[2],
            section=row[3],
            text=row[4],
            doc_type=row[5],
            years=row[6],
            institution=row[7],
            date=row[8],
            officials=row[9],
            places=row[10],
            number="Nomor 4 Tahun 2023" if row[0] == 5 else "",
            figures=number in (1, 5),
        )
        for number, row in enumerate(rows)
    ]


PASSAGES = _passages()


@dataclass
class Base:
    """An engine over some passages, with what it was made of."""

    engine: SearchEngine
    settings: Settings
    texts: dict[int, str]

    def source(self, ids: object) -> dict[int, str]:
        return {i: self.texts[i] for i in ids if i in self.texts}  # type: ignore[attr-defined]

    def ask(self, query: str = "", **more: object) -> EngineResult:
        return self.engine.search(SearchRequest(query, **more))  # type: ignore[arg-type]

    def ids(self, query: str = "", **more: object) -> list[int]:
        return [hit.passage_id for hit in self.ask(query, **more).hits]

    def put(self, *passages: Passage) -> None:
        self.texts.update({p.passage_id: p.text for p in passages})
        self.engine.add(passages)

    def reopen(self, *, writable: bool = False, stamp: str = STAMP) -> SearchEngine:
        return open_engine(self.settings, self.source, writable=writable, stamp=stamp)


def resolve(field: str, text: str) -> list[str]:
    """Names of the invented passages to ids."""
    known = {
        ("official", "sari wulan"): ["person:sari"],
        ("official", "budi rahayu"): ["person:budi"],
        ("institution", "bappeda"): ["institution:bappeda-melati"],
        ("place", "cempaka"): ["place:99.01"],
        ("type", "siaran pers"): ["press_release"],
    }
    return known.get((field, text.casefold()), [])


def engines() -> list[Any]:
    """Every engine; one whose extra or server is not here is skipped, saying so."""
    modules = {"tantivy": "tantivy", "opensearch": "opensearchpy"}
    found: list[Any] = []
    for engine in ENGINES:
        absent = engine in modules and find_spec(modules[engine]) is None
        marks = [pytest.mark.skipif(absent, reason=f"the extra '{engine}' is not installed")]
        if engine == "opensearch":
            marks.append(pytest.mark.server)
        found.append(pytest.param(engine, marks=marks))
    return found


def settings_of(engine: str, home: Path) -> Settings:
    """Settings of a base of its own: on a server, under a name of its own."""
    settings = replace(Settings(home=home), engine=engine)
    if engine != "opensearch":
        return settings
    name = f"t{secrets.token_hex(6)}"
    address = real_servers.address("opensearch", "KB_TEST_OPENSEARCH")
    return replace(settings, opensearch=address, opensearch_index=name)


@pytest.fixture(scope="session")
def make_base() -> Iterator[Callable[[str, Path], Base]]:
    made: list[Base] = []

    def make(engine: str, home: Path) -> Base:
        texts: dict[int, str] = {}

        def source(ids: object) -> dict[int, str]:
            return {i: texts[i] for i in ids if i in texts}  # type: ignore[attr-defined]

        settings = settings_of(engine, home)
        opened = open_engine(settings, source, writable=True, stamp=STAMP, resolve=resolve)
        base = Base(opened, settings, texts)
        made.append(base)
        return base

    yield make
    for base in made:
        base.engine.close()
        if base.settings.engine == "opensearch":
            forget(base.settings)


@pytest.fixture(params=engines())
def empty(
    request: pytest.FixtureRequest, tmp_path: Path, make_base: Callable[[str, Path], Base]
) -> Base:
    """An engine with nothing in it."""
    return make_base(request.param, tmp_path / "basis kosong")


@pytest.fixture(scope="session", params=engines())
def base(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    make_base: Callable[[str, Path], Base],
) -> Base:
    """An engine with ``PASSAGES`` in it: only read it."""
    found = make_base(request.param, tmp_path_factory.mktemp("basis"))
    found.put(*PASSAGES)
    found.engine.commit()
    return found
