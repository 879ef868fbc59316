"""Who issued the document, and for which region."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from kb import authority
from kb.authority import Place, norm
from kb.describe.casing import title_case
from kb.describe.front import Front
from kb.describe.legal import LegalHead
from kb.describe.press import Press, press_issuer
from kb.describe.regions import office_place, place_of_host, region_found, regions_in
from kb.model import EntityRef, Found, SourceDocument

_HEADS = re.compile(
    r"^(?:gubernur|bupati|wali ?kota|menteri|presiden)\b(?! (?:jalan|no))", re.IGNORECASE
)
_BODIES = (
    "badan", "biro", "bagian", "bappeda", "bappedalitbang", "bapperida", "bapelitbangda",
    "bappelitbangda", "bakesbangpol", "bapenda", "bkd", "bkpsdm", "bpbd", "bpkad", "dinas",
    "dindik", "dinkes", "inspektorat", "kantor", "kecamatan", "kelurahan", "komisi",
    "kementerian", "rsud", "rumah sakit", "satuan polisi", "sekretariat", "uptd",
    "dewan perwakilan",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Issuer:
    institution: Found[str] | None
    region: Found[str] | None
    level: Found[str] | None


def find_issuer(
    source: SourceDocument, front: Front, head: LegalHead | None, press: Press | None = None
) -> Issuer:
    """Issuing institution, region and level, each with its rule."""
    if front.article:
        return _article_issuer(source)
    if press is not None:
        institution, place = press_issuer(press)
        if place is None and press.header and press.city is None:
            return _page_issuer(front)
        if place is None:
            return Issuer(institution, None, None)
        evidence = institution.evidence if institution else place.name
        return Issuer(institution, *region_found(place, "press text", evidence))
    if head is not None and head.subject:
        return _legal_issuer(front, head)
    return _page_issuer(front)


# --- regulations -------------------------------------------------------------


def _legal_issuer(front: Front, head: LegalHead) -> Issuer:
    evidence = head.evidence
    words = f"{head.instrument} {head.whose}".strip()
    place = office_place(words)
    regions = regions_in(f"{words}")
    if place is None and regions:
        place = regions[0][0]
    top = "\n".join(front.lines[:8])
    if place is None:
        place = office_place(top)
    if place is None and head.instrument not in {"UNDANG-UNDANG", "PERATURAN PEMERINTAH"}:
        around = regions_in(top)
        place = around[0][0] if around else None
    name = _legal_name(head, front, place)
    institution = Found(name, "head of the regulation", evidence) if name else None
    if place is None:
        national = re.search(r"\b(?:MENTERI|PRESIDEN|REPUBLIK INDONESIA|PEMERINTAH)\b", words)
        level = Found("nasional", "head of the regulation", evidence) if national else None
        return Issuer(institution, None, level)
    if re.search(r"\b(?:MENTERI|PRESIDEN)\b", words):
        return Issuer(institution, None, Found("nasional", "head of the regulation", evidence))
    region, level = region_found(place, "head of the regulation", evidence)
    if name and name.startswith("Kepala Desa "):
        level = Found("desa", "head of the regulation", evidence)
    return Issuer(institution, region, level)


_OFFICE_WORD = re.compile(
    r"\b(GUBERNUR|BUPATI|WALI\s?KOTA|MENTERI|PRESIDEN|KEPALA|SEKRETARIS|DIREKTUR|KETUA|INSPEKTUR"
    r"|CAMAT|LURAH|DEWAN PERWAKILAN)\b.*"
)


def _legal_name(head: LegalHead, front: Front, place: Place | None) -> str | None:
    words = f"{head.instrument} {head.whose}"
    if head.instrument.startswith(("PERATURAN DAERAH", "RANCANGAN PERATURAN DAERAH", "QANUN")):
        return f"{_regional_head(place, front)} {place.bare}" if place else None
    village = re.search(r"\bDESA\s+(?P<name>\S.*)$", words)
    if village and re.search(r"(?:PERATURAN|KEPUTUSAN)\s+(?:KEPALA\s+)?DESA\b", words):
        return title_case(f"KEPALA DESA {village.group('name').strip(' ,:')}")
    if head.instrument.startswith(("NOTA KESEPAKATAN", "PENGUMUMAN")):
        stated = _government(front, place) or _page_issuer(front).institution
        return stated.value if stated else None
    match = _OFFICE_WORD.search(words)
    if match is None:
        top = next((line for line in front.lines[:6] if _HEADS.match(line)), None)
        return title_case(top.strip(" ,")) if top else None
    name = title_case(re.sub(r"\s+REPUBLIK INDONESIA$", "", match.group(0).strip(" ,:")))
    if place is not None and re.fullmatch(r"(?:Gubernur|Bupati|Wali ?[Kk]ota)", name):
        name = f"{name} {place.bare}"
    return name


def _regional_head(place: Place, front: Front) -> str:
    if place.level == "provinsi":
        return "Gubernur"
    if place.level == "kabupaten":
        return "Bupati"
    return "Walikota" if re.search(r"\bwalikota\b", front.joined, re.IGNORECASE) else "Wali Kota"


# --- title pages -------------------------------------------------------------


def _page_issuer(front: Front) -> Issuer:
    lines = front.lines
    text = "\n".join(lines)
    regions = regions_in(text)
    office = _office_line(lines)
    if office is None:
        post = re.search(
            r"^jabatan\s*:?\s*((?:gubernur|bupati|wali ?kota)\b.{0,40})$",
            front.body[:3000],
            re.IGNORECASE | re.MULTILINE,
        )
        office = post.group(1) if post else None
    place = regions[0][0] if regions else (office_place(office) if office else None)
    rule = "title page"
    body = _body_line(lines)
    institution: Found[str] | None = None
    if body is not None:
        index, name = body
        known = authority.load().resolve_institution(name)
        if known is not None and known.region is None and known.authority and _national(name):
            found = Found(known.name, rule, lines[index][:160])
            return Issuer(found, None, Found("nasional", rule, lines[index][:160]))
        if place is None:
            signed = _signature(front)
            place = signed[0] if signed else None
        name = _with_region(_as_in_body(name, front), place)
        institution = Found(name, rule, lines[index][:160])
    elif office is not None and office_place(office):
        institution = Found(title_case(office.strip(" ,")), rule, office[:160])
    else:
        governed = _government(front, place)
        institution = governed
    if place is None:
        signed = _signature(front)
        if signed is not None:
            place, institution = signed[0], institution or signed[1]
            rule = "first pages"
    if place is None:
        if institution is not None and re.match(
            r"(?:Komisi|Kementerian|Badan .* (?:Nasional|Republik)|Mahkamah)", institution.value
        ):
            return Issuer(institution, None, Found("nasional", rule, institution.evidence))
        return Issuer(institution, None, None)
    region, level = region_found(place, rule, place.name)
    return Issuer(institution, region, level)


def _office_line(lines: tuple[str, ...]) -> str | None:
    """The line that names the head of a region, which may be set over two lines."""
    for index, line in enumerate(lines):
        if _HEADS.match(line.strip()) and len(line.split()) <= 6:
            if norm(line) in {"gubernur", "bupati", "walikota", "wali kota"}:
                return " ".join(lines[index : index + 2])
            return line
    return None


def _body_line(lines: tuple[str, ...]) -> tuple[int, str] | None:
    """The line that names an agency, with the name (over up to three lines)."""
    for index, line in enumerate(lines[:25]):
        for pattern in (r"^", r"\b(?:pada|profil|oleh)\s+", r"\s"):
            for word in _BODIES:
                match = re.search(rf"{pattern}({word}\b.*)$", line, re.IGNORECASE)
                if match is None:
                    continue
                if pattern == r"\s" and not _titled_agency(line, match.start(1), word):
                    continue
                name = _agency(match.group(1), lines, index)
                if len(name.split()) >= 2 or word.startswith(("bap", "inspek", "rsud")):
                    return index, name
    return None


def _titled_agency(line: str, start: int, word: str) -> bool:
    """Inside a title an agency is set in capitals or has capital letters."""
    return line[start].isupper() and word not in {"badan", "bagian", "kantor", "komisi"}


_STOP = re.compile(
    r"\s*(?:\btahun\b|\bjl\b\.?|\bjalan\b|\balamat\b|\btelp\b|\btelepon\b|\bperiode\b|\bnomor\b|\(?(?:19|20)\d\d|\bkawasan\b|\be-?mail\b|;|\|).*$",
    re.IGNORECASE,
)


def _agency(first: str, lines: tuple[str, ...], index: int) -> str:
    name = _STOP.sub("", first).strip(" ,.-:")
    cut = name != first.strip(" ,.-:")
    for line in lines[index + 1 : index + 3]:
        if cut:
            break
        goes_on = name.lower().endswith(
            (" dan", ",", " serta", " bidang")
        ) or first.rstrip().endswith(",")
        more = re.match(r"^(?:dan|serta)\b", line, re.IGNORECASE)
        if not (goes_on or more):
            break
        joiner = ", " if first.rstrip().endswith(",") else " "
        piece = _STOP.sub("", line).strip(" .-:")
        name = f"{name.rstrip(' ,')}{joiner}{piece}"
        first = line
    return title_case(name)


def _national(name: str) -> bool:
    """True for a body that exists once for the country."""
    institutions = authority.load().institutions
    ids, size = institutions.match(norm(name).split())
    entry = institutions.get(ids[0]) if ids else None
    return entry is not None and entry.scopes == ("nasional",) and size >= 2


def _as_in_body(name: str, front: Front) -> str:
    """The name as the running text spells it, where a scan's title page misread a letter."""
    words = name.split()
    if len(words) < 3:
        return name
    counts: Counter[str] = Counter()
    pattern = rf"{re.escape(words[0])}(?:\s+[^\W\d_]+){{{len(words) - 1}}}"
    for match in re.finditer(pattern, front.body, re.IGNORECASE):
        counts[" ".join(match.group(0).split())] += 1
    own = sum(times for text, times in counts.items() if norm(text) == norm(name))
    near = [
        (times, text)
        for text, times in counts.items()
        if norm(text) != norm(name) and fuzz.ratio(norm(text), norm(name)) >= 92
    ]
    times, text = max(near, default=(0, name))
    return text if times >= 2 and times > own else name


def _with_region(name: str, place: Place | None) -> str:
    """The agency's name with its region, which may stand on another line."""
    if place is None or regions_in(name):
        return name
    folded = norm(name)
    if norm(place.bare) in folded:
        return name
    return f"{name} {place.name}"


def _government(front: Front, place: Place | None) -> Found[str] | None:
    for line in front.lines:
        match = re.search(
            r"\bpemerintah\s+(?:provinsi|kabupaten|kota|daerah istimewa)\s+[^\W\d_]+",
            line,
            re.IGNORECASE,
        )
        if match:
            found = regions_in(line)
            if found:
                return Found(f"Pemerintah {found[0][0].name}", "title page", line[:160])
    for line in front.lines[:20]:
        match = re.match(
            r"(?:komisi|kementerian|mahkamah|badan)\s+[^\d]{6,70}$", line, re.IGNORECASE
        )
        if match:
            return Found(title_case(line.strip(" ,.")), "title page", line[:160])
    if place is not None:
        return Found(f"Pemerintah {place.name}", "region on the title page", place.name)
    return None


def _signature(front: Front) -> tuple[Place, Found[str]] | None:
    """Region and agency as the preface or the signature of the first pages names them."""
    regions = regions_in(front.body)
    if not regions:
        return None
    counts: dict[str, int] = {}
    for place, _ in regions:
        counts[place.code] = counts.get(place.code, 0) + 1
    code = max(counts, key=lambda one: (counts[one], one))
    chosen = authority.load().place(code)
    if chosen is None:
        return None
    name = Found(f"Pemerintah {chosen.name}", "region named most in the first pages", chosen.name)
    return chosen, name


# --- portal pages ------------------------------------------------------------


def _host_agency(host: str, place: Place) -> EntityRef | None:
    """The agency whose own site it is: ``dinkes.bantenprov.go.id``, ``banten.bawaslu.go.id``."""
    for label in host.removesuffix(".go.id").split("."):
        if place_of_host(label) is None:
            agency = authority.load().resolve_institution(label.replace("-", " "), place.code)
            if agency is not None:
                return agency
    return None


def _article_issuer(source: SourceDocument) -> Issuer:
    host = (urlsplit(source.address or "").hostname or source.metadata.get("site", "")).lower()
    host = host.removeprefix("www.")
    if host.endswith(".go.id"):
        place = place_of_host(host)
        if place is not None:
            region, level = region_found(place, "address", host)
            agency = _host_agency(host, place)
            name = agency.name if agency else f"Pemerintah {place.name}"
            return Issuer(Found(name, "address", host), region, level)
        known = authority.load().resolve_institution(host.removesuffix(".go.id").replace(".", " "))
        if known is not None:
            return Issuer(
                Found(known.name, "address", host), None, Found("nasional", "address", host)
            )
    site = source.metadata.get("site", "")
    named = authority.load().resolve_institution(site) if site and "." not in site else None
    if named is not None and named.authority:
        place = authority.load().place(named.region) if named.region else None
        found = Found(named.name, "name of the site", site)
        if place is None:
            return Issuer(found, None, None)
        region, level = region_found(place, "name of the site", site)
        return Issuer(found, region, level)
    regions = regions_in(site) if site and "." not in site else []
    if regions:
        region, level = region_found(regions[0][0], "name of the site", site)
        return Issuer(
            Found(f"Pemerintah {regions[0][0].name}", "name of the site", site), region, level
        )
    if site and "." not in site and source.format in {"html", "portal"}:
        return Issuer(Found(site, "name of the site", site), None, None)
    return Issuer(None, None, None)
