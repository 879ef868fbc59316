"""When two written names of one text are alike: initials, clipped and misspelt words."""

from __future__ import annotations

from collections.abc import Sequence

from kb.authority import norm


def initials(name: str) -> str:
    return "".join(word[0] for word in norm(name).split())


def all_capitals(surface: str) -> bool:
    return surface.isupper() and len(surface) > 4


def shortened(short: frozenset[str], full: frozenset[str]) -> bool:
    """Whether ``short`` is a clipped name (``Don`` for ``Donatus``, ``Min`` for ``Suparmin``)."""
    return bool(short - full) and all(
        word in full
        or (
            len(word) > 2
            and any(
                len(whole) > len(word) + 1 and (whole.startswith(word) or whole.endswith(word))
                for whole in full
            )
        )
        for word in short
    )


def misspelt(tokens: frozenset[str], known: frozenset[str]) -> bool:
    """Whether two full names differ in two letters of one word (``Candra``, ``Condro``)."""
    mine, theirs = tokens - known, known - tokens
    if len(tokens) < 2 or len(mine) != 1 or len(theirs) != 1:
        return False
    one, other = next(iter(mine)), next(iter(theirs))
    if len(one) != len(other) or len(one) < 5 or one[0] != other[0]:
        return False
    return sum(a != b for a, b in zip(one, other, strict=True)) <= 2


def alike(one: str, other: str) -> bool:
    """Whether two name words are one spelling mistake apart, or one abbreviates the other."""
    if one == other:
        return True
    if min(len(one), len(other)) <= 3:
        short, long = sorted((one, other), key=len)
        return (
            len(short) <= 3
            and len(long) > 3
            and short in ("m", "moh", "muh", "abd")
            and long.startswith(short[0])
        )
    if abs(len(one) - len(other)) > 1 or one[0] != other[0] or min(len(one), len(other)) < 5:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def holds_piece(role: Sequence[str], piece: Sequence[str]) -> bool:
    """Whether ``piece`` is in the first words of ``role``, its last word perhaps cut short."""
    size = len(piece)
    return any(
        list(role[k : k + size - 1]) == list(piece[:-1])
        and role[k + size - 1].startswith(piece[-1])
        for k in range(min(2, len(role) - size + 1))
    )


def names_better(surface: str, name: str) -> bool:
    """Whether ``surface`` has more words than ``name``, or as many and fewer initials."""
    new, old = set(norm(surface).split()), norm(name).split()
    spelt = sum(len(word) > 1 for word in new) > sum(len(word) > 1 for word in old)
    longer = len(new) > len(old) or (len(new) == len(old) and spelt)
    return longer and not all_capitals(surface)
