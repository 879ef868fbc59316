"""Wrong passwords: slowed down, locked out for a while, and told to who may enter."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass

FREE = 5
"""Wrong tries of one address before it has to wait."""
FIRST_WAIT = 60.0
LONGEST_WAIT = 3600.0
"""The wait doubles with each further wrong try: some 30 tries a day instead of 700,000."""
FORGOTTEN = 86_400.0
IN_ALL = 30
IN_ALL_SECONDS = 600.0
IN_ALL_WAIT = 300.0
"""So many wrong tries of all addresses within ten minutes close the door for five, but for
addresses from which somebody has entered before: they must not be locked out by others."""
ADDRESSES = 10_000
"""Addresses remembered; of more the ones that were longest silent are forgotten."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Wrong tries of one address; ``last`` is the time of the latest (Unix seconds)."""

    address: str
    tries: int
    last: float


class Tries:
    """What was tried at one door. Safe to use from several threads."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._wrong: OrderedDict[str, Wrong] = OrderedDict()
        self._forgiven: dict[str, int] = {}
        """Wrong tries of an address before somebody entered from it: told, not counted."""
        self._recent: deque[float] = deque(maxlen=IN_ALL)
        self._welcome: OrderedDict[str, None] = OrderedDict()
        self._closed_until = 0.0

    def wait(self, address: str) -> float:
        """Seconds until a try of this address is looked at; 0 where it is now."""
        with self._lock:
            return self._wait(address)

    def _wait(self, address: str) -> float:
        now = self._clock()
        closed = 0.0 if address in self._welcome else max(0.0, self._closed_until - now)
        known = self._wrong.get(address)
        if known is None or now - known.last > FORGOTTEN:
            return closed
        strikes = known.tries - self._forgiven.get(address, 0)
        if strikes < FREE:
            return closed
        own = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(20, strikes - FREE))
        return max(closed, known.last + own - now)

    def check(self, address: str, verify: Callable[[], bool]) -> bool | None:
        """Whether ``verify`` says yes; ``None``, without asking it, where the address must wait.

        One try is looked at at a time: each takes a tenth of a second and 32 MB (scrypt).
        """
        with self._lock:
            if self._wait(address) > 0:
                return None
            if verify():
                if address in self._wrong:
                    self._forgiven[address] = self._wrong[address].tries
                self._welcome[address] = None
                self._welcome.move_to_end(address)
                while len(self._welcome) > ADDRESSES:
                    self._welcome.popitem(last=False)
                return True
            self._note(address)
            return False

    def _note(self, address: str) -> None:
        now = self._clock()
        known = self._wrong.pop(address, None)
        if known is None or now - known.last > FORGOTTEN:
            self._forgiven.pop(address, None)
            known = Wrong(address, 0, now)
        self._wrong[address] = Wrong(address, known.tries + 1, now)
        while len(self._wrong) > ADDRESSES:
            self._forgiven.pop(self._wrong.popitem(last=False)[0], None)
        self._recent.append(now)
        if len(self._recent) == IN_ALL and now - self._recent[0] < IN_ALL_SECONDS:
            self._closed_until = now + IN_ALL_WAIT
            self._recent.clear()

    def wrong(self) -> tuple[Wrong, ...]:
        """Wrong tries of the last day by address, latest first."""
        with self._lock:
            since = self._clock() - FORGOTTEN
            return tuple(w for w in reversed(self._wrong.values()) if w.last >= since)
