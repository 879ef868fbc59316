"""What tells one quantity from others: the words of its name that are not about measuring."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from kb import authority
from kb.authority import norm
from kb.authority.claims import load_pairing_words
from kb.describe.indicator_names import words as indicator_words
from kb.explore.units import printed_unit
from kb.search.language.analysis import stem

_BRACKET = re.compile(r"\(([^)]*)\)?")
_ABBREVIATION = re.compile(r"[a-z]?[A-Z][\w.&/-]*[A-Z][\w.&/-]*|[KP]\d")
_OF_MEASURING = re.compile(r"\s*(?:%|\d|per\b|/|dalam\b|rp\b|skala\b)", re.IGNORECASE)
_SHARE_OF = re.compile(
    r"\b(kontribusi|pangsa|peran|share)\b(.*\b(?:sektor|lapangan usaha|kategori)\b.*?)"
    r"\b(?:terhadap|dalam|pada)\s+(?:pembentukan\s+)?(?:total\s+)?pdrb\b.*"
)
"""``kontribusi sektor pertanian terhadap PDRB``: a sector's share is one of the PDRB."""


@cache
def named_groups() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Token of each group of equal names -> its names."""
    groups = [*load_pairing_words().same, *(tuple(g["names"]) for g in indicator_words()["group"])]
    known = {norm(name) for names in groups for name in names}
    for names in authority.load().abbreviations:
        new = not known & {norm(name) for name in names}  # those above are of one meaning
        if new and names[0].isupper() and all(_is_telling(name) for name in names):
            groups.append(tuple(names))
    return tuple((f"#{at}", names) for at, names in enumerate(groups))


def _is_telling(name: str) -> bool:
    return not set(norm(name).split()) & _dropped()


@cache
def _dropped() -> frozenset[str]:
    """Words by which names of one quantity may differ."""
    words = load_pairing_words()
    return words.neutral | words.levels | words.small


@lru_cache(maxsize=20_000)
def telling(name: str, unit: str = "") -> frozenset[str]:
    """What tells the quantity of this name from others: stems, and a token for each name that
    has others of the same meaning. Words of measuring (``jumlah``), and those that ``unit`` (in
    the claims' form) says by itself (``panjang`` of km), fall away."""
    found: set[str] = set()

    def known(match: re.Match[str]) -> str:
        found.add(tokens[match.group().strip()])
        return " "

    written = _spelled(bare(name))
    implied = load_pairing_words().by_unit.get(unit or "indeks", frozenset())
    for phrase in (said for said in implied if " " in said):
        written = re.sub(rf"\b{phrase}\b", " ", written)
    pattern, tokens = _phrases(all_neutral=True)
    written = pattern.sub(known, written)
    found |= (load_pairing_words().levels & set(written.split())) - implied
    pattern, tokens = _phrases()
    rest = pattern.sub(known, _without_neutral(written)).split()
    kept = [word for word in rest if word not in implied]
    if not kept and not found:
        kept = rest
    return frozenset(found | {stemmed(word) for word in kept})


@lru_cache(maxsize=20_000)
def in_its_words(name: str, unit: str = "") -> frozenset[str]:
    """The same without groups of equal names: the stems of its own words."""
    implied = load_pairing_words().by_unit.get(unit or "indeks", frozenset())
    said = _without_neutral(_spelled(bare(name))).split()
    return frozenset(stemmed(word) for word in said if word not in implied)


def stemmed(word: str) -> str:
    """The stem of a word, but of one whose stem says something else (``perkotaan`` is no
    ``kota``) the word."""
    return word if word in load_pairing_words().whole else stem(word)


def shortened(name: str) -> tuple[str, ...]:
    """Abbreviations in brackets that end the name, alone: what goes by one is often not printed
    by its words (``ibu hamil yang mendapat pelayanan antenatal (K4)``). ``APM`` alone is no name
    of ``Angka Partisipasi Murni (APM) SMP``."""
    ends = len(name.rstrip())
    found = (m.group(1).strip() for m in _BRACKET.finditer(name) if m.end() >= ends)
    return tuple(short for short in found if _ABBREVIATION.fullmatch(short))


def forms(name: str) -> tuple[str, ...]:
    """The name, and with each abbreviation in brackets in place of the words it stands for
    (``ibu hamil kurang energi kronis (KEK)``)."""
    found = [name]
    for match in _BRACKET.finditer(name):
        short = match.group(1).strip()
        letters = re.sub(r"[^a-z]", "", short.lower())
        ahead = name[: match.start()].split()
        long = ahead[-len(letters) :]
        if len(letters) > 1 and "".join(w[0].lower() for w in long) == letters:
            found.append(" ".join([*ahead[: -len(letters)], short, name[match.end() :]]))
    return tuple(found)


def bare(name: str) -> str:
    """The name without abbreviations and units in brackets; other words in them may tell
    (``wisatawan (mancanegara)``)."""
    outer = " ".join(_BRACKET.sub(" ", name).split())
    inner = [found.strip() for found in _BRACKET.findall(name) if found.strip()]
    if outer and outer.isupper() and " " not in outer and inner and " " in inner[0]:
        return str(inner[0])  # "IKU (Indeks Kualitas Udara)"
    kept = [
        said
        for said in inner
        if not (
            _ABBREVIATION.fullmatch(said)
            or _OF_MEASURING.match(said)
            or printed_unit(said)[0] in ("", "persen", "rupiah", "ton", "km", "hektare", "tahun")
            or printed_unit(said)[0] in ("orang", "unit", "kasus", "desa", "keluarga")
        )
    ]
    return " ".join([outer, *kept]).replace("%", " ")


def _spelled(name: str) -> str:
    words = load_pairing_words()
    folded = norm(name.replace("/", " ")) or norm(name)
    for written, meant in words.spelled.items():
        folded = re.sub(rf"\b{written}\b", meant, folded)
    folded = _SHARE_OF.sub(r"\1\2", folded)
    folded = re.sub(r"\busia (?=\d|anak\b)", "", folded)
    return re.sub(r"\bnon (?=[a-z])", "non", folded)


def _without_neutral(folded: str) -> str:
    words = load_pairing_words()
    for phrase in (n for n in words.neutral if " " in n):
        folded = re.sub(rf"\b{phrase}\b", " ", folded)
    said = [w for w in folded.split() if w not in _dropped()]
    while len(said) > 1 and said[0] in words.bases:
        said.pop(0)  # whose share or number it is: "penduduk buta aksara"
    return " ".join(said)


@cache
def _phrases(*, all_neutral: bool = False) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Finds the names of a group without their neutral words; phrase -> token.

    With ``all_neutral`` those that are neutral words alone (``mendapat layanan``), at the end.
    """
    tokens: dict[str, str] = {}
    whole: dict[str, str] = {}
    for token, names in named_groups():
        forms = {_without_neutral(_spelled(name)) for name in names} - {""}
        known = next((tokens[form] for form in sorted(forms) if form in tokens), token)
        for form in forms:
            tokens.setdefault(form, known)
        for name in names:
            if not _without_neutral(_spelled(name)):
                whole.setdefault(_spelled(name), known)
    wanted = whole if all_neutral else tokens
    spelled = "|".join(re.escape(p) for p in sorted(wanted, key=lambda p: (-len(p), p)))
    end = r"\s*\Z" if all_neutral else r"(?!\w)"
    return re.compile(rf"(?<!\w)(?:{spelled or '(?!)'}){end}"), wanted


@cache
def group_tokens() -> frozenset[str]:
    """The tokens that stand for names of one meaning."""
    return frozenset(group for group, _ in named_groups())
