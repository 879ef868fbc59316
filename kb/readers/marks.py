"""Recognises the lines that frame an article on a portal (words from ``portal.toml``)."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kb.authority.calendar import date_words, load_calendar

_NUMBER = r"(\d{1,3}(?:[.,\s]\d{3})+|\d+)"
_BULLET = re.compile(r"^\s*(?:[•·▪◦●○■□*»›>–-]|\d+\.)\s+")
_INITIALS = re.compile(r"\((?:[a-z]{2,6})(?:\s?[/\-*]\s?[a-z]{2,6}){0,3}\*{0,3}\)")
_ICONS = re.compile(r"[\ue000-\uf8ff\u200b-\u200f\u2060\ufeff\u00ad]")


@dataclass(frozen=True, slots=True)
class Marks:
    views: re.Pattern[str]
    caption: re.Pattern[str]
    ends: tuple[str, ...]
    ends_alone: frozenset[str]
    closing: re.Pattern[str]
    skips: tuple[str, ...]
    promotions: tuple[str, ...]
    share: re.Pattern[str]
    noise: frozenset[str]
    noise_captions: frozenset[str]


@cache
def load_marks() -> Marks:
    data = tomllib.loads(files("kb.authority").joinpath("portal.toml").read_text("utf-8"))
    views = _any(data["views"])
    captions = _any(data["captions"])
    share = _any(data["share"])
    return Marks(
        views=re.compile(
            rf"(?<![\w.,/]){_NUMBER}\s*(?:x|kali|times)?\s*(?:{views})(?!\w)"
            rf"|(?<!\w)(?:{views})\s*(?:sebanyak)?\s*[:(]?\s*{_NUMBER}\s*(?:x|kali|times|orang)?(?![\w/])",
            re.IGNORECASE,
        ),
        caption=re.compile(rf"^(?:{captions})\s*[:/]", re.IGNORECASE),
        ends=tuple(data["ends"]),
        ends_alone=frozenset(data["ends_alone"]),
        closing=re.compile(rf"(?:{_any(data['closing'])})\s*:"),
        skips=tuple(data["skips"]),
        promotions=tuple(data["promotions"]),
        share=re.compile(rf"(?:(?:{share})[\s|,:/•]*)+", re.IGNORECASE),
        noise=frozenset(data["noise"]),
        noise_captions=frozenset(data["noise_captions"]),
    )


def _any(words: list[str]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


def clean(text: str) -> str:
    """One line: composed letters, no icons or zero-width characters, single spaces."""
    text = _ICONS.sub("", unicodedata.normalize("NFC", text))
    return " ".join(text.split())


def fold(text: str) -> str:
    return clean(text).casefold()


def is_bullet(line: str) -> bool:
    return bool(_BULLET.match(line))


def strip_bullet(line: str) -> str:
    return _BULLET.sub("", line).strip()


def views_in(line: str) -> int | None:
    """The number of views a line states (``267 dilihat``), or ``None``."""
    if len(line) > 160:
        return None
    match = load_marks().views.search(line)
    if match is None:
        return None
    digits = re.sub(r"\D", "", match.group(1) or match.group(2))
    return int(digits) if digits and len(digits) <= 12 else None


def date_in(line: str) -> str | None:
    """The first date written in a line, as written."""
    match = date_words().search(line)
    return match.group(0) if match else None


@cache
def _meta_rest() -> re.Pattern[str]:
    calendar = load_calendar()
    zones = "|".join(calendar.zones)
    return re.compile(
        rf"{calendar.day_pattern}(?!\w)|(?<!\w)(?:{zones})(?!\w)|(?<!\w)\d{{1,2}}[:.]\d\d(?::\d\d)?(?!\w)"
        r"|(?<!\w)(?:jam|pukul|pada|tanggal|tgl|posted|on|by|oleh|admin\w*|dipublikasikan|diposting"
        r"|diterbitkan|published|date|kategori|category|berita|press release|artikel|am|pm)(?!\w)",
        re.IGNORECASE,
    )


def is_meta(line: str) -> bool:
    """True for a line that only says when, by whom and how often read."""
    if len(line) > 160 or not line:
        return False
    rest, dates = date_words().subn(" ", line)
    rest, views = load_marks().views.subn(" ", rest)
    if not dates and not views:
        return False
    rest = _meta_rest().sub(" ", rest)
    words = re.findall(r"\w{2,}", rest)
    return len(words) <= 4 and not line.rstrip().endswith((".", "”", '"'))


def is_end(line: str) -> bool:
    """True for a line after which the article is over."""
    marks = load_marks()
    low = fold(strip_bullet(line))
    if not low or len(low) > 160:
        return False
    if low.rstrip(" :.!?…") in marks.ends_alone:
        return True
    if "all rights reserved" in low or low.startswith(("©", "copyright")):
        return True
    if marks.closing.match(low):
        return True
    for end in marks.ends:
        if low.startswith(end):
            rest = low[len(end) :]
            # "Berita terkini dari ..." can open a sentence: an end mark is short.
            if not rest or len(rest.split()) <= 3 or end in {"anda dapat menyiarkan ulang"}:
                return not (rest[:1].isalnum())
    return False


def is_skipped(line: str) -> bool:
    """True for a line inside an article that is not its text."""
    marks = load_marks()
    low = fold(strip_bullet(line))
    if not low:
        return True
    if marks.share.fullmatch(low):
        return True
    if len(low) <= 200 and any(_starts(low, skip) for skip in marks.skips):
        return True
    if len(low) <= 300 and low.startswith(marks.promotions):
        return True
    if _INITIALS.fullmatch(low):
        return True
    return is_caption(line)


def _starts(low: str, mark: str) -> bool:
    """A mark opens the line and a colon, a dash or a short rest follows."""
    if not low.startswith(mark):
        return False
    rest = low[len(mark) :]
    if mark.endswith(":") or not rest:
        return True
    if rest[0].isalnum():
        return False
    return rest.lstrip()[:1] in {":", "-", "–", "|", "»"} or len(low.split()) <= 8


_HOST = re.compile(
    r"(?<![\w.-])(?:[\w.+-]+@)?((?:[a-z0-9-]+\.)+(?:go|desa)\.id)(?![\w-])", re.IGNORECASE
)


def site_in(lines: Iterable[str]) -> str | None:
    """The government host that the page's frame names most (``bantenprov.go.id``)."""
    hosts = Counter(
        host.lower().removeprefix("www.") for line in lines for host in _HOST.findall(line)
    )
    return max(hosts, key=lambda host: (hosts[host], -len(host)), default=None)


def is_caption(line: str) -> bool:
    return len(line) <= 300 and bool(load_marks().caption.match(clean(line)))
