"""Documents, pages, tables and page pictures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from made_base import DOCS, Doc, add

from kb.config import Settings
from kb.errors import NotFound, QueryError
from kb.explore import KnowledgeBase, open_kb
from kb.explore.compare import changes
from kb.ingest import rebuild


def number_of(kb: KnowledgeBase, title: str) -> int:
    return next(d.document_id for d in kb.documents(limit=99)[1] if d.title == title)


RKPD, LKJIP = DOCS[4].title, DOCS[5].title


def test_what_a_document_is(kb: KnowledgeBase) -> None:
    found = kb.document(number_of(kb, RKPD), query="imunisasi jalan")
    assert (found.doc_type, found.years, found.number) == ("rkpd", (2024,), "12/2023")
    assert [p.label for p in found.pages] == ["I-1", "II-1", "II-2"]
    assert [(o.title, o.page, o.level) for o in found.outline] == [
        ("BAB I Pendahuluan", 1, 0),
        ("BAB II Prioritas", 2, 0),
        ("2.1 Kesehatan", 2, 1),
    ], "no outline in the file: the sections stand in for it"
    assert not found.has_file
    assert {d.name for d in found.described} >= {"title", "date", "doc_type"}
    assert found.table_count == 1
    assert [b.entity_id for b in found.entities] == ["institution:bappeda@36"]


def test_hits_of_a_query_on_its_pages(kb: KnowledgeBase) -> None:
    document = number_of(kb, RKPD)
    found = kb.document(document, query="kesehatan ATAU jalan")
    assert found.hit_pages == (2, 3)
    assert {p.page: p.hits for p in found.pages} == {1: 0, 2: 1, 3: 1}
    page = kb.page(document, 2, query="kesehatan ATAU jalan")
    assert [page.text[s.start : s.end].lower() for s in page.matches] == ["kesehatan"]
    assert (page.previous_hit, page.next_hit) == (None, 3)


def test_a_page_with_all_that_stands_on_it(kb: KnowledgeBase) -> None:
    page = kb.page(number_of(kb, DOCS[0].title), 1)
    for mention in page.mentions:
        assert page.text[mention.start : mention.end] == mention.surface
    assert {m.name for m in page.mentions} >= {"Sari Wulandari", "Kota Serang"}
    assert [s.cue for s in page.statements] == ["kata", "mengatakan"]
    assert [(h.person.name, h.term.label) for h in page.offices] == [
        ("Sari Wulandari", "Pj Gubernur Banten"),
        ("Bagus Pradana", "Kepala Dinas Kesehatan Provinsi Banten"),
    ]


def test_tables_become_frames(kb: KnowledgeBase) -> None:
    (table,) = kb.tables(number_of(kb, RKPD))
    frame = table.frame()
    assert list(frame.columns) == ["Indikator", "Satuan", "Target 2024"]
    assert frame.iloc[0].tolist() == ["Jalan mantap", "persen", "95,00"]
    assert kb.tables(number_of(kb, RKPD), 1) == ()


def test_near_duplicates_are_named(kb: KnowledgeBase) -> None:
    found = kb.document(number_of(kb, DOCS[0].title))
    assert [d.title for d in found.duplicates] == [DOCS[1].title]


def test_lists_by_type_year_institution_and_title(kb: KnowledgeBase) -> None:
    assert [d.title for d in kb.documents(type="rkpd")[1]] == [RKPD]
    assert kb.documents(year=2024)[0] == 4
    assert kb.documents(institution="institution:pemprov@36")[0] == 3
    assert [d.title for d in kb.documents(title="rumah serang")[1]] == [DOCS[0].title]
    dates = [d.date or "" for d in kb.documents(sort="oldest")[1]]
    assert dates == sorted(dates)
    with pytest.raises(QueryError):
        kb.documents(sort="loudest")  # type: ignore[arg-type]


def test_what_is_not_there_is_said(kb: KnowledgeBase) -> None:
    with pytest.raises(NotFound, match="kb search"):
        kb.document(999)
    with pytest.raises(NotFound, match="1 to 3"):
        kb.page(number_of(kb, RKPD), 9)
    gone = kb.page_image(number_of(kb, RKPD), 1)
    assert gone is not None
    assert (gone.png, gone.problem) == (b"", "gone")
    assert kb.page_image(number_of(kb, DOCS[0].title), 1) is None, "an article is no PDF"
    assert kb.document_file(number_of(kb, RKPD)) is None


def test_a_page_is_drawn_with_its_hits_boxed(tmp_path: Path) -> None:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    file = tmp_path / "surat.pdf"
    sheet = canvas.Canvas(str(file))
    sheet.drawString(72, 720, "Gubernur meninjau jembatan gantung")
    sheet.save()
    settings = Settings(tmp_path / "index")
    text = "Gubernur meninjau [LOC place:36|jembatan] gantung"
    add(settings, [Doc("surat.pdf", "Surat", (text,), "2024-01-01", format="pdf")], tmp_path)
    rebuild(settings)
    with open_kb(settings) as kb:
        image = kb.page_image(1, 1, query="jembatan", entities=True)
        assert kb.document(1).has_file
    assert image is not None
    assert image.png.startswith(b"\x89PNG")
    assert {b.kind for b in image.boxes} == {"hit", "LOC"}
    for box in image.boxes:
        assert 0 < box.x0 < box.x1 < 1
        assert 0 < box.y0 < box.y1 < 0.2
        assert box.text == "jembatan"


def test_shared_paragraphs_of_two_documents(kb: KnowledgeBase) -> None:
    (one,) = kb.compare_texts(number_of(kb, RKPD), number_of(kb, LKJIP))
    assert (one.left_page, one.right_page) == (2, 1)
    assert 0.6 < one.similarity < 1
    assert ("removed", "provinsi") in [(c.kind, c.text) for c in one.changes]
    assert ("added", "kabupaten") in [(c.kind, c.text) for c in one.changes]
    with pytest.raises(QueryError):
        kb.compare_texts(1, 1)


def test_changes_word_by_word() -> None:
    assert [(c.kind, c.text) for c in changes("target 95 persen", "target 97 persen")] == [
        ("same", "target"),
        ("removed", "95"),
        ("added", "97"),
        ("same", "persen"),
    ]


def test_why_a_page_has_no_picture(tmp_path: Path) -> None:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    locked = canvas.Canvas(str(tmp_path / "kunci.pdf"), encrypt="rahasia")
    locked.drawString(72, 720, "Gubernur meninjau jembatan")
    locked.save()
    (tmp_path / "rusak.pdf").write_bytes(b"%PDF-1.4 terpotong")
    settings = Settings(tmp_path / "index")
    made = [
        Doc(name, name, ("Gubernur meninjau jembatan",), "2024-01-01", format="pdf")
        for name in ("kunci.pdf", "rusak.pdf", "hilang.pdf")
    ]
    add(settings, made, tmp_path)
    with open_kb(settings) as kb:
        found = [kb.page_image(number, 1) for number in (1, 2, 3)]
    assert [image.problem for image in found if image] == ["encrypted", "damaged", "gone"]
    assert not any(image.png for image in found if image)
    with open_kb(replace(settings, passwords="salah\nrahasia")) as kb:
        opened = kb.page_image(1, 1)
    assert opened is not None
    assert opened.png.startswith(b"\x89PNG")


def test_hits_are_counted_on_every_page_and_lead_on(kb: KnowledgeBase) -> None:
    number = number_of(kb, RKPD)
    whole = kb.document(number, query="provinsi")
    counted = {p.page: p.hits for p in whole.pages if p.hits}
    assert tuple(counted) == whole.hit_pages != ()
    for one, hits in counted.items():
        assert len(kb.page(number, one, query="provinsi").matches) == hits
    alone = kb.page(number, 1, query="provinsi")
    assert alone == kb.page(number, 1, query="provinsi", hit_pages=whole.hit_pages)


@pytest.mark.parametrize("open_page", [1, 70, 119])
def test_hits_of_a_long_document_are_counted_around_the_open_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: int
) -> None:
    asked: list[str] = []
    settings = Settings(tmp_path / "index")
    pages = tuple(f"jalan dan jalan di halaman {n}" for n in range(1, 120))
    add(settings, [Doc("panjang.txt", "Rencana panjang", pages)], tmp_path)
    rebuild(settings)
    with open_kb(settings) as kb:
        match = kb._sources.match_spans
        monkeypatch.setattr(
            kb._sources, "match_spans", lambda q, text: asked.append(text) or match(q, text)
        )
        found = kb.document(1, query="jalan", page=open_page)
    around = [p.hits for p in found.pages if abs(p.page - open_page) < 30]
    assert set(around) == {2}
    assert len(found.hit_pages) == 119
    assert len(asked) <= 100, "far pages are not read"
