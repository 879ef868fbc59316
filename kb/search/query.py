"""The query language: one grammar for the box, the command line, links and exports.

Documented in ``docs/query-language.md``, whose examples the tests run. ``parse`` takes
whatever is typed: it never raises, and reads at most ``MAX_CHARS`` characters and
``MAX_LEAVES`` words, saying so in ``Query.notes``:

``too_long``  the end of the query was not read;
``too_wide``  a pattern without a letter was left out;
``bad_value`` a year or date could not be read and was searched as a word;
``unknown_field`` what stands before a colon is no field and was searched as a word.
"""

from __future__ import annotations

import re

from kb.search.language.figures import written_dates
from kb.search.tree import (
    All,
    AnyOf,
    Dates,
    Everything,
    Field,
    Fuzzy,
    Node,
    Not,
    Pattern,
    Phrase,
    Query,
    Value,
    ValueField,
    Word,
    Years,
)

MAX_CHARS = 2000
MAX_LEAVES = 64
MAX_DEPTH = 20

_TEXT_FIELDS: dict[str, Field] = {
    "judul": "title",
    "title": "title",
    "bagian": "section",
    "section": "section",
    "bab": "section",
    "isi": "",
    "text": "",
}
_VALUE_FIELDS: dict[str, ValueField] = {
    "lembaga": "institution",
    "instansi": "institution",
    "institution": "institution",
    "tokoh": "official",
    "pejabat": "official",
    "official": "official",
    "person": "official",
    "tempat": "place",
    "wilayah": "place",
    "place": "place",
    "jenis": "type",
    "tipe": "type",
    "type": "type",
}
_YEAR_FIELDS = frozenset({"tahun", "year"})
_DATE_FIELDS = frozenset({"tanggal", "tgl", "date"})
FIELD_NAMES = frozenset({*_TEXT_FIELDS, *_VALUE_FIELDS, *_YEAR_FIELDS, *_DATE_FIELDS})
"""Every name that may stand before a colon."""

_AND = frozenset({"DAN", "AND", "&", "&&"})
_OR = frozenset({"ATAU", "OR", "|", "||"})
_NOT = frozenset({"BUKAN", "NOT"})

_QUOTES = {'"': '"', "“": '”"“', "”": '”"“', "„": '”"“', "«": "»"}
_RUN = re.compile(r'[^\s"“”„«»()]+')
_FIELD = re.compile(r"([A-Za-z]{2,12}):")
_NO_FIELD = re.compile(r"[A-Za-z]{2,12}:(?:\w.*)?")
"""A word that looks like a field, with its value at once (no address, no ``Judul: isi``)."""
_SLOP = re.compile(r"~(\d{1,3})?")
_FUZZY = re.compile(r"(.*\w)~(\d?)")
_RANGE = re.compile(r"(?P<a>[\d-]*)\s*\.\.\.?\s*(?P<b>[\d-]*)")
_COMPARE = re.compile(r"(?P<op>>=|<=|>|<)(?P<v>[\d-]+)")
_DATE = re.compile(r"\d{4}(?:-\d{1,2}(?:-\d{1,2})?)?")
_MIDDLE_MARK = re.compile(r"\w\?\w")


def parse(text: str) -> Query:
    """The tree of ``text``. Whatever was typed, there is one."""
    reader = _Reader(text)
    root = reader.read()
    if isinstance(root, Everything) and text.strip():
        words = [w for w in re.findall(r"\w+", text[:MAX_CHARS]) if w]
        if words and "too_wide" not in reader.notes:  # nothing but operators: they are words
            root = _all([Word(w) for w in words[:MAX_LEAVES]])
    return Query(text, root, tuple(dict.fromkeys(reader.notes)))


def _all(nodes: list[Node], implicit: bool = True) -> Node:
    if not nodes:
        return Everything()
    return nodes[0] if len(nodes) == 1 else All(tuple(nodes), implicit)


class _Reader:
    def __init__(self, text: str) -> None:
        self.notes: list[str] = []
        self.text = text.replace("\x00", " ").strip()
        if len(self.text) > MAX_CHARS:
            self.text = self.text[:MAX_CHARS].rsplit(None, 1)[0]
            self.notes.append("too_long")
        self.at = 0
        self.leaves = 0
        self.depth = 0
        self.dates = {start: (end, iso) for start, end, iso in written_dates(self.text)}

    # -- levels of the grammar: ATAU binds least, then DAN (or nothing), then BUKAN ---------

    def read(self) -> Node:
        parts: list[Node] = []
        while True:
            parts.append(self._either(""))
            self._space()
            if self.at >= len(self.text):
                break
            self.at += 1  # a closing bracket nobody opened
        return _all([p for p in parts if not isinstance(p, Everything)])

    def _either(self, field: Field | ValueField) -> Node:
        options: list[Node] = []
        while True:
            node = self._both(field)
            if not isinstance(node, Everything):
                options.append(node)
            if not self._operator(_OR):
                break
        if not options:
            return Everything()
        return options[0] if len(options) == 1 else AnyOf(tuple(options))

    def _both(self, field: Field | ValueField) -> Node:
        nodes: list[Node] = []
        implicit = True
        while True:
            self._space()
            if self._operator(_AND):
                implicit = False
                continue
            if self.at >= len(self.text) or self.text[self.at] == ")" or self._peek(_OR):
                break
            node = self._one(field)
            if node is not None:
                nodes.append(node)
        return _all(nodes, implicit)

    def _one(self, field: Field | ValueField) -> Node | None:
        negative = False
        while True:
            self._space()
            if self._operator(_NOT):
                negative = not negative
            elif self._minus():
                negative = not negative
                self.at += 1
            else:
                break
        if self.at >= len(self.text) or self.text[self.at] == ")":
            return None
        node = self._atom(field)
        return Not(node) if negative and node is not None else node

    def _atom(self, field: Field | ValueField) -> Node | None:
        char = self.text[self.at]
        if char == "(":
            self.at += 1
            if self.depth >= MAX_DEPTH:
                return None
            self.depth += 1
            inner = self._either(field)
            self.depth -= 1
            if self.at < len(self.text) and self.text[self.at] == ")":
                self.at += 1
            return None if isinstance(inner, Everything) else inner
        if char in _QUOTES:
            return self._quoted(field)
        named = _FIELD.match(self.text, self.at)
        if named and named.group(1).casefold() in FIELD_NAMES:
            return self._field(named)
        if self.at in self.dates and not field:
            end, iso = self.dates[self.at]
            written = self.text[self.at : end]
            self.at = end
            return self._leaf(AnyOf((Word(iso, exact=True), Phrase(written))))
        run = _RUN.match(self.text, self.at)
        if run is None:
            self.at += 1
            return None
        self.at = run.end()
        if not field and self._like_field(run.group()):
            self.notes.append("unknown_field")
        return self._word(run.group(), field)

    def _quoted(self, field: Field | ValueField) -> Node | None:
        closing = _QUOTES[self.text[self.at]]
        start = self.at + 1
        ends = [end for c in closing if (end := self.text.find(c, start)) >= 0]
        if not ends:  # a quotation mark nobody closed is not there
            self.at += 1
            return None
        content = self.text[start : min(ends)]
        self.at = min(ends) + 1
        slop = 0
        mark = _SLOP.match(self.text, self.at)
        if mark:
            self.at = mark.end()
            slop = min(int(mark.group(1) or 5), 100)
        if not re.search(r"\w", content):
            return None
        if field in ("institution", "official", "place", "type", "year"):
            return self._leaf(_value(field, content))
        assert field in ("", "title", "section")
        return self._leaf(Phrase(content, slop, field))

    def _field(self, named: re.Match[str]) -> Node | None:
        name = named.group(1).casefold()
        self.at = named.end()
        if self.at < len(self.text) and self.text[self.at] == " ":
            self._space()  # "tahun: 2024"
        if name in _YEAR_FIELDS or name in _DATE_FIELDS:
            quoted = self.at < len(self.text) and self.text[self.at] in _QUOTES
            if quoted:
                self.at += 1
            if name in _DATE_FIELDS and self.at in self.dates:
                end, iso = self.dates[self.at]
                self.at = end
                return self._leaf(Dates(iso, iso))
            run = _RUN.match(self.text, self.at)
            if run is None:
                if self.text[self.at : self.at + 1] == "(" and name in _YEAR_FIELDS:
                    return self._atom("year")
                return None
            self.at = run.end()
            if quoted and self.text[self.at : self.at + 1] in _QUOTES:
                self.at += 1
            value = run.group()
            node = _years(value) if name in _YEAR_FIELDS else _dates(value)
            if node is None:
                self.notes.append("bad_value")
                return self._word(value, "")
            return self._leaf(node)
        field: Field | ValueField = _VALUE_FIELDS.get(name) or _TEXT_FIELDS[name]
        if self.at >= len(self.text):
            return None
        if self.text[self.at] == "(" or self.text[self.at] in _QUOTES:
            return self._atom(field)
        run = _RUN.match(self.text, self.at)
        if run is None:
            return None
        self.at = run.end()
        return self._word(run.group(), field)

    def _word(self, run: str, field: Field | ValueField) -> Node | None:
        if field == "year":
            node = _years(run)
            if node is None:
                self.notes.append("bad_value")
            return self._leaf(node) if node else None
        if field in ("institution", "official", "place", "type"):
            value = run.strip(",;")
            return self._leaf(_value(field, value)) if re.search(r"\w", value) else None
        bare: Field = "title" if field == "title" else "section" if field == "section" else ""
        years = _RANGE.fullmatch(run)
        if years and not bare and (node := _years(run)) is not None:
            return self._leaf(node)
        fuzzy = _FUZZY.fullmatch(run)
        if fuzzy:
            distance = min(int(fuzzy.group(2) or 1), 2)
            return self._leaf(Fuzzy(fuzzy.group(1), distance, bare))
        if "*" in run or _MIDDLE_MARK.search(run):
            pattern = re.sub(r"\*+", "*", run.strip(",;:."))
            if not re.search(r"\w", pattern):
                self.notes.append("too_wide")
                return None
            return self._leaf(Pattern(pattern, bare))
        if not re.search(r"\w", run):
            return None
        return self._leaf(Word(run, bare))

    def _like_field(self, run: str) -> bool:
        opens = self.text[self.at : self.at + 1] in {*_QUOTES, "("}
        return bool(_NO_FIELD.fullmatch(run)) and (opens or not run.endswith(":"))

    # -- small steps ------------------------------------------------------------------------

    def _leaf(self, node: Node) -> Node | None:
        self.leaves += 1
        if self.leaves > MAX_LEAVES:
            if "too_long" not in self.notes:
                self.notes.append("too_long")
            return None
        return node

    def _space(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def _peek(self, names: frozenset[str]) -> int:
        """Length of the operator that stands here, or 0."""
        run = _RUN.match(self.text, self.at)
        return len(run.group()) if run and run.group() in names else 0

    def _operator(self, names: frozenset[str]) -> bool:
        self._space()
        length = self._peek(names)
        self.at += length
        return length > 0

    def _minus(self) -> bool:
        if self.text[self.at : self.at + 1] != "-":
            return False
        following = self.text[self.at + 1 : self.at + 2]
        return bool(following) and (following.isalnum() or following in _QUOTES or following == "(")


def _value(field: ValueField | Field, text: str) -> Value:
    assert field in ("institution", "official", "place", "type", "year")
    text = text.strip()
    kinds = {"official": "person:", "institution": "institution:", "place": "place:"}
    given = text.startswith(kinds.get(field, "\x00"))
    return Value(field, text, (text,) if given else ())


def _bounds(text: str) -> tuple[str | None, str | None] | None:
    text = text.strip(",;")
    both = _RANGE.fullmatch(text)
    if both and (both["a"] or both["b"]):
        return both["a"] or None, both["b"] or None
    compare = _COMPARE.fullmatch(text)
    if compare:
        return (compare["v"], None) if compare["op"][0] == ">" else (None, compare["v"])
    return (text, text) if text else None


def _years(text: str) -> Years | None:
    text = text.strip(",;")
    dash = re.fullmatch(r"(\d{4})[-–](\d{4})", text)
    bounds = (dash.group(1), dash.group(2)) if dash else _bounds(text)
    if bounds is None:
        return None
    first, last = bounds
    if not all(re.fullmatch(r"\d{4}", v) for v in (first, last) if v is not None):
        return None
    low, high = int(first or 0), int(last or 9999)
    if not dash and text.startswith(">") and not text.startswith(">="):
        low += 1
    if text.startswith("<") and not text.startswith("<="):
        high -= 1
    return Years(min(low, high), max(low, high))


def _dates(text: str) -> Dates | None:
    found = written_dates(text)
    if found and found[0][1] - found[0][0] == len(text):
        return Dates(found[0][2], found[0][2])
    bounds = _bounds(text)
    if bounds is None:
        return None
    ends: list[str | None] = []
    for value in bounds:
        if value is not None:
            if not _DATE.fullmatch(value):
                return None
            value = "-".join(p.zfill(2) for p in value.split("-"))
        ends.append(value)
    first, last = ends
    if first is not None and last is not None and first[: len(last)] > last:
        first, last = last, first
    return Dates(first, last)
