"""Whose number each row of a table holds: the indicator, with its region where it is another's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb import authority
from kb.authority import norm
from kb.describe.captions import Above, is_indicator
from kb.describe.column_roles import PLAIN, Grid
from kb.describe.data_tables import data_names
from kb.describe.indicator_names import split_region
from kb.describe.regions import regions_in
from kb.describe.row_names import names_beside, row_names, told_apart
from kb.describe.told import Told
from kb.model import Table

_SCOPE = re.compile(r"^(?:kabupaten|kab|kota|provinsi|prov)\b")
_TOTAL = re.compile(r"^(?:jumlah|total|rata rata|rerata)\b")


def cell_of(row: Sequence[str], columns: Sequence[int]) -> str:
    """The first filled cell of the row in these columns, else an empty string."""
    return next((" ".join(row[i].split()) for i in columns if i < len(row) and row[i]), "")


def names_of(table: Table, grid: Grid, above: Above, told: Told) -> dict[tuple[int, int], str]:
    """The indicator of each row that has one, by row and the column that names it."""
    name_at, region_at = grid.at("name"), grid.at("region")
    if name_at:
        named: dict[tuple[int, int], str] = {}
        if grid.data is not None:
            found = data_names(table.rows, grid.body, grid.data, grid.at("unit"), grid.at("value"))
            return {
                (row, name_at[0]): whole
                for row, name in found.items()
                if not _is_place(name) and (whole := with_region(name, above, told))
            }
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
                whole = with_region(name, above, told)
                if whole and not _is_place(name):
                    named[(row, at)] = whole
        return named
    if above.indicator is None:
        return {}
    rows = [r for r in grid.body if cell_of(table.rows[r], grid.at("value"))]
    if region_at:
        return {
            (row, -1): name
            for row, name in _of_regions(table, rows, region_at[0], above.indicator, told).items()
        }
    told_by = [
        (cell_of(table.rows[r], grid.at("years")), cell_of(table.rows[r], grid.at("kinds")))
        for r in rows
    ]
    if len(set(told_by)) < len(told_by):
        return {}  # rows that neither year nor kind tells apart are of several things
    one = with_region(above.indicator, above, told)
    return dict.fromkeys([(row, -1) for row in rows], one) if one else {}


def _is_place(name: str) -> bool:
    """The end of a name that ran over rows ("... masyarakat | Jawa Barat") is no indicator."""
    return any(code.count(".") <= 1 for code in authority.load().places.named(norm(name)))


def with_region(name: str, above: Above, told: Told) -> str | None:
    """The name with the region the table is about, where the document is of another."""
    if above.several:
        return None
    if not above.regions or told.region is None or split_region(name)[1] is not None:
        return name
    code = authority.load().places.parse(above.regions[0])
    return name if code in (told.region, None) else f"{name}, {above.regions[0]}"


def _of_regions(
    table: Table, rows: Sequence[int], at: int, indicator: str, told: Told
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
