"""Who bears another's name behind her own ("Ibu Hj. Sari Darmawan", "Bupati Darmawan").

By the name alone the shorter would be a short form of the longer. What tells the two apart:
she is addressed as a woman, and who goes by the shorter name is not, or holds an office that
the text does not give her.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb import authority
from kb.authority.titles import bare
from kb.model import Mention, Office
from kb.nlp.same_person import behind_own, name_words

_BEFORE = re.compile(r"[^\W\d_]+\.?")
_REACH = 24
"""Characters before a name in which its forms of address stand."""


@dataclass(frozen=True, slots=True)
class Wives:
    """Names addressed as a woman's, and the roles the text gives to whom it names."""

    women: frozenset[tuple[str, ...]]
    roles: dict[int, frozenset[str]]
    """Character start of a mention -> the roles stated for it."""
    held: dict[tuple[str, ...], frozenset[str]]
    """Words of a name -> the roles stated for it anywhere."""

    def two(self, words: tuple[str, ...], known: tuple[str, ...]) -> bool:
        """Whether two full names, one the end of the other, are of two people: the longer
        is addressed as a woman's, or two names of its own stand before an official's."""
        short, long = sorted((words, known), key=len)
        if not _ends(long, short) or short in self.women:
            return False
        stated = self.held.get(short, frozenset())
        hers = self.held.get(long, frozenset())
        own = len(long) - len(short) > 1 and behind_own(long, short)
        return long in self.women or bool(own and stated and not stated & hers)

    def another(self, start: int, words: tuple[str, ...], full: tuple[str, ...]) -> bool:
        """Whether the one word at ``start``, the end of a woman's name, is somebody else:
        it stands with an office that is not hers."""
        if not _ends(full, words) or full not in self.women or words in self.women:
            return False
        stated = self.roles.get(start, frozenset())
        return bool(stated) and not stated & self.held.get(full, frozenset())

    def husband(self, words: tuple[str, ...], full: tuple[str, ...]) -> bool:
        """Whether the end of a woman's name, once known as another's, is his again."""
        return _ends(full, words) and full in self.women and words not in self.women


def read_wives(text: str, mentions: Sequence[Mention], offices: Sequence[Office]) -> Wives:
    """What ``text`` says of women who may bear another's name."""
    own = [m for m in mentions if m.label == "PER"]
    women = frozenset(name_words(m.surface) for m in own if _is_woman(text, m.start))
    roles: dict[int, frozenset[str]] = {}
    held: dict[tuple[str, ...], frozenset[str]] = {}
    full = authority.load().titles.full
    for mention in own:
        found = frozenset(
            full(office.role)
            for office in offices
            if office.start <= mention.start < office.end
            and name_words(office.name) == name_words(mention.surface)
        )
        if found:
            roles[mention.start] = found
            words = name_words(mention.surface)
            held[words] = held.get(words, frozenset()) | found
    return Wives(women, roles, held)


def _ends(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    return 0 < len(short) < len(long) and long[-len(short) :] == short


def _is_woman(text: str, start: int) -> bool:
    """Whether a form of address of women stands before the name, titles between them or not."""
    honorifics = authority.load().honorifics
    lead = text[max(0, start - _REACH) : start]
    if not lead[-1:].isspace() and not lead.endswith("."):
        return False
    said = re.split(r"[,;:!?\n“”\"]", lead)[-1]
    for word in reversed(_BEFORE.findall(said)):
        short = bare(word)
        if short in honorifics.women:
            return True
        if short not in honorifics.before | honorifics.address and short != "negara":
            return False
    return False
