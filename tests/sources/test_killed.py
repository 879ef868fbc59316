"""A sync is killed at chosen moments; the next ones finish it: nothing is lost or doubled."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import shapes
from ingest_fakes import REAL_ROOMS
from served import Served
from sqlalchemy import func, select

from kb.catalog import Catalog
from kb.catalog.schema import documents, mentions
from kb.catalog.schema_sources import finds, originals
from kb.config import Settings
from kb.ingest.checking import check

ARTICLES = 30
MOMENTS = ("listing", "fetching 25", "reading 10")
"""Lines after which the sync is killed, one run each."""


def run(settings: Settings, until: str | None = None) -> str:
    """One sync, killed at the first line that begins with ``until``; its last line."""
    folders = os.pathsep.join(path for path in sys.path if path)
    process = subprocess.Popen(
        [
            sys.executable,
            str(Path(__file__).with_name("killed_sync.py")),
            str(settings.home),
            settings.catalog,
        ],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": folders},
    )
    last = ""
    assert process.stdout is not None
    with process, process.stdout as lines:
        for line in lines:
            last = line.strip()
            if until is not None and last.startswith(until):
                break
        if until is not None:
            process.kill()
    return last


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_nothing_is_lost_or_doubled(site: Served, settings: Settings, add: Callable[..., str]):
    shapes.wordpress(site, ARTICLES)
    add(site.base)
    site.forget()
    for moment in MOMENTS:
        assert run(settings, moment).startswith(moment.split()[0]), moment
    assert run(settings).startswith("over")
    with Catalog.open(settings) as catalog, catalog.read() as connection:
        rows = connection.execute(select(documents.c.key, documents.c.version)).all()
        states = connection.execute(select(finds.c.state, func.count()).group_by(finds.c.state))
        assert dict(states.all()) == {"kept": ARTICLES}  # type: ignore[arg-type]
        kept = connection.execute(select(originals.c.key)).scalars().all()
        named = select(func.count()).select_from(mentions)
        assert connection.execute(named).scalar_one() > 0
    assert len(rows) == len({row.key for row in rows}) == ARTICLES
    assert {row.version for row in rows} == {1}
    assert len(kept) == len(set(kept)) == ARTICLES
    # A kill makes at most what lies between two notes fetched again.
    asked = sum("posyandu" in path for path in site.asked)
    assert asked <= ARTICLES + 20 * len(MOMENTS)
    # The stand-in for the tagger may know another authority file.
    assert not {one.kind for one in check(settings, stages=REAL_ROOMS)} - {"authority-old"}
