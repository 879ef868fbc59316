# ruff: noqa: E501 - markup is kept as Word writes it
"""Word documents whole: everything printed, once, as it reads when changes are accepted."""

from __future__ import annotations

from pathlib import Path

from office_files import docx, paragraph

from kb.model import SourceDocument
from kb.readers import ReadOptions, read


def one(path: Path) -> SourceDocument:
    (document,) = read(path, ReadOptions())
    return document


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_content_controls_and_tables_in_them(tmp_path: Path) -> None:
    inner = paragraph("Sekretaris Daerah hadir.") + table(cell("Nilai") + cell("72"))
    body = f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>" + paragraph("Penutup.")
    found = one(docx(tmp_path / "a.docx", body))
    assert found.pages[0].text == "Sekretaris Daerah hadir.\n\nNilai | 72\n\nPenutup."
    assert found.tables[0].rows == (("Nilai", "72"),)


def test_a_table_in_a_cell_is_a_table(tmp_path: Path) -> None:
    inside = table(cell("Indikator") + cell("Target"), cell("Stunting") + cell("14 persen"))
    outer = table(f"<w:tc>{paragraph('Luar')}{inside}</w:tc>" + cell("kanan"))
    found = one(docx(tmp_path / "a.docx", outer))
    assert [t.rows[-1] for t in found.tables] == [("Luar", "kanan"), ("Stunting", "14 persen")]
    assert "Stunting | 14 persen" in found.pages[0].text


def test_hyphens_symbols_and_hidden_words(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>RPJMD 2025</w:t><w:noBreakHyphen/><w:t>2029</w:t><w:softHyphen/></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t> rahasia</w:t></w:r>"
        '<w:r><w:sym w:font="Wingdings" w:char="F0D8"/></w:r></w:p>'
    )
    assert one(docx(tmp_path / "a.docx", body)).pages[0].text == "RPJMD 2025-2029►"


def test_tracked_changes_are_accepted(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>Target </w:t></w:r><w:del><w:r><w:delText>70</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>75</w:t></w:r></w:ins><w:r><w:t> persen</w:t></w:r></w:p>"
        + paragraph("Kalimat yang", "<w:rPr><w:del/></w:rPr>")
        + paragraph(" disambung.")
        + table(cell("tetap") + cell("1"), f"<w:trPr><w:del/></w:trPr>{cell('hapus')}{cell('2')}")
    )
    text = one(docx(tmp_path / "a.docx", body)).pages[0].text
    assert text == "Target 75 persen\n\nKalimat yang disambung.\n\ntetap | 1"


def test_a_text_box_comes_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('Baris satu')}{paragraph('Baris dua')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>Teks.</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing>"
        f"<wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    text = one(docx(tmp_path / "a.docx", body)).pages[0].text
    assert text == "Teks.\n\nBaris satu\n\nBaris dua"


def test_letterhead_and_notes(tmp_path: Path) -> None:
    body = (
        '<w:p><w:r><w:t>Isi surat.</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
        '<w:sectPr><w:headerReference w:type="default" r:id="header"/></w:sectPr>'
    )
    found = one(
        docx(
            tmp_path / "a.docx",
            body,
            header=paragraph("DINAS SOSIAL KABUPATEN LEBAK"),
            footnotes='<w:footnote w:type="separator" w:id="0"/>'
            f'<w:footnote w:id="2">{paragraph("Data BPS 2024.")}</w:footnote>',
        )
    )
    assert found.pages[0].text == "DINAS SOSIAL KABUPATEN LEBAK\n\nIsi surat.\n\nData BPS 2024."
    assert found.metadata["header"] == "DINAS SOSIAL KABUPATEN LEBAK"


def test_headers_are_running_lines_without_page_numbers(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>Isi.</w:t></w:r></w:p>"
        '<w:sectPr><w:headerReference w:type="default" r:id="header"/></w:sectPr>'
    )
    header = paragraph("Renja Dinas Sosial Tahun 2024") + paragraph("Hal. 3")
    found = one(docx(tmp_path / "a.docx", body, header=header))
    assert found.metadata["running"] == "Renja Dinas Sosial Tahun 2024"


NUMBERING = """<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="BAB %1"/>
<w:pStyle w:val="Judul"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl>
</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>
<w:lvlText w:val="%1)"/></w:lvl></w:abstractNum><w:num w:numId="6"><w:abstractNumId w:val="2"/></w:num>"""
STYLES = """<w:style w:styleId="Judul"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="5"/>
</w:numPr></w:pPr></w:style>"""


def test_numbers_that_word_writes(tmp_path: Path) -> None:
    def numbered(text: str, number: int, level: int) -> str:
        return paragraph(
            text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        )

    head = '<w:pStyle w:val="Judul"/>'
    body = (
        paragraph("PENDAHULUAN", head)
        + numbered("Latar", 5, 1)
        + numbered("Maksud", 5, 1)
        + paragraph("GAMBARAN", head)
        + numbered("Geografi", 5, 1)
        + numbered("satu", 6, 0)
        + numbered("dua", 6, 0)
    )
    found = one(docx(tmp_path / "a.docx", body, numbering=NUMBERING, styles=STYLES))
    assert found.pages[0].text.split("\n\n") == [
        "BAB I PENDAHULUAN",
        "1.1 Latar",
        "1.2 Maksud",
        "BAB II GAMBARAN",
        "2.1 Geografi",
        "a) satu",
        "b) dua",
    ]
    assert [item.title for item in found.outline] == ["BAB I PENDAHULUAN", "BAB II GAMBARAN"]


def test_pages_at_breaks_said_once(tmp_path: Path) -> None:
    hard = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    rendered = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Dua</w:t></w:r></w:p>"
    body = paragraph("Satu") + hard + rendered + paragraph("Tiga", "<w:pageBreakBefore/>")
    assert [page.text for page in one(docx(tmp_path / "a.docx", body)).pages] == [
        "Satu",
        "Dua",
        "Tiga",
    ]


def test_long_text_without_breaks_is_cut_before_headings(tmp_path: Path) -> None:
    words = "Kalimat tentang pembangunan daerah yang cukup panjang. " * 30
    body = "".join(
        paragraph(f"Bagian {n}", '<w:outlineLvl w:val="0"/>') + paragraph(words) for n in range(8)
    )
    found = one(docx(tmp_path / "a.docx", body))
    assert len(found.pages) > 1
    assert all(page.text.startswith("Bagian") for page in found.pages)
    assert [item.title for item in found.outline] == [f"Bagian {n}" for n in range(8)]
    assert found.pages[1].section == next(i.title for i in found.outline if i.page == 2)


def test_merged_cells_that_do_not_line_up_cost_nothing(tmp_path: Path) -> None:
    body = (
        paragraph("Pembuka.")
        + table(
            cell("a", '<w:gridSpan w:val="3"/>'),
            cell("b", '<w:vMerge w:val="restart"/>') + cell("c"),
            cell("", "<w:vMerge/>") + cell("d") + cell("e") + cell("f"),
        )
        + paragraph("Penutup.")
    )
    found = one(docx(tmp_path / "a.docx", body))
    assert found.tables[0].rows == (
        ("a", "", "", ""),
        ("b", "c", "", ""),
        ("b", "d", "e", "f"),
    )
    assert found.pages[0].text.startswith("Pembuka.")
    assert found.pages[0].text.endswith("Penutup.")
