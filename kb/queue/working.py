"""A worker, from its start to its end: ``kb worker``."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

from kb.catalog import Catalog, writer_lock
from kb.config import Settings
from kb.ingest import stages as steps
from kb.ingest.indexing import REAL, Access
from kb.ingest.intake import worker_count
from kb.ingest.linking import load_authority
from kb.ingest.stages import Stages
from kb.queue import jobs
from kb.queue.taking import Done, Hands, Order
from kb.queue.upkeep import EVERY_SECONDS, Upkeep

if TYPE_CHECKING:
    from procrastinate import App

START_SECONDS = 3600.0
"""How long a worker that starts waits for somebody who has the base alone."""
SIGN_SECONDS = 5.0
"""Between two signs of life."""
MANY = 10**6
_log = logging.getLogger("kb.queue")

Look = Callable[[Settings, threading.Event], None]
"""Does what is due of the timetable of sources and alerts."""


def work(
    settings: Settings,
    *,
    count: int | None = None,
    until_empty: bool = False,
    look: Look | None = None,
    told: Callable[[Done], None] = lambda done: None,
    stages: Stages | None = None,
    access: Access = REAL,
) -> None:
    """Take files out of the queue until SIGTERM or Ctrl-C, or ``until_empty``.

    ``count`` files at once (default: the settings, else by cores and memory). Files in hand go
    back into the queue when it ends. Raises ``ConfigError`` without PostgreSQL, ``CatalogError``.
    """
    jobs.require(settings)
    many = worker_count(settings, count, MANY)
    with contextlib.ExitStack() as held:
        with writer_lock(settings, "worker", wait=START_SECONDS), jobs.opened(settings) as app:
            catalog = held.enter_context(Catalog.open(settings, write=True))
            jobs.prepare(app, catalog)
            with catalog.write(quiet=True) as connection:
                load_authority(connection)
        stopped = threading.Event()
        hands = Hands(settings, catalog, stages or steps.real(settings.tagger), stopped, many, told)
        held.callback(hands.close)
        with catalog.read() as connection:
            base = jobs.base_mark(connection)
        worker = _Worker(settings, base, hands, Upkeep(settings, catalog, access), stopped, look)
        with ThreadPoolExecutor(many + 4, thread_name_prefix="kb-worker") as threads:
            asyncio.run(worker.run(many, threads, until_empty=until_empty))


class _Worker:
    """The loop around it all."""

    def __init__(
        self,
        settings: Settings,
        base: str,
        hands: Hands,
        upkeep: Upkeep,
        stopped: threading.Event,
        look: Look | None,
    ) -> None:
        self._settings = settings
        self._base = base
        self._hands = hands
        self._upkeep = upkeep
        self._stopped = stopped
        self._look = look

    async def run(self, many: int, threads: ThreadPoolExecutor, *, until_empty: bool) -> None:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(threads)
        ending = asyncio.Event()
        app = jobs.for_workers(self._settings, self._base, many + 4)
        self._tasks(app)
        async with app.open_async():
            with _signals(loop, ending):
                running = [
                    asyncio.create_task(self._take(app, jobs.FILES, many)),
                    asyncio.create_task(self._keep_up(ending, until_empty)),
                ]
                if self._look is not None:
                    running.append(asyncio.create_task(self._take(app, jobs.TIMETABLE, 1)))
                await ending.wait()
                self._stopped.set()
                for task in running:
                    task.cancel()
                await asyncio.gather(*running, return_exceptions=True)

    def _tasks(self, app: App) -> None:
        lost: set[int | None] = app.job_manager.lost  # type: ignore[attr-defined]

        def read(context: Any, path: str, sha256: str, ocr: str, force: bool) -> None:
            job = context.job
            lost.discard(job.id)
            still_mine = partial(
                jobs.still_mine, job=job.id, worker=job.worker_id, attempts=job.attempts
            )
            try:
                self._hands.take(Order(path, sha256, ocr, force), still_mine)
            except jobs.Lost:
                lost.add(job.id)

        def look(timestamp: int) -> None:
            if self._look is not None and self._upkeep.keeps:
                self._look(self._settings, self._stopped)

        app.task(name=jobs.READ, queue=jobs.FILES, retry=jobs.pauses(), pass_context=True)(read)
        minutely = app.periodic(cron="* * * * *")
        minutely(
            app.task(name=jobs.LOOK, queue=jobs.TIMETABLE, lock=jobs.LOOK, queueing_lock=jobs.LOOK)(
                look
            )
        )

    async def _take(self, app: App, queue: str, many: int) -> None:
        """Take jobs of one queue; where the server went away, again when it is back."""
        while True:
            try:
                await app.run_worker_async(
                    queues=[queue],
                    concurrency=many,
                    install_signal_handlers=False,
                    delete_jobs="successful",
                    update_heartbeat_interval=SIGN_SECONDS,
                    stalled_worker_timeout=jobs.STALLED_SECONDS,
                )
            except Exception as error:
                _log.warning("the queue does not answer (%s); trying again", error)
            await asyncio.sleep(SIGN_SECONDS)

    async def _keep_up(self, ending: asyncio.Event, until_empty: bool) -> None:
        while True:
            through = await asyncio.to_thread(self._upkeep.attempt)
            if until_empty and through:
                ending.set()
            await asyncio.sleep(0.5 if until_empty else EVERY_SECONDS)


@contextlib.contextmanager
def _signals(loop: asyncio.AbstractEventLoop, ending: asyncio.Event) -> Iterator[None]:
    """SIGTERM and Ctrl-C end it in order; said twice, at once."""

    def handle() -> None:
        if ending.is_set():
            os._exit(130)
        ending.set()

    numbers = (signal.SIGTERM, signal.SIGINT)
    for number in numbers:
        loop.add_signal_handler(number, handle)
    try:
        yield
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)
