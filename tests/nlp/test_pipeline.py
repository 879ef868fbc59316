"""The pipeline as a whole: its stages, its shapes, and that offsets always hold."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import ModelError
from kb.model import TagContext, TagResult
from kb.nlp import load_tagger, stamp
from kb.nlp.pipeline import STAGES, make_pipeline

TEXT = (
    "SERANG - Penjabat (Pj) Gubernur Banten Al Muktabar membuka rapat di Pendopo Gubernur Banten, "
    "Kota Serang, Kamis (4/1/2024).\n\n“Kita siap menjaga daerah,” kata Al Muktabar.\n\n"
    "Ketua Bawaslu Provinsi Banten Ali Umar menyambut baik. Menurut Ali, dukungan itu penting."
)


def check(text: str, result: TagResult) -> None:
    ids = {entity.entity_id for entity in result.entities}
    assert len(ids) == len(result.entities)
    last = 0
    for mention in result.mentions:
        assert mention.start >= last
        assert text[mention.start : mention.end] == mention.surface
        assert mention.surface.strip()
        assert mention.entity_id is None or mention.entity_id in ids
        last = mention.end
    for office in result.offices:
        assert 0 <= office.start < office.end <= len(text)
        assert office.person_id is None or office.person_id in ids
        assert office.institution_id is None or office.institution_id in ids
    for said in result.statements:
        assert text[said.start : said.end] == said.surface


def test_stages_in_order() -> None:
    assert load_tagger().stages == STAGES
    assert tuple(make_pipeline().pipe_names) == STAGES


def test_without_a_model_nothing_is_tagged_by_halves(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise ModelError("The name model cannot be opened; run `kb train`.")

    monkeypatch.setattr("kb.nlp.names.load_names", missing)
    with pytest.raises(ModelError, match="kb train"):
        make_pipeline()


def test_the_tagger_is_made_once() -> None:
    assert load_tagger() is load_tagger()


def test_stamp_names_this_version() -> None:
    assert re.fullmatch(r"[0-9a-f]{12}", stamp())


def test_a_press_release() -> None:
    result = load_tagger().tag(TEXT, TagContext(region="Provinsi Banten", date="2024-01-04"))
    check(TEXT, result)
    assert [(o.name, o.role, o.institution) for o in result.offices] == [
        ("Al Muktabar", "Pj Gubernur", "Banten"),
        ("Ali Umar", "Ketua", "Bawaslu Provinsi Banten"),
    ]
    assert {"place:36", "place:36.73", "institution:bawaslu@36", "person:al-muktabar"} <= {
        e.entity_id for e in result.entities
    }


def test_the_document_can_be_had_as_a_spacy_doc() -> None:
    doc = load_tagger().doc(TEXT)
    assert doc.text == TEXT
    assert doc._.kb_mentions
    assert doc._.kb_rule_tags[0] == "B-LOC"
    assert len(doc._.kb_token_lists) == len(doc)
    assert len(list(doc.sents)) > 2


def test_pages_keep_their_own_offsets() -> None:
    pages = [TEXT, "", "  \n ", TEXT]
    results = load_tagger().tag_pages(pages)
    assert len(results) == 4
    for text, result in zip(pages, results, strict=True):
        check(text, result)
    assert results[1] == results[2] == TagResult()


@pytest.mark.parametrize("where", range(0, len(TEXT), 29))
def test_cut_anywhere(where: int) -> None:
    for text in (TEXT[:where], TEXT[where:]):
        check(text, load_tagger().tag(text))


WORDS = [
    "Gubernur",
    "Banten",
    "Wakil",
    "Ketua",
    "DPRD",
    "(",
    ")",
    ",",
    ".",
    "“",
    "”",
    "-",
    "/",
    "dan",
    "Kepala",
    "Dinas",
    "Kesehatan",
    "Kota",
    "Serang",
    "Pj",
    "Plt",
    "H.",
    "Dr.",
    "Ahmad",
    "Yusuf",
    "S.E.,",
    "mantan",
    "Kapolres",
    "AKBP",
    "PT",
    "Maju",
    "\n",
    "\n\n",
    "ttd",
    "NIP.",
    "BUPATI",
    "LEBAK,",
    "kata",
    "Kecamatan",
    "Desa",
    "12",
    "II",
    "(WH)",
    "selaku",
    "Komisi",
    "Fraksi",
    "064/Maulana",
    "di",
    "ke",
    "RSUD",
    "Nama",
    ":",
    "Jabatan",
    "Kodim",
    "Kabid",
    "Kadis",
    "bersama",
    "diwakili",
]


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_order_of_words(words: list[str]) -> None:
    text = " ".join(words)
    check(text, load_tagger().tag(text, TagContext(region="Provinsi Banten")))
