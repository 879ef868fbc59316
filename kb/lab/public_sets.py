"""The public training sets, brought to the tagging guide's conventions.

idner-news-2k (MIT, Copyright (c) 2020 khairunnisaor) and NERGrit (Apache-2.0)
tag bare place names and leave "Pemerintah", type words and bracketed short
forms outside; the guide takes them in. A rule converts every sentence; all were
then read, and what the rule had wrong (28 % of the sentences) stands in
``evaluation/tags/public.tsv``: the names alone, not the sentences. NERP (IndoNLU, Apache-2.0) is
all in lower case and tags by conventions of its own: 2,319 of its sentences were given capitals
and names by reading, which stand in ``evaluation/tags/nerp.tsv`` as places in the sentence.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator
from pathlib import Path

from kb.errors import ModelError
from kb.lab.corpora import MarkedText, Span, detokenise, read_conll

CORRECTED = Path(__file__).resolve().parents[2] / "evaluation" / "tags" / "public.tsv"
"""Names of sentences that the rule converted wrongly, by who read them."""
READ = CORRECTED.with_name("nerp.tsv")
"""Capitals and names of sentences of NERP that speak of offices, bodies or kinds of place, by who
read them."""
DROPPED = "DROP"
"""Instead of names: the sentence is too damaged to learn from."""

FILES = (
    "idner-news-2k/train.txt",
    "idner-news-2k/dev.txt",
    "nergrit/train.txt",
    "nergrit/valid.txt",
)

_TYPE = re.compile(
    r"(?:provinsi|propinsi|kabupaten|kota|kecamatan|desa|kelurahan|distrik|kampung|dusun|dukuh|nagari|jalan|jl\.?|"
    r"sungai|kali|gunung|bukit|pulau|kepulauan|danau|selat|teluk|laut|pantai|bandara|pelabuhan|stadion|gedung|hotel|"
    r"jembatan|pasar|masjid|gereja|terminal|stasiun|tol|waduk|bendungan|kawasan|pelabuhan) $",
    re.IGNORECASE,
)
_GOVERNMENT = re.compile(
    r"(?:Pemerintah|Pemerintahan)(?: (?:Provinsi|Kabupaten|Kota|Daerah)){0,2} $"
    r"|(?:Pemprov|Pemkab|Pemkot|Pemda) $"
)
_ORG_HEAD = re.compile(
    r"(?:SD|SDN|SMP|SMPN|SMA|SMAN|SMK|SMKN|MTs|MTsN|MAN|TK|Sekolah|Universitas|Institut|"
    r"Politeknik|Akademi|RS|RSUD|RSU|Rumah Sakit|Puskesmas|Pengadilan|Lapas|Rutan|"
    r"Lembaga Pemasyarakatan|Pondok|Pesantren|Kejaksaan|Polres|Polda|Polsek)\b"
)
_LOC_HEAD = re.compile(
    r"(?:Gedung|Masjid|Hotel|Kantor|Mapolsek|Mapolres|Mapolda|Stadion|Bandara|Bandar Udara|"
    r"Pelabuhan|Stasiun|Terminal|Jalan|Jl|Gereja|Pasar|Balai|Aula|Istana)\b"
)
_TITLE = re.compile(
    r"(?:(?:H|Hj|Dr|dr|Ir|Drs|Dra|Prof|KH|K\.H|Haji|Ustaz|Ustad|Jenderal|Letjen|Mayjen|Brigjen|"
    r"Kolonel|Letkol|Kapten|AKBP|AKP|Kombes|Irjen|Presiden|Gubernur|Bupati|Wali Kota|Menteri|"
    r"Pak|Bu|Bapak|Ibu|Mas|Bang|Kang|Mang|Sir|Mr|Mrs)\.? )+(?=[A-Z])"
)
_BRACKET = re.compile(r" ?\(\s?([A-Z][\w\-/.]{1,14})\s?\)")


def _convert(marked: MarkedText) -> MarkedText:
    text = marked.text
    spans: list[Span] = []
    for start, end, label in marked.spans:
        while (
            end > start
            and text[end - 1] in ",.;:)\"'"
            and not (text[end - 1] == ")" and "(" in text[start:end])
        ):
            end -= 1
        while start < end and text[start] in "(\"'":
            start += 1
        if end <= start:
            continue
        if label == "PER":
            title = _TITLE.match(text, start, end)
            if title:
                start = title.end()
        elif label == "LOC" and _ORG_HEAD.match(text, start, end):
            label = "ORG"
        elif label == "ORG" and _LOC_HEAD.match(text, start, end):
            label = "LOC"
        if label == "LOC":
            government = _GOVERNMENT.search(text, 0, start)
            kind = _TYPE.search(text, 0, start)
            if government:
                start, label = government.start(), "ORG"
            elif kind and not (spans and spans[-1][1] > kind.start()):
                start = kind.start()
        if spans and spans[-1][2] == "ORG" and label in ("LOC", "ORG"):
            last = spans[-1]
            between = text[last[1] : start]
            if between == " " and label == "LOC":
                spans[-1] = (last[0], end, "ORG")
                continue
            if (
                between.strip() == "("
                and label == "ORG"
                and text[end : end + 2].strip().startswith(")")
            ):
                spans[-1] = (last[0], text.index(")", end) + 1, "ORG")
                continue
        spans.append((start, end, label))
    out: list[Span] = []
    for k, (start, end, label) in enumerate(spans):
        limit = spans[k + 1][0] if k + 1 < len(spans) else len(text)
        bracket = _BRACKET.match(text, end)
        if label == "ORG" and bracket and bracket.end() <= limit:
            end = bracket.end()
        if out and start < out[-1][1]:
            continue
        out.append((start, end, label))
    return MarkedText(text, tuple(out), marked.source)


def fingerprint(text: str) -> str:
    """The first eight digits of the SHA-1 of a sentence."""
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:8]


def _corrected() -> dict[tuple[str, str], str]:
    """Names by source and fingerprint, as they stand in ``CORRECTED``."""
    found = {}
    for line in CORRECTED.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            source, digits, names = line.split("\t")
            found[source, digits] = names
    return found


def _spans(names: str) -> tuple[Span, ...]:
    spans = []
    for name in names.split("; ") if names != "-" else ():
        label, _, place = name.partition(" ")
        start, _, end = place.partition("-")
        spans.append((int(start), int(end), label))
    return tuple(spans)


def public_sets(folder: Path) -> list[MarkedText]:
    """Sentences of both sets (training and validation parts), converted, each text once.

    NERGrit's sentences that name places only are left out: they describe villages in
    encyclopaedic style, and often leave half of the names untagged.

    Raises:
        ModelError: a file of the sets is not in ``folder``.
    """
    seen: set[str] = set()
    out: list[MarkedText] = []
    corrected = _corrected()
    for name in FILES:
        if not (folder / name).is_file():
            raise ModelError(
                f"{name} is not in {folder}; name the folder that holds both public sets."
            )
        for number, (words, tags) in enumerate(read_conll(folder / name)):
            marked = _convert(detokenise(words, tags, f"{name}#{number}"))
            if name.startswith("nergrit") and all(label == "LOC" for *_, label in marked.spans):
                continue
            key = re.sub(r"\W+", "", marked.text).lower()
            if not key or key in seen:
                continue
            seen.add(key)
            names = corrected.get((marked.source, fingerprint(marked.text)))
            if names is None:
                out.append(marked)
            elif names != DROPPED:
                out.append(MarkedText(marked.text, _spans(names), marked.source))
    return out


def read_sentences(folder: Path, read: Path = READ) -> list[MarkedText]:
    """Sentences of NERP with the capitals and names of who read them, in order.

    Args:
        folder: holds the public sets.
        read: the file that says what the sentences are.

    Raises:
        ModelError: a file of the set is not in ``folder``.
    """
    out: list[MarkedText] = []
    sentences: dict[str, str] = {}
    for line in read.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        source, digits, capitals, names = line.split("\t")
        file, _, number = source.partition("#")
        if f"{file}#0" not in sentences:
            for at, (words, _) in enumerate(_sentences_of(folder / file)):
                sentences[f"{file}#{at}"] = detokenise(words, ["O"] * len(words), file).text
        text = sentences.get(source, "")
        if fingerprint(text) != digits:
            continue  # another edition of the set
        letters = list(text)
        for at in _places(capitals):
            letters[at] = letters[at].upper()
        out.append(MarkedText("".join(letters), _spans(names), f"{file}#{number}"))
    return out


def _places(ranges: str) -> Iterator[int]:
    """The numbers that ``0,4-6`` holds; none for ``-``."""
    for each in ranges.split(",") if ranges != "-" else ():
        first, _, last = each.partition("-")
        yield from range(int(first), int(last or first) + 1)


def _sentences_of(path: Path) -> list[tuple[list[str], list[str]]]:
    """Words and tags of the sentences of a file of NERP."""
    if not path.is_file():
        raise ModelError(
            f"nerp/{path.name} is not in {path.parents[1]}; name the folder of the public sets."
        )
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    rows = ([line.split("\t") for line in block.splitlines() if "\t" in line] for block in blocks)
    return [([word for word, _ in some], [tag for _, tag in some]) for some in rows]


def persons_in_lower_case(folder: Path, count: int, seed: int) -> list[MarkedText]:
    """``count`` texts of six sentences of NERP (IndoNLU, Apache-2.0), all in lower case.

    Only its persons are taken over: its other labels follow other conventions.

    Raises:
        ModelError: the file of the set is not in ``folder``.
    """
    sentences: list[MarkedText] = []
    for words, tags in _sentences_of(folder / "nerp" / "train.txt"):
        persons = [tag.replace("PPL", "PER") if tag.endswith("PPL") else "O" for tag in tags]
        if words:
            sentences.append(detokenise(words, persons, "nerp"))
    random.Random(seed).shuffle(sentences)
    out = []
    for at in range(0, min(count * 6, len(sentences)), 6):
        text, spans = "", list[Span]()
        for sentence in sentences[at : at + 6]:
            spans += [(a + len(text), b + len(text), label) for a, b, label in sentence.spans]
            text += sentence.text + "\n"
        out.append(MarkedText(text, tuple(spans), f"nerp#{at}", persons_only=True))
    return out
