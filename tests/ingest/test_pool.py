"""A worker that still loads its models is given up only when it no longer does anything."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import pytest
from ingest_fakes import STAGES

from kb.ingest import pool as pools
from kb.ingest.stages import Limits
from kb.readers.options import ReadOptions


class Child:
    """A child that uses ``pace`` processor seconds between two looks at it."""

    pace = 0.0

    def __init__(self, *_: Any) -> None:
        self.cpu = 0.0
        self.killed = False

    def tell(self, message: object) -> None: ...

    def deafen(self) -> None: ...

    def cpu_seconds(self) -> float:
        self.cpu += self.pace
        return self.cpu

    def kill(self) -> None:
        self.killed = True


@pytest.mark.parametrize(("pace", "killed"), [(1.0, False), (0.0, True)])
def test_slow_start_is_waited_for_while_it_works(
    monkeypatch: pytest.MonkeyPatch, pace: float, killed: bool
) -> None:
    clock = [time.monotonic()]
    monkeypatch.setattr(pools, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    monkeypatch.setattr(pools, "Supervised", Child)
    monkeypatch.setattr(Child, "pace", pace)
    pool = pools.Pool(1, STAGES, ReadOptions(), Limits(60, 1000), "", silence=60, memory_mb=1000)
    child: Any = pool.workers[0].child
    for _ in range(10):
        clock[0] += pools.START_SECONDS / 4
        list(pool.events(0))
    assert child.killed is killed
