"""Whatever is typed, there is an answer, and the work for it is bounded.

Work is counted, not timed; ``benchmarks/typed.py`` times the same queries on a large base.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import IndexStale
from kb.search import ENGINES, FIELD_NAMES, parse
from kb.search.language.synonyms import from_authority
from kb.search.lexicon import MAX_EXPANSION, Lexicon
from kb.search.plan import Both, Chain, Constant, Lifted, Plan, Planned, Term, Union, Without
from kb.search.planner import Planner
from kb.search.query import MAX_CHARS, MAX_DEPTH, MAX_LEAVES
from kb.search.tree import All, AnyOf, Node, Not

from .conftest import PASSAGES, Base, engines
from .hard_queries import HARD, typed

MAX_WORK = 2 * MAX_LEAVES * MAX_EXPANSION * 3
"""Terms of a plan: a pattern in each leaf, in three fields; numbers and words have fewer forms."""


class _Words:
    """Words of an index that writes everything in every way."""

    def __init__(self) -> None:
        self._lexicon = Lexicon({f"{a}{b}{c}": 5 for a in "abcj" for b in "aeiou" for c in "lmnr"})

    def frequency(self, word: str) -> int:
        return 5

    def lexicon(self) -> Lexicon:
        return self._lexicon


def _plan(query: str) -> Planned:
    return Planner(_Words(), from_authority()).plan(parse(query))


def _work(plan: Plan | None) -> int:
    """Lists of postings that a plan has read."""
    if isinstance(plan, Term):
        return 1
    if isinstance(plan, Chain):
        return len(plan.words)
    if isinstance(plan, Union | Both):
        return sum(map(_work, plan.parts))
    if isinstance(plan, Without | Constant):
        return _work(plan.part)
    if isinstance(plan, Lifted):
        return _work(plan.main) + sum(map(_work, plan.lifts))
    return 0


@pytest.mark.parametrize("query", HARD.values(), ids=HARD)
def test_a_hard_query_is_bounded_work(query: str) -> None:
    planned = _plan(query)
    assert _work(planned.main) + _work(planned.relaxed) <= 2 * MAX_WORK


@pytest.mark.parametrize("query", HARD.values(), ids=HARD)
def test_a_hard_query_is_answered(base: Base, query: str) -> None:
    result = base.ask(query, limit=5)
    base.engine.match_spans(query, "Jalan rusak di desa Cempaka.")
    base.engine.suggest(query[:500])
    assert len(result.hits) <= 5


WORDS = st.sampled_from(
    ["jalan", "rusak", "Perda", "4/2023", "COVID-19", "2024", "dua", "puluh", "persen", "20%", "é",
     "jal*", "j?lan", "jallan~2", "Rp1,5", "miliar", "17", "Agustus", "😀", "نالج", "'; --", ".*"]
)  # fmt: skip
QUERIES = st.recursive(
    WORDS | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=5).map(" ".join)
        | inner.map(lambda q: f"({q})")
        | inner.map(lambda q: f'"{q}"~3')
        | inner.map(lambda q: f"-{q}")
        | st.tuples(st.sampled_from(sorted(FIELD_NAMES)), inner).map(":".join)
        | st.tuples(inner, st.sampled_from(["ATAU", "DAN", "BUKAN", "OR", "&&", ".."]), inner).map(
            " ".join
        )
        | inner.map(lambda q: q[: len(q) // 2])
    ),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None)
@given(QUERIES)
def test_a_query_of_the_grammar_is_bounded(query: str) -> None:
    parsed = parse(query)
    assert parse(query) == parsed
    assert _leaves(parsed.root) <= 2 * MAX_LEAVES + 1
    assert _depth(parsed.root) <= 4 * MAX_DEPTH
    planned = _plan(query)
    assert _work(planned.main) + _work(planned.relaxed) <= 2 * MAX_WORK


@pytest.fixture(scope="module", params=engines()[1:])
def both(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    make_base: Callable[[str, Path], Base],
) -> list[Base]:
    """Whoosh and another engine."""
    bases = [make_base(e, tmp_path_factory.mktemp(e)) for e in (ENGINES[0], request.param)]
    for base in bases:
        base.put(*PASSAGES)
        base.engine.commit()
    return bases


@settings(max_examples=30, deadline=None)
@given(QUERIES)
def test_a_query_of_the_grammar_is_answered_alike(both: list[Base], query: str) -> None:
    found = [base.ask(query, limit=20) for base in both]
    assert len({(r.total, r.relaxed, r.suggestion, r.notes) for r in found}) == 1
    shown = "Jalan rusak, Perda 4/2023 pada 4 Januari 2024: dua puluh persen."
    for base in both:
        assert all(0 <= a < b <= len(shown) for a, b in base.engine.match_spans(query, shown))


def _leaves(node: Node) -> int:
    if isinstance(node, All | AnyOf):
        return sum(map(_leaves, node.children))
    return _leaves(node.child) if isinstance(node, Not) else 1


def _depth(node: Node) -> int:
    if isinstance(node, All | AnyOf):
        return 1 + max(map(_depth, node.children), default=0)
    return 1 + _depth(node.child) if isinstance(node, Not) else 1


@pytest.mark.parametrize("seed", range(40))
def test_the_tree_of_anything_typed_is_bounded(seed: int) -> None:
    for text in (typed(seed * 100 + i) for i in range(50)):
        query = parse(text)
        assert parse(text) == query
        assert _leaves(query.root) <= 2 * MAX_LEAVES + 1, text
        assert _depth(query.root) <= 4 * MAX_DEPTH, text
        assert len(text) <= MAX_CHARS


@pytest.mark.parametrize("seed", range(12))
def test_anything_typed_is_answered(base: Base, seed: int) -> None:
    for text in (typed(10_000 + seed * 100 + i) for i in range(15)):
        result = base.ask(text, limit=3)
        assert 0 <= len(result.hits) <= 3
        assert result.total >= len(result.hits)
        shown = "Jalan rusak, Perda 4/2023 pada 4 Januari 2024."
        spans = base.engine.match_spans(text, shown)
        assert all(0 <= a < b <= len(shown) for a, b in spans), text


def test_an_error_of_our_own_is_not_called_damage(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("a mistake in the planner")

    monkeypatch.setattr("kb.search.searching.Planner.plan", broken)
    with pytest.raises(ValueError, match="planner") as caught:
        base.ask("jalan")
    assert not isinstance(caught.value, IndexStale)
