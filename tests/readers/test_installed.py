"""Programs that read what is not read here, where they are installed; a stand-in elsewhere
(``test_office.py``, ``test_holders.py``) shows how they are called."""

from __future__ import annotations

import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import docx
import pptx
import pytest

from kb.errors import ReadError
from kb.model import SourceDocument
from kb.readers import ReadOptions, Refused, read, read_whole
from kb.readers.archive import bsdtar
from kb.readers.office import soffice

OPTIONS = ReadOptions()
needs_bsdtar = pytest.mark.skipif(bsdtar() is None, reason="bsdtar (libarchive) is not installed")
needs_office = pytest.mark.skipif(soffice() is None, reason="LibreOffice is not installed")


def whole(path: Path) -> tuple[dict[str | None, SourceDocument], dict[str, str]]:
    found = list(read_whole(path, OPTIONS, lambda file: read(file, OPTIONS)))
    return (
        {one.part: one for one in found if isinstance(one, SourceDocument)},
        {one.part: one.reason for one in found if isinstance(one, Refused)},
    )


def letter(path: Path, *paragraphs: str) -> Path:
    """A whole Word file, as LibreOffice wants it."""
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    if len(paragraphs) > 1:
        table = made.add_table(2, 2, style="Table Grid")
        for cell, text in zip(table._cells, ("Indikator", "Target", "Stunting", "14"), strict=True):
            cell.text = text
        made.add_paragraph("Demikian.")
    made.save(str(path))
    return path


def rar(path: Path, name: str, content: bytes, locked: bool = False) -> Path:
    """A RAR 4 archive of one file that is stored as it is; ``locked`` says that all behind
    its head is ciphertext."""

    def block(kind: int, flags: int, rest: bytes) -> bytes:
        inside = struct.pack("<BHH", kind, flags, 7 + len(rest)) + rest
        return struct.pack("<H", zlib.crc32(inside) & 0xFFFF) + inside

    size, coded = len(content), name.encode()
    told = struct.pack("<LLBLLBBHL", size, size, 3, zlib.crc32(content), 0x58640000, 20, 0x30,
                       len(coded), 0x81A4)  # fmt: skip
    path.write_bytes(
        b"Rar!\x1a\x07\0"
        + block(0x73, 0x80 if locked else 0, bytes(6))
        + block(0x74, 0x8000, told + coded)
        + content
        + block(0x7B, 0x4000, b"")
    )
    return path


@needs_bsdtar
def test_rar(tmp_path: Path) -> None:
    documents, refused = whole(
        rar(tmp_path / "renja.rar", "isi/renja.txt", b"Rencana kerja dinas.")
    )
    assert refused == {}
    assert documents["isi/renja.txt"].pages[0].text == "Rencana kerja dinas."


@needs_bsdtar
def test_a_locked_rar_and_half_a_rar_are_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"^password needed"):
        whole(rar(tmp_path / "kunci.rar", "a.txt", b"rahasia", locked=True))
    path = rar(tmp_path / "potong.rar", "a.txt", b"isi " * 500)
    path.write_bytes(path.read_bytes()[:60])
    found = read_whole(path, OPTIONS, lambda file: read(file, OPTIONS))
    told = [next(found), next(found)]
    assert told[1] == Refused("...", "damaged: the rest of the archive cannot be unpacked.")
    with pytest.raises(ReadError, match="none of the 2 files in it could be read"):
        next(found)


@needs_bsdtar
def test_seven_zip(tmp_path: Path) -> None:
    program = bsdtar()
    assert program is not None
    folder = tmp_path / "paket"
    (folder / "2024").mkdir(parents=True)
    (folder / "2024" / "berita.txt").write_text("Jalan provinsi diperbaiki.", encoding="utf-8")
    letter(folder / "surat.docx", "Isi surat dinas.")
    (folder / "film.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(range(256)))
    (folder / "tautan.txt").symlink_to("/etc/hostname")
    path = tmp_path / "paket.7z"
    subprocess.run([program, "-c", "--format=7zip", "-f", path, "-C", folder, "."], check=True)
    documents, refused = whole(path)
    assert set(documents) == {"2024/berita.txt", "surat.docx"}
    assert documents["surat.docx"].pages[0].text == "Isi surat dinas."
    assert set(refused) == {"film.mp4"}


def turned(path: Path, into: str) -> Path:
    """The file in the old format, written by LibreOffice itself; skips where it cannot."""
    program = soffice()
    assert program is not None
    profile = (path.parent / "profil").as_uri()
    subprocess.run(
        [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", into,
         "--outdir", str(path.parent / "lama"), str(path)],
        check=True, stdin=subprocess.DEVNULL, capture_output=True,
    )  # fmt: skip
    made = path.parent / "lama" / f"{path.stem}.{into}"
    if not made.is_file():
        pytest.skip(f"this LibreOffice does not write .{into}: a part of it is not installed")
    return made


@pytest.mark.slow
@needs_office
def test_old_word(tmp_path: Path) -> None:
    lines = ("Laporan Kinerja Dinas Pertanian", "Produksi padi naik tiga persen — 2023.")
    made = letter(tmp_path / "lkjip.docx", *lines)
    documents, refused = whole(turned(made, "doc"))
    assert refused == {}
    (found,) = documents.values()
    assert found.format == "doc"
    (new,) = read(made, OPTIONS)
    assert [page.text for page in found.pages] == [page.text for page in new.pages]
    assert all(line in found.pages[0].text for line in (*lines, "Indikator"))


@pytest.mark.slow
@needs_office
def test_old_slides(tmp_path: Path) -> None:
    shown = pptx.Presentation()
    for title in ("Paparan satu", "Paparan dua"):
        slide = shown.slides.add_slide(shown.slide_layouts[5])
        slide.shapes.title.text = title
    shown.save(str(tmp_path / "paparan.pptx"))
    (found,) = whole(turned(tmp_path / "paparan.pptx", "ppt"))[0].values()
    assert found.format == "ppt"
    assert [page.text for page in found.pages] == ["Paparan satu", "Paparan dua"]


@pytest.mark.slow
@needs_office
def test_an_old_file_that_libreoffice_cannot_open_is_told(tmp_path: Path) -> None:
    made = letter(tmp_path / "a.docx", "isi " * 2000)
    old = turned(made, "doc")
    data = bytearray(old.read_bytes())
    data[1024:] = bytes(len(data) - 1024)  # the directory of streams is gone
    broken = shutil.copy(old, tmp_path / "rusak.doc")
    Path(broken).write_bytes(data)
    with pytest.raises(ReadError):
        whole(Path(broken))
