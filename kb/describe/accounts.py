"""Tables of a budget or a balance sheet: their amounts are no values of indicators."""

from __future__ import annotations

import re

from kb.authority import norm
from kb.model import Table

BUDGET = re.compile(
    r"\b(?:laporan realisasi anggaran|laporan operasional|laporan arus kas|neraca"
    r"|perubahan ekuitas|perubahan saldo|realisasi (?:anggaran )?(?:pendapatan|belanja)"
    r"|(?:ringkasan|penjabaran|rincian) (?:perubahan )?(?:apbd|anggaran)|alokasi (?:per )?"
    r"(?:sasaran|anggaran)|alokasi anggaran|penyerapan anggaran)\b"
)
"""A table of money of a budget: its amounts are no indicators."""
_NAMED = re.compile(r"\bindikator\b|\biku\b")
_ACCOUNT = re.compile(
    r"^(?:[\d. ]+)?(?:belanja|pendapatan|pembiayaan|penerimaan|pengeluaran|surplus|transfer|beban"
    r"|aset|kewajiban|ekuitas|dana (?:alokasi|bagi)|hasil (?:pajak|retribusi|pengelolaan)"
    r"|lain lain|retribusi|pajak)\b"
)


def is_budget(table: Table) -> bool:
    """True for a table whose rows are accounts of a budget or a balance sheet."""
    head = " ".join(norm(cell) for row in table.rows[: table.header_rows] for cell in row)
    if _NAMED.search(head):
        return False
    rows = [next((norm(c) for c in row if re.search(r"[^\W\d_]{3}", c)), "")
            for row in table.rows[table.header_rows :]]  # fmt: skip
    accounts = sum(bool(_ACCOUNT.match(name)) for name in rows)
    return accounts >= 3 and accounts >= 0.4 * sum(bool(name) for name in rows)
