"""What kind of document it is: by its title page, else its text and file name together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from kb.authority import norm
from kb.describe.front import Front, doc_types, doc_words
from kb.describe.legal import LegalHead
from kb.model import Found, SourceDocument


@dataclass(frozen=True, slots=True)
class TypeFound:
    found: Found[str]
    line: int | None = None
    """Position of the title line in ``Front.lines``."""
    title: str = ""
    """Normal form of the title from its first phrase on."""


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    """Title phrases and their kind, longest first."""
    rows = [(phrase, key) for key, entry in doc_types().items() for phrase in entry["titles"]]
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row[0])))


@cache
def _subjects() -> tuple[tuple[str, str], ...]:
    rows = [
        (phrase, key)
        for key, entry in doc_types().items()
        if not entry.get("legal") and entry["group"] != "portal"
        for phrase in entry.get("subjects", entry["titles"])
    ]
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row[0])))


@cache
def _filler() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(doc_words()["fillers"], key=len)[::-1])
    return re.compile(rf"^(?:{words}|\d+|[ivx]{{1,5}}|[a-h]|tahun|atas)\s+")


def strip_fillers(title: str) -> str:
    """The title (normal form) from its first telling word on."""
    while True:
        shorter = _filler().sub("", title, count=1)
        if shorter == title:
            return title
        title = shorter


def head_type(title: str, phrases: tuple[tuple[str, str], ...] | None = None) -> str | None:
    """The kind whose phrase begins the title (normal form), or ``None``."""
    rows = _phrases() if phrases is None else phrases
    for start in dict.fromkeys((title, strip_fillers(title))):
        for phrase, key in rows:
            if start == phrase or start.startswith(phrase + " "):
                return key
    return None


def longest_phrase(title: str) -> str:
    """The longest phrase of any kind that begins the title (normal form), ``""`` for none."""
    return next((p for p, _ in _phrases() if title == p or title.startswith(p + " ")), "")


def is_kind(title: str) -> bool:
    """True for the words of a kind (normal form) and nothing else, its short name behind them
    included: "rencana kerja renja"."""
    phrase = longest_phrase(title)
    rest = title.removeprefix(phrase).strip()
    return bool(phrase) and (not rest or head_type(rest) == head_type(phrase))


def find_type(source: SourceDocument, front: Front, head: LegalHead | None) -> TypeFound | None:
    """The document's kind with the rule that told it, or ``None`` where nothing does."""
    if front.article:
        return _section_type(source, article=True) or _article_type(source)
    if head is not None and (head.subject or head.annex):
        return _legal_type(head)
    titled = _title_type(front)
    if head is not None and (titled is None or doc_types()[titled.found.value].get("legal")):
        return _legal_type(head)
    form = _form_type(front)
    if titled is not None and titled.found.value == "lainnya" and form is not None:
        return form
    return (
        titled
        or _running_type(front)
        or form
        or _text_type(source, front)
        or _caption_type(front)
        or _file_type(source, front)
        or _section_type(source, article=False)
    )


_ARTICLES = ("pengumuman", "artikel", "profil", "press_release")


def _section_type(source: SourceDocument, *, article: bool) -> TypeFound | None:
    """By the menu of the site it was fetched from: its innermost entry that names a kind."""
    section = source.metadata.get("section", "")
    for part in reversed(section.split(" > ")):
        kind = head_type(norm(part))
        if kind is not None and (not article or kind in _ARTICLES):
            return TypeFound(Found(kind, "menu of the site", section[:160]))
    return None


def _legal_type(head: LegalHead) -> TypeFound:
    subject = norm(head.subject or head.annex)
    if re.match(r"(?:PERATURAN|KEPUTUSAN) (?:KEPALA )?DESA", head.instrument):
        subject = ""
    core = _subject_core(subject)
    kind = head_type(core, _subjects())
    if kind is not None:
        return TypeFound(Found(kind, "subject of the regulation", head.subject[:160]), None, core)
    instrument = norm(f"{head.instrument} {head.whose}")
    rows = sorted(
        (
            (phrase, key)
            for key, entry in doc_types().items()
            for phrase in entry.get("head", entry["titles"] if entry["group"] == "portal" else ())
        ),
        key=lambda row: -len(row[0]),
    )
    for phrase, key in rows:
        if instrument.startswith(phrase):
            return TypeFound(Found(key, "head of the regulation", head.evidence), None, core)
    return TypeFound(Found("lainnya", "head of the regulation", head.evidence), None, core)


_CHANGES = re.compile(
    r"^(?:perubahan|pencabutan)\s+(?:pertama |kedua |ketiga |keempat |kelima )?(?:atas\s+)?"
    r"(?:peraturan|keputusan|qanun)\b.*?\btentang\s+"
)


def _subject_core(subject: str) -> str:
    """The subject of what is changed, where the regulation changes another one."""
    match = _CHANGES.match(subject)
    return subject[match.end() :] if match else subject


def _title_type(front: Front) -> TypeFound | None:
    junk = doc_types()["lainnya"]
    lines = front.norms
    for mark in junk["marks"]:
        for index, line in enumerate(lines):
            if _ROW.match(front.lines[index]):
                continue
            if re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", line):
                evidence = front.lines[index]
                above = next((n for n in range(index) if _begins(lines[n], junk["heads"])), index)
                return TypeFound(Found("lainnya", "word on the title page", evidence), above)
    letter = _letter(lines)
    if letter is not None:
        evidence = front.lines[letter]
        subject = _SUBJECT.sub("", " ".join(lines[letter : letter + 3]))
        sent = head_type(subject)
        if sent is not None and doc_types()[sent].get("letter"):
            return TypeFound(Found(sent, "subject of the letter", evidence), letter, subject)
        return TypeFound(Found("lainnya", "head of a letter", evidence), letter)
    section: TypeFound | None = None
    for index, line in enumerate(lines):
        if not line or _ROW.match(front.lines[index]) or _FORM_CODE.fullmatch(line):
            continue
        joined = " ".join(lines[index : index + 3])
        form = re.search(r"(?<!\w)formulir (.+)", line)
        named = head_type(form.group(1)) if form else None
        if named is not None:
            evidence = front.lines[index][:160]
            return TypeFound(Found(named, "name of its form", evidence), index, line)
        broken = _broken_title(line, joined)
        kind = broken or head_type(_REGION_FIRST.sub("", line))
        other = _begins(line, junk["heads"])
        if other and len(other) >= _told(joined if broken else line):
            return TypeFound(Found("lainnya", "start of the title", front.lines[index]), index)
        if kind == "pengumuman":
            kind = head_type(" ".join(lines[index + 1 : index + 3])) or kind
        if kind is not None and not _cited(front.lines[index], line):
            evidence = " ".join(front.lines[index : index + 2])[:160]
            title = " ".join(lines[index : index + 6])
            found = TypeFound(Found(kind, "title page", evidence), index, title)
            if not _SECTION.match(front.lines[index]):
                return found
            section = section or found
    return section


_FORM_CODE = re.compile(r"(?:formulir|form) [a-z]{1,2}(?: [a-z])? ?\d{1,3}(?: [a-z])?")
"""The code of a form, above its name: "Formulir E.81" (Permendagri 86/2017)."""
_ROW = re.compile(r"\d[\d.]*(?:-\d[\d.]*)*\s+\|")
"""A row of a list, which begins with its number or code."""
_REGION_FIRST = re.compile(
    r"^(?:provinsi|kabupaten|kota|kecamatan|distrik|kelurahan|desa)(?: [a-z]+){1,4} "
    r"(?=dalam angka\b)"
)
"""The region that such a title begins with: "Kabupaten Soppeng dalam Angka"."""
_SECTION = re.compile(r"\d{1,2}\s?\.\s+[A-Z]")
"""A numbered heading: it names a section, unless nothing else names the document."""


def _begins(line: str, words: Sequence[str]) -> str:
    """The first of the words that the line begins with, ``""`` for none."""
    return next((word for word in words if line == word or line.startswith(word + " ")), "")


def _told(title: str) -> int:
    """How many letters of the title its kind's phrase takes, fillers before it included."""
    sizes = [0]
    for start in (title, strip_fillers(title)):
        phrase = longest_phrase(start)
        if phrase:
            sizes.append(len(title) - len(start) + len(phrase))
    return max(sizes)


_SUBJECT = re.compile(r"^(?:perihal|hal) ")


def _letter(lines: tuple[str, ...]) -> int | None:
    """The line with the subject of a letter: it goes with a document and is none of its kind."""
    if not any(re.match(r"(?:kepada )?yth\b|kepada$", line) for line in lines[:20]):
        return None
    return next(
        (i for i, line in enumerate(lines[:15]) if re.match(r"(?:perihal|hal)\b", line)), None
    )


def _broken_title(line: str, joined: str) -> str | None:
    """A title whose first phrase is set over two or three lines."""
    kind = head_type(joined)
    if kind is None:
        return None
    start = strip_fillers(joined)
    whole = next((phrase for phrase, _ in _phrases() if f"{start} ".startswith(f"{phrase} ")), "")
    first = strip_fillers(line) or line
    return kind if whole.startswith(first) or first in doc_words()["fillers"] else None


def _cited(line: str, folded: str) -> bool:
    """A running sentence that only begins with the phrase."""
    if re.search(r"\b(?:merupakan|adalah)\b", folded):
        return True
    return len(line) > 150 and line[-1:] not in ")0123456789" and len(folded.split()) > 22


def _running_type(front: Front) -> TypeFound | None:
    """By the running heads and feet, which name the document on each of its pages."""
    for line in front.running:
        kind = head_type(norm(line))
        if kind is not None and not doc_types()[kind].get("legal") and len(line) < 160:
            return TypeFound(Found(kind, "running head or foot", line[:160]))
    return None


def _form_type(front: Front) -> TypeFound | None:
    """By the labels of its form: what heads its columns and rows."""
    heads = set(front.heads)
    for key, entry in doc_types().items():
        for signs in entry.get("signs", ()):
            if all(any(_labels(head, sign) for head in heads) for sign in signs):
                return TypeFound(Found(key, "labels of its form", ", ".join(signs)))
    return None


def _labels(head: str, sign: str) -> bool:
    return head == sign or (head.startswith(f"{sign} ") and len(head) < len(sign) + 30)


def _caption_type(front: Front) -> TypeFound | None:
    """By the caption of its first tables, where they begin with a kind's phrase."""
    for caption in front.captions[:3]:
        kind = head_type(re.sub(r"^tabel [\w .]{1,12}? (?=[a-z]{4})", "", norm(caption)))
        if kind is not None and not doc_types()[kind].get("legal"):
            return TypeFound(Found(kind, "caption of its table", caption[:160]))
    return None


_SELF = (
    r"(?:penyusunan|menyusun|menyajikan|disusunnya|tersusunnya|penyampaian"
    r"|sistematika(?: penulisan)?|selesainya|demikian(?:lah)?|dokumen|laporan|buku|dibuatnya)"
)


def _text_type(source: SourceDocument, front: Front) -> TypeFound | None:
    """By what the document calls itself in its first and last pages: "penyusunan LAKIP ini"."""
    text = norm(f"{front.body} {front.whole[-3000:]}")
    if not text:
        return None
    counts: Counter[str] = Counter()
    evidence: dict[str, str] = {}
    for phrase, key in _phrases():
        entry = doc_types()[key]
        if entry.get("legal") or key in _NOT_SELF or phrase not in text:
            continue
        for match in re.finditer(
            rf"{_SELF}\s+(?:awal\s+|akhir\s+|rancangan\s+|perubahan\s+){{0,2}}{re.escape(phrase)}\b"
            rf"|\b{re.escape(phrase)}\s+(?:\w+ ){{0,12}}?ini\b(?! adalah)",
            text,
        ):
            counts[key] += 1
            evidence.setdefault(key, match.group(0)[:160])
    named = {key for key, words in _file_words().items() if _in_stem(words, front.stem)}
    for key in named:
        if counts[key]:
            counts[key] += 3
    best = counts.most_common(2)
    if not best or best[0][1] < 3 or (len(best) > 1 and best[1][1] * 1.5 > best[0][1]):
        return None
    key = best[0][0]
    return TypeFound(Found(key, "what the text calls itself", evidence[key]))


_NOT_SELF = frozenset(
    ["pengadaan", "apbd", "lkpd", "artikel", "statistik", "profil", "laporan_kegiatan", "sop",
     "kajian", "standar_pelayanan", "lra", "neraca", "realisasi_kegiatan", "realisasi_triwulan",
     "evaluasi_renja", "spm", "standar_harga", "reformasi_birokrasi", "manajemen_risiko",
     "rencana_induk", "hibah_bansos", "tindak_lanjut", "pokir", "analisis_jabatan",
     "anggaran_kas", "spj", "rkbmd", "rkas", "lingkungan", "proses_bisnis",
     "rencana_aksi_daerah", "realisasi_desa", "laporan_desa"]
)  # fmt: skip
"""Kinds whose names stand in any text, whatever it is."""


def _file_type(source: SourceDocument, front: Front) -> TypeFound | None:
    """By the file name, the weakest of all: what it names first, the longest words first."""
    rows = sorted(
        (match.start(), -len(word), key)
        for key, words in _file_words().items()
        if key not in {"lainnya", "press_release", "artikel", "pengumuman"}
        for word in words
        if (match := _stem_word(word, front.stem))
    )
    short = len(front.body.strip()) <= 200
    for _, _, key in rows:
        # A regulation shows its head; a name that only says so is believed where nothing
        # else could.
        if short or not doc_types()[key].get("legal"):
            return TypeFound(Found(key, "file name", front.stem))
    return None


@cache
def _file_words() -> dict[str, tuple[str, ...]]:
    return {key: tuple(entry["files"]) for key, entry in doc_types().items()}


def _in_stem(words: tuple[str, ...], stem: str) -> bool:
    return any(_stem_word(word, stem) for word in words)


def _stem_word(word: str, stem: str) -> re.Match[str] | None:
    return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", stem)


def _article_type(source: SourceDocument) -> TypeFound | None:
    """Portal pages: by their address or heading, else news as the portal issues it."""
    parts = urlsplit(source.address or "")
    path = norm(re.sub(r"[/\-_.]+", " ", parts.path))
    for key in ("pengumuman", "artikel", "profil", "press_release"):
        for word in doc_types()[key]["files"]:
            if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", path):
                return TypeFound(Found(key, "address", parts.path))
    title = norm(source.title or "")
    for key in ("pengumuman", "press_release"):
        if any(title.startswith(word) for word in doc_types()[key]["titles"]):
            return TypeFound(Found(key, "title", source.title or ""))
    host = parts.hostname or source.metadata.get("site", "")
    if source.format in {"portal", "portal-text"} or host.endswith(".go.id"):
        return TypeFound(Found("press_release", "page of a government portal", host))
    if source.published is None and source.format == "html":
        return None
    return TypeFound(Found("artikel", "page of another site", host))
