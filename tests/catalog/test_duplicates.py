"""Near-duplicates meet in groups; what only looks alike stays apart."""

from __future__ import annotations

import random

import pytest
from catalog_samples import Put, document, state
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from kb.catalog import Catalog
from kb.catalog.duplicates import THRESHOLD
from kb.catalog.fingerprint import signature, similarity
from kb.catalog.schema import bands, documents
from kb.catalog.writes import delete_document

WORDS = [f"kata{number}" for number in range(400)]


def story(seed: int, length: int = 160) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def changed(words: list[str], every: int) -> list[str]:
    return [word if position % every else "lain" for position, word in enumerate(words, 1)]


def groups(catalog: Catalog) -> dict[int, int | None]:
    with catalog.read() as connection:
        return {
            row.id: row.group_id
            for row in connection.execute(select(documents.c.id, documents.c.group_id))
        }


def put_story(put: Put, number: int, words: list[str]) -> int:
    path = f"/berkas/{number}.html"
    sha = str(hash(tuple(words)))
    return put(document(" ".join(words), path=path), state(path, sha=sha)).document_id


def test_the_same_release_issued_three_times_is_one_group(catalog: Catalog, put: Put) -> None:
    base = story(1)
    put_story(put, 1, base)
    put_story(put, 2, story(2))
    put_story(put, 3, ["SERANG", *base])
    put_story(put, 4, changed(base, 50))
    put_story(put, 5, changed(base, 4))
    assert groups(catalog) == {1: 1, 2: None, 3: 1, 4: 1, 5: None}


def test_a_document_between_two_groups_joins_them_and_leaves_them_again(
    catalog: Catalog, put: Put
) -> None:
    base = story(1, 200)
    left, middle, right = base[:160], base[20:180], base[40:]
    assert similarity(*map(_sign, (left, right))) < THRESHOLD
    put_story(put, 1, left)
    put_story(put, 2, right)
    assert groups(catalog) == {1: None, 2: None}
    put_story(put, 3, middle)
    assert groups(catalog) == {1: 1, 2: 1, 3: 1}
    put_story(put, 3, story(9))
    assert groups(catalog) == {1: None, 2: None, 3: None}
    put_story(put, 3, middle)
    with catalog.write() as connection:
        delete_document(connection, 1)
    assert groups(catalog) == {2: 2, 3: 2}
    with catalog.read() as connection:
        assert set(connection.execute(select(bands.c.document_id)).scalars()) == {2, 3}


def _sign(words: list[str]) -> bytes:
    found = signature([" ".join(words)])
    assert found is not None
    return found


def test_pages_may_break_anywhere() -> None:
    words = story(3, 900)
    one = signature([" ".join(words)])
    many = signature([" ".join(words[start : start + 300]) for start in range(0, 900, 300)])
    assert one is not None
    assert many is not None
    assert similarity(one, many) > 0.95


@pytest.mark.parametrize("texts", [[], [""], ["satu dua"], ["a b c d e f g h i"]])
def test_short_texts_are_not_compared(texts: list[str]) -> None:
    assert signature(texts) is None


@given(st.integers(3, 40), st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_the_estimate_is_near_the_true_similarity(every: int, seed: int) -> None:
    one = story(seed, 300)
    two = changed(one, every)

    def shingles(words: list[str]) -> set[tuple[str, ...]]:
        return set(zip(words, words[1:], words[2:], strict=False))

    true = len(shingles(one) & shingles(two)) / len(shingles(one) | shingles(two))
    assert abs(similarity(_sign(one), _sign(two)) - true) < 0.22  # five standard errors


def test_signatures_do_not_depend_on_the_process() -> None:
    text = "Gubernur membuka pasar murah di alun alun kota pagi ini bersama warga dan staf"
    found = signature([text])
    assert found is not None
    assert len(found) == 512
    assert found[:8].hex() == "b8deed1690af740c"
