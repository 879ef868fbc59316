"""Markdown and Word files say their title in a heading; the text below it is not a title page."""

from __future__ import annotations

from kb.describe import describe
from kb.model import OutlineItem, Page, SourceDocument


def test_notes_about_plans_are_not_a_plan() -> None:
    text = "Cara membaca dokumen\n\n1. RPJMD memuat target lima tahun.\n2. RKPD memuat target 2025."
    source = SourceDocument("cara.md", "markdown", "Cara membaca dokumen", (Page(1, text),))
    told = describe(source)
    assert told.title.value == "Cara membaca dokumen"
    assert told.doc_type is None or told.doc_type.value == "lainnya"


def test_a_heading_that_is_a_plan_is_one() -> None:
    title = "Rencana Kerja Pemerintah Daerah (RKPD) Kabupaten Garut Tahun 2025"
    source = SourceDocument("x.md", "markdown", title, (Page(1, f"{title}\n\nBAB I"),))
    told = describe(source)
    assert told.doc_type is not None
    assert told.doc_type.value == "rkpd"
    assert told.years is not None
    assert told.years.value == (2025,)


def test_the_title_of_a_word_file_is_not_said_twice() -> None:
    title = "Notulen Rapat Pengukuran Kinerja Triwulan II Tahun 2025"
    text = f"{title}\n\nPemerintah Provinsi Banten\n\nRapat dibuka pukul 09.00 WIB."
    source = SourceDocument(
        "n.docx", "docx", title, (Page(1, text),), outline=(OutlineItem(title, 1),)
    )
    assert describe(source).title.value.count("Notulen") == 1


def test_a_release_kept_as_plain_text_has_the_day_it_names() -> None:
    text = "SERANG - Gubernur Banten meninjau pasar, Kamis (4/1/2024).\n\nStok aman."
    told = describe(SourceDocument("rilis.txt", "text", None, (Page(1, text),)))
    assert told.date is not None
    assert told.date.value == "2024-01-04"
