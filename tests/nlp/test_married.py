# ruff: noqa: E501 - one case a line reads better than a wrapped one
"""Who bears another's name behind her own is somebody else; our own sentences."""

from __future__ import annotations

import pytest

from kb.evidence import Sighting, StatedOffice
from kb.nlp.linking.across import settle
from kb.nlp.pipeline import load_tagger


def persons(text: str) -> list[tuple[str, str | None]]:
    return [(m.surface, m.entity_id) for m in load_tagger().tag(text).mentions if m.label == "PER"]


@pytest.mark.parametrize(
    ("text", "one", "two"),
    [
        ("Bupati Muna Barat Hendra Wirawan hadir. Ketua TP PKK Ny. Ratih Hendra Wirawan ikut.", "Hendra Wirawan", "Ratih Hendra Wirawan"),
        ("Bupati Konawe Selatan, Suryadarma membuka acara. Ketua Dekranasda Hj. Nurlina Suryadarma hadir. Suryadarma juga memberi bantuan.", "Suryadarma", "Nurlina Suryadarma"),
        ("Gubernur Banten Hendra Wirawan hadir. Ia memuji Ketua Dekranasda Banten Sartika Ariani Hendra Wirawan atas usahanya.", "Hendra Wirawan", "Sartika Ariani Hendra Wirawan"),
    ],
)  # fmt: skip
def test_wife_and_husband_are_two(text: str, one: str, two: str) -> None:
    ids: dict[str, set[str | None]] = {}
    for surface, ident in persons(text):
        ids.setdefault(surface, set()).add(ident)
    assert len(ids[one]) == len(ids[two]) == 1
    assert ids[one] != ids[two]


@pytest.mark.parametrize(
    "text",
    [
        "Bupati Serang Hj. Rahmi Tuti Wulandari hadir. Bupati Serang Wulandari mengatakan jalan rusak.",
        "Bupati Muna Barat H. Muhammad Hendra Wirawan hadir. Hendra Wirawan mengatakan jalan rusak.",
    ],
)
def test_a_short_form_is_still_one(text: str) -> None:
    assert len({ident for _, ident in persons(text)}) == 1


def _sighting(number: int, name: str, *offices: StatedOffice) -> Sighting:
    return Sighting(
        id=number,
        document_id=number,
        text_hash=f"h{number}",
        date=None,
        local_id=f"person:{name.lower().replace(' ', '-')}",
        name=name,
        names=(),
        offices=offices,
        region="74",
        entity_id="",
    )


def test_across_documents_an_official_takes_no_name_of_his_wife() -> None:
    regent = StatedOffice("Bupati", "Muna Barat", "")
    found = settle(
        [
            _sighting(1, "Hendra Wirawan", regent),
            _sighting(2, "Ratih Hendra Wirawan"),
            _sighting(3, "M. Hendra Wirawan"),
        ]
    )
    assert found[1].entity_id == found[3].entity_id != found[2].entity_id
