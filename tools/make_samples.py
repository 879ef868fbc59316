"""Makes the demo corpus in ``sample_docs/`` from the texts and data in ``tools/samples/``.

    python tools/make_samples.py [FOLDER]

The same texts give the same files, byte for byte, with the same versions of
reportlab, Pillow and zlib. All of it comes with the program.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from samples.corpus import build


def main(arguments: list[str]) -> int:
    """Write every file of the corpus below the folder named, say how many."""
    root = Path(__file__).resolve().parent.parent
    target = Path(arguments[0]) if arguments else root / "sample_docs"
    count = total = 0
    for name, data in build():
        file = target / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.is_file() or file.read_bytes() != data:
            file.write_bytes(data)
        count, total = count + 1, total + len(data)
    print(f"{count} files, {total / 1024:.0f} KiB in {target}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
