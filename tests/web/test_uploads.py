"""Uploaded files are kept by what they hold, under names no file system refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.web.jobs import harmless_name, save_upload


def test_two_files_of_one_name_stay_two(tmp_path: Path) -> None:
    one = save_upload(tmp_path, "laporan.html", b"demam berdarah")
    two = save_upload(tmp_path, "laporan.html", b"panen padi")
    again = save_upload(tmp_path, "laporan.html", b"demam berdarah")
    assert one != two
    assert one == again
    assert (one.name, two.name) == ("laporan.html", "laporan.html")
    assert {one.read_bytes(), two.read_bytes()} == {b"demam berdarah", b"panen padi"}
    assert len([file for file in tmp_path.rglob("*") if file.is_file()]) == 2


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("laporan.pdf", "laporan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Data\\a<b>.pdf", "a_b_.pdf"),
        ("", "upload"),
        ("...", "upload"),
        (".pdf", "pdf"),
        ("Bab I. Pendahuluan dan lain-lain", "Bab I. Pendahuluan dan lain-lain"),
    ],
)
def test_names_are_harmless(name: str, kept: str) -> None:
    assert harmless_name(name) == kept


@pytest.mark.parametrize("name", ["a" * 400 + ".pdf", "é" * 300 + ".docx", "字" * 200 + ".txt"])
def test_long_names_are_no_error(tmp_path: Path, name: str) -> None:
    path = save_upload(tmp_path, name, b"isi")
    assert path.read_bytes() == b"isi"
    assert path.suffix == Path(name).suffix
    assert len(path.name.encode()) <= 161
