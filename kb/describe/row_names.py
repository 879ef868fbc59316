"""The indicator's name in each row of a table, put together where it runs over several."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from kb.authority import norm
from kb.describe.captions import is_indicator
from kb.describe.coded import is_code
from kb.describe.indicator_names import words

MAX_LINES = 12
"""Rows that one name may run over."""
MAX_NAME = 300

_START = re.compile(
    r"^\s*(?:[-–•]\s+|[-–•]?\s*(?:\d+(?:\.\d+)+[.)]?|\d{1,2}[.)]|\(\d{1,2}\)|[a-z][.)]\s)\s*)\S"
)
_MARK = re.compile(r"\(?(?:(?:[A-Z]{1,4}[ .-]?)?\d{1,3}|[IVX]{1,5}|[a-z])[.)]*")
"""A number of a row, with the letters of what it counts too ("SS 4.")."""
_ANEW = re.compile(r"\(?[1aA][.)]*")
_CODE = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,4}\.?")
"""The number of an indicator in a cell of its own (``3.2.1``)."""
_LETTER = re.compile(r"^\s*\(?[a-z][.)]\s*\S")
_REST = re.compile(r"[^\W\d_]?[a-z]{1,5}\.?")
_BULLET = re.compile(r"^\s*[•\-–]\s")
_LEAD = re.compile(
    r"^\s*(?:\d+(?:\.\d+)+[.)]?\s+|\(?\d{1,2}[.),]\s*(?!\d)|[a-z][.)]\s+|[•\-–]\s*(?:\d{4,6}\s+)?)+",
    re.IGNORECASE,
)
_NO_NAMES = frozenset(
    ["indikator", "indikator kinerja", "jumlah", "total", "rata rata", "target", "realisasi",
     "capaian", "satuan", "uraian"]
)  # fmt: skip
_LABEL = re.compile(
    r"(?:indikator(?: kinerja)?|sasaran|iku|ik[a-z]{1,3})"
    r"(?: (?:kinerja|utama|kunci|sasaran|strategis|program|kegiatan|daerah|\d{1,2}))*"
)
"""What a cell only says the one beside it to be ("Indikator Kinerja Sasaran Strategis")."""
_SUMS = re.compile(
    r"(?:(?:jumlah|total|sub|rata rata|rerata|keseluruhan|seluruh|capaian|kinerja|indikator)"
    r"(?: |$))+"
)
"""Rows that sum up those above: ``Jumlah``, ``Rata-rata capaian kinerja``."""
_MONEY = re.compile(
    r"^(?:jumlah |total |realisasi |pagu )?(?:anggaran|pagu|dana|belanja)"
    r"(?: (?:program|kegiatan|indikatif|apbd|rp|langsung|tidak langsung|yang dibutuhkan))*$"
)
"""Rows that give the money of a programme."""

Rows = Sequence[Sequence[str]]


def row_names(
    rows: Rows, body: range, at: int, filled: Sequence[int], values: Sequence[int], *, hold: bool
) -> dict[int, str]:
    """Row number -> name, for rows that have values (cells in the ``filled`` columns).

    ``at`` is the column that names indicators. A name set over several rows is put together;
    where it cannot be told which values are its own, the row is left out. ``hold``: a name
    stands for the rows below it that have none. A row below a numbered indicator that only
    says which part it is of ("SMP/MTs") is named with the words they share.
    """
    found: dict[int, str] = {}
    held = ""
    valued = [row for row in body if _has(rows[row], filled)]
    names = _of_column(rows, body, at, filled)
    numbered = sum(_counts(rows[row], at) for row in valued) >= 2
    entry: tuple[int, str] | None = None
    letters = _letters(rows, body, at, valued) if numbered else frozenset()
    for row in valued:
        name = names.get(row)
        counts = _counts(rows[row], at)
        whole_name = counts or not numbered or (name or "").split(" ")[0] in letters
        if name is not None and (whole_name or not _is_part(name, rows[row], at)):
            held = name
            found[row] = name
            entry = (row, name)
        elif name is not None and (head := _heading(rows, row, at, filled)) is not None:
            found[row] = f"{head} {name}" if is_indicator(head) else f"{name}, {head}"
            held = ""
        elif name is not None and entry is not None:
            whole = of_part(entry[1], name)
            if whole is not None:
                found[row] = whole
            held = ""
        elif name is not None:
            held = ""
        elif hold and held and not _cell(rows[row], at):
            found[row] = held
        elif held and not _cell(rows[row], at) and entry is not None:
            if _other_unit(rows[entry[0]], rows[row], values, filled):
                found[row] = held
        elif _cell(rows[row], at):
            held = ""
    return found


def _letters(rows: Rows, body: range, at: int, valued: Sequence[int]) -> frozenset[str]:
    """Letters that stand for the headings of the column: rows below "Angka Partisipasi Murni"
    that begin with "APM" name themselves in full."""
    heads = [clean_name(_cell(rows[row], at)) for row in body if row not in valued]
    words = [re.findall(r"[^\W\d_]+", _BRACKETS.sub("", head)) for head in heads if head]
    return frozenset("".join(word[0] for word in one).upper() for one in words if len(one) > 1)


_BRACKETS = re.compile(r"\([^()]*\)")


def names_beside(
    rows: Rows, body: range, at: int, values: Sequence[int], found: Mapping[int, str]
) -> dict[int, str]:
    """Names of rows whose own cell is empty, in the column right of it: a name that is set once
    for several rows parts into what the next column ("Formulasi") says, with how it is worked
    out in brackets."""
    beside = at + 1
    if beside in values:
        return {}
    named: dict[int, str] = {}
    valued = [row for row in body if _has(rows[row], values)]
    if valued and all(_LABEL.fullmatch(norm(_cell(rows[row], at))) for row in valued):
        told = {row: clean_name(_cell(rows[row], beside)) for row in valued}
        return {row: name for row, name in told.items() if name is not None}
    own = [cell for row in body if (cell := _cell(rows[row], at))]
    coded = sum(bool(_CODE.fullmatch(cell)) for cell in own)
    alone = coded == 1 and any(is_indicator(_cell(rows[row], beside)) for row in body)
    if (coded >= 2 or alone) and all(_CODE.fullmatch(cell) or len(cell) <= 4 for cell in own):
        # "Indikator" heads a column of numbers and, beside it, that of the names.
        return row_names(rows, body, beside, values, values, hold=False)
    for row in body:
        cell = _cell(rows[row], beside)
        if row not in found and _MARK.fullmatch(_cell(rows[row], at)) and row in valued:
            whole = clean_name(_run(rows, body, row, beside, values))
            if whole is not None:
                named[row] = whole  # the number of a list stands before its name
            continue
        if row in found or _cell(rows[row], at) or not cell or not _has(rows[row], values):
            continue
        name = _BRACKET.sub("", cell).strip()
        if name == cell or _SIGNS.search(name) or not is_indicator(name):
            continue
        whole = clean_name(name)
        if whole is not None:
            named[row] = whole
    return named


_BRACKET = re.compile(r"\s*\([^()]*[/:×÷=][^()]*\)\s*$")
"""How the number is worked out: ``(Jumlah OPD terlayani / Jumlah OPD x 100)``."""
_SIGNS = re.compile(r"[/:×÷=]|\bx\s*100")


def told_apart(
    rows: Rows, names: Mapping[int, str], at: int, filled: Sequence[int]
) -> dict[int, str]:
    """The names, those that stand in several rows with the heading above their row
    (``Angka putus sekolah, Pendidikan Menengah``): rows that are counted anew below a heading
    are of other things."""
    often = {name for name, count in Counter(names.values()).items() if count > 1}
    found = dict(names)
    for row, name in names.items():
        if name in often and (above := _group_above(rows, row, at, filled)):
            found[row] = f"{name}, {above}"
    return found


def _group_above(rows: Rows, row: int, at: int, filled: Sequence[int]) -> str | None:
    for number in range(row - 1, 0, -1):
        cells = [_cell(rows[number], i) for i in range(len(rows[number]))]
        words = [cell for cell in cells if re.search(r"[^\W\d_]{3}", cell)]
        if len(words) == 1 and not any(cells[i] for i in filled if i < len(cells)):
            return words[0].strip(" :") if cells[at] == words[0] or at == 0 else None
    return None


def _heading(rows: Rows, row: int, at: int, filled: Sequence[int]) -> str | None:
    """The numbered entry without values that a row marked with a letter is a part of ("8.
    Perdagangan Luar Negeri", "a. Ekspor")."""
    if not _LETTER.match(_cell(rows[row], at)):
        return None
    for number in range(row - 1, -1, -1):
        cell = _cell(rows[number], at)
        if not cell or _LETTER.match(cell):
            continue
        if _counts(rows[number], at) and not _has(rows[number], filled):
            return clean_name(cell)
        return None
    return None


def _counts(row: Sequence[str], at: int) -> bool:
    """The row has a number of its own left of the name."""
    return any(_MARK.fullmatch(_cell(row, i)) for i in range(at))


def _is_part(name: str, row: Sequence[str], at: int) -> bool:
    """A name that says only which part of the indicator above its row is about."""
    if any(_cell(row, i) for i in range(at)):
        return False
    folded = norm(name)
    heads = words()["heads"]
    if any(folded == head or folded.startswith(f"{head} ") for head in heads):
        return False
    return len(name.split()) <= 4 or bool(_BULLET.match(_cell(row, at)))


def of_part(first: str, part: str) -> str | None:
    """The whole name of a row that says only ``part``, from the ``first`` row of the indicator:
    ``Angka partisipasi kasar SD/MI`` and ``SMP/MTs`` give ``Angka partisipasi kasar SMP/MTs``;
    ``None`` where it cannot be told which words of ``first`` are its own part."""
    stem, dash, _ = first.rpartition(" - ")
    if dash and len(stem.split()) >= 2:
        return f"{stem} {part.lstrip('-–• ')}"
    if first.endswith((":", "-", "–")):
        return f"{first.rstrip(':-– ')} {part}"
    own, other = first.split(), part.lstrip("-–• ").split()
    count = len(other)
    if len(own) < count + 2:
        return None
    tail = own[-count:]
    same = sum(a.casefold() == b.casefold() for a, b in zip(tail, other, strict=True))
    alike = all(_shape(a) == _shape(b) for a, b in zip(tail, other, strict=True))
    if (same and alike) or (alike and any(not _plain(word) for word in tail)):
        return " ".join([*own[:-count], *other])
    return None


def _shape(word: str) -> tuple[bool, bool, bool]:
    return (word[:1].isupper(), any(c.isdigit() for c in word), not any(c.isalnum() for c in word))


def _plain(word: str) -> bool:
    """A word like others, not an abbreviation that names a part (``SD/MI``, ``A``)."""
    return word.islower() or (word.istitle() and word.isalpha() and len(word) > 2)


def _other_unit(
    first: Sequence[str], row: Sequence[str], values: Sequence[int], filled: Sequence[int]
) -> bool:
    """The row gives the same indicator in another unit (6 Kegiatan, 11 Komunitas)."""
    for index in filled:
        if index not in values:
            one, two = norm(_cell(first, index)), norm(_cell(row, index))
            if one and two and one != two:
                return True
    pairs = [(_unit_of(_cell(first, i)), _unit_of(_cell(row, i))) for i in values]
    pairs = [(one, two) for one, two in pairs if one and two]
    return bool(pairs) and all(one != two for one, two in pairs)


def _unit_of(cell: str) -> str:
    return re.sub(r"[\d.,\s]", "", cell).casefold()


def _of_column(rows: Rows, body: range, at: int, filled: Sequence[int]) -> dict[int, str]:
    starts = [row for row in body if _START.match(_cell(rows[row], at))]
    named = [row for row in body if _has(rows[row], filled) and _cell(rows[row], at)]
    # A row with values whose name begins as one of an indicator goes on with no other's.
    apart = any(
        _counts(rows[row], at) or is_indicator(_cell(rows[row], at))
        for row in named
        if row not in starts
    )
    if len(starts) >= 2 and 2 * len(starts) >= len(named) and not apart:
        return _by_starts(rows, body, at, filled, starts)
    found: dict[int, str] = {}
    for row in named:
        name = clean_name(_run(rows, body, row, at, filled))
        if name is not None:
            found[row] = name
    return found


def _by_starts(
    rows: Rows, body: range, at: int, filled: Sequence[int], starts: Sequence[int]
) -> dict[int, str]:
    """Names that are numbered: each runs to the next number."""
    found: dict[int, str] = {}
    for start, end in zip(starts, [*starts[1:], body.stop], strict=True):
        block = range(start, end)
        name = clean_name(" ".join(cell for row in block if (cell := _cell(rows[row], at))))
        valued = [row for row in block if _has(rows[row], filled)]
        if name is None or not valued or len(block) > MAX_LINES:
            continue
        if len(valued) == 1 or valued[0] == start:
            found[valued[0]] = name
    return found


def _run(rows: Rows, body: range, start: int, at: int, filled: Sequence[int]) -> str:
    """The name in a row, with the rows below that only go on with it and, where it begins
    in the middle of a phrase, those above."""
    name = _cell(rows[start], at)
    for row in range(start + 1, min(body.stop, start + MAX_LINES)):
        more = _cell(rows[row], at)
        if (at > 0 and _cell(rows[row], 0)) or _has(rows[row], filled):
            break
        if more and (_START.match(more) or _BULLET.match(more)):
            break
        if more[:1].isupper() and at > 0 and row + 1 < body.stop and (
            _ANEW.fullmatch(_cell(rows[row + 1], 0))
        ):  # fmt: skip
            break  # it heads rows that are counted anew
        if more and row + 1 < body.stop and _begins_middle(rows, row + 1, at, filled):
            break
        name = f"{name} {more}".strip()
    if _in_phrase(name):
        above: list[str] = []
        for row in range(start - 1, max(body.start, start - MAX_LINES) - 1, -1):
            cell = _cell(rows[row], at)
            if not cell or _has(rows[row], filled):
                break
            above.insert(0, cell)
            if cell[:1].isupper():
                break
        if not above:
            return ""  # its beginning is lost
        name = f"{' '.join(above)} {name}"
    return name


def _begins_middle(rows: Rows, row: int, at: int, filled: Sequence[int]) -> bool:
    """True where the next row has values and a name that began above it."""
    cell = _cell(rows[row], at)
    return _has(rows[row], filled) and _in_phrase(cell)


def _in_phrase(cell: str) -> bool:
    """Words that go on with others: in small letters, and not as an indicator begins."""
    name = _LEAD.sub("", cell)
    return name[:1].islower() and norm(name).split(" ", 1)[0] not in words()["opens"]


def _has(row: Sequence[str], columns: Sequence[int]) -> bool:
    """True where the row has values; one cell with a short word goes on with the cell above
    (``2.8`` and below it ``Ha``)."""
    cells = [row[i].strip() for i in columns if i < len(row) and row[i].strip()]
    grades = words()["grades"]
    return len(cells) > 1 or any(
        not _REST.fullmatch(cell) or norm(cell) in grades for cell in cells
    )


def _cell(row: Sequence[str], at: int) -> str:
    return " ".join(row[at].split()) if at < len(row) else ""


def clean_name(cell: str) -> str | None:
    """The name without its numbering, or ``None`` where it names nothing."""
    name = _LEAD.sub("", " ".join(cell.split()))
    if not 3 < len(name) <= MAX_NAME or sum(map(str.isalpha, name)) < 3:
        return None
    if is_code(name) or "•" in name:
        return None  # a code, or several indicators with one number
    folded = norm(name)
    sums = _SUMS.fullmatch(folded) is not None or _LABEL.fullmatch(folded) is not None
    return None if sums or folded in _NO_NAMES or _MONEY.match(folded) else name
