"""Make ``kb/authority/places.tsv.gz`` from the wilayah table of Kemendagri codes.

And ``place_words.txt.gz`` from that and ``place_aliases.toml``: the words of all names, ready
to use. Without a file only these are made again.

Source: https://github.com/cahyadsn/wilayah (``db/wilayah.sql``, MIT licence), codes by
Kepmendagri No 300.2.2-2138 Tahun 2025. Run again with a newer file to update::

    python tools/make_places.py path/to/wilayah.sql
"""

from __future__ import annotations

import gzip
import re
import sys
import tomllib
from pathlib import Path

from kb.authority.places import Places

FOLDER = Path(__file__).resolve().parent.parent / "kb" / "authority"
TARGET = FOLDER / "places.tsv.gz"
WORDS = FOLDER / "place_words.txt.gz"
ROW = re.compile(r"^\('([0-9.]+)','((?:[^']|'')*)'\)")
HEADER = (
    "# kode\tnama\n"
    "# source: https://github.com/cahyadsn/wilayah db/wilayah.sql, MIT licence,\n"
    "# Copyright (c) 2017-2025 Cahya DSN; codes by Kepmendagri No 300.2.2-2138 Tahun 2025\n"
)


def rows(sql: str) -> list[tuple[str, str]]:
    """Code and name of every region in the SQL dump, sorted by code."""
    found: dict[str, str] = {}
    for line in sql.splitlines():
        match = ROW.match(line)
        if match:
            name = " ".join(match[2].replace("''", "'").split())
            found[match[1]] = name.replace("Kabupaten Administrasi ", "Kabupaten ").replace(
                "Kota Administrasi ", "Kota "
            )
    return sorted(found.items())


def pack(regions: list[tuple[str, str]]) -> bytes:
    """Gzip of tab-separated lines; a village line repeats only the end of its code."""
    lines = []
    previous: list[str] = []
    for code, name in regions:
        parts = code.split(".")
        short = "." + parts[-1] if len(parts) == 4 and parts[:3] == previous[:3] else code
        previous = parts
        lines.append(f"{short}\t{name}\n")
    data = (HEADER + "".join(lines)).encode("utf-8")
    return gzip.compress(data, compresslevel=9, mtime=0)


def pack_words() -> bytes:
    """Gzip of the words of all names, one a line."""
    aliases = tomllib.loads((FOLDER / "place_aliases.toml").read_text(encoding="utf-8"))
    words = Places(TARGET.read_bytes(), aliases).words()
    return gzip.compress("\n".join(sorted(words)).encode("utf-8"), compresslevel=9, mtime=0)


def main(argv: list[str]) -> int:
    """Write the packed files and print their size in bytes."""
    if len(argv) > 2:
        print("usage: make_places.py [WILAYAH.SQL]", file=sys.stderr)
        return 2
    if len(argv) == 2:
        regions = rows(Path(argv[1]).read_text(encoding="utf-8"))
        TARGET.write_bytes(pack(regions))
        print(f"{len(regions)} regions, {TARGET.stat().st_size} bytes in {TARGET.name}")
    WORDS.write_bytes(pack_words())
    print(f"{WORDS.stat().st_size} bytes in {WORDS.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv))
