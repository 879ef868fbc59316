"""What a person keeps: theirs alone unless shared, found again when the file is read anew."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import made_base
import pypdf
import pytest
from docx import Document

from kb.config import Settings
from kb.errors import NotFound, QueryError
from kb.explore import open_kb
from kb.staff import Desk
from kb.staff.dossier import Dossier, docx, dossier, pdf
from kb.staff.keeping import Keeper, Thing

ROOT = "https://arsip.example.go.id"


@pytest.fixture
def base(tmp_path: Path) -> Settings:
    settings = Settings(tmp_path / "index")
    made_base.make(settings, tmp_path)
    return settings


def said(base: Settings, words: str) -> Thing:
    with open_kb(base) as kb:
        one = next(s for s in kb.statements(limit=50, fold=False).statements if words in s.text)
    return Thing("statement", one.document_id, one.page, one.statement_id)


def printed(base: Settings, value: str) -> Thing:
    with open_kb(base) as kb:
        for found in kb.indicators("jalan mantap").indicators:
            for year in found.years:
                for cell in (year.target, year.realisation, *year.others):
                    if cell is not None and cell.value_text == value:
                        return Thing("number", cell.document_id, cell.page, cell.number_id)
    raise AssertionError(value)


def read_anew(base: Settings, folder: Path, name: str, old: str = "", new: str = "") -> None:
    """The file again, perhaps with other words: its rows get other numbers."""
    doc = next(d for d in made_base.DOCS if d.name == name)
    made_base.add(
        base, [replace(doc, pages=tuple(p.replace(old, new, 1) for p in doc.pages))], folder
    )


def as_dossier(base: Settings, number: int) -> Dossier:
    with open_kb(base) as kb:
        found = Keeper(base, "Ani").collection(number)
        return dossier(kb, found, who="Ani", root=ROOT, today="2026-02-03")


def test_a_note_is_its_authors_alone_until_it_is_shared(base: Settings) -> None:
    ani, budi = Keeper(base, "Ani"), Keeper(base, "Budi")
    thing = said(base, "Harga ikan")
    kept = ani.keep(thing, starred=True, note="periksa lagi", new=["Nelayan 2024"])
    assert kept is not None
    (number,) = kept.collections
    assert ani.collections()[0].row.name == "Nelayan 2024"
    assert budi.of(thing) is None
    assert budi.collections() == ()
    with pytest.raises(NotFound):
        budi.collection(number)
    with pytest.raises(NotFound):
        budi.keep(thing, starred=True, note="", collections=[number])
    with pytest.raises(NotFound):
        budi.annotate(kept.row.id, "bukan milikku")
    ani.change(number, shared=True)
    assert [clip.row.note for clip in budi.collection(number).clips] == ["periksa lagi"]
    budi.keep(said(base, "perbaikan jalan"), starred=False, note="", collections=[number])
    assert budi.collection(number).count == 2
    for forbidden in (
        lambda: budi.change(number, name="Milik Budi"),
        lambda: budi.drop(number),
        lambda: budi.take_out(number, kept.row.id),
        lambda: budi.forget(kept.row.id),
    ):
        with pytest.raises(NotFound):
            forbidden()
    ani.drop(number)
    assert budi.clips() == ()  # nothing was left of it but the collection
    assert [clip.row.note for clip in ani.clips()] == ["periksa lagi"]


def test_nobody_keeps_without_a_name_or_an_end(base: Settings) -> None:
    thing = said(base, "Harga ikan")
    with pytest.raises(QueryError, match="name"):
        Keeper(base, None).keep(thing, starred=True, note="")
    with pytest.raises(QueryError, match="characters"):
        Keeper(base, "Ani").keep(thing, starred=True, note="x" * 5000)
    with pytest.raises(QueryError, match="name"):
        Keeper(base, "Ani").make("  ")
    with pytest.raises(NotFound):
        Keeper(base, "Ani").keep(Thing("statement", 1, 1, 999), starred=True, note="")
    assert Keeper(base, "Ani").keep(thing, starred=False, note=" ") is None
    assert Keeper(base, "Ani").clips() == ()


def test_what_is_kept_is_found_again_when_the_file_is_read_anew(
    base: Settings, tmp_path: Path
) -> None:
    ani = Keeper(base, "Ani")
    thing = said(base, "perbaikan jalan")
    ani.keep(thing, starred=True, note="")
    ani.keep(Thing("page", thing.document_id, 1), starred=True, note="halaman")
    read_anew(base, tmp_path, "jalan.html", "Wulandari] ", "Wulandari] hari ini ")
    again = said(base, "perbaikan jalan")
    assert again.row_id != thing.row_id
    found = {clip.row.kind: clip.spot for clip in ani.clips()}
    assert found["statement"].row_id == again.row_id
    assert found["page"].found
    mine = ani.of(again)
    assert mine is not None
    assert mine.row.starred
    read_anew(base, tmp_path, "jalan.html", "perbaikan jalan provinsi", "penambalan aspal")
    gone = {clip.row.kind: clip.spot for clip in ani.clips()}
    assert (gone["statement"].found, gone["page"].found) == (False, True)


def test_a_dossier_quotes_cites_and_says_what_changed(base: Settings, tmp_path: Path) -> None:
    ani = Keeper(base, "Ani")
    number = ani.make("Jalan & ikan <2024>")
    ani.keep(said(base, "Harga ikan"), starred=False, note="tanya nelayan", collections=[number])
    ani.keep(printed(base, "93,20"), starred=False, note="", collections=[number])
    page = Thing("page", printed(base, "95,00").document_id, 2)
    ani.keep(page, starred=False, note="", collections=[number])
    made = as_dossier(base, number)
    said_, figure, whole = made.entries
    assert said_.quotation == "“Harga ikan turun”"
    assert said_.who == "Tono Raharja"
    assert said_.notes == (("Catatan Ani", "tanya nelayan"),)
    assert said_.here == f"{ROOT}/d/{said(base, 'Harga ikan').document_id}"
    assert figure.quotation == "Jalan Mantap, 2024, realisasi: 93,20 persen"
    assert whole.here.endswith("/h/II-1")
    assert whole.quotation.startswith("Prioritas pembangunan kesehatan")
    assert "hlm. II-1" in whole.citation
    assert len(made.sources) == 3
    Desk(base, "Budi").number(printed(base, "93,20").row_id or 0, value="93,70")
    changed = as_dossier(base, number).entries[1]
    assert changed.quotation.endswith("93,70 persen")
    assert "93,20" in changed.warnings[0]
    words = "\n".join(p.text for p in Document(io.BytesIO(docx(made))).paragraphs)
    told = "\n".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(pdf(made))).pages)
    for file in (words, told):
        for wanted in ("Jalan & ikan <2024>", "Harga ikan turun", "tanya nelayan", "93,20"):
            assert wanted in file
        assert said_.citation[:40] in " ".join(file.split())
    with pypdf.PdfReader(io.BytesIO(pdf(made))) as reader:
        links = {a.get_object()["/A"]["/URI"] for p in reader.pages for a in p.get("/Annots", ())}
    assert said_.here in links


def test_what_was_taken_out_is_not_quoted_any_more(base: Settings) -> None:
    ani = Keeper(base, "Ani")
    thing = said(base, "Harga ikan")
    number = ani.make("Ikan")
    ani.keep(thing, starred=False, note="", collections=[number])
    decided = Desk(base, "Budi").remove(thing.document_id, "data pribadi")
    (entry,) = as_dossier(base, number).entries
    assert (entry.quotation, entry.who, entry.here) == ("", "", "")
    assert "dikeluarkan" in entry.warnings[0]
    Desk(base, "Budi").undo(decided.number)
    assert as_dossier(base, number).entries[0].quotation == "“Harga ikan turun”"
