"""The reporting words are data: sorted, clean, each word in reach."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kb.authority import load
from kb.nlp.statements.cues import cues

LISTS = [
    (table, key)
    for table, values in load().cues.items()
    if isinstance(values, dict)
    for key in values
    if isinstance(values[key], list)
]


def words(table: str, key: str) -> list[str]:
    return list(load().cues[table][key])


def test_the_file_names_its_source() -> None:
    assert len(load().cues["source"]) > 40


@pytest.mark.parametrize(("table", "key"), LISTS)
def test_lists_are_sorted_lower_case_and_without_doubles(table: str, key: str) -> None:
    listed = words(table, key)
    assert listed == sorted(set(listed))
    assert all(word == word.strip().casefold() and word for word in listed)


def narrower() -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    known = cues()
    yield known.plain_words | known.between_commas, known.roots
    yield known.careful | known.noun_object | known.strict, known.active
    yield known.bare_topics, known.topics


def test_special_lists_are_parts_of_their_general_ones() -> None:
    for part, whole in narrower():
        assert part <= whole, sorted(part - whole)


@pytest.mark.parametrize("word", ["ujarnya", "katanya", "pungkasnya", "Katanya", "tandasnya"])
def test_nya_forms_are_cues(word: str) -> None:
    assert cues().is_nya(word)


def test_every_word_is_put_to_use() -> None:
    assert {key for _, key in LISTS} >= {"roots", "clause", "verbs", "pronouns", "topics"}
    assert cues().may_be_nya("selorohnya")
    assert not cues().may_be_nya("sebelumnya")
    assert cues().is_report("dikatakannya")
