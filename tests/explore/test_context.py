"""The sentences around a statement."""

from __future__ import annotations

import pytest

from kb.explore import KnowledgeBase
from kb.explore.context import FARTHEST, sentence_after, sentence_before

TEXT = (
    "Warga menunggu sejak pagi. Kepala Dinas, Dr. Asep, datang. "
    "“Jalan itu selesai tahun ini,” ujar Asep di Lebak. Ia lalu pulang. Hujan turun."
)


@pytest.mark.parametrize(
    ("said", "before", "after"),
    [
        (
            "Jalan itu selesai tahun ini,",
            "Kepala Dinas, Dr. Asep, datang. “",
            "” ujar Asep di Lebak.",
        ),
        ("Warga menunggu sejak pagi.", "", "Kepala Dinas, Dr. Asep, datang."),
        ("Hujan turun.", "Ia lalu pulang.", ""),
    ],
)
def test_the_sentence_before_and_after(said: str, before: str, after: str) -> None:
    start = TEXT.index(said)
    assert sentence_before(TEXT, start) == before
    assert sentence_after(TEXT, start + len(said)) == after


def test_what_has_no_full_stop_is_cut_between_words() -> None:
    long = "kata " * 400
    text = f"{long}inti {long}"
    start = text.index("inti")
    before, after = sentence_before(text, start), sentence_after(text, start + 4)
    assert len(before) <= FARTHEST + 2
    assert before.startswith("… kata")
    assert after.endswith("kata …")


def test_statements_of_the_base_stand_between_their_neighbours(kb: KnowledgeBase) -> None:
    found = kb.statements(limit=50).statements
    near = kb.around(found)
    assert set(near) == {one.statement_id for one in found}
    for one in found:
        page = " ".join(kb.page(one.document_id, one.page).text.split())
        around = near[one.statement_id]
        assert around.before.removeprefix("… ") in page
        assert around.after.removesuffix(" …") in page
