"""Whatever is typed, there is an answer, and soon."""

from __future__ import annotations

import random
import time

import pytest

from kb.errors import IndexStale
from kb.search import parse
from kb.search.query import MAX_CHARS, MAX_DEPTH, MAX_LEAVES
from kb.search.tree import All, AnyOf, Node, Not

from .conftest import Base

HARD = {
    "letters": "a" * 100_000,
    "words": "jalan rusak di desa " * 5_000,
    "star": "*",
    "stars": "* " * 800,
    "every word": "a*",
    "middle": "*a*a*a*a*a*a*a*b",
    "question marks": "?a?" * 300,
    "near": '"jalan rusak"~99999',
    "near many": '"' + "jalan jembatan gubernur melati pajak daerah " * 20 + '"~50',
    "ors": " ATAU ".join(f"kata{i}" for i in range(500)),
    "prefixes": " ATAU ".join(f"{a}*" for a in "abcdefghijklmnopqrstuvwxyz" * 4),
    "fuzzy": " ".join(f"jambatan{i}~2" for i in range(200)),
    "long fuzzy": "pertanggungjawaban" * 100 + "~2",
    "open brackets": "(" * 1_000 + "jalan",
    "brackets": "(" * 1_000 + "jalan" + ")" * 1_000,
    "nots": "BUKAN " * 500 + "jalan",
    "minuses": "-" * 3_000 + "jalan",
    "quotes": '"' * 3_001,
    "nested fields": "judul:(" * 400 + "jalan",
    "digits": "1" * 3_000,
    "years": "tahun:0000..9999 tahun:99999 tahun:>=2020 tahun:<" * 30,
    "dates": "31/12/2024 " * 300,
    "slashes": "/" * 3_000,
    "code": "1/" * 2_000,
    "dots": "a.b." * 1_000,
    "joiners": "a-/.,&'" * 500,
    "combining": "a" + "\u0301" * 5_000,
    "invisible": "ja\u200blan" * 500,
    "spaces": " " * 5_000 + "jalan",
    "nul": "\x00" * 3_000,
    "surrogate": "jalan \ud800 rusak",
    "emoji": "😀" * 2_000,
    "percent": "%s%n{}" * 500,
}


@pytest.mark.parametrize("query", HARD.values(), ids=HARD)
def test_a_hard_query_is_answered_within_a_second(base: Base, query: str) -> None:
    base.ask("jalan")
    started = time.thread_time()
    result = base.ask(query, limit=5)
    base.engine.match_spans(query, "Jalan rusak di desa Cempaka.")
    base.engine.suggest(query[:500])
    assert time.thread_time() - started < 1
    assert len(result.hits) <= 5


PIECES = [
    "jalan", "rusak", "Perda", "4/2023", "COVID-19", "2024", "a", "é", "-", "--", "*", "?", "~",
    "~2", "~99", '"', "“", "”", "(", ")", ":", "judul:", "tahun:", "tahun:2024..", "tanggal:",
    "lembaga:", "tokoh:", "jenis:", "DAN", "ATAU", "BUKAN", "OR", "&&", "||", "..", ">=", "<", "/",
    ".", ",", "'", "\t", "\n", "\x00", "\u00ad", "4 Januari 2024", "31/02/2024", "jal*", "j?lan",
    "jallan~", "%", "\\",
]  # fmt: skip


def _typed(seed: int) -> str:
    chance = random.Random(seed)
    glue = chance.choice(["", " ", " ", "  "])
    return glue.join(chance.choice(PIECES) for _ in range(chance.randint(1, 25)))


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
    for text in (_typed(seed * 100 + i) for i in range(50)):
        query = parse(text)
        assert parse(text) == query
        assert _leaves(query.root) <= 2 * MAX_LEAVES + 1, text
        assert _depth(query.root) <= 4 * MAX_DEPTH, text
        assert len(text) <= MAX_CHARS


@pytest.mark.parametrize("seed", range(12))
def test_anything_typed_is_answered(base: Base, seed: int) -> None:
    for text in (_typed(10_000 + seed * 100 + i) for i in range(15)):
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
