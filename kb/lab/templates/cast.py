"""The cast of one generated document: who and what it names, first in full, later in short."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from kb.authority.words import short_towns
from kb.lab.templates.offices import KINDS, office
from kb.lab.templates.words import (
    SHORT_PROVINCES,
    Region,
    coined,
    degrees,
    fill,
    person_name,
    sections,
)

_ANY = (
    *("opd", "vertikal", "pusat") * 3,
    *("partai", "ormas", "usaha", "sekolah", "kampus", "rumahsakit", "media"),
    *("tim", "mil", "polisi", "dewan", "pemilu"),
    *("terkenal",) * 3,
)


def mark(label: str, surface: str) -> str:
    """The inline mark of one span."""
    return f"[[{label} {surface}]]"


@dataclass(slots=True)
class Person:
    """One invented person with an office."""

    full: str
    short: str
    office: str
    """Marked text of the office, institution included (``Kepala [[ORG ...]]``)."""
    bare_office: str
    """The office without any name (``Kadis Kesehatan``)."""
    title: str
    degree: str
    named: bool = True
    """False for a person without office (``warga``)."""
    introduced: bool = False


@dataclass(slots=True)
class Agency:
    """One institution: its full span and its short spans."""

    long: str
    shorts: tuple[str, ...]
    introduced: bool = False


class Cast:
    """Everything one document talks about; methods return marked text."""

    def __init__(self, rng: random.Random, region: Region) -> None:
        self.rng = rng
        self.region = region
        self.people: list[Person] = []
        self.agencies: list[Agency] = []
        self.villages = list(region.villages)
        self.civil = sections("lists.txt")["civil"]
        self.main_agency = self.new_agency(rng.choice(("opd", "opd", "opd", "vertikal", "pemilu")))

    # --- regions -------------------------------------------------------------

    def short_region(self) -> str:
        """The region's bare name as offices and places use it (``Garut``, ``Sumsel``)."""
        if self.region.kind == "Provinsi":
            options = (self.region.name, *SHORT_PROVINCES.get(self.region.name, ()))
            return self.rng.choice(options)
        options = short_towns().get(self.region.name, ())
        if options and self.rng.random() < 0.35:
            return self.rng.choice(options)
        return self.region.name

    def tail(self) -> str:
        """The region as written after an institution's name."""
        kind = self.region.kind
        roll = self.rng.random()
        if roll < 0.55:
            if kind == "Kabupaten" and self.rng.random() < 0.12:
                return f"Kab. {self.region.name}"
            if kind == "Provinsi" and self.rng.random() < 0.1:
                return f"Prov. {self.short_region()}"
            return f"{kind} {self.short_region()}"
        return self.short_region()

    def town(self) -> str:
        """A bare town name of this region."""
        if self.region.kind == "Provinsi" and self.region.siblings:
            return self.rng.choice(self.region.siblings).split(" ", 1)[1]
        return self.region.name

    def other_town(self) -> str:
        """A bare name of a neighbour."""
        if not self.region.siblings:
            return coined(self.rng)
        return self.rng.choice(self.region.siblings).split(" ", 1)[1]

    def region_loc(self) -> str:
        """The document's region as a place."""
        kind = self.region.kind
        roll = self.rng.random()
        if roll < 0.5:
            return mark("LOC", f"{kind} {self.short_region()}")
        if roll < 0.56:
            return mark("LOC", f"{kind.lower()} {self.short_region()}")
        return mark("LOC", self.short_region())

    def some_district(self) -> str:
        """The bare name of one kecamatan."""
        return self.rng.choice(self.region.districts) if self.region.districts else self.town()

    def district(self, typed: bool | None = None) -> str:
        """One kecamatan."""
        name = self.some_district()
        word = self.rng.choice(("Kecamatan", "Kecamatan", "Kecamatan", "Kec.", "kecamatan"))
        if "Papua" in self.region.province:
            word = "Distrik"
        if typed or (typed is None and self.rng.random() < 0.8):
            return mark("LOC", f"{word} {name}")
        return mark("LOC", name)

    def village(self) -> str:
        """One village with its type word."""
        kind, name = self.rng.choice(self.villages) if self.villages else ("Desa", coined(self.rng))
        if self.rng.random() < 0.12:
            name = coined(self.rng) + self.rng.choice(("", " " + coined(self.rng)))
        if kind == "Desa" and self.rng.random() < 0.15:
            kind = self.rng.choice(sections("lists.txt")["villages"])
        elif self.rng.random() < 0.06:
            kind = kind.lower()
        return mark("LOC", f"{kind} {name}")

    def place(self, section: str | None = None) -> str:
        """One named place that is no region."""
        table = sections("places.txt")
        if section is None and self.rng.random() < 0.06:
            name = f"Kawasan {self._fill('{X} {Y}')}"
            return mark("LOC", f"{name} ({''.join(w[0] for w in name.split(' '))})")
        key = section or self.rng.choice(
            ("jalan", "jembatan", "alam", "gedung", "gedung", "kampung")
        )
        pattern = self.rng.choice(table[key])
        return mark("LOC", self._fill(pattern))

    def venue(self) -> str:
        """Where something happens: one to four places in a row, as press releases write them."""
        rng = self.rng
        roll = rng.random()
        if roll < 0.2:
            parts = [self.place("gedung")]
        elif roll < 0.4:
            parts = [self.place("gedung"), self.region_loc()]
        elif roll < 0.6:
            parts = [self.village(), self.district(), self.region_loc()]
        elif roll < 0.7:
            parts = [self.place("kampung"), self.village(), self.district(), self.region_loc()]
        elif roll < 0.8:
            parts = [self.place("gedung"), self.place("jalan"), self.region_loc()]
        elif roll < 0.87:
            parts = [self.place(), self.district(False)]
        elif roll < 0.93:
            parts = [self.place("gedung"), self.district(False), self.region_loc()]
        else:
            parts = [
                self.org_name(rng.choice(("sekolah", "rumahsakit", "kampus"))),
                self.region_loc(),
            ]
        comma = ", " if rng.random() < 0.93 else " "
        return comma.join(parts)

    def _fill(self, pattern: str) -> str:
        return fill(
            self.rng, pattern, self.town(), self.other_town(), self.tail(), self.some_district()
        )

    # --- institutions --------------------------------------------------------

    def made_org(self) -> str:
        """A group nobody has heard of, often with a short form in brackets."""
        rng = self.rng
        heads = sections("agencies.txt")["kepala"]
        words = [w for w in self._fill(rng.choice(heads)).split(" ") if w]
        words += [self._fill("{X}") for _ in range(rng.choice((0, 1, 1, 2)))]
        if rng.random() < 0.45:
            words.append(
                self.rng.choice((self.town(), "Indonesia", self.short_region(), "Nusantara"))
            )
        name = " ".join(words)
        initials = "".join(w[0] for w in re.split(r"[ -]", name) if w[0].isupper())
        short = initials if rng.random() < 0.7 else "".join(w[:3] for w in words[:2]).capitalize()
        roll = rng.random()
        if roll < 0.35 and len(short) > 1:
            tail = f" {self.tail()}" if rng.random() < 0.4 else ""
            return mark("ORG", f"{name} ({short}){tail}")
        if roll < 0.45 and len(short) > 2:
            return mark("ORG", f"{short} {self.town()}" if rng.random() < 0.5 else short)
        return mark("ORG", name)

    def org_name(self, section: str) -> str:
        """One institution's name outside the agency system, marked."""
        if section in ("ormas", "tim") and self.rng.random() < 0.55:
            return self.made_org()
        pattern = self.rng.choice(sections("agencies.txt")[section])
        forms = [self._fill(form.strip()) for form in pattern.split("|")]
        if (
            section in ("kampus", "rumahsakit", "sekolah", "usaha", "tim")
            and self.rng.random() < 0.18
        ):
            return mark("ORG", self._bracketed(forms[0]))
        if section in ("pusat", "partai") and len(forms) > 1:
            return mark(
                "ORG",
                self.rng.choice((forms[0], f"{forms[0]} ({forms[1]})", *forms[1:], *forms[1:])),
            )
        return mark("ORG", self.rng.choice(forms))

    def _bracketed(self, name: str) -> str:
        """A name with its initials in brackets, behind it or after its first words."""
        words = name.split(" ")
        initials = "".join(w[0] for w in words if w[0].isupper())
        if "(" in name or len(initials) < 2:
            return name
        if len(words) > 3 and self.rng.random() < 0.5:
            k = self.rng.choice((2, 3))
            short = "".join(w[0] for w in words[:k] if w[0].isupper()) or initials
            return " ".join((*words[:k], f"({short})", *words[k:]))
        blend = (
            initials
            if self.rng.random() < 0.6
            else "".join(w[:2].lower() for w in words[:3]).capitalize()
        )
        return f"{name} ({blend})"

    def new_agency(self, section: str) -> Agency:
        """Cast one more institution with its region."""
        rng = self.rng
        name, *shorts = [
            x.strip() for x in rng.choice(sections("agencies.txt")[section]).split("|")
        ]
        tail = self.tail()
        abbr = shorts[0] if shorts else name
        if section in ("vertikal", "pemilu") and rng.random() < 0.3:
            tail = self.town()
        roll = rng.random()
        if shorts and abbr not in name and roll < 0.45:
            long = f"{name} ({abbr}) {tail}"
        elif shorts and abbr not in name and roll < 0.55:
            long = f"{name} {tail} ({abbr})" if rng.random() < 0.5 else f"{name} ({abbr})"
        elif roll < 0.85 or not shorts:
            long = f"{name} {tail}" if rng.random() < 0.75 else name
        else:
            long = f"{abbr} {tail}"
        unit = rng.random()
        if section == "opd" and unit < 0.05:
            long = f"UPT {name} {tail}"
        elif section == "opd" and unit < 0.08:
            long = f"Kantor Cabang Dinas (KCD) {name.removeprefix('Dinas ')} {tail}"
        short = [f"{abbr} {tail}", f"{abbr} {self.short_region()}", abbr, f"{name} {tail}", name]
        agency = Agency(long, tuple(short))
        self.agencies.append(agency)
        return agency

    def agency(self, agency: Agency | None = None) -> str:
        """The document's agency: in full first, later in short."""
        who = agency or (
            self.main_agency if self.rng.random() < 0.65 else self.rng.choice(self.agencies)
        )
        if not who.introduced:
            who.introduced = True
            return mark("ORG", who.long)
        return mark("ORG", self.rng.choice(who.shorts))

    def any_org(self) -> str:
        """Any other institution."""
        section = self.rng.choice(_ANY)
        if section in ("opd", "vertikal", "pemilu"):
            return self.agency(self.new_agency(section))
        if section == "polisi":
            return self.police_unit()
        if section == "dewan":
            return self.council()
        return self.org_name(section)

    def government(self) -> str:
        """The regional government."""
        kind, rng = self.region.kind, self.rng
        abbr = {"Provinsi": "Pemprov", "Kabupaten": "Pemkab", "Kota": "Pemkot"}[kind]
        name = self.short_region()
        forms = (
            f"{abbr} {name}",
            f"{abbr} {name}",
            f"Pemerintah {kind} {name}",
            f"Pemerintah {kind} ({abbr}) {name}",
            f"Pemerintah Daerah {kind} {name}",
            f"Pemda {name}",
            abbr,
            f"{abbr.lower()} {name}",
        )
        return mark("ORG", rng.choice(forms))

    def council(self) -> str:
        """The regional parliament, a fraction or commission of it."""
        return mark("ORG", self._fill(self.rng.choice(sections("agencies.txt")["parlemen"])))

    def police_unit(self) -> str:
        """A police, prosecution or army unit."""
        return mark("ORG", self._fill(self.rng.choice(sections("agencies.txt")["polisi"])))

    # --- persons -------------------------------------------------------------

    def new_person(self, kind: str | None = None) -> Person:
        """Cast one more person with an office."""
        rng = self.rng
        full, short = person_name(rng, rng.choice(self.region.group))
        kind = kind or rng.choice(KINDS)
        marked, bare = office(self, kind)
        titles = () if kind == "attorney" else sections("lists.txt").get(kind, self.civil)
        often = 0.85 if kind in ("police", "army") else 0.3
        title = rng.choice(titles) if titles and rng.random() < often else ""
        degree = degrees(rng) if rng.random() < (0.35 if title else 0.18) else ""
        person = Person(full, short, marked, bare, title, degree, named=kind != "none")
        self.people.append(person)
        return person

    def named(self, person: Person) -> str:
        """The person's full name with title and degree, only the name marked."""
        front = f"{person.title} " if person.title else ""
        return f"{front}{mark('PER', person.full)}{person.degree}"

    def introduce(self, person: Person | None = None) -> str:
        """A person with the office, in one of the orders press releases use."""
        person = person or self.new_person()
        person.introduced = True
        rng = self.rng
        name = self.named(person)
        if not person.named:
            who, age = person.office, rng.randint(17, 70)
            forms = (
                f"{name}, {who}",
                f"{name} ({age}), {who}",
                f"{who} {name}",
                f"{who} bernama {name}",
            )
            return rng.choice(forms)
        roll = rng.random()
        if roll < 0.52:
            return f"{person.office} {name}"
        if roll < 0.78:
            return (
                f"{person.office}, {name}{',' if rng.random() < 0.6 and not person.degree else ''}"
            )
        if roll < 0.86:
            return f"{name} selaku {person.office}"
        if roll < 0.93:
            return f"{name}, {person.office},"
        if roll < 0.97:
            alias = "".join(w[0] for w in person.full.split() if w[0].isupper())
            if len(alias) == 2:
                return f"{person.office} {name} ({mark('PER', alias)})"
        side = rng.choice(("(kanan)", "(kiri)", "(tengah)", "(dua dari kiri)", ""))
        return f"{person.office} {name} {side}".strip()

    def again(self) -> str:
        """A person already introduced, in short; introduces one if there is none."""
        known = [p for p in self.people if p.introduced]
        if not known:
            return self.introduce()
        person = self.rng.choice(known[-2:]) if self.rng.random() < 0.75 else self.rng.choice(known)
        roll = self.rng.random()
        if roll < 0.62:
            return mark("PER", person.short)
        if roll < 0.78:
            return mark("PER", person.full)
        if roll < 0.88:
            address = self.rng.choice(("Pak", "Bu", "Bapak", "Ibu", "H.", "Kang", "Bang", "Mas"))
            return f"{address} {mark('PER', person.short)}"
        return (
            person.bare_office
            if self.rng.random() < 0.5
            else self.rng.choice(("dia", "ia", mark("PER", person.short)))
        )

    def bare_name(self) -> str:
        """A new name without any office."""
        return mark("PER", person_name(self.rng, self.rng.choice(self.region.group))[0])
