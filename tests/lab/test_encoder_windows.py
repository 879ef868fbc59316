"""Training texts of the encoder: labels of pieces, careless habits."""

from __future__ import annotations

import random

import pytest

from kb.encoder import MODEL_DIR
from kb.encoder.labels import LABELS
from kb.lab.corpora import MarkedText, read_marks

pytest.importorskip("tokenizers")

MARKED = read_marks(
    "Rapat di [[LOC Kota Serang]], Senin.\n\n[[PER Siti Wulandari]], kepala [[ORG Dinsos Banten]]."
)


def names(marked: object) -> list[str]:
    text = marked.text  # type: ignore[attr-defined]
    return [text[a:b].lower() for a, b, _ in marked.spans]  # type: ignore[attr-defined]


def test_each_piece_has_the_label_of_its_name() -> None:
    from kb.encoder.pieces import Pieces
    from kb.lab.encoder.windows import windows

    pieces = Pieces(MODEL_DIR)
    (window,) = windows(pieces, MARKED)
    labels = [LABELS[k] for k in window.labels[0]]
    assert len(window.ids) == len(labels)
    assert [label for label in labels if label.startswith("B-")] == ["B-LOC", "B-PER", "B-ORG"]
    assert labels[:2] == ["O", "O"]
    assert labels[-1] == "O"
    inside = [k for k, label in enumerate(labels) if label.startswith("I-")]
    assert all(labels[k - 1][2:] == labels[k][2:] for k in inside)


def test_careless_habits_keep_the_names() -> None:
    from kb.lab.encoder.windows import careless

    rng = random.Random(3)
    seen = [careless(MARKED, rng) for _ in range(200)]
    assert all(names(found) == names(MARKED) for found in seen)
    texts = {found.text for found in seen}
    assert MARKED.text.upper() in texts
    assert MARKED.text.lower() in texts
    assert MARKED.text.replace(",", "") in texts
    assert sum(found is MARKED for found in seen) > 100


def test_what_only_hides_some_names_leaves_the_rest_of_the_text() -> None:
    from kb.lab.encoder.windows import careless

    marked = read_marks(
        "Warga [[LOC Desa Sukasari]], [[LOC Kecamatan Cimalaka]] menemui [[PER Dadang Suherman]]."
    )
    rng = random.Random(1)
    texts = {careless(marked, rng).text for _ in range(300)}
    assert marked.text.replace("Desa", "desa").replace("Kecamatan", "kecamatan") in texts
    assert marked.text.replace(", ", " ") in texts
    assert any("Warga" in text and "dadang suherman" in text for text in texts)


def test_habits_move_posts_and_reports_with_the_text() -> None:
    from kb.lab.encoder.windows import careless

    text = "Camat, yang ramah, bilang, air surut."
    marked = MarkedText(text, (), posts=((0, 5, "POST"),), reports=((27, 37, "REPORT"),))
    rng = random.Random(2)
    found = next(one for _ in range(300) if "," not in (one := careless(marked, rng)).text)
    assert found.posts is not None
    assert found.reports is not None
    assert [found.text[a:b] for a, b, _ in found.posts] == ["Camat"]
    assert [found.text[a:b] for a, b, _ in found.reports] == ["air surut."]


def test_heads_say_nothing_where_nothing_is_known() -> None:
    from kb.encoder.pieces import Pieces
    from kb.lab.encoder.windows import IGNORED, NO_PERSON, windows

    pieces = Pieces(MODEL_DIR)
    (window,) = windows(pieces, MARKED)
    assert set(window.labels[1]) == set(window.labels[2]) == {IGNORED}
    text = "lurah budi bilang air surut"
    marked = MarkedText(
        text, ((6, 10, "PER"),), posts=((0, 5, "POST"), (18, 27, "?")), persons_only=True
    )
    (window,) = windows(pieces, marked)
    per = LABELS.index("B-PER")
    assert window.labels[0].count(per) == 1
    assert {label for label in window.labels[0] if label != per} <= {NO_PERSON, per + 1}
    assert window.labels[1][0] == 1
    assert window.labels[1][-1] == IGNORED
