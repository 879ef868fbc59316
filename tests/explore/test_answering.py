"""Questions as people ask them: which are understood, and what is answered with which page."""

from __future__ import annotations

import pytest

from kb.explore import KnowledgeBase
from kb.explore.asked import HowMuch, Said, Who, asked


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("siapa gubernur banten tahun 2023", Who("gubernur banten", 2023)),
        ("Siapakah nama Pj. Gubernur Banten pada tahun 2024?", Who("pj gubernur banten", 2024)),
        ("wali kota cilegon 2022 siapa?", Who("wali kota cilegon", 2022)),
        ("siapa yang menjabat sekda banten sekarang", Who("sekda banten", None)),
        ("berapa target stunting 2025", HowMuch("stunting", "target", 2025)),
        ("Berapa capaian IPM di tahun 2024?", HowMuch("ipm", "realisation", 2024)),
        ("berapa angka kemiskinan", HowMuch("kemiskinan", None, None)),
        ("apa kata sekda soal jalan rusak", Said("sekda", "jalan rusak", None)),
        ("apa tanggapan camat curug terkait banjir 2023", Said("camat curug", "banjir", 2023)),
        # Nothing of these forms: searched as words.
        ("jalan rusak lebak", None),
        ("siapa", None),
        ("siapa takut", None),
        ("berapa", None),
        ("berapa target dan realisasi", None),
        ("apa itu musrenbang", None),
        ("apa kata sekda", None),
        ('siapa "gubernur banten"', None),
        ("", None),
    ],
)
def test_what_is_understood(question: str, meant: object) -> None:
    assert asked(question) == meant


def lines(kb: KnowledgeBase, question: str) -> list[tuple[str, int, int]]:
    """Text, document and page of each line of the answer."""
    found = kb.search(question).answer
    return [(one.text, one.document_id, one.page) for one in found.lines] if found else []


def test_who_held_an_office_in_a_year(kb: KnowledgeBase) -> None:
    (name, number, _), *more = lines(kb, "siapa gubernur banten tahun 2023")
    assert (name, more) == ("Sari Wulandari", [])
    assert (kb.document(number).date or "").startswith("2023")
    answer = kb.search("siapa gubernur banten tahun 2023").answer
    assert answer is not None
    assert answer.lines[0].office is not None
    assert answer.lines[0].office.status == "Pj"
    assert lines(kb, "siapa kepala dinas kesehatan banten 2023")[0][0] == "Bagus Pradana"


@pytest.mark.parametrize(
    "question",
    [
        "siapa gubernur banten tahun 1990",
        "siapa gubernur bali tahun 2023",
        "siapa bupati banten tahun 2023",
        "siapa calon gubernur banten tahun 2023",
        "berapa jalan mantap 2031",
        "berapa produksi nikel 2024",
        "apa kata gubernur soal antariksa",
        "apa kata bupati soal jalan",
    ],
)
def test_what_no_page_says_is_not_answered(kb: KnowledgeBase, question: str) -> None:
    assert lines(kb, question) == []


def test_a_number_with_its_page(kb: KnowledgeBase) -> None:
    ((text, number, page),) = lines(kb, "berapa target jalan mantap 2024")
    assert text == "95,00 persen"
    assert kb.page(number, page).indicators
    both = lines(kb, "berapa jalan mantap tahun 2024")
    assert [line[0].split()[0] for line in both] == ["93,20", "95,00"]


def test_what_somebody_said(kb: KnowledgeBase) -> None:
    for question in ("apa kata sari wulandari soal jalan", "apa kata gubernur tentang jalan"):
        ((text, number, _),) = lines(kb, question)
        assert "perbaikan jalan provinsi" in text
        assert kb.document(number).title == "Perbaikan Jalan Provinsi Dipercepat"


def test_an_answer_stands_above_the_first_page_alone(kb: KnowledgeBase) -> None:
    question = "siapa gubernur banten tahun 2023"
    assert kb.search(question).answer is not None
    assert kb.search(question, offset=10).answer is None
    assert kb.search(question, years=[2023]).answer is None
