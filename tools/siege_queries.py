"""Queries made to cost: for the siege and its tests."""

from __future__ import annotations

import random


def hostile(rng: random.Random) -> str:
    """A query made to cost."""

    def word(length: int) -> str:
        return "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(length))

    return rng.choice(
        (
            "%" * rng.randint(1, 1900),
            " ".join(f"%{word(3)}_" for _ in range(rng.randint(50, 300))),
            " ".join(word(2) for _ in range(rng.randint(100, 600))),
            "*".join(word(1) for _ in range(500)),
            "(" * rng.randint(1, 900) + word(5),
            '"' + " ".join(word(4) for _ in range(300)) + '"',
            " OR ".join(word(5) + "*" for _ in range(200)),
            " ".join(f"{word(3)}~2" for _ in range(200)),
        )
    )[:2000]
