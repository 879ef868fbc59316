"""On plans and reports only people speak: breakdowns and table cells do not."""

from __future__ import annotations

from kb.model import TagContext
from kb.nlp import load_tagger

PLAN = TagContext(doc_type="iku")


def test_a_breakdown_in_a_table_is_no_report() -> None:
    text = (
        "6 | Prevalensi Stunting | Balita pendek menurut umur di bawah -2 SD / balita x 100 | "
        "Survei status gizi | Dinas Kesehatan\n7 | Angka Harapan Hidup | Umur rata-rata | BPS"
    )
    assert load_tagger().tag(text, PLAN).statements == ()


def test_an_official_is_still_heard_in_minutes() -> None:
    text = "Sekretaris Daerah Provinsi Banten Dimas Contohwan mengatakan, target sudah tercapai."
    (said,) = load_tagger().tag(text, PLAN).statements
    assert said.speaker == "Dimas Contohwan"
    assert said.surface == "target sudah tercapai."
