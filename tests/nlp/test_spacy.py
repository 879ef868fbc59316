"""The pipeline as spaCy's users know pipelines."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from spacy import displacy
from spacy.language import Language
from spacy.tokens import DocBin
from spacy.training import Example

import kb

TEXT = (
    "SERANG - Kepala Dinas Kesehatan Kota Cilegon Ratna Wulandari membuka rapat di Kota Serang.\n\n"
    "“Kita siap melayani warga,” kata Ratna Wulandari. Menurut Ratna, dana itu cukup."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return kb.nlp_pipeline()


def test_names_statements_and_offices_are_spans(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert [(e.text, e.label_) for e in doc.ents][:3] == [
        ("SERANG", "LOC"),
        ("Dinas Kesehatan Kota Cilegon", "ORG"),
        ("Ratna Wulandari", "PER"),
    ]
    person = doc.ents[2].kb_id_
    assert person.startswith("person:")
    said = doc.spans["statements"]
    assert [s.label_ for s in said] == ["direct", "indirect"]
    assert said[0].text == "Kita siap melayani warga,"
    assert {s.kb_id_ for s in said} == {person}
    assert [c.text for c in doc.spans["cues"]] == ["kata", "Menurut"]
    assert [(o.label_, o.kb_id_) for o in doc.spans["offices"]] == [("Kepala Dinas", person)]
    assert [s.text for s in doc.sents][-1] == "Menurut Ratna, dana itu cukup."


def test_two_documents_know_nothing_of_each_other(nlp: Language) -> None:
    nlp("Bupati Lebak Sutarno membuka rapat.")
    assert not nlp("Bupati mengatakan panen baik.").spans["offices"]


def test_displacy_draws_it_and_docbin_keeps_it(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert "Ratna Wulandari" in displacy.render(doc, style="ent", page=False, jupyter=False)
    again = next(iter(DocBin(docs=[doc]).get_docs(nlp.vocab)))
    assert [(e.text, e.label_) for e in again.ents] == [(e.text, e.label_) for e in doc.ents]


def test_evaluate_scores_names(nlp: Language) -> None:
    start = TEXT.index("Ratna")
    gold = {"entities": [(0, 6, "LOC"), (start, start + 15, "PER"), (20, 30, "LOC")]}
    gold["entities"].pop()
    figures = nlp.evaluate([Example.from_dict(nlp.make_doc(TEXT), gold)])
    assert figures["ents_r"] == 1.0
    assert 0 < figures["ents_p"] < 1
    assert set(figures["ents_per_type"]) == {"PER", "ORG", "LOC"}


@pytest.mark.slow
def test_saved_and_loaded_by_a_program_that_imports_only_spacy(
    nlp: Language, tmp_path: Path
) -> None:
    nlp.to_disk(tmp_path / "nlp")
    program = (
        "import spacy, sys; nlp = spacy.load(sys.argv[1]);"
        "print([(e.text, e.label_) for e in nlp(sys.argv[2]).ents])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "nlp"), TEXT],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == str([(e.text, e.label_) for e in nlp(TEXT).ents])


def test_the_example_of_the_docs_runs(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (root / "docs" / "spacy.md").read_text(encoding="utf-8")
    exec(page.split("```python\n")[1].split("```")[0], {})
    printed = capsys.readouterr().out
    assert "Ratna Wulandari PER person:ratna-wulandari" in printed
    assert "indirect dana itu cukup." in printed
