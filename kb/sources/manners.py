"""How a host is treated: what its robots.txt allows, pauses, and a budget of requests a day."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from protego import Protego

from kb.sources.refusals import Later

AGENT = "kb-pemprov"
LONGEST_DELAY = 60.0
"""Seconds: a robots.txt that asks for longer pauses is met by this."""
ROBOTS_HOURS = 24
"""RFC 9309, 2.4: a robots.txt is not used for longer than a day."""


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """A time as it is stored."""
    return moment.isoformat(timespec="seconds")


@dataclass(slots=True)
class Host:
    """What is known of one host."""

    name: str
    day: str = ""
    requests: int = 0
    wait_until: str | None = None
    robots: str | None = None
    """Its robots.txt; ``""`` where it has none, ``None`` where it was not asked for."""
    robots_at: str | None = None
    rules: Protego | None = None
    last: float = 0.0
    """When the last request ended (``time.monotonic``)."""

    def fresh_robots(self) -> bool:
        """True while the robots.txt in hand may be used."""
        if self.robots is None or self.robots_at is None:
            return False
        return now() - datetime.fromisoformat(self.robots_at) < timedelta(hours=ROBOTS_HOURS)

    def parsed(self) -> Protego:
        """The rules of its robots.txt."""
        if self.rules is None:
            self.rules = Protego.parse(self.robots or "")
        return self.rules


class Manners:
    """All hosts of one sync. ``load`` gives what an earlier sync noted of a host."""

    def __init__(
        self,
        pause: float,
        a_day: int,
        load: Callable[[str], Host | None] = lambda name: None,
        sleep: Callable[[float], None] | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        self._pause = pause
        self._a_day = a_day
        self._load = load
        self._stop = stop or threading.Event()
        self._sleep = sleep or self._wait
        self._hosts: dict[str, Host] = {}
        self.requests = 0
        """Made so far in this sync."""

    def _wait(self, seconds: float) -> None:
        if self._stop.wait(seconds):
            raise KeyboardInterrupt

    def host(self, name: str) -> Host:
        """What is known of a host."""
        if name not in self._hosts:
            self._hosts[name] = self._load(name) or Host(name)
        return self._hosts[name]

    def all(self) -> list[Host]:
        """Hosts asked in this sync."""
        return list(self._hosts.values())

    def before(self, host: Host) -> None:
        """Wait until the host may be asked and count the request.

        Raises ``Later`` where it may not be asked today, or asked itself to be left alone.
        """
        moment = now()
        if host.wait_until and moment < datetime.fromisoformat(host.wait_until):
            until = datetime.fromisoformat(host.wait_until)
            raise Later(f"{host.name} asked to be left alone until {stamp(until)}.", until)
        today = moment.date().isoformat()
        if host.day != today:
            host.day, host.requests = today, 0
        if host.requests >= self._a_day:
            raise Later(
                f"{host.name} was asked {host.requests} times today, which is what is allowed a "
                "day; it goes on tomorrow ('fetch_a_day' in kb.toml allows more)."
            )
        rest = host.last + self.pause(host) - time.monotonic()
        if host.last and rest > 0:
            self._sleep(rest)
        host.requests += 1
        self.requests += 1

    def after(self, host: Host) -> None:
        """The request ended."""
        host.last = time.monotonic()

    def pause(self, host: Host) -> float:
        """Seconds between two requests to a host."""
        asked = host.parsed().crawl_delay(AGENT) if host.robots else None
        return max(self._pause, min(float(asked or 0), LONGEST_DELAY))

    def rest(self, seconds: float) -> None:
        """Pause before another try."""
        self._sleep(seconds)


def retry_after(value: str | None) -> float | None:
    """Seconds of a ``Retry-After``, which is a number or a date; ``None`` where it says none."""
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(value) - now()).total_seconds())
    except (ValueError, TypeError):
        return None
