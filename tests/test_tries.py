"""Wrong passwords are slowed down, for one address and in all, and told."""

from __future__ import annotations

from kb.tries import FREE, IN_ALL, IN_ALL_WAIT, LONGEST_WAIT, Tries


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def wrong(tries: Tries, address: str, times: int = 1) -> None:
    for _ in range(times):
        assert tries.check(address, lambda: False) is False


def test_an_address_waits_longer_and_longer() -> None:
    clock = Clock()
    tries = Tries(clock)
    wrong(tries, "10.0.0.5", FREE - 1)
    assert tries.wait("10.0.0.5") == 0
    waits = []
    for _ in range(12):
        wrong(tries, "10.0.0.5")
        waits.append(tries.wait("10.0.0.5"))
        clock.now += waits[-1]
    assert waits[:3] == [60.0, 120.0, 240.0]
    assert waits[-1] == LONGEST_WAIT
    assert tries.wait("10.0.0.6") == 0, "others may still try"


def test_while_it_waits_not_even_the_right_password_is_looked_at() -> None:
    tries = Tries(Clock())
    wrong(tries, "10.0.0.5", FREE)
    asked = []
    assert tries.check("10.0.0.5", lambda: bool(asked.append(1)) or True) is None
    assert not asked


def test_a_day_of_tries_is_a_handful() -> None:
    clock = Clock()
    tries = Tries(clock)
    looked_at = 0
    for _ in range(24 * 60 * 6):
        if tries.check("10.0.0.5", lambda: False) is False:
            looked_at += 1
        clock.now += 10
    assert looked_at < 40


def test_many_addresses_close_the_door_but_for_who_entered_before() -> None:
    clock = Clock()
    tries = Tries(clock)
    assert tries.check("10.0.0.1", lambda: True)
    for number in range(IN_ALL):
        wrong(tries, f"10.9.0.{number}")
    assert tries.wait("10.0.0.77") == IN_ALL_WAIT
    assert tries.check("10.0.0.1", lambda: True)
    clock.now += IN_ALL_WAIT
    assert tries.check("10.0.0.77", lambda: True)


def test_who_enters_is_told_who_tried() -> None:
    clock = Clock()
    tries = Tries(clock)
    wrong(tries, "10.0.0.5", 3)
    clock.now += 60
    wrong(tries, "10.0.0.9")
    assert tries.check("10.0.0.5", lambda: True)
    assert [(w.address, w.tries) for w in tries.wrong()] == [("10.0.0.9", 1), ("10.0.0.5", 3)]
    wrong(tries, "10.0.0.5", FREE - 1)
    assert tries.wait("10.0.0.5") == 0, "what was before the right password does not count"
    clock.now += 90_000
    assert tries.wrong() == ()


def test_the_memory_of_addresses_is_bounded() -> None:
    clock = Clock()
    tries = Tries(clock)
    for number in range(12_000):
        clock.now += 100  # slow enough not to close the door for all
        tries.check(f"fd00::{number:x}", lambda: False)
    assert len(tries._wrong) <= 10_000
