"""Training data of the name model: marks, CoNLL, the generator, the guide's conventions."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from kb.authority.words import people
from kb.errors import ModelError
from kb.lab import public_sets as public
from kb.lab.corpora import MarkedText, detokenise, read_articles, read_marks, to_gold
from kb.lab.public_sets import public_sets, read_sentences
from kb.lab.templates import generate
from kb.lab.templates.words import regions
from kb.lab.training import ARTICLES, token_labels, train
from kb.nlp.language import make_nlp
from kb.nlp.names import NameTagger


def surfaces(marked: object) -> list[tuple[str, str]]:
    return [(marked.text[s:e], label) for s, e, label in marked.spans]  # type: ignore[attr-defined]


def test_marks_become_offsets() -> None:
    marked = read_marks(
        "[[LOC SERANG]] - Kepala [[ORG Dinas Kesehatan (Dinkes) Banten]], [[PER Ati]]."
    )
    assert marked.text == "SERANG - Kepala Dinas Kesehatan (Dinkes) Banten, Ati."
    assert surfaces(marked) == [
        ("SERANG", "LOC"),
        ("Dinas Kesehatan (Dinkes) Banten", "ORG"),
        ("Ati", "PER"),
    ]


@pytest.mark.parametrize("broken", ["[[PER Ati", "[[XYZ Ati]]", "[[ORG Dinas [[LOC Serang]]]]"])
def test_broken_marks_are_refused(broken: str) -> None:
    with pytest.raises(ValueError, match="mark is broken"):
        read_marks(broken)


def test_own_articles_are_clean() -> None:
    articles = read_articles(ARTICLES)
    assert len(articles) >= 100
    labels = {label for article in articles for *_, label in article.spans}
    assert labels == {"PER", "ORG", "LOC"}
    title = re.compile(r"(?:H|Hj|Dr|dr|Ir|Drs|KH|Prof|AKBP|Kombes)\.? ")
    for article in articles:
        for surface, label in surfaces(article):
            assert surface == surface.strip(), (article.source, surface)
            assert surface.count("(") == surface.count(")"), (article.source, surface)
            if label == "PER":
                assert not title.match(surface), (article.source, surface)
        row = to_gold(article)
        assert row["text"] == article.text


def test_detokenised_text_keeps_its_spans() -> None:
    words = ["Menurut", "Ani", ",", "KPU", "(", "Jakarta", ")", "siap", "."]
    tags = ["O", "B-PER", "O", "B-ORG", "O", "B-LOC", "O", "O", "O"]
    marked = detokenise(words, tags, "x")
    assert marked.text == "Menurut Ani, KPU (Jakarta) siap."
    assert surfaces(marked) == [("Ani", "PER"), ("KPU", "ORG"), ("Jakarta", "LOC")]


def test_generator_is_repeatable_and_varied() -> None:
    first, again, other = generate(40, seed=5), generate(40, seed=5), generate(40, seed=6)
    assert first == again
    assert first != other
    assert len({doc.text for doc in first}) == 40
    for doc in first:
        assert "{" not in doc.text
        assert "<" not in doc.text
        for surface, _label in surfaces(doc):
            assert surface
            assert "\n" not in surface


def test_regions_cover_the_country() -> None:
    provinces = {region.province for region in regions()}
    assert len(provinces) == 38
    assert all(f"{group}.l" in people() for region in regions() for group in region.group)


def test_labels_follow_tokens() -> None:
    marked = read_marks("[[PER Ani Yuli]], [[LOC Serang]]")
    assert token_labels([0, 4, 8, 10], [3, 8, 9, 16], marked) == ["B-PER", "I-PER", "O", "B-LOC"]


@pytest.mark.parametrize(
    ("words", "tags", "expected"),
    [
        ("Warga Desa Cahaya", "O O B-PLACE", [("Desa Cahaya", "LOC")]),
        ("Pemerintah Kota Bogor", "O O B-PLACE", [("Pemerintah Kota Bogor", "ORG")]),
        ("Bawaslu Banten hadir", "B-ORG B-LOC O", [("Bawaslu Banten", "ORG")]),
        ("kata H. Anwar", "O B-PER I-PER", [("Anwar", "PER")]),
        (
            "Universitas Indonesia (UI), siap",
            "B-ORG I-ORG O O",
            [("Universitas Indonesia (UI)", "ORG")],
        ),
        ("di SDN 1 Barepan", "O B-PLACE I-PLACE I-PLACE", [("SDN 1 Barepan", "ORG")]),
    ],
)
def test_public_sets_are_brought_to_the_guide(
    tmp_path: Path, words: str, tags: str, expected: list[tuple[str, str]]
) -> None:
    for folder, name in (
        ("idner-news-2k", "train"),
        ("idner-news-2k", "dev"),
        ("nergrit", "train"),
        ("nergrit", "valid"),
    ):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / f"{name}.txt").write_text("\n", encoding="utf-8")
    lines = "\n".join(f"{w} {t}" for w, t in zip(words.split(), tags.split(), strict=True))
    (tmp_path / "idner-news-2k" / "train.txt").write_text(
        lines + "\n\n" + lines + "\n", encoding="utf-8"
    )
    sentences = public_sets(tmp_path)
    assert len(sentences) == 1, "the same sentence twice is one"
    assert surfaces(sentences[0]) == expected


def test_sentences_that_were_read_have_the_names_of_their_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in public.FILES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("\n", encoding="utf-8")
    # Three sentences: one read anew, one too damaged to use, one whose number another text has.
    words = ("era Suko-Wiwid usai", "Wiwid ( ) Suko", "Suko pergi")
    (tmp_path / public.FILES[0]).write_text(
        "\n\n".join("\n".join(f"{w} O" for w in line.split()) for line in words) + "\n",
        encoding="utf-8",
    )
    corrected = tmp_path / "public.tsv"
    monkeypatch.setattr(public, "CORRECTED", corrected)
    corrected.write_text("# none yet\n", encoding="utf-8")
    first, second, third = public_sets(tmp_path)
    corrected.write_text(
        f"{first.source}\t{public.fingerprint(first.text)}\tPER 4-8; PER 9-14\n"
        f"{second.source}\t{public.fingerprint(second.text)}\tDROP\n"
        f"{third.source}\t00000000\tPER 0-4\n",
        encoding="utf-8",
    )
    read = public_sets(tmp_path)
    assert [m.source for m in read] == [first.source, third.source]
    assert surfaces(read[0]) == [("Suko", "PER"), ("Wiwid", "PER")]
    assert read[1].spans == ()


def test_corrected_public_sentences_are_known_by_source_and_text() -> None:
    names = public._corrected()
    assert len(names) > 800
    assert {source.partition("#")[0] for source, _ in names} <= set(public.FILES)
    for listed in names.values():
        spans = public._spans(listed) if listed != public.DROPPED else ()
        assert all(a < b and label in {"PER", "ORG", "LOC"} for a, b, label in spans)
        assert all(one[1] <= two[0] for one, two in pairwise(spans)), listed


def test_sentences_in_lower_case_get_the_capitals_and_names_of_their_reader(
    tmp_path: Path,
) -> None:
    (tmp_path / "nerp").mkdir()
    (tmp_path / "nerp" / "train.txt").write_text(
        "warga\tO\nlebak\tO\nhadir\tO\n\nwarga\tO\npulang\tO\n", encoding="utf-8"
    )
    told = tmp_path / "nerp.tsv"
    told.write_text(
        f"# said\nnerp/train.txt#0\t{public.fingerprint('warga lebak hadir')}\t0,6-7\tLOC 6-11\n"
        "nerp/train.txt#1\t00000000\t0\t-\n",
        encoding="utf-8",
    )
    (sentence,) = read_sentences(tmp_path, told)
    assert sentence.text == "Warga LEbak hadir"
    assert surfaces(sentence) == [("LEbak", "LOC")]


def test_read_sentences_are_whole_and_their_names_stand_in_order() -> None:
    lines = public.READ.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert len(rows) > 2_300
    assert len({source for source, *_ in rows}) == len(rows)
    for _, digits, capitals, names in rows:
        assert len(digits) == 8
        assert list(public._places(capitals)) == sorted(public._places(capitals))
        spans = public._spans(names)
        assert all(a < b and label in {"PER", "ORG", "LOC"} for a, b, label in spans)
        assert all(one[1] <= two[0] for one, two in pairwise(spans))


@pytest.mark.slow
def test_training_makes_a_model_that_tags(tmp_path: Path) -> None:
    said: list[str] = []
    # What staff corrected: a village that no list knows.
    lines = [f"Warga {verb} di Kwarbalonga." for verb in ("hadir", "rapat", "panen", "makan")]
    taught = [
        MarkedText(line, ((line.index("Kw"), len(line) - 1, "LOC"),), "koreksi")
        for line in lines * 5
    ]
    path = train(None, tmp_path, documents=60, iterations=25, taught=taught, progress=said.append)
    assert path.stat().st_size > 10_000
    assert "20 corrected lines" in said
    tagger = NameTagger.load(tmp_path)
    doc = make_nlp()(
        "SERANG - Kepala Dinas Kesehatan Kota Serang, dr. Rini Puspita, menemui warga."
    )
    found = {(m.surface, m.label) for m in tagger.tag(doc)}
    assert ("Dinas Kesehatan Kota Serang", "ORG") in found


def test_a_missing_public_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"idner-news-2k/train\.txt is not in"):
        public_sets(tmp_path)


def test_training_without_articles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no marked articles"):
        train(None, tmp_path / "out", articles=tmp_path)
