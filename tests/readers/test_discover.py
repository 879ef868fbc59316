"""Every file below a named folder is to be read, or left out with a reason."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kb.readers import discover


def touch(folder: Path, *names: str, content: bytes = b"isi teks biasa") -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def test_each_file_is_read_or_left_out_with_its_kind(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt", "b/LAPORAN.XLSX", "c.pptx", "foto.JPG", "arsip.zip", "tanpaakhiran")
    touch(tmp_path, "laporan.unduhan", content=b"%PDF-1.4 isi")
    touch(tmp_path, "film.mp4", "data.xyz", "gambar.gif", content=bytes(range(256)))
    touch(tmp_path, "gaya.css", ".git/HEAD", ".rahasia", "~$a.docx", "Thumbs.db", "b.pdf.part")
    touch(tmp_path, "hal.html", "hal_files/logo.png")
    found = discover([tmp_path])
    assert {file.relative_to(tmp_path).as_posix() for file in found.files} == {
        "a.txt", "b/LAPORAN.XLSX", "c.pptx", "foto.JPG", "arsip.zip", "tanpaakhiran",
        "laporan.unduhan", "hal.html",
    }  # fmt: skip
    kinds = {Path(one.path).name: (one.kind, one.harmless) for one in found.skipped}
    assert kinds == {
        "film.mp4": ("unsupported", False),
        "data.xyz": ("unsupported", False),
        "gambar.gif": ("unsupported", False),
        "gaya.css": ("apart", True),
        ".git": ("hidden", True),
        ".rahasia": ("hidden", True),
        "~$a.docx": ("leaving", True),
        "Thumbs.db": ("leaving", True),
        "b.pdf.part": ("leaving", True),
        "hal_files": ("apart", True),
    }
    assert all(one.reason.startswith(one.kind) for one in found.skipped)
    assert "a film" in next(one.reason for one in found.skipped if one.path.endswith(".mp4"))


def test_links_are_not_followed(tmp_path: Path) -> None:
    touch(tmp_path, "luar.txt", "in/dalam.txt", "lain/c.txt")
    links = {"keluar.txt": "../luar.txt", "ke.txt": "dalam.txt", "mati.txt": "tiada",
             "folder": "../lain", "putar": "."}  # fmt: skip
    for name, target in links.items():
        (tmp_path / "in" / name).symlink_to(target)
    found = discover([tmp_path / "in"])
    assert [file.name for file in found.files] == ["dalam.txt"]
    told = {Path(one.path).name: one for one in found.skipped}
    assert {one.kind for one in told.values()} == {"link"}
    assert {name for name, one in told.items() if one.harmless} == {"ke.txt", "putar"}
    assert "out of the folder" in told["keluar.txt"].reason
    assert [f.name for f in discover([tmp_path / "in" / "keluar.txt"]).files] == ["keluar.txt"]


@pytest.mark.skipif(os.name != "posix", reason="pipes and users of POSIX")
def test_pipes_and_closed_folders_are_said(tmp_path: Path, nobody: dict[str, object]) -> None:
    touch(tmp_path, "a.txt", "tutup/b.txt")
    os.mkfifo(tmp_path / "pipa.txt")
    (tmp_path / "tutup").chmod(0)
    tmp_path.chmod(0o755)
    script = (
        "import sys; from kb.readers import discover\n"
        "found = discover([sys.argv[1]])\n"
        "print([f.name for f in found.files], sorted((s.kind, s.path[-8:]) for s in found.skipped))"
    )
    for folder in [tmp_path, *tmp_path.parents]:
        # pytest's folders are closed to others; a parallel run has one more of them.
        if nobody and folder.stat().st_uid == 0 and "pytest-" in str(folder):
            folder.chmod(0o755)
    try:
        answer = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path)],
            capture_output=True, text=True, check=True, env=dict(os.environ), **nobody,  # type: ignore[call-overload]
        )  # fmt: skip
    finally:
        (tmp_path / "tutup").chmod(0o755)
    assert answer.stdout.strip() == (
        "['a.txt'] [('no access', '/0/tutup'), ('not a file', 'pipa.txt')]".replace(
            "/0/tutup", str(tmp_path / "tutup")[-8:]
        )
    )
