"""Answers that are kept hold exactly as long as the catalog they were read from."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.config import Settings
from kb.explore import KnowledgeBase
from kb.explore.sources import MEMORY
from kb.ingest import rebuild
from kb.staff import Desk

SARI = "person:sari-wulandari"
Opener = Callable[[Settings], KnowledgeBase]


def test_the_same_question_is_answered_from_memory(kb: KnowledgeBase) -> None:
    assert kb.entity(SARI) is kb.entity("Sari Wulandari")
    assert kb.entity(SARI, documents=1) is not kb.entity(SARI)
    assert kb.home() is kb.home()
    assert kb.graph(SARI, limit=3) is not kb.graph(SARI, limit=4)


def test_a_correction_is_seen_at_once_everywhere(fresh: Settings, open_base: Opener) -> None:
    base = open_base(fresh)
    asked: tuple[Callable[[], object], ...] = (
        lambda: base.entity(SARI).summary.name,
        lambda: [e.name for e in base.entities(type="person").entities if e.entity_id == SARI],
        lambda: next(n.name for n in base.graph(SARI).nodes),
        lambda: base.timeline(SARI).subject,
        lambda: [s.name for s in base.statements().speakers if s.entity_id == SARI],
    )
    before = [ask() for ask in asked]
    Desk(fresh).rename(SARI, "Sari W. Baru")
    after = [ask() for ask in asked]
    assert all("Sari W. Baru" in str(found) for found in after), after
    assert all(a != b for a, b in zip(before, after, strict=True))


def test_memory_is_bounded(kb: KnowledgeBase) -> None:
    first = kb.entity(SARI, documents=500)
    for number in range(MEMORY + 1):
        kb.entities(limit=1, offset=number)
    assert kb.entity(SARI, documents=500) is not first
    assert len(kb._sources._memory) <= MEMORY


def test_what_is_forgotten_is_asked_again(kb: KnowledgeBase) -> None:
    first = kb.home()
    kb._sources.forget()
    assert kb.home() is not first


def test_answers_to_words_hold_as_long_as_the_index(
    fresh: Settings, open_base: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = open_base(fresh)
    found = base.who_mentions("jalan")
    assert found
    assert base.who_mentions("jalan") is found
    versions: dict[str, object] = {"now": base._sources.engine().version()}
    monkeypatch.setattr(type(base._sources.engine()), "version", lambda _: versions["now"])
    assert base.who_mentions("jalan") is found
    versions["now"] = "another commit"
    assert base.who_mentions("jalan") is not found


def test_an_index_made_anew_answers_at_once(fresh: Settings, open_base: Opener) -> None:
    base = open_base(fresh)
    asked: tuple[Callable[[], object], ...] = (
        lambda: base.statements("jalan").total,
        lambda: base.timeline("jalan rusak").total,
        lambda: base.trends(["jalan"]).series[0].total,
        lambda: [s.statements for s in base.who_mentions("jalan")],
    )
    before = [ask() for ask in asked]
    rebuild(fresh)
    base.refresh()
    assert [ask() for ask in asked] == before
