"""Workers in processes of their own, with the quick stand-ins of the ingest's tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest_fakes import ACCESS, STAGES

from kb.config import Settings
from kb.queue import jobs, taking, upkeep, working
from kb.queue.handing import Handed, hand_in
from kb.queue.taking import Done

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
WORKER = """
import sys
from pathlib import Path
from kb.config import Settings
from kb.queue import working
from kb.ingest.indexing import Access
from ingest_fakes import ACCESS, STAGES
from queue_fakes import hurry
hurry(setattr)
keeps = Access(ACCESS.write, ACCESS.read, ACCESS.replacing, lambda settings: sys.argv[4] == "keep")
home, catalog, originals = sys.argv[1:4]
working.work(Settings(home=Path(home), catalog=catalog, originals=originals), count=1,
             until_empty=True, stages=STAGES, access=keeps,
             told=lambda done: print(done.path, flush=True))
"""


def hand(settings: Settings, paths: Sequence[Path], **more: object) -> Handed:
    return hand_in(settings, paths, stages=STAGES, access=ACCESS, **more)  # type: ignore[arg-type]


def hurry(change: Callable[[Any, str, Any], None]) -> None:
    """Pauses of tests."""
    change(jobs, "STALLED_SECONDS", 5.0)
    change(jobs, "pause", lambda tries: 0.3)
    change(taking, "pause", lambda tries: 0.3)
    change(taking, "COPY_SECONDS", 0.2)
    change(upkeep, "EVERY_SECONDS", 0.3)
    change(upkeep, "LOOK_SECONDS", 2.0)
    change(working, "SIGN_SECONDS", 0.5)


def here(settings: Settings, told: Callable[[Done], None] = lambda done: None) -> list[Done]:
    """Be a worker in this process until nothing waits; what became of the files."""
    found: list[Done] = []

    def note(done: Done) -> None:
        found.append(done)
        told(done)

    keeps = replace(ACCESS, there=lambda settings: True)
    working.work(settings, count=1, until_empty=True, told=note, stages=STAGES, access=keeps)
    return found


_started: list[subprocess.Popen[str]] = []


def worker(
    settings: Settings, folder: Path, *, keeps: bool = True, home: Path | None = None
) -> subprocess.Popen[str]:
    """A worker that ends when the queue is empty; it prints the files it is through with."""
    program = folder / "run_worker.py"
    program.write_text(WORKER, encoding="utf-8")
    paths = os.pathsep.join((str(ROOT), str(ROOT / "tests" / "ingest"), str(HERE)))
    own = home or settings.home
    arguments = (str(own), settings.catalog, settings.originals, "keep" if keeps else "read")
    with (folder / "worker.log").open("a", encoding="utf-8") as log:
        process = subprocess.Popen(
            [sys.executable, str(program), *arguments],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            env={**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"},
        )
    _started.append(process)
    return process


def end_all() -> None:
    """No worker outlives its test."""
    for process in _started:
        if process.poll() is None:
            process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()  # where it was not read to its end
    _started.clear()


def through(process: subprocess.Popen[str], seconds: float = 600) -> list[str]:
    """What it read, once it has ended by itself."""
    told, _ = process.communicate(timeout=seconds)
    assert process.returncode == 0, told
    return told.splitlines()
