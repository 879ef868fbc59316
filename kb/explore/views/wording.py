"""How an office is said in one phrase."""

from __future__ import annotations


def with_institution(role: str, institution: str | None) -> str:
    """``Kepala Dinas`` and ``Dinas Kesehatan Provinsi Banten`` as one phrase, no word twice."""
    if not institution or institution.casefold() in role.casefold():
        return role
    words, owner = role.split(), institution.split()
    folded = [w.casefold() for w in words]
    for size in range(min(len(words), len(owner)), 0, -1):
        if folded[-size:] == [w.casefold() for w in owner[:size]]:
            return " ".join([*words, *owner[size:]])
    return f"{role} {institution}"
