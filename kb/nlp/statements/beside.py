"""What the words beside a name say of its bearer: offices, callings, that he only asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from kb.authority import Titles, norm
from kb.model import Mention
from kb.nlp.statements.cues import Cues

_PICTURE = re.compile(r"[\u2600-\u27bf\U0001f300-\U0001faff]")
_STOPS = (". ", "”", '"', "),", " oleh ", " bersama ", " dan ", " dengan ", " didampingi ")
"""What ends the office of somebody else before a name."""
_TITLE_REACH = 110
_ACTS = re.compile(r"\bme(?!rangkap)[a-z]{4,}\b")
_DEGREES = r"(?:[ \t]*,[ \t]*(?:[A-Z]\.?[A-Za-z]{1,4}\.?){1,3})+"
_DEGREE = re.compile(rf"{_DEGREES}[ \t]+(?=[A-Z][a-z])")
_AS = re.compile(rf"(?:{_DEGREES})?,?[ \t]+(?:selaku|sebagai)[ \t]+", re.IGNORECASE)
_IN_BRACKET = re.compile(r"[ \t]\(([^()\n]{3,60})\)")
_BYLINE = re.compile(
    r"(?:^|\n|\()[^\n.!?]{0,25}\b(?:oleh|pengirim|penulis|notulis|teks|foto)\s*:?\s*\Z",
    re.IGNORECASE,
)

_TOP = 200
"""Characters in which a writer signs on top. Set by hand; no command measured it."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Reads around the names of one text."""

    text: str
    titles: Titles
    cues: Cues
    title_of: Callable[[str], str | None]
    bare_role: Callable[[str], str]
    named: Collection[int]
    """Where persons are named."""

    def roles(self, mention: Mention, behind: int) -> set[str]:
        """Normal forms of the office and the calling beside a name.

        ``behind``: the end of the person named before, whose office is not this one's.
        """
        found = (
            self._title_before(mention, behind) or self._title_behind(mention),
            self._called(mention),
        )
        return {role for role in found if role}

    def _called(self, mention: Mention) -> str | None:
        """What a form of address makes of a name (``dr Anita`` is "bu dokter")."""
        word = re.search(r"([^\W\d_]+)\.?\s*\Z", self.text[: mention.start][-14:])
        if word is None or word.group(1) == "Dr":  # a doctorate
            return None
        return self.cues.called.get(norm(word.group(1)))

    def asks(self, mention: Mention, alone: bool) -> bool:
        """Whether the words around a name make its bearer the reporter, or a writer who
        signs on top or whom the text names nowhere else (``alone``)."""
        if (alone or mention.start < _TOP) and _BYLINE.search(
            self.text[max(0, mention.start - 60) : mention.start]
        ):
            return True
        stretch = re.split(r"[^\w\s]", self.text[max(0, mention.start - 30) : mention.start])[-1]
        before = norm(stretch).split()
        behind = norm(self.text[mention.end : mention.end + 40]).split()
        if before[-1:] == ["kami"] and self.cues.meeting.intersection(behind[:1]):
            before.pop()  # "Wartawan kami X mewawancarai Y"
        return bool(before and before[-1] in self.cues.reporters) or (
            len(behind) > 1 and behind[0] == "dari" and behind[1] in self.cues.outlets
        )

    def _title_before(self, mention: Mention, behind: int) -> str | None:
        """The office words directly before a name, from the text itself."""
        begin = max(
            behind, mention.start - _TITLE_REACH, self.text.rfind("\n", 0, mention.start) + 1
        )
        stretch = self.text[begin : mention.start]
        for stop in _STOPS:
            cut = stretch.casefold().rfind(stop)
            if cut >= 0:
                stretch = stretch[cut + len(stop) :]
        stretch = _PICTURE.split(stretch)[-1]
        acts = [m.end() for m in _ACTS.finditer(stretch) if m.group() not in self.cues.not_verbs]
        stretch = stretch[acts[-1] :] if acts else stretch  # "Bupati memuji X": X is no regent
        words = [w.removesuffix("nya") if len(w) > 6 else w for w in norm(stretch).split()]
        addressed = stretch.rpartition(",")[2].strip(" .")  # "Ketua Jurusan, Ibu X"
        if addressed[:1].isupper() and addressed.casefold() in self.cues.addressing:
            words = words[:-1]
        if self.titles.links.kin.intersection(words):
            return None  # "sopir wabup, Dollah"
        for start in range(len(words)):
            for size in range(min(self.titles.longest, len(words) - start), 0, -1):
                if tuple(words[start : start + size]) in self.titles.by_words:
                    return self.titles.full(" ".join(words[start:]))
        return None

    def _title_behind(self, mention: Mention) -> str | None:
        """The office right behind a name and its degrees (``X, MH Wakil Gubernur Riau``), or
        behind ``selaku``."""
        bracket = _IN_BRACKET.match(self.text, mention.end)
        if bracket is not None and self.title_of(bracket[1]) is not None:
            return self.titles.full(self.bare_role(bracket[1]))  # "X (carik), Y (kamituwa)"
        told = _AS.match(self.text, mention.end)
        degree = told or _DEGREE.match(self.text, mention.end)
        if degree is None:
            return None
        behind = self.text[degree.end() : degree.end() + _TITLE_REACH]
        words = [word for word in re.split(r"[.,;:()\n]", behind)[0].split() if word]
        size = next((n for n, word in enumerate(words) if word[0].islower()), len(words))
        if told is not None and size == 0:  # "selaku pembina", "selaku ketua BPD"
            size = next((n for n, w in enumerate(words) if w in self.cues.stops), len(words))
        phrase = " ".join(words[:size])
        found = self.title_of(phrase) if phrase else None
        if any(0 <= s - degree.end() <= len(phrase) for s in self.named):
            return None  # "X, MH Bupati Demak Y": Y's office
        return self.titles.full(self.bare_role(phrase)) if found is not None else None
