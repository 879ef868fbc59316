"""Whether the body or region that an office is written with is that of a holder.

``Kepala BRIN`` is the head of the ``Badan Riset dan Inovasi Nasional`` and not that of the
``Dinas Sosial``, who is a "kepala" too; ``Bupati Muba`` is the regent of Musi Banyuasin.
"""

from __future__ import annotations

from collections.abc import Collection

from kb import authority
from kb.authority import norm
from kb.nlp.regions import region_code

_SMALL = frozenset({"dan", "di", "kab", "kabupaten", "kota", "prov", "provinsi", "ri", "daerah"})


def fits(phrase: str, bare: str, title: str, roles: Collection[str]) -> bool:
    """Whether one of the ``roles`` (normal forms) may be the office ``phrase``.

    ``bare`` is the phrase's normal form without status and forms of address, ``title`` that
    of the title it begins with. Words in small letters behind it say nothing of the body
    (``bupati muda``).
    """
    named = set(norm(" ".join(w for w in phrase.split() if w[:1].isupper())).split())
    known = set(title.split()) | _SMALL
    extra = [word for word in bare.split() if word in named and word not in known]
    if not extra or phrase.isupper():
        return True
    held = [role for role in roles if role.startswith(title)]
    return not held or any(_same_body(extra, role[len(title) :].split()) for role in held)


def _same_body(named: list[str], own: list[str]) -> bool:
    """Whether the words ``named`` behind a title may mean the body ``own``."""
    whole, own = own, [word for word in own if word not in _SMALL]
    if not own or set(named) <= set(own):
        return True
    if any(_spells(word, own) for word in named):
        return True
    wanted = region_code(" ".join(named))
    if wanted is not None and any(
        region_code(" ".join(own[start:])) == wanted for start in range(len(own))
    ):
        return True
    known = authority.load().institutions
    mine, theirs = known.match(named)[0], known.match(whole)[0]
    return bool(set(mine) & set(theirs))


def _spells(short: str, words: list[str]) -> bool:
    """Whether the first letters of ``words`` (or of the first of them) spell ``short``."""
    letters = "".join(word[0] for word in words)
    return len(short) > 1 and (short in letters or (len(words) == 1 and words[0] in short))
