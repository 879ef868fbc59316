"""Generator of in-domain training documents: invented press releases with their tags.

``generate(count, seed)`` writes whole small documents, not single sentences: a
cast of persons, agencies and places is drawn for a real region, introduced in
full and named again in short, so that a model learns from the document around
a name. Patterns and words are data (``data/*.txt``); all persons are invented.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from kb.lab.corpora import MarkedText, read_marks
from kb.lab.templates.cast import Cast, mark
from kb.lab.templates.noise import disturb
from kb.lab.templates.words import building_words, coined, fill, regions, sections

_SLOT = re.compile(r"\{(\w+)\}")
_CHOICE = re.compile(r"<([^<>]*)>")


def _upper(marked: str) -> str:
    return re.sub(
        r"\[\[(\w+) |(\w+)", lambda m: m.group(0) if m.group(1) else m.group(0).upper(), marked
    )


class Writer:
    """Writes one document with one cast."""

    def __init__(self, rng: random.Random, cast: Cast) -> None:
        self.rng = rng
        self.cast = cast
        simple: dict[str, Callable[[], str]] = {
            "intro": cast.introduce,
            "again": cast.again,
            "agency": cast.agency,
            "gov": cast.government,
            "council": cast.council,
            "police": cast.police_unit,
            "org": cast.any_org,
            "loc": cast.region_loc,
            "kec": cast.district,
            "desa": cast.village,
            "venue": cast.venue,
            "place": lambda: cast.place("gedung"),
            "road": lambda: cast.place("jalan"),
            "jembatan": lambda: cast.place("jembatan"),
            "alam": lambda: cast.place("alam"),
            "name": cast.bare_name,
            "office": lambda: cast.new_person("head").office,
        }
        self.slots = simple
        for section in ("terkenal", "partai", "kampus", "media", "tim", "usaha", "pusat", "mil"):
            simple[section] = lambda section=section: cast.org_name(section)  # type: ignore[misc]
        simple["school"] = lambda: cast.org_name("sekolah")
        simple["rs"] = lambda: cast.org_name("rumahsakit")

    def write(self, pattern: str) -> str:
        """A pattern with its choices made and its slots filled, marked."""
        while True:
            chosen = _CHOICE.sub(lambda m: self.rng.choice(m.group(1).split("|")), pattern)
            if chosen == pattern:
                break
            pattern = chosen
        while _SLOT.search(pattern):
            pattern = _SLOT.sub(lambda m: self._slot(m.group(1)), pattern)
        return re.sub(r",\s*([,.:])", r"\1", re.sub(r"  +", " ", pattern)).replace(" .", ".")

    def _slot(self, key: str) -> str:
        rng, cast = self.rng, self.cast
        if key in self.slots:
            return self.slots[key]()
        phrases = sections("phrases.txt")
        lists = sections("lists.txt")
        low = key[0].lower() + key[1:]
        if low in phrases:
            text = rng.choice(phrases[low])
            return text[0].upper() + text[1:] if key[0].isupper() else text
        if key == "n":
            return str(rng.choice((rng.randint(2, 12), rng.randint(10, 90), rng.randint(100, 999))))
        if key == "hari":
            return rng.choice(lists["days"])
        if key == "tgl":
            day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2019, 2026)
            forms = (
                f"{day}/{month}/{year}",
                f"{day:02d}/{month:02d}/{year % 100}",
                f"{day} {lists['months'][month - 1]} {year}",
                f"{day}/{month}",
            )
            return rng.choice(forms)
        if key == "sapaan":
            return rng.choice(lists["address"])
        if key == "umum":
            return rng.choice(sections("generic.txt")["umum"])
        if key == "jabatanonly":
            return rng.choice(phrases["jabatan"])
        if key == "town":
            return mark("LOC", cast.other_town())
        if key == "T":
            return cast.town()
        if key == "kab":
            return mark("LOC", rng.choice(cast.region.siblings or ("Kabupaten Contoh",)))
        if key == "prov":
            return mark("LOC", rng.choice(("Provinsi ", "")) + cast.region.province)
        if key == "cue":
            return rng.choice(lists["cues"])
        if key == "cuenya":
            return rng.choice(lists["cues"][:-2]) + "nya"
        if key == "ini":
            return "".join(rng.choice("ABDEFHIJKMNRSTW") for _ in range(rng.choice((1, 2, 2, 3))))
        if key == "namedeg":
            return (
                cast.named(cast.new_person("none"))
                if rng.random() < 0.4
                else cast.named(cast.new_person())
            )
        if key == "code":
            return rng.choice(("red", "Red", "her", "ADV", "hms", "rls", "tim/red", "mc", "yus"))
        if key == "alias":
            return mark("PER", coined(rng))
        return self._compound(key)

    def _compound(self, key: str) -> str:
        rng, cast = self.rng, self.cast
        if key == "kecbare":
            return mark("LOC", cast.some_district())
        if key == "loc0":
            return cast.region.full.upper()
        if key == "locup":
            return mark("LOC", cast.region.name.upper())
        if key == "jabatanup":
            return rng.choice(("GUBERNUR", "BUPATI", "WALI KOTA", "KEPALA", "SEKRETARIS DAERAH"))
        if key == "nameup":
            return mark("PER", cast.bare_name()[6:-2].upper())
        if key == "orgbare":
            section = rng.choice(
                ("opd", "vertikal", "pemilu", "pusat", "parlemen", "kepala", "terkenal")
            )
            forms = rng.choice(sections("agencies.txt")[section]).split("|")
            name = fill(rng, rng.choice(forms).strip(), cast.town(), cast.town(), "", "")
            return mark("ORG", name.strip())
        if key == "kapolisi":
            return cast.police_unit()
        if key == "dateline":
            return self._dateline()
        if key == "orgs":
            return self._join([cast.any_org() for _ in range(rng.choice((2, 3, 3, 4, 5)))])
        if key == "people":
            return self._join([cast.introduce() for _ in range(rng.choice((1, 2, 3, 3, 4)))])
        if key == "locs":
            towns = list(cast.region.siblings) or [cast.region.full]
            some = rng.sample(towns, min(len(towns), rng.choice((2, 3, 4, 5))))
            if rng.random() < 0.6:
                return self._join([mark("LOC", name) for name in some])
            return self._join([mark("LOC", name.split(" ", 1)[1]) for name in some])
        if key == "desas":
            if rng.random() < 0.5:
                return (
                    self._join([cast.village() for _ in range(rng.choice((2, 3)))])
                    + ", "
                    + cast.district()
                )
            return self._join([cast.district() for _ in range(rng.choice((2, 3, 4)))])
        if key == "pasar":
            return self.rng.choice(
                (mark("LOC", f"Pasar {rng.choice(building_words())}"), "pasar tradisional")
            )
        if key == "pn":
            return mark("ORG", f"{rng.choice(sections('lists.txt')['courts'])} {cast.town()}")
        if key == "mapol":
            return mark("LOC", rng.choice(("Mapolres", "Mapolsek", "Mapolda")) + f" {cast.town()}")
        if key == "jaksa":
            return mark("ORG", rng.choice(("Kejari", "Kejaksaan Negeri")) + f" {cast.town()}")
        if key == "ponpes":
            kind = rng.choice(sections("lists.txt")["pesantren"])
            return mark("ORG", f"{kind} {rng.choice(building_words())}")
        if key == "gov0":
            return cast.government()
        if key == "HEAD_AGENCY":
            return mark("ORG", f"{cast.main_agency.shorts[2]} {cast.short_region()}")
        if key == "person":
            person = cast.new_person("head")
            return rng.choice(
                (
                    f"{person.office} {mark('PER', person.full)}",
                    person.office,
                    mark("PER", person.full),
                )
            )
        if key == "kecname":
            return cast.district(False)
        raise KeyError(key)

    def _join(self, parts: list[str]) -> str:
        if len(parts) == 1:
            return parts[0]
        tail = self.rng.choice((" dan ", ", dan ", " serta ", ", serta ", " dan "))
        return ", ".join(p.rstrip(",") for p in parts[:-1]) + tail + parts[-1].rstrip(",")

    def _dateline(self) -> str:
        rng, cast = self.rng, self.cast
        roll = rng.random()
        if roll < 0.3:
            return ""
        town = cast.town()
        town = town.upper() if rng.random() < 0.6 else town
        dash = rng.choice((" - ", " – ", " — ", ", ", "- ", " : ", " -- "))
        if roll < 0.75:
            return mark("LOC", town) + dash
        if roll < 0.9:
            return f"{mark('LOC', town)}, {cast.org_name('media')}{dash if dash != ', ' else ' - '}"
        return f"{cast.org_name('media')}, {mark('LOC', town)}{dash if dash != ', ' else ' - '}"


def document(rng: random.Random) -> str:
    """One marked document."""
    town = rng.choice([r for r in regions() if r.kind != "Provinsi" or rng.random() < 3])
    cast = Cast(rng, town)
    writer = Writer(rng, cast)
    patterns = sections("sentences.txt")
    lines: list[str] = []
    if rng.random() < 0.2:
        head = writer.write(rng.choice(patterns["headline"]))
        lines.append(_upper(head) if rng.random() < 0.25 else head)
    if rng.random() < 0.12:
        lines.append(writer.write(rng.choice(patterns["caption"])))
    paragraph = [writer.write(rng.choice(patterns["lead"]))]
    for _ in range(rng.choice((3, 4, 5, 6, 7))):
        sentence = writer.write(rng.choice(patterns["body"]))
        if rng.random() < 0.5:
            lines.append(" ".join(paragraph))
            paragraph = []
        paragraph.append(sentence)
    lines.append(" ".join(paragraph))
    if rng.random() < 0.12:
        lines.extend(
            writer.write(rng.choice(patterns["list"])) for _ in range(rng.choice((2, 3, 4)))
        )
    if rng.random() < 0.3:
        lines.append(writer.write(rng.choice(patterns["close"])))
    if rng.random() < 0.1:
        lines = [writer.write(p) for p in rng.sample(patterns["plan"], rng.choice((6, 9, 12)))]
    gap = rng.choice(("\n\n", "\n\n", "\n", "\n\n "))
    return gap.join(line for line in lines if line)


def generate(count: int, seed: int = 7) -> list[MarkedText]:
    """``count`` generated documents with their spans; the same seed gives the same documents."""
    rng = random.Random(seed)
    return [read_marks(disturb(document(rng), rng), f"template#{i}") for i in range(count)]
