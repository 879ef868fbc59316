"""Indicators with their targets and results by year, read from tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb import authority
from kb.authority import norm
from kb.describe.accounts import is_budget
from kb.describe.captions import Above, is_indicator, read_above
from kb.describe.column_roles import PLAIN, Column, Grid
from kb.describe.columns import BARE_YEAR, read_grid
from kb.describe.doubt import SURE_OCR, Read, doubtful
from kb.describe.front import doc_types
from kb.describe.headers import with_whole_names
from kb.describe.indicator_names import split_region, words
from kb.describe.numbers import graded, is_range, parse_number
from kb.describe.regions import regions_in
from kb.describe.row_names import names_beside, row_names, told_apart
from kb.model import Description, IndicatorValue, NumberKind, SourceDocument, Table

_UNIT_IN = re.compile(
    r"\((%|persen|orang|unit|rp[^)]{0,15}|rupiah|poin|nilai|indeks|tahun|ha|km|ton|kasus|skor"
    r"|per \d[^)]{0,20})\)",
    re.IGNORECASE,
)
_SCOPE = re.compile(r"^(?:kabupaten|kab|kota|provinsi|prov)\b")
_TOTAL = re.compile(r"^(?:jumlah|total|rata rata|rerata)\b")


@dataclass(frozen=True, slots=True)
class _Told:
    """What the document says that its tables leave out."""

    only: int | None
    first: int | None
    last: int | None
    plan: bool
    report: bool
    """A report on what was reached: years up to its own are results."""
    agency: str | None
    region: str | None
    """Kemendagri code of the document's region."""


def extract_indicators(source: SourceDocument, description: Description) -> list[IndicatorValue]:
    """Every indicator value that the document's tables state surely, in order.

    The indicator is named in its row, above its column (where years are rows), or by the
    caption or heading of a table that is about one indicator. A number counts where target,
    realisation or baseline and its year are told by header, row or caption, or follow from the
    document: years before those a plan covers are results. A grade, an opinion or a range is
    kept as text without a number; any other cell that is not surely one number is left out, as
    is a column that two headers would fit.
    """
    told = _told(description)
    pages = {page.number: page for page in source.pages}
    found: list[IndicatorValue] = []
    last: tuple[Table, Grid, Above] | None = None
    for position, table in enumerate(source.tables):
        page = pages.get(table.page)
        scanned = page is not None and page.method == "ocr"
        if not table.rows or (scanned and page and (page.ocr_confidence or 0) < SURE_OCR):
            last = None
            continue
        table = with_whole_names(table)
        above = read_above(table, page)
        if above.shares or above.budget or is_budget(table):
            last = None
            continue
        grid = read_grid(table.rows, table.header_rows, _only(above, told))
        if last is not None and not grid.at("value") and _goes_on(table, last[0], last[1]):
            grid = Grid(last[1].columns, range(len(table.rows)), last[1].names)
            above = last[2]
        if grid.at("value"):
            last = (table, grid, above)
        found += _from_table(position, table, grid, above, told, scanned)
    return found


def _told(description: Description) -> _Told:
    years = description.years.value if description.years else ()
    # The year of a signature or of a file is when it was written, not what it measures.
    weak = description.years is not None and bool(
        re.search(r"\b(?:date|made|publication)\b", description.years.rule)
    )
    kind = doc_types().get(description.doc_type.value) if description.doc_type else None
    places = authority.load().places
    return _Told(
        only=years[0] if len(years) == 1 and not weak else None,
        first=min(years, default=None),
        last=max(years, default=None),
        plan=bool(kind) and (kind or {}).get("group") == "perencanaan",
        report=bool(kind) and (kind or {}).get("group") == "pelaporan",
        agency=description.institution.value if description.institution else None,
        region=places.parse(description.region.value) if description.region else None,
    )


def _only(above: Above, told: _Told) -> int | None:
    """The year of columns that name none: the caption's one year, else the document's. The
    period of a plan that the caption names is not the year of its columns."""
    if above.years:
        return next(iter(above.years)) if len(above.years) == 1 else None
    return told.only


def _goes_on(table: Table, before: Table, grid: Grid) -> bool:
    """True for the rest of a table on the next page whose header was not repeated."""
    if table.caption is not None or table.page not in (before.page, before.page + 1):
        return False
    width = max(len(row) for row in table.rows)
    if width != len(grid.columns):
        return False
    first = table.rows[0]
    values = [first[i] for i in grid.at("value") if i < len(first) and first[i]]
    return bool(values) and all(_no_header(cell) for cell in values)


def _no_header(cell: str) -> bool:
    number = parse_number(cell)
    return cell.strip() in {"-", "–"} or (number is not None and not BARE_YEAR.fullmatch(cell))


# --- one table ---------------------------------------------------------------------


def _from_table(
    position: int, table: Table, grid: Grid, above: Above, told: _Told, scanned: bool
) -> Iterator[IndicatorValue]:
    values = grid.at("value")
    if not values:
        return
    names = _names(table, grid, above, told)
    agencies, units = grid.at("agency"), grid.at("unit")
    for row_number in grid.body:
        row = table.rows[row_number]
        read: list[tuple[Column, str, Read]] = []
        words_only: list[tuple[Column, str, Read]] = []
        for index in values:
            cell = row[index].strip() if index < len(row) else ""
            column = grid.columns[index]
            name = (
                _with_region(column.name, above, told)
                if column.name
                else names.get((row_number, grid.names.get(index, -1)))
            )
            if not cell or name is None:
                continue
            printed = parse_number(cell)
            if printed is None:
                if _said(cell, scanned):
                    words_only.append((column, name, Read(0, cell, _of(row, units, index) or None)))
                continue
            unit = _unit(_of(row, units, index), scanned) or _unit(printed.unit, scanned)
            unit = unit or _unit_in(name) or above.unit
            read.append((column, name, Read(printed.value, printed.text, unit)))
        for at, (column, name, number) in enumerate([*read, *words_only]):
            kind = column.kind or _row_kind(row, grid)
            year = column.year or _row_year(row, grid)
            if kind is None and year is not None and not grid.at("kinds"):
                kind = _bare_kind(year, above, told)
            others = [
                other
                for i, (c, one, other) in enumerate(read)
                if i != at and not c.name and one == name
            ]
            if kind is None or year is None:
                continue
            if kind == "realisation" and told.last is not None and year > told.last:
                continue  # nobody knows the result of a year to come
            in_words = at >= len(read)
            if not in_words and doubtful(number, others, scanned=scanned):
                continue
            yield IndicatorValue(
                indicator=name,
                unit=number.unit,
                kind=kind,
                year=year,
                value=None if in_words else number.value,
                value_text=number.text,
                page=table.page,
                agency=_agency(name, row, agencies, told),
                table=position,
                row=row_number,
                quarter=column.quarter,
            )


def _said(cell: str, scanned: bool) -> bool:
    """True for a result in words (``WTP``, ``Sangat Baik``) or a range; ranges of a scan may
    be misread numbers."""
    if norm(cell) in words()["grades"] or graded(cell) is not None:
        return True
    return not scanned and is_range(cell)


def _cell(row: Sequence[str], columns: Sequence[int]) -> str:
    return next((" ".join(row[i].split()) for i in columns if i < len(row) and row[i]), "")


def _of(row: Sequence[str], columns: Sequence[int], index: int) -> str:
    """The cell of the nearest of the ``columns`` left of column ``index``, else of the last."""
    near = [column for column in columns if column < index]
    return _cell(row, (near or columns)[-1:])


def _agency(name: str, row: Sequence[str], columns: Sequence[int], told: _Told) -> str | None:
    """Who answers for the number: as the row says, else the issuer for its own region."""
    if columns:
        return _cell(row, columns[:1]) or None
    return told.agency if split_region(name)[1] in (None, told.region) else None


def _row_kind(row: Sequence[str], grid: Grid) -> NumberKind | None:
    said = norm(_cell(row, grid.at("kinds")))
    if said.startswith("target"):
        return "target"
    if said.startswith("realisasi"):
        return "realisation"
    return None


def _row_year(row: Sequence[str], grid: Grid) -> int | None:
    match = BARE_YEAR.fullmatch(norm(_cell(row, grid.at("years"))))
    return int(match.group(1)) if match else None


def _bare_kind(year: int, above: Above, told: _Told) -> NumberKind | None:
    """What a number below nothing but a year is."""
    if above.target != above.result:
        if above.result:
            return "realisation" if told.last is None or year <= told.last else None
        return "target"
    if above.target:
        return None
    if told.first is not None and year < told.first:
        return "realisation"
    if told.report and told.last is not None and year <= told.last:
        return "realisation"
    if told.plan and told.first is not None and told.last is not None:
        return "target" if told.first <= year <= told.last else None
    return None


# --- whose number a row holds --------------------------------------------------------


def _names(table: Table, grid: Grid, above: Above, told: _Told) -> dict[tuple[int, int], str]:
    """The indicator of each row that has one, by row and the column that names it."""
    name_at, region_at = grid.at("name"), grid.at("region")
    if name_at:
        named: dict[tuple[int, int], str] = {}
        for at in name_at:
            own = [index for index, name in grid.names.items() if name == at]
            filled = [*own, *(u for u in grid.at("unit") if grid.names.get(u, at) == at)]
            found = row_names(table.rows, grid.body, at, filled, own,
                              hold=bool(grid.at("kinds")))  # fmt: skip
            if grid.columns[at] == PLAIN:
                found = {row: name for row, name in found.items() if is_indicator(name)}
            held = grid.at("kinds") or grid.at("years")
            if not held and at + 1 < len(grid.columns) and grid.columns[at + 1].role == "other":
                found |= names_beside(table.rows, grid.body, at, own, found)
            if not held:
                found = told_apart(table.rows, found, at, filled)
            for row, name in found.items():
                whole = _with_region(name, above, told)
                if whole and not _is_place(name):
                    named[(row, at)] = whole
        return named
    if above.indicator is None:
        return {}
    rows = [r for r in grid.body if _cell(table.rows[r], grid.at("value"))]
    if region_at:
        return {
            (row, -1): name
            for row, name in _of_regions(table, rows, region_at[0], above.indicator, told).items()
        }
    if len(rows) > 1 and not (grid.at("kinds") or grid.at("years")):
        return {}
    one = _with_region(above.indicator, above, told)
    return dict.fromkeys([(row, -1) for row in rows], one) if one else {}


def _is_place(name: str) -> bool:
    """The end of a name that ran over rows ("... masyarakat | Jawa Barat") is no indicator."""
    return any(code.count(".") <= 1 for code in authority.load().places.named(norm(name)))


def _with_region(name: str, above: Above, told: _Told) -> str | None:
    """The name with the region the table is about, where the document is of another."""
    if above.several:
        return None
    if not above.regions or told.region is None or split_region(name)[1] is not None:
        return name
    code = authority.load().places.parse(above.regions[0])
    return name if code in (told.region, None) else f"{name}, {above.regions[0]}"


def _of_regions(
    table: Table, rows: Sequence[int], at: int, indicator: str, told: _Told
) -> dict[int, str]:
    """One indicator by region: rows whose region is sure."""
    cells = {row: norm(table.rows[row][at]) if at < len(table.rows[row]) else "" for row in rows}
    typed = {_SCOPE.sub("", cell).strip() for cell in cells.values() if _SCOPE.match(cell)}
    found: dict[int, str] = {}
    for row, cell in cells.items():
        if not cell or _TOTAL.match(cell):
            continue
        code = _region_code(cell, told.region, shared=cell in typed)
        place = authority.load().place(code) if code else None
        if place is not None:
            found[row] = indicator if code == told.region else f"{indicator}, {place.name}"
    return found


def _region_code(cell: str, within: str | None, *, shared: bool) -> str | None:
    """The region a cell names; beside "Kota Serang" a bare "Serang" is the kabupaten."""
    places = authority.load().places
    if _SCOPE.match(cell):
        written = regions_in(cell)
        return written[0][0].code if len(written) == 1 else places.parse(cell)
    codes = [
        code
        for code in places.named(cell)
        if code.count(".") <= 1 and (within is None or code[:2] == within[:2])
    ]
    if shared and len(codes) > 1:
        codes = [c for c in codes if (p := places.place(c)) is not None and p.level != "kota"]
    return codes[0] if len(codes) == 1 else None


def _unit(printed: str | None, scanned: bool) -> str | None:
    """The unit as printed; on a scan only one whose words are units."""
    if not printed or not scanned or "%" in printed:
        return printed or None
    known = words()["units"]
    return printed if any(word in known for word in norm(printed).split()) else None


def _unit_in(name: str) -> str | None:
    match = _UNIT_IN.search(name)
    if match:
        return match.group(1)
    return "%" if norm(name).startswith(("persentase", "prosentase", "presentase")) else None


__all__: Sequence[str] = ["extract_indicators"]
