"""Press and news texts kept as plain files: letterhead, headline, dateline, who acts.

A text without a portal's address is issued by the body in its letterhead, by the press
office its dateline names, or by the body whose official or staff acts in its first
sentences. A newspaper's dateline leaves the issuer open: the paper is not the government.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb import authority
from kb.authority import Place, norm
from kb.describe.front import Front, doc_words
from kb.describe.regions import place_in
from kb.model import EntityRef, Found, SourceDocument

_DATELINE = re.compile(
    r"(?P<city>[A-Z][\w'’.]+(?: [A-Z][\w'’.]+){0,3})"
    r"(?:\s*,\s*(?P<medium>[A-Z][\w.]*(?: [A-Z][\w.]*){0,3}))?"
    r"(?:\s*\((?P<agency>[^)\n]{2,30})\))?"
    r"(?:\s*,?\s*\(?\d{1,2}[ /.-]\w+[ /.-]\d{2,4}\)?)?"
    r"\s*(?:[-–—]{1,2}|\||//)\s*(?=[\w\"“”'«„])"
)
_HEADS = re.compile(
    r"\b(?P<head>(?:Wakil )?(?:Gubernur|Bupati|Wali ?[Kk]ota)|Wagub|Wabup|Wawali|Wako"
    r"|Sekretaris Daerah|Sekda(?:prov|kab|kot|ko)?|Sek(?:prov|kab|kot)"
    r"|Pemerintah|Pemprov|Pemkab|Pemkot|Kapolda|Kapolres(?:ta(?:bes)?)?|Kajati|Kajari)\s+"
    r"(?P<where>(?:[A-Z][\w'’-]+ ?){1,5})"
)
_NUMBER_OR_DATE = re.compile(
    r"^(?:nomor|no\b|tanggal|rilis|siaran|press|pers|keterangan|oleh|penulis|editor|reporter"
    r"|pewarta|foto|senin|selasa|rabu|kamis|jumat|sabtu|minggu|untuk|segera|\d)"
)
_PROSE = 90
_FIRST = 600
"""Characters of the text in which the one who acts must be named."""
MAX_PAGES = 3
_OPENING = 90
_SENTENCES = re.compile(r"(?<=[a-z0-9)]{3}[.!?])\s+(?=[A-Z\"“”])")
PLAIN = frozenset({"text", "markdown", "docx"})
_NATIONAL = re.compile(
    r"\b(?:Menteri|Men(?:ko|dag|dagri|sos|kes|keu|tan|hub|ag|aker|lu|han|pora|kum|komdigi)|Wamen\w*"
    r"|Presiden|Wapres|Kementerian|Kemen[a-z]+|Dirjen|Direktur Jenderal|Panglima TNI|Kapolri|KPK)\b"
)


@dataclass(frozen=True, slots=True)
class Press:
    """A press or news text."""

    header: tuple[str, ...]
    """Lines above the text."""
    body: str
    """The text from its first sentence on, without the dateline."""
    city: str | None
    medium: str | None
    """Who the dateline says writes: a press office or a newspaper."""
    called: str | None
    """The header line that says "siaran pers", if one does."""


def read_press(source: SourceDocument, front: Front) -> Press | None:
    """The parts of a press text, or ``None`` where nothing says it is one."""
    if front.article or len(source.pages) > MAX_PAGES or not source.pages:
        return None
    lines = [line.strip() for line in source.pages[0].text.split("\n") if line.strip()]
    titles = doc_words()["press_titles"]
    called = next((x for x in lines[:5] if norm(x).startswith(tuple(titles))), None)
    for index, line in enumerate(lines[:9]):
        dateline = _dateline(line)
        if dateline is not None or (called is not None and _prose(line)):
            start = dateline.end() if dateline is not None else 0
            medium = (dateline["medium"] or dateline["agency"]) if dateline is not None else None
            city = dateline["city"] if dateline is not None else None
            body = "\n".join([line[start:], *lines[index + 1 :]])
            return Press(tuple(lines[:index]), body, city, medium, called)
        if _prose(line):
            plain = source.format in PLAIN and len(source.pages) == 1 and index < 3
            body = "\n".join(lines[index:])
            return Press(tuple(lines[:index]), body, None, None, None) if plain else None
    return None


def _prose(line: str) -> bool:
    """True for a long line that is no letterhead set on one ("PEMERINTAH KABUPATEN ...")."""
    letters = [char for char in line if char.isalpha()]
    return len(line) > _PROSE and 2 * sum(map(str.islower, letters)) > len(letters)


def _dateline(line: str) -> re.Match[str] | None:
    """``MAKASSAR - ``, ``BALIGE, KOMINFO - `` at the start of a line of prose."""
    match = _DATELINE.match(line)
    if match is None or len(line) - match.end() < 40:
        return None
    city = match["city"]
    words = sum(char.islower() for char in line[match.end() :])
    # "A. | Komponen ..." is an item of a form.
    shouted = city.isupper() and len(city) > 2 and "|" not in match.group()  # a row of a form
    named = shouted or place_in(city) is not None
    return match if named and words > 0.5 * (len(line) - match.end()) else None


def press_type(press: Press) -> Found[str] | None:
    """``press_release`` for a press office's text, ``artikel`` for a newspaper's.

    ``None`` where neither letterhead nor dateline says that it is news.
    """
    if press.called is not None:
        return Found("press_release", "heading of the text", press.called[:160])
    if press.city is None:
        return None
    if press.medium is not None and not _press_office(press.medium):
        return Found("artikel", "dateline of a newspaper", press.medium)
    if press.medium is not None or acting(press.body) is not None:
        return Found("press_release", "dateline, and the body that acts", press.city)
    return Found("artikel", "dateline", press.city)


def press_issuer(press: Press) -> tuple[Found[str] | None, Place | None]:
    """The issuing body with its region; the body is ``None`` where the text leaves it open."""
    for line in press.header:
        named = _named_in(line.title() if line.isupper() else line)
        if named is not None:
            return Found(named.name, "letterhead", line[:160]), _place(named.region)
    acts = acting(press.body)
    if press.medium is None:
        return acts if acts is not None else (None, None)
    place = (acts[1] if acts is not None else None) or place_in(press.city or "")
    if not _press_office(press.medium) or place is None:
        return None, place
    return Found(f"Pemerintah {place.name}", "press office in the dateline", press.medium), place


def press_title(press: Press) -> Found[str] | None:
    """The headline above the text, or ``None`` where there is none."""
    parts: list[str] = []
    for line in press.header:
        folded = norm(line)
        plain = len(folded.split()) > 2 and not _NUMBER_OR_DATE.match(folded)
        whole = _named_in(line.title() if line.isupper() else line)
        body = whole is not None and len(folded.split()) <= len(norm(whole.name).split())
        if plain and not body and not (parts and line.startswith(("(", "-", "*"))):
            parts.append(line)
        elif parts:
            break
    if not parts:
        return None
    return Found(" ".join(parts[:2]), "heading of the text", parts[0][:160])


def acting(body: str) -> tuple[Found[str], Place | None] | None:
    """The body of a region that acts first in the text, by its own name or its head's title.

    ``None`` too where a minister or another national body acts before it.
    """
    first = "\n".join(_subjects(" ".join(body[:_FIRST].split())))
    heads = ((m.start(), m) for m in _HEADS.finditer(first))
    head = next(((at, found) for at, m in heads if (found := _headed(m)) is not None), None)
    named = next(
        (
            (m.start(), (Found(ref.name, "who acts in the text", ref.name), _place(ref.region)))
            for m in re.finditer(r"[A-Z][\w'’]+", first)
            if (ref := _named_in(first[m.start() : m.start() + 90], exact=True)) is not None
        ),
        None,
    )
    both = [one for one in (head, named) if one is not None]
    if not both:
        return None
    at, found = min(both, key=lambda one: one[0])
    return None if _NATIONAL.search(first, 0, at) else found


def _subjects(text: str) -> list[str]:
    """What opens the first two sentences: who is named further on does not act in them."""
    return [sentence[:_OPENING] for sentence in _SENTENCES.split(text)[:2]]


_LEVELS = {"gubernur": "provinsi", "bupati": "kabupaten", "kota": "kota"}
_LEVELS |= {"wagub": "provinsi", "wabup": "kabupaten", "wawali": "kota", "wako": "kota"}
_LEVELS |= {"pemprov": "provinsi", "pemkab": "kabupaten", "pemkot": "kota"}
_LEVELS |= {"sekprov": "provinsi", "sekdaprov": "provinsi", "sekkab": "kabupaten"}
_LEVELS |= {"sekdakab": "kabupaten", "sekkot": "kota", "sekdakot": "kota", "sekdako": "kota"}


def _headed(match: re.Match[str]) -> tuple[Found[str], Place | None] | None:
    head, where = norm(match["head"]), match["where"]
    stem = authority.load().titles.bodies.get(head)
    if stem is not None:
        ref = _named_in(f"{stem} {where}", exact=True)
        found = Found(ref.name, "who acts in the text", match[0].strip()) if ref else None
        return (found, _place(ref.region)) if found and ref else None
    level = _LEVELS.get(head.split()[-1])
    typed = re.match(r"(Provinsi|Kabupaten|Kota) ", where)
    if typed:
        level, where = typed[1].lower(), where[typed.end() :]
    place = place_in(where, level) or (place_in(where, "kabupaten") if level == "kota" else None)
    if place is None:
        return None
    return Found(f"Pemerintah {place.name}", "who acts in the text", match[0].strip()), place


def _named_in(text: str, exact: bool = False) -> EntityRef | None:
    """The institution of the authority file that ``text`` begins with, region included."""
    known = authority.load()
    words = text.split()
    ids, size = known.institutions.match(norm(text).split())
    if not ids:
        return None
    longest = min(len(words), size + 4)
    sizes: Sequence[int] = range(longest, size, -1) if exact else (len(words),)
    for count in sizes:
        ref = known.resolve_institution(" ".join(words[:count]).strip(" ,.:;"))
        if ref is not None and ref.authority and ref.region is not None:
            return ref
    return None


def _place(code: str | None) -> Place | None:
    return authority.load().place(code) if code else None


def _press_office(medium: str) -> bool:
    words = norm(medium).split()
    return any(word in words for word in doc_words()["press_offices"])
