"""Texts without spaces and badly scanned ones are read as they were meant."""

from __future__ import annotations

from dataclasses import fields

import pytest

from kb.model import Mention, Office, Statement, TagContext, TagResult
from kb.nlp import load_tagger
from kb.nlp.mended import Mended, mended

GLUED = (
    "DEMAK-Camat Karanganyar Hj.Wiwin Lestariserta para lurah hadir diLapangan Merdeka,"
    "KabupatenDemak.KadesTanjungRusmanamenyampaikan bahwaturnamen itu biaya warga.\n\n"
    '"Juara mewakili kecamatan,"ujar Wiwin.Beliau berharaptidak ada keributan.'
)
SCANNED = (
    "Wa1ikota rneninjau pasar. Pernbangunan itu diperki-\nrakan rnenelan dana. Kepala dinas "
    "rnengatakan lelang\nakan dilaksanakan pusat, mengata kan pedagang setuju."
)


def _mended(text: str) -> Mended:
    found = mended(text)
    assert found is not None
    return found


def test_spaces_are_put_back_where_words_ran_together() -> None:
    assert _mended(GLUED).text == (
        "DEMAK-Camat Karanganyar Hj. Wiwin Lestari serta para lurah hadir di Lapangan Merdeka, "
        "Kabupaten Demak. Kades Tanjung Rusmana menyampaikan bahwa turnamen itu biaya warga.\n\n"
        '"Juara mewakili kecamatan," ujar Wiwin. Beliau berharap tidak ada keributan.'
    )


def test_what_a_scanner_misread_is_put_right() -> None:
    assert _mended(SCANNED).text == (
        "Walikota meninjau pasar. Pembangunan itu diperkirakan menelan dana. Kepala dinas "
        "mengatakan lelang akan dilaksanakan pusat, mengatakan pedagang setuju."
    )


@pytest.mark.parametrize("text", [GLUED, SCANNED])
def test_each_character_leads_back_to_where_it_stands(text: str) -> None:
    meant = _mended(text)
    assert len(meant.begin) == len(meant.end) == len(meant.text)
    assert all(a <= b for a, b in zip(meant.begin, meant.end, strict=True))
    assert list(meant.begin) == sorted(meant.begin)
    for word in ("Wiwin", "ujar", "pasar", "pedagang"):
        at = meant.text.find(word)
        if at >= 0:
            start, end = meant.span(at, at + len(word))
            assert text[start:end] == word


@pytest.mark.parametrize(
    "text",
    [
        "Gubernur hadir di pendopo bersama warga, kata Rina.",
        "Unggahan WhatsApp, YouTube dan TikTok dihapus. #DemakMaju #KamiBisa #AyoVaksin",
        "BUMDes, KemenPAN dan iPhone disebut sekali.",
        "Modern dan eksternal, intern dan kornea: kata-kata biasa.",
        "",
    ],
)
def test_a_text_without_the_habit_is_not_touched(text: str) -> None:
    assert mended(text) is None


def test_what_was_found_is_brought_back_as_it_is_written() -> None:
    meant = _mended(SCANNED)

    def place(words: str) -> tuple[int, int]:
        at = meant.text.index(words)
        return at, at + len(words)

    start, end = place("Walikota")
    said = place("lelang akan dilaksanakan pusat")
    found = meant.restored(
        TagResult(
            mentions=(Mention(start, end, "Walikota", "PER"),),
            offices=(Office("Walikota", "Kepala", None, start=start, end=end),),
            statements=(Statement("indirect", *said, "", "Walikota", "mengatakan"),),
        )
    )
    assert found.mentions[0].surface == "Wa1ikota" == SCANNED[found.mentions[0].start :][:8]
    assert found.offices[0].name == found.statements[0].speaker == "Wa1ikota"
    assert found.statements[0].surface == "lelang\nakan dilaksanakan pusat"


def test_the_tagger_reads_a_text_without_spaces() -> None:
    from kb.nlp import load_tagger

    found = load_tagger("fast").tag(GLUED)
    assert all(GLUED[m.start : m.end] == m.surface for m in found.mentions)
    assert ("Camat", "Karanganyar") in [(o.role, o.institution) for o in found.offices]
    surfaces = [s.surface for s in found.statements]
    assert "turnamen itu biaya warga." in surfaces
    assert "Juara mewakili kecamatan," in surfaces


def test_whatever_is_found_in_a_mended_copy_stands_in_the_text_as_it_is_written() -> None:
    text = (
        GLUED + " Jumlah penontonmencapai 1.200 orang,realisasi anggaranturnamen tahun 2024 "
        "sebesarRp 2,5 miliar.Angka stuntingdiKabupatenDemak tahun 2024turun menjadi 20,1 persen."
    )
    assert mended(text) is not None
    found = load_tagger().tag(text, TagContext(date="2025-01-10", doc_type="artikel"))
    assert found.claims
    for field in fields(TagResult):
        for item in getattr(found, field.name):
            if hasattr(item, "surface"):
                assert item.surface == text[item.start : item.end], field.name
    for claim in found.claims:
        assert claim.value == text[claim.value_start : claim.value_end]
        assert claim.subject == text[claim.subject_start : claim.subject_end]


MARKUP = (
    '<p>Wali Kota Tomohon hadir.</p>\n<p>Ia menyebut pasar di K<span class="a">ota Tomohon '
    "ramai.</span></p>\n<br />Ia&nbsp;pulang."
)
DAMAGED = "Camat berharap pasar ramai. ?Kami yakin pedagang untung,? katanya. Benarkah? Entah."


def test_markup_left_in_a_text_is_not_read() -> None:
    assert [line for line in _mended(MARKUP).text.split("\n") if line] == [
        "Wali Kota Tomohon hadir.",
        "Ia menyebut pasar di Kota Tomohon ramai.",
        "Ia pulang.",
    ]


def test_quotation_marks_that_became_question_marks_are_read_as_they_were_meant() -> None:
    assert _mended(DAMAGED).text == DAMAGED.replace("?Kami", "“Kami").replace(",? ", ",” ")
    assert mended("Apa kabar? Baik. Siapa yang datang, dia?") is None


@pytest.mark.parametrize("text", [MARKUP, DAMAGED])
def test_what_was_found_in_a_damaged_text_is_brought_back(text: str) -> None:
    meant = _mended(text)
    at = meant.text.index("Kota Tomohon ramai" if text == MARKUP else "Kami yakin")
    start, end = meant.span(at, at + 4)
    assert text[start : start + 1] == meant.text[at]
    assert text[end - 1] == meant.text[at + 3]


def test_a_quotation_with_damaged_marks_is_a_statement() -> None:
    found = load_tagger().tag(DAMAGED).statements
    assert [(s.kind, s.surface) for s in found] == [
        ("indirect", "pasar ramai."),
        ("direct", "Kami yakin pedagang untung,"),
    ]
