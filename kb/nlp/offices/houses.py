"""The one campus or clinic of a text, for the posts it names without it."""

from __future__ import annotations

import re

from kb.authority import norm
from kb.nlp.language import PARAGRAPH
from kb.nlp.offices.body_kinds import is_private, is_state_campus
from kb.nlp.offices.listed import listed
from kb.nlp.offices.nearby import NearbyBodies
from kb.nlp.offices.open_posts import STAFF
from kb.nlp.offices.parts import body_from, same_body
from kb.nlp.offices.phrases import Phrase
from kb.nlp.offices.units import plain

_CAMPUSES = frozenset({"institut", "universitas"})
_CAMPUS_UNITS = listed("campus_units")
_CLINIC_POSTS = listed("clinic_posts")
_CLINIC_HEADS = listed("clinic_heads")
_CLINIC_STAFF = listed("clinic_staff")
_AGENCY_HEAD = re.compile(r"(?:pl[th] )?(?:kadis|kadin|kaban|sekdis|sekban)")
_DIRECTORATES = frozenset({"direktorat", "ditjen"})
_INVESTIGATORS = frozenset({"ppns", "penyidik pegawai negeri sipil"})
_ENFORCERS = ("satpol",)
_WARD = re.compile(r"kepala (?:instalasi|poli|poliklinik|ruang|ruangan)\b")


class HouseFinder(NearbyBodies):
    """Finds the university, faculty, hospital or clinic of a text that is about one."""

    def campus(self, phrase: Phrase) -> str | None:
        """``Wakil Rektor III`` in a text that names one university: that one; ``Dekan``: the one
        faculty it names."""
        if phrase.title.title.category != "pimpinan perguruan tinggi":
            return None
        if norm(phrase.role).split()[-1] == "dekan":
            faculty = same_body([name for name in self._bodies() if norm(name)[:3] == "fak"])
            if faculty is not None:
                return faculty
        return self._one_campus() or same_body([b for b in self._bodies() if is_state_campus(b)])

    def of_ministry(self) -> bool:
        """Whether the text names a ministry or a directorate of one, and nothing private."""
        bodies = self._bodies()
        firsts = [norm(body).split()[0] for body in bodies]
        central = any(word.startswith("kemen") or word in _DIRECTORATES for word in firsts)
        return central and not any(map(is_private, bodies))

    def only_agency(self, phrase: Phrase) -> str | None:
        """``Kabid Pelayanan Medik X``, ``PPNS X`` in a text that names one agency: that one."""
        title = phrase.title.title
        starts = self.lex.titles.unit_bodies.get(title.category, ())
        if norm(title.name) in _INVESTIGATORS:
            starts = _ENFORCERS
        elif title.category != "perangkat daerah" or title.takes != "unit":
            return None
        if _AGENCY_HEAD.match(norm(phrase.role)) is not None:
            return None
        bodies = self._bodies()
        if any(body_from(body, self.lex.titles.central) for body in bodies):
            return None
        leads = {plain(m.surface) for k, m in self.map.at.items() if k < self._lead()}
        named = [part for body in bodies if (part := body_from(body, starts))]
        led = any(body_from(body, starts) for body in leads)
        return same_body(named) if led else None

    def _lead(self) -> int:
        """Where the first paragraph ends, in tokens."""
        tokens = self.tokens
        ends = (k for k in range(1, len(tokens)) if tokens.gap[k] == PARAGRAPH)
        return next(ends, len(tokens))

    def of_campus(self, body: str) -> bool:
        """Whether ``body`` is a faculty or another part of a university in a text that names
        state universities and no other."""
        first = norm(body).partition(" ")[0]
        if not (first.startswith("fa") or first in _CAMPUS_UNITS):
            return False
        named = self._bodies()
        campuses = [one for one in named if norm(one).split()[0] in _CAMPUSES]
        shorter = [one for one in named if is_state_campus(one)]
        return bool(campuses or shorter) and all(map(is_state_campus, campuses))

    def _bodies(self) -> list[str]:
        return [plain(m.surface) for m in self.map.at.values() if m.label == "ORG"]

    def _one_campus(self) -> str | None:
        named = {norm(name): name for name in self._bodies() if norm(name).split()[0] in _CAMPUSES}
        return next(iter(named.values())) if len(named) == 1 else None

    def clinic(self, phrase: Phrase) -> str | None:
        """``Koordinator imunisasi X``, ``Direktur X`` in a text about one clinic: that one."""
        role = norm(phrase.role)
        heads = role in _CLINIC_HEADS and not any(map(is_private, self._bodies()))
        posts = _WARD.match(role) or role.split()[0] in _CLINIC_POSTS
        staff = phrase.title.title.category == STAFF and role.split()[0] in _CLINIC_STAFF
        if not heads and not staff and not (posts and len(role.split()) > 1):
            return None
        return same_body(
            [p for b in self._bodies() if (p := body_from(b, self.lex.titles.clinics))]
        )
