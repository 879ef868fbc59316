# ruff: noqa: E501 - one case a line reads better than a wrapped one
"""Where a headline in capitals is read by what the running text says; our own sentences."""

from __future__ import annotations

import pytest

from kb.model import Label, Mention
from kb.nlp.names.headlines import read_headlines


def span(text: str, surface: str, label: Label, after: int = 0) -> Mention:
    start = text.index(surface, after)
    return Mention(start, start + len(surface), surface, label, method="crf", confidence=0.9)


@pytest.mark.parametrize(
    ("head", "found", "name", "label", "wanted"),
    [
        ("Bunga Turun, Bank Sarana Dorong Pembiayaan Ritel", "Bank Sarana Dorong Pembiayaan Ritel", "Bank Sarana", "ORG", "Bank Sarana"),
        ("HUT RI, Hendra Wirawan: Waktunya Merdeka Belajar", "Hendra Wirawan", "Hendra Wirawan", "PER", "Hendra Wirawan"),
        ("Dinas Pemuda Kabupaten Lebak Gelar Lomba Renang", "Dinas Pemuda Kabupaten Lebak", "Dinas Pemuda", "ORG", "Dinas Pemuda Kabupaten Lebak"),
    ],
)  # fmt: skip
def test_a_headline_is_read_by_the_running_text(
    head: str, found: str, name: str, label: Label, wanted: str
) -> None:
    text = f"{head}\n\nWarga senang ketika {name} membuka lomba di desa itu."
    body = span(text, name, label, len(head))
    first, again = read_headlines(text, [span(text, found, "ORG"), body])
    assert (first.surface, first.label) == (wanted, label)
    assert again == body


def test_a_sentence_is_no_headline() -> None:
    text = "Bank Sarana Dorong yang baru dibuka di kota.\n\nWarga memuji Bank Sarana di kota."
    both = [span(text, "Bank Sarana Dorong", "ORG"), span(text, "Bank Sarana", "ORG", 50)]
    assert read_headlines(text, both) == both
