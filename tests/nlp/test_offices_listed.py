"""The words around posts: every list is asked for, and holds each word once."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from kb import authority
from kb.authority.words import sections
from kb.nlp.offices.listed import listed

LISTS = sections("posts.txt")


def asked(folder: Path) -> set[str]:
    """The sections that the modules in ``folder`` ask for by name."""
    return {
        node.args[0].value
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "listed"
        and isinstance(node.args[0], ast.Constant)
    }


def test_every_section_is_asked_for_and_stands_there(root: Path) -> None:
    assert asked(root / "kb" / "nlp" / "offices") == set(LISTS)


def test_a_section_begins_once_and_says_above_what_it_is_for() -> None:
    path = Path(authority.__file__).parent / "words" / "posts.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    heads = [at for at, line in enumerate(lines) if line.startswith("[")]
    assert len(heads) == len(LISTS)
    assert not [lines[at] for at in heads if not lines[at - 1].startswith("# ")]


@pytest.mark.parametrize("section", sorted(LISTS))
def test_words_stand_once_and_sorted(section: str) -> None:
    assert list(LISTS[section]) == sorted(listed(section))


def test_no_two_sections_are_one() -> None:
    assert len({listed(section) for section in LISTS}) == len(LISTS)


def test_categories_are_those_of_the_titles() -> None:
    known = {title.category for title in authority.load().titles.by_words.values()}
    assert listed("own_categories") <= known
