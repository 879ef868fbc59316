# ruff: noqa: E501 - one case a line reads better than a wrapped one
"""Capitalised words that name no one place or institution."""

from __future__ import annotations

import pytest

from kb.model import Mention
from kb.nlp.names.conventions import apply_conventions


@pytest.mark.parametrize(
    ("text", "surface", "label"),
    [
        ("Tionghoa, Melayu, Dayak, semua punya andil.", "Dayak", "LOC"),
        ("Koordinator KKN, Khairunnisa, senang.", "KKN", "ORG"),
        ("Oven dari DBHCHT datang tahun ini.", "DBHCHT", "ORG"),
        ("Menurut Presiden RI, jalan itu penting.", "RI", "ORG"),
        ("Semua kepala dinas se-Prov. Banten hadir.", "Prov", "LOC"),
        ("Opini atas laporan Pemerintah Pusat (LKPP) terbit.", "Pemerintah Pusat (LKPP)", "ORG"),
    ],
)
def test_peoples_and_programmes_are_no_names(text: str, surface: str, label: str) -> None:
    start = text.index(surface)
    assert apply_conventions(text, [Mention(start, start + len(surface), surface, label)]) == []  # type: ignore[arg-type]


def test_longer_names_with_such_words_stay() -> None:
    text = "Rapat Dewan Adat Dayak Kalimantan Tengah."
    name = Mention(6, 40, text[6:40], "ORG")
    assert apply_conventions(text, [name]) == [name]


@pytest.mark.parametrize(
    ("text", "surface", "label", "whole"),
    [
        ("Direktur CV. Nurlina Indah hadir.", "Nurlina Indah", "PER", "CV. Nurlina Indah"),
        ("Hidangan RM Padang Murah habis.", "Padang Murah", "LOC", "RM Padang Murah"),
    ],
)
def test_a_company_bears_the_name_behind_its_form(
    text: str, surface: str, label: str, whole: str
) -> None:
    start = text.index(surface)
    found = apply_conventions(text, [Mention(start, start + len(surface), surface, label)])  # type: ignore[arg-type]
    assert [(m.surface, m.label) for m in found] == [(whole, "ORG")]


@pytest.mark.parametrize(
    ("text", "surface", "wanted"),
    [
        ("Sekda Propinsi Banten hadir.", "Propinsi Banten", ("Propinsi Banten", "LOC")),
        ("IKM (Ikatan Karya Muda) Cabang Serang", "Ikatan Karya Muda) Cabang", ("Ikatan Karya Muda", "ORG")),
    ],
)  # fmt: skip
def test_areas_and_stray_brackets(text: str, surface: str, wanted: tuple[str, str]) -> None:
    start = text.index(surface)
    found = apply_conventions(text, [Mention(start, start + len(surface), surface, "ORG")])
    assert [(m.surface, m.label) for m in found] == [wanted]
