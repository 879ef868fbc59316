"""Short forms of agencies that the models left alone ("aplikasi BMKG", "orang PUPR").

Behind a post they say what it is for ("Kadis PUPR Lembata"), before a capital they may begin
a longer name: there they are for the models.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kb import authority
from kb.authority import norm
from kb.authority.words import common_words, either, sections
from kb.model import Mention
from kb.nlp.names.spans import ruled

_LETTERS = 4
"""Letters of a short form at least. Set by hand; no command measured it."""
_KINDS = frozenset({"kementerian", "lembaga negara", "opd"})
_HEADS = re.compile(
    rf"(?<!\w)(?:{either('beside.txt', 'headships')}|kadin\w*|kabag\w*|kasi|menteri|menko|wamen\w*"
    r"|bagian|bidang|fraksi|kantor|laporan|label)\s$",
    re.IGNORECASE,
)
_REACH = 20
"""Characters in which a post stands before a short form. Set by hand; no command measured it."""


def add_known(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` with known short forms of agencies that nothing claims, left to right."""
    taken = {at for m in mentions for at in range(m.start, m.end)}
    found = [
        ruled(text, short.start(), short.end(), "ORG")
        for short in _short().finditer(text)
        if short.start() not in taken
        and not _HEADS.search(text, max(0, short.start() - _REACH), short.start())
    ]
    return sorted([*mentions, *found], key=lambda m: m.start)


@lru_cache(maxsize=1)
def _short() -> re.Pattern[str]:
    own = {norm(name) for rows in sections("generic.txt").values() for name in rows}
    forms = {
        form
        for item in authority.load().institutions
        if item.kind in _KINDS
        for name in item.short
        if name.isalpha() and len(name) >= _LETTERS and norm(name) not in own | common_words()
        for form in (name, name.upper())
        if not form.islower()
    }
    longest = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
    return re.compile(rf"(?<![\w@#/.(-])(?:{longest})(?![\w@/)-]|\.\w| [A-Z\d(])")
