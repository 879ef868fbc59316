"""Everything that is due: match what came in, send digests, post to webhooks."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from kb.alerts import book, digest, hook, keys, mail
from kb.alerts.matching import Matched, match
from kb.catalog import writes_alerts as writes
from kb.catalog.reading import alerts as reads
from kb.catalog.reading.alerts import FollowerRow
from kb.catalog.reading.typed import Reading
from kb.config import Settings
from kb.errors import Busy, KBError
from kb.explore import KnowledgeBase, open_kb

log = logging.getLogger("kb.alerts")

PAUSE = {"daily": timedelta(hours=22), "weekly": timedelta(days=7, hours=-2)}
"""Between two digests; a bit less than the name says, so that cron's minute does not skip one."""
LONGEST_WAIT = timedelta(hours=6)
"""Between two tries of what cannot be sent, at most; the first waits minutes."""


@dataclass(slots=True)
class Report:
    """What one run did."""

    matched: Matched
    mails: int = 0
    hooks: int = 0
    failed: list[tuple[int, str]] = field(default_factory=list)
    """Lists that could not be told, each with why."""


def run(settings: Settings, moment: datetime | None = None) -> Report:
    """Match and send what is due at ``moment`` (UTC; now). Raises ``Busy`` where another run is
    at it."""
    moment = moment or datetime.now(UTC)
    with _alone(settings):
        report = Report(match(settings))
        waiting = book.read(settings, reads.told_followers)
        due = [one for one in waiting if _due(settings, one, moment)]
        if due:
            with open_kb(settings) as base:
                for follower in due:
                    _tell(settings, base, follower, moment, report)
    return report


def _due(settings: Settings, one: FollowerRow, moment: datetime) -> bool:
    if one.failures:
        wait = min(timedelta(minutes=2**one.failures), LONGEST_WAIT)
        if one.tried and moment - datetime.fromisoformat(one.tried) < wait:
            return False
    if one.webhook:
        return True
    last = one.sent or one.confirmed
    return mail.possible(settings) and (
        last is None or moment - datetime.fromisoformat(last) >= PAUSE[one.every]
    )


def _tell(
    settings: Settings,
    base: KnowledgeBase,
    follower: FollowerRow,
    moment: datetime,
    report: Report,
) -> None:
    """One list by its way; what it was told is crossed off, what failed is tried again."""
    at = moment.isoformat(timespec="milliseconds")

    def ask(connection: Reading) -> tuple[tuple[digest.Group, ...], list[int], str, str]:
        follows = reads.follows_of(connection, follower.id)
        numbers = [one.id for one in follows]
        new = reads.matched(connection, numbers, untold=True)
        return (
            digest.digest(base, follows, new),
            numbers,
            keys.token(connection, follower, "stop"),
            keys.token(connection, follower, "list"),
        )

    groups, numbers, stop, mine = book.read(settings, ask)
    try:
        if groups and follower.webhook:
            body = hook.body(settings, groups)
            hook.post(settings, follower.webhook, follower.secret or "", body)
            report.hooks += 1
        elif groups and follower.email:
            root = settings.address.rstrip("/")
            mail.send(
                settings,
                mail.digest(
                    settings,
                    follower.email,
                    groups,
                    language=follower.language,
                    stop=f"{root}/langganan/berhenti/{stop}",
                    mine=f"{root}/ikuti?k={mine}",
                ),
            )
            report.mails += 1
    except KBError as error:
        told = str(error)
        log.warning("list %d could not be told: %s", follower.id, told)
        report.failed.append((follower.id, told))
        values = {"problem": told, "failures": follower.failures + 1, "tried": at}
        book.write(settings, lambda c: writes.change_follower(c, follower.id, **values))
        return

    def note(connection: Reading) -> None:
        writes.sent(connection, numbers, at)
        writes.change_follower(connection, follower.id, sent=at, tried=at, problem=None, failures=0)

    book.write(settings, note)


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """One run at a time: two would tell everybody twice."""
    from filelock import FileLock, Timeout

    lock = FileLock(settings.home / "alerts.lock", thread_local=False)
    try:
        lock.acquire(timeout=0.5)
    except Timeout:
        raise Busy("Another run of alerts is at work; wait for it.") from None
    try:
        yield
    finally:
        lock.release()
