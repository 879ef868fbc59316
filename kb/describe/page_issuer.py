"""Who issued a plan, report or form: by its title page, its form, its signatures, its text."""

from __future__ import annotations

import re
from collections import Counter

from kb import authority
from kb.authority import Place, norm
from kb.describe.agencies import (
    Agency,
    agency_of_office,
    by_letters,
    expanded,
    field_agency,
    main_agency,
    resolved,
)
from kb.describe.agency_regions import lies_in, with_region
from kb.describe.attested import borne_out, unbroken
from kb.describe.body_lines import SEAT, body_line, is_sentence, national, short_line
from kb.describe.casing import title_case
from kb.describe.centre_offices import centre_office, is_of_centre
from kb.describe.doctype import TypeFound
from kb.describe.forms import promising_office, wealth_report
from kb.describe.front import Front, doc_types
from kb.describe.misread import as_in_body
from kb.describe.published import signing_cities
from kb.describe.regions import city_place, of_its_districts, office_place, region_found, regions_in
from kb.describe.villages import village
from kb.model import Found

Issued = tuple[Found[str] | None, Place | None, str]
"""Institution, region and the rule that told the region."""

HEADS = re.compile(
    r"^(?:gubernur|bupati|wali ?kota|menteri|presiden)\b(?! (?:jalan|no))", re.IGNORECASE
)


def page_issuer(front: Front, kind: TypeFound | None) -> Issued:
    """The institution, with its region where the document tells it anywhere."""
    key = kind.found.value if kind is not None else None
    if key == "lhkpn" and (report := wealth_report(front.body)) and report.body:
        places = regions_in(report.body)
        found = Found(title_case(report.body), "form", report.body[:160])
        return found, places[0][0] if places else None, "form"
    if key == "perkin" and (promised := _promised(front)):
        return promised
    office = _of_the_centre(front)
    if office is not None:
        return office
    looked = _auditor(front) if key is not None and doc_types()[key].get("audited") else None
    if looked is not None:
        return _with_place(front, *looked)
    own = village(front, key)
    if own is not None:
        place, rule = (own.place, "title page") if own.place else page_place(front, own.name)
        return Found(with_region(own.name, place), "title page", own.line), place, rule
    stated = _stated(front, key)
    if stated is None and key is not None and doc_types()[key].get("agency"):
        stated = _from_text(front, key) or _in_letters(front)
    if stated is None and not _of_a_head(front.lines):
        shouted = tuple(caption for caption in front.captions if caption.isupper())
        stated = _beside(shouted, "caption")
    if stated is not None:
        return _with_place(front, *stated)
    institution, place, rule = _government_issuer(front)
    return institution, place, rule


def _of_the_centre(front: Front) -> Issued | None:
    """An office of the centre that the title page names before any agency of the region."""
    office = centre_office(front.lines)
    if office is None:
        return None
    index, name, place = office
    body = body_line(front.lines)
    if body is not None and body[0] < index and not (national(body[1]) or is_of_centre(body[1])):
        return None
    rule = "title page"
    if place is None:
        place, rule = page_place(front, name)
    return Found(name, "title page", front.lines[index][:160]), place, rule


def _promised(front: Front) -> Issued | None:
    """The agency of the first party of a performance agreement."""
    office = promising_office(front.whole[:8000])
    if office is None:
        return None
    head = office_place(office)
    if head is not None and HEADS.match(office):
        return Found(title_case(office), "first party", office), head, "first party"
    name = agency_of_office(office)
    if name is None:
        return None
    own = regions_in(name)
    agency = Agency(name, own[0][0] if own else None, 0)
    return _with_place(front, agency, Found(name, "first party", office))


def _stated(front: Front, key: str | None) -> tuple[Agency, Found[str]] | None:
    """By the title page, a form's field, a running head or a caption."""
    lines = front.lines
    regions = regions_in("\n".join(lines))
    place = regions[0][0] if regions else None
    body = body_line(lines)
    whole = key is not None and doc_types()[key].get("government")
    field = None if whole else field_agency(front.body[:4000])
    if field is not None and (body is None or (key is not None and doc_types()[key].get("agency"))):
        return field, Found(field.name, "form", field.name)
    if body is not None:
        index, name = body
        name = title_case(unbroken(name, lines[index:], front.whole))
        beside = _beside(front.running, "running head or foot", front.whole)
        if beside is not None and borne_out(name, beside[0].name, front.whole):
            return beside
        said = _from_text(front, key) if front.scanned else None
        if said is not None and borne_out(name, said[0].name, front.whole):
            return said
        return Agency(as_in_body(name, front.body), place, 0), Found(
            name, "title page", lines[index][:160]
        )
    short = short_line(lines, place)
    if short is not None:
        index, name = short
        return Agency(name, place, 0), Found(name, "title page", lines[index][:160])
    if _of_a_head(lines):
        return None
    return _beside(front.running, "running head or foot", front.whole)


def _auditor(front: Front) -> tuple[Agency, Found[str]] | None:
    """The inspectorate that wrote a report on the agency its title names: on a line of its own,
    by its head's signature, or named in the text."""
    lines = [line for line in (*front.lines, *front.running) if not is_sentence(line)]
    for line in lines:
        if re.match(r"(?i)inspektorat\b(?! jenderal)", line) and " | " not in line:
            found = body_line((line,))
            name = found[1] if found is not None else "Inspektorat"
            places = regions_in(line)
            agency = Agency(name, places[0][0] if places else None, 0)
            return agency, Found(name, "title page", line[:160])
    signed = _SIGNED_BY.search(front.whole)
    named = len(re.findall(r"\b(?:Inspektorat|INSPEKTORAT)\b(?! Jenderal)", front.whole))
    if signed is None and named < NAMED:
        return None
    evidence = signed.group(0).strip() if signed is not None else "Inspektorat"
    return Agency("Inspektorat", None, 0), Found("Inspektorat", "who looked at it", evidence[:160])


_SIGNED_BY = re.compile(r"(?m)^\s*(?:(?:Plt|Pj|Plh)\.? ?)?(?i:inspektur)\b[^\n|]{0,60}$")
NAMED = 2
"""Times that a report on another agency names the inspectorate. Set by hand; no command measured
it."""


def _in_letters(front: Front) -> tuple[Agency, Found[str]] | None:
    """The agency that title page or running lines name by letters alone."""
    lines = [line for line in (*front.lines[:8], *front.running) if not is_sentence(line)]
    named = by_letters(lines, front.whole[:60_000])
    if named is None:
        return None
    name, line = named
    places = regions_in(line)
    found = Found(name, "letters spelled out in the text", line[:160])
    return Agency(name, places[0][0] if places else None, 0), found


def _beside(texts: tuple[str, ...], rule: str, whole: str = "") -> tuple[Agency, Found[str]] | None:
    """The agency that the lines beside the text name, as the ``whole`` text spells it."""
    found = body_line(texts)
    if found is None:
        return None
    places = regions_in("\n".join(texts))
    name = as_in_body(found[1], whole)
    agency = Agency(name, places[0][0] if places else None, 0)
    return agency, Found(name, rule, texts[found[0]][:160])


def _from_text(front: Front, key: str | None) -> tuple[Agency, Found[str]] | None:
    """By signatures, by what the text names with the document's kind, by the file name."""
    if key is None or _of_a_head(front.lines):
        return None
    agency = main_agency(front.whole, tuple(doc_types()[key]["titles"]))
    if agency is not None:
        return agency, Found(agency.name, "agency named most in the text", agency.name)
    regions = regions_in(front.whole[:20_000])
    code = regions[0][0].code if regions else None
    for word in front.stem.split():
        known = authority.load().resolve_institution(word, code) if len(word) > 4 else None
        if known is not None and known.authority and known.region:
            place = authority.load().place(known.region)
            return Agency(known.name, place, 0), Found(known.name, "file name", front.stem)
    return None


def _with_place(front: Front, agency: Agency, found: Found[str]) -> Issued:
    """The agency's name with its region, wherever the document says it."""
    place = agency.place
    rule = found.rule
    if place is None:
        place, rule = page_place(front, agency.name)
    name = agency.name
    known = authority.load().resolve_institution(name)
    if known is not None and known.region is None and known.authority and national(name):
        # A body is called as it was when the document was written, a short name in full.
        spelled = len(name.split()) > 3 and norm(known.name) not in norm(name)
        whole = name if spelled else known.name
        return Found(whole, found.rule, found.evidence), None, "nasional"
    full = resolved(name, place) if len(name.split()) <= 2 and not _plain(name) else None
    name = full or with_region(expanded(name), place)
    return Found(name, found.rule, found.evidence), place, rule


def _plain(name: str) -> bool:
    """True for a name in words, not in letters: "Dinas Kesehatan", "Kecamatan Curug"."""
    shorts = set(re.findall(r"\b[A-Z]{3,}\b", name)) - {"DPRD", "DPRK", "RSUD"}
    return len(name.split()) > 1 and not shorts


def page_place(front: Front, agency: str) -> tuple[Place | None, str]:
    """The region: title page, running lines, the text, the place of signing, in this order."""
    for text, rule in (
        ("\n".join(front.lines), "title page"),
        ("\n".join((*front.running, *front.captions)), "running head or foot"),
    ):
        places = regions_in(text)
        if places:
            return places[0][0], rule
        head = office_place(text)
        if head is not None:
            return head, rule
    beside = [
        place
        for place, start in regions_in(front.whole)
        if norm(agency) in norm(front.whole[max(0, start - len(agency) - 30) : start])
    ]
    if beside:
        named, times = Counter(beside).most_common(1)[0]
        inner = of_its_districts(front.whole, times) if not agency else None
        if named.level == "provinsi" and inner is not None and inner.code.startswith(named.code):
            return inner, "region of the districts named"
        return named, "beside the agency's name"
    if lies_in(agency) is not None:
        return lies_in(agency), "the agency's own name"
    most = most_named(front)
    if most is not None:
        return most, "region named most"
    around = of_its_districts(front.whole)
    if around is not None:
        return around, "region of the districts named"
    for city in signing_cities(front.whole):
        place = city_place(city)
        if place is not None:
            return place, "place of signing"
    return None, ""


def most_named(front: Front) -> Place | None:
    """The region named most in the first pages, where it is named clearly more than others."""
    counts: dict[str, int] = {}
    for place, _ in regions_in(front.body):
        counts[place.code] = counts.get(place.code, 0) + 1
    if not counts:
        return None
    code = max(counts, key=lambda one: (counts[one], one))
    return authority.load().place(code)


# --- the title page ----------------------------------------------------------


def _government_issuer(front: Front) -> Issued:
    lines = front.lines
    regions = regions_in("\n".join(lines))
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
    institution: Found[str] | None
    if office is not None and office_place(office):
        institution = Found(title_case(office.strip(" ,")), rule, office[:160])
    else:
        institution = government(front, place)
    if place is None:
        place, rule = page_place(front, "")
        if place is not None and institution is None:
            institution = Found(f"Pemerintah {place.name}", rule, place.name)
    return institution, place, rule


def _office_line(lines: tuple[str, ...]) -> str | None:
    """The line that names the head of a region, which may be set over two lines."""
    for index, line in enumerate(lines):
        if HEADS.match(line.strip()) and len(line.split()) <= 6 and " | " not in line:
            if norm(line) in {"gubernur", "bupati", "walikota", "wali kota"}:
                return " ".join(lines[index : index + 2])
            return line
    return None


def _of_a_head(lines: tuple[str, ...]) -> bool:
    """True where the head of a region or his seat ("Kantor Gubernur Jambi") is named."""
    return _office_line(lines) is not None or any(SEAT.match(line) for line in lines)


def government(front: Front, place: Place | None) -> Found[str] | None:
    """The government that the title page names, else that of its region."""
    for line in front.lines:
        match = re.search(
            r"\bpemerintah\s+(?:provinsi|kabupaten|kota|daerah istimewa)\s+[^\W\d_]+",
            line,
            re.IGNORECASE,
        )
        if match:
            found = regions_in(line[match.start() :])
            if found:
                return Found(f"Pemerintah {found[0][0].name}", "title page", line[:160])
    for line in front.lines[:20]:
        match = re.match(
            r"(?:komisi|kementerian|mahkamah|badan)\s+[^\d|]{6,70}$", line, re.IGNORECASE
        )
        if match:
            return Found(title_case(line.strip(" ,.")), "title page", line[:160])
    if place is not None:
        return Found(f"Pemerintah {place.name}", "region on the title page", place.name)
    return None


_OF_A_VILLAGE = re.compile(r"Pemerintah (?!Kabupaten|Kota|Provinsi|Daerah|Aceh)")


def levels(
    place: Place | None, rule: str, institution: Found[str] | None
) -> tuple[Found[str] | None, Found[str] | None]:
    """Region and level; a national body has a level without a region."""
    if place is not None:
        region, level = region_found(place, rule, place.name)
        if institution is not None and _OF_A_VILLAGE.match(institution.value):
            level = Found("desa", institution.rule, institution.evidence)
        return region, level
    if institution is not None and (
        rule == "nasional"
        or re.match(
            r"(?:Komisi|Kementerian|Badan .* (?:Nasional|Republik)|Mahkamah)", institution.value
        )
    ):
        return None, Found("nasional", institution.rule, institution.evidence)
    return None, None
