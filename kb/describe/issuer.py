"""Who issued the document, and for which region."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from kb import authority
from kb.authority import Place
from kb.describe.agency_regions import with_region
from kb.describe.body_lines import national
from kb.describe.casing import title_case
from kb.describe.doctype import TypeFound
from kb.describe.front import Front
from kb.describe.legal import LegalHead
from kb.describe.letters import sender
from kb.describe.page_issuer import HEADS, government, levels, page_issuer, page_place
from kb.describe.press import Press, press_issuer
from kb.describe.regions import office_place, place_of_host, region_found, regions_in
from kb.model import EntityRef, Found, SourceDocument


@dataclass(frozen=True, slots=True)
class Issuer:
    institution: Found[str] | None
    region: Found[str] | None
    level: Found[str] | None


def find_issuer(
    source: SourceDocument,
    front: Front,
    head: LegalHead | None,
    press: Press | None = None,
    kind: TypeFound | None = None,
) -> Issuer:
    """Issuing institution, region and level, each with its rule."""
    if front.article:
        return _article_issuer(source)
    if press is not None:
        institution, place = press_issuer(press)
        if place is None and press.header and press.city is None:
            return _page_issuer(front, kind)
        if place is None:
            return Issuer(institution, None, None)
        evidence = institution.evidence if institution else place.name
        return Issuer(institution, *region_found(place, "press text", evidence))
    if head is not None and (head.subject or head.number):
        return _legal_issuer(front, head)
    return _page_issuer(front, kind)


def _page_issuer(front: Front, kind: TypeFound | None) -> Issuer:
    institution, place, rule = page_issuer(front, kind)
    if institution is not None:
        institution = replace(institution, value=_WITHIN.sub(" ", institution.value))
    return Issuer(institution, *levels(place, rule, institution))


_WITHIN = re.compile(
    r" [Dd]i (?:[Ww]ilayah|[Ll]ingkungan)(?: (?:[Pp]emerintah(?:an)?|[Kk]erja))? "
    r"(?=(?:Kota|Kabupaten|Provinsi) )"
)
"""Words of a sentence between an office and its region."""


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
        if place is None and not _NATIONAL.search(words):
            place, _ = page_place(front, "")
    name = _legal_name(head, front, place)
    institution = Found(name, "head of the regulation", evidence) if name else None
    if place is None:
        national = _NATIONAL.search(words)
        level = Found("nasional", "head of the regulation", evidence) if national else None
        return Issuer(institution, None, level)
    if re.search(r"\b(?:MENTERI|PRESIDEN)\b", words):
        return Issuer(institution, None, Found("nasional", "head of the regulation", evidence))
    region, level = region_found(place, "head of the regulation", evidence)
    if name and name.startswith("Kepala Desa "):
        level = Found("desa", "head of the regulation", evidence)
    return Issuer(institution, region, level)


_NATIONAL = re.compile(r"\b(?:MENTERI|PRESIDEN|REPUBLIK INDONESIA|PEMERINTAH)\b")
_OFFICE_WORD = re.compile(
    r"\b(GUBERNUR|BUPATI|WALI\s?KOTA|MENTERI|PRESIDEN|KEPALA|SEKRETARIS|DIREKTUR|KETUA|INSPEKTUR"
    r"|CAMAT|LURAH|DEWAN PERWAKILAN|DPR[DKAP])\b.*"
)


_HEAD_OF = re.compile(
    r"^(?:Kepala|Direktur(?: Utama)?|Plt\.? Kepala) "
    r"(?=(?:Badan|Balai|Biro|Bagian|Dinas|Kantor|Perumda|Pusat|Puskesmas|Rumah Sakit|RSUD|Satuan"
    r"|Sekolah|SMA|SMK|SMP|SD|UPT|UPTD|Unit)\b)"
)
"""The head of an office decides for it: the office is what issues ("Kepala Dinas ...")."""


def _legal_name(head: LegalHead, front: Front, place: Place | None) -> str | None:
    words = f"{head.instrument} {head.whose}"
    if head.instrument.startswith(("PERATURAN DAERAH", "RANCANGAN PERATURAN DAERAH", "QANUN")):
        return f"{_regional_head(place, front)} {place.bare}" if place else None
    if head.instrument.startswith(("UNDANG", "PERATURAN PEMERINTAH")):
        return "Presiden Republik Indonesia"
    village = re.search(r"\bDESA\s+(?P<name>\S.*)$", words)
    if village and re.search(r"(?:PERATURAN|KEPUTUSAN)\s+(?:KEPALA\s+)?DESA\b", words):
        return title_case(f"KEPALA DESA {village.group('name').strip(' ,:')}")
    if head.instrument.startswith(("NOTA KESEPAKATAN", "PENGUMUMAN")):
        stated = government(front, place) or page_issuer(front, None)[0]
        return stated.value if stated else None
    match = _OFFICE_WORD.search(words)
    if match is None:
        top = next((line for line in front.lines[:6] if HEADS.match(line)), None)
        if top is None:
            stated = government(front, place)
            sent = sender(front)
            if sent is not None:
                return sent if national(sent) else with_region(sent, place)
            return stated.value if stated else None
        head_of = re.split(r"(?i)\s+provinsi\b", top)[0] if not re.match(r"(?i)gub", top) else top
        return title_case(head_of.strip(" ,"))
    name = title_case(re.sub(r"\s+REPUBLIK INDONESIA$", "", match.group(0).strip(" ,:")))
    name = re.sub(r"^(Wali ?[Kk]ota|Bupati|Gubernur) (?:Kota|Kabupaten|Provinsi) ", r"\1 ", name)
    name = _HEAD_OF.sub("", name)
    if place is not None and re.fullmatch(r"(?:Gubernur|Bupati|Wali ?[Kk]ota)", name):
        name = f"{name} {place.bare}"
    return name


def _regional_head(place: Place, front: Front) -> str:
    if place.level == "provinsi":
        return "Gubernur"
    if place.level == "kabupaten":
        return "Bupati"
    return "Walikota" if re.search(r"\bwalikota\b", front.joined, re.IGNORECASE) else "Wali Kota"


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
