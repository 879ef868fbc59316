"""Tokens and sentences of Indonesian press text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.nlp.language import make_nlp, pieces_of, text_of, tokens_of

NLP = make_nlp()


def words(text: str) -> list[str]:
    return tokens_of(NLP.make_doc(text)).words


def sentences(text: str) -> list[str]:
    tokens = tokens_of(NLP.make_doc(text))
    spans: dict[int, list[int]] = {}
    for i, number in enumerate(tokens.sentence):
        spans.setdefault(number, []).append(i)
    return [text[tokens.start[s[0]] : tokens.end[s[-1]]] for s in spans.values()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Drs. H. M. Yusuf, S.Sos., M.Si",
            ["Drs.", "H.", "M.", "Yusuf", ",", "S.Sos.", ",", "M.Si"],
        ),
        ("Jl. Ahmad Yani No. 158", ["Jl.", "Ahmad", "Yani", "No.", "158"]),
        ("SERANG-Gubernur Banten", ["SERANG", "-", "Gubernur", "Banten"]),
        ("Jum’at (21/06/2021)", ["Jum’at", "(", "21/06/2021", ")"]),
        ("COVID-19 dan RPJMD 2025-2029", ["COVID-19", "dan", "RPJMD", "2025-2029"]),
        ("kata BantenNews.co.id", ["kata", "BantenNews.co.id"]),
        ("(tersebut-red)", ["(", "tersebut", "-", "red", ")"]),
        ("wali kota'", ["wali", "kota", "'"]),
        ("Syech Nawawi Al-Bantani", ["Syech", "Nawawi", "Al-Bantani"]),
    ],
)  # fmt: skip
def test_tokens(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Gubernur hadir. Warga senang.", 2),
        ("Bupati Drs. H. Ahmad, M.Si. hadir di Jl. Sudirman No. 5 kemarin.", 1),
        ("Prof. Dr. Ir. Hj. Siti mengatakan hal itu. Ia pulang.", 2),
        ('"Kita siap." Ia lalu pulang.', 2),
        ("Rp1.500.000 dan 3.5 persen naik. Ada 2 hal.", 2),
        ("Judul Berita\n\nSERANG - Gubernur hadir", 2),
        ("Dinas Kesehatan dan\nDinas Sosial Provinsi Banten hadir bersama di kantor pusat.", 1),
        ("Apa kabar? Baik! Siap...", 3),
        ("Hadir Sekda, Asda, dll. Mereka duduk.", 2),
        ("S.E. M.M. Ph.D. tidak berakhir", 1),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_doc_sents_follow() -> None:
    from kb.nlp.pipeline import mark_sentences

    doc = mark_sentences(NLP.make_doc("Satu hadir. Dua pulang. Tiga tidur."))
    assert len(list(doc.sents)) == 3


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet=st.sampled_from(list("aB. ,\n\t'’\"-/()1é\u00a0\u2028\ue000😀")), max_size=60)
)
def test_nothing_is_lost(text: str) -> None:
    doc = NLP.make_doc(text)
    assert doc.text == text
    assert text_of(doc) == text
    assert pieces_of(doc) == [t.text for t in doc]
    tokens = tokens_of(doc)
    for word, start, end in zip(tokens.words, tokens.start, tokens.end, strict=True):
        assert text[start:end] == word
    assert "".join(tokens.words) == "".join(text.split())
    assert len(tokens.sentence) == len(tokens)
    assert tokens.sentence == sorted(tokens.sentence)
