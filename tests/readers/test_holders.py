"""Archives and messages are folders: each file inside is read, or refused with its reason."""

from __future__ import annotations

import io
import os
import stat
import tarfile
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from office_files import docx, paragraph

from kb.errors import ReadError
from kb.model import SourceDocument
from kb.readers import ReadOptions, Refused, opened, read, read_whole
from kb.readers.archive import Budget, shown_name

OPTIONS = ReadOptions()
PAGE = (
    "<html><head><title>Panen Raya</title></head><body><h1>Panen Raya</h1><p>LEBAK - Bupati "
    "membuka panen raya di Desa Sukamaju bersama para petani dan penyuluh.</p></body></html>"
)


def whole(path: Path) -> tuple[dict[str | None, SourceDocument], dict[str, str]]:
    """Documents and reasons by part."""
    found = list(read_whole(path, OPTIONS, lambda file: read(file, OPTIONS)))
    return (
        {one.part: one for one in found if isinstance(one, SourceDocument)},
        {one.part: one.reason for one in found if isinstance(one, Refused) and not one.harmless},
    )


def packed(path: Path, files: dict[str, bytes | str], **options: int) -> Path:
    with zipfile.ZipFile(path, "w", **options) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_zip_is_a_folder(tmp_path: Path) -> None:
    inner = packed(tmp_path / "inner.zip", {"c.txt": "isi c dalam arsip"})
    letter = docx(tmp_path / "surat.docx", paragraph("Isi surat dinas."))
    path = packed(
        tmp_path / "paket.zip",
        {
            "2024/berita.html": PAGE,
            "2024/surat.docx": letter.read_bytes(),
            "lagi.zip": inner.read_bytes(),
            "data.csv": "judul,isi\nSatu,Isi satu\nDua,Isi dua\n",
            "film.mp4": b"\0\0\0\x18ftypmp42" + bytes(range(256)),
            "rusak.pdf": b"%PDF-1.4 rusak",
            "__MACOSX/._berita.html": b"\0\5\x16\7",
            "gaya.css": "a{}",
        },
    )
    documents, refused = whole(path)
    assert set(documents) == {
        "2024/berita.html", "2024/surat.docx", "lagi.zip/c.txt", "data.csv#1", "data.csv#2",
    }  # fmt: skip
    assert {document.path for document in documents.values()} == {str(path)}
    assert documents["2024/surat.docx"].format == "docx"
    assert set(refused) == {"film.mp4", "rusak.pdf"}
    assert refused["film.mp4"].startswith("unsupported")
    assert refused["rusak.pdf"].startswith(("damaged", "empty"))


def test_a_file_inside_can_be_opened_again(tmp_path: Path) -> None:
    inner = packed(tmp_path / "inner.zip", {"c.txt": "isi c"})
    path = packed(tmp_path / "a.zip", {"b/lagi.zip": inner.read_bytes()})
    with opened(path, "b/lagi.zip/c.txt", OPTIONS) as file:
        assert file.read_text() == "isi c"
    assert not file.exists()
    with opened(inner, None, OPTIONS) as file:
        assert file == inner


def test_names_that_lead_out_write_nothing_there(tmp_path: Path) -> None:
    folder = tmp_path / "dalam"
    folder.mkdir()
    path = packed(folder / "jahat.zip", {"../../keluar.txt": "isi", "/etc/jahat.txt": "isi dua"})
    documents, _ = whole(path)
    assert set(documents) == {"keluar.txt", "etc/jahat.txt"}
    assert {file.name for file in tmp_path.rglob("*")} == {"dalam", "jahat.zip"}
    assert shown_name("a\\..\\b\x1b[2J.txt") == "a/b_[2J.txt"


def test_bombs_are_refused_one_by_one(tmp_path: Path) -> None:
    path = packed(
        tmp_path / "bom.zip",
        {"nol.txt": b"0" * (70 << 20), "baik.txt": "isi yang baik"},
        compression=zipfile.ZIP_DEFLATED,
    )
    documents, refused = whole(path)
    assert set(documents) == {"baik.txt"}
    assert refused["nol.txt"].startswith("too much memory")
    with pytest.raises(ReadError, match="too much memory"):
        Budget(left=5).spend(6)


def test_archives_within_archives_end(tmp_path: Path) -> None:
    path = packed(tmp_path / "0.zip", {"a.txt": "isi terdalam"})
    for number in range(1, 5):
        path = packed(tmp_path / f"{number}.zip", {f"{number - 1}.zip": path.read_bytes()})
    with pytest.raises(ReadError, match="too many archives within archives"):
        whole(path)


def test_locked_member(tmp_path: Path) -> None:
    data = bytearray(packed(tmp_path / "a.zip", {"a.txt": "isi", "b.txt": "isi b"}).read_bytes())
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(mark) + at] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    documents, refused = whole(tmp_path / "a.zip")
    assert set(documents) == {"b.txt"}
    assert refused["a.txt"].startswith("password needed")


def test_empty_and_broken_archives(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"^empty: no file is in it"):
        whole(packed(tmp_path / "kosong.zip", {}))
    with pytest.raises(ReadError, match=r"^unsupported.*\(a\.mp4\)"):
        whole(packed(tmp_path / "satu.zip", {"a.mp4": bytes(range(256))}))


def test_tar(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as archive:
        for name in ("a.txt", "../b.txt"):
            info = tarfile.TarInfo(name)
            info.size = 8
            archive.addfile(info, io.BytesIO(b"isi teks"))
        link = tarfile.TarInfo("tautan")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert set(whole(tmp_path / "a.tar.gz")[0]) == {"a.txt", "b.txt"}


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")
def test_rar_is_read_by_bsdtar_or_says_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.rar"
    path.write_bytes(b"Rar!\x1a\x07\x01\x00" + bytes(40))
    monkeypatch.setenv("KB_BSDTAR", "kb-has-no-such-program")
    with pytest.raises(ReadError, match="libarchive-tools"):
        whole(path)
    program = tmp_path / "bsdtar"
    program.write_text(
        '#!/bin/sh\nfor out; do :; done\nmkdir "$out/b"; echo isi > "$out/b/a.txt"\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("KB_BSDTAR", str(program))
    assert set(whole(path)[0]) == {"b/a.txt"}


def message() -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Humas Lebak <humas@lebak.example>"
    mail["To"] = "redaksi@koran.example"
    mail["Subject"] = "Siaran pers: panen raya"
    mail["Date"] = "Mon, 04 Mar 2024 08:30:00 +0700"
    mail.set_content("Terlampir siaran pers tentang panen raya di Desa Sukamaju.")
    mail.add_attachment(PAGE.encode(), maintype="text", subtype="html", filename="rilis panen.html")
    mail.add_attachment(b"\x89PNG rusak", maintype="image", subtype="png", filename="foto.png")
    return mail


def test_message_with_files(tmp_path: Path) -> None:
    outer = EmailMessage()
    outer["Subject"] = "Terusan"
    outer["From"] = outer["To"] = "a@lebak.example"
    outer.set_content("Diteruskan.")
    outer.add_attachment(message())
    (tmp_path / "a.eml").write_bytes(message().as_bytes())
    documents, refused = whole(tmp_path / "a.eml")
    own = documents[None]
    assert (own.title, own.published) == ("Siaran pers: panen raya", "2024-03-04T08:30:00+07:00")
    assert "Dari: Humas Lebak <humas@lebak.example>" in own.pages[0].text
    assert own.pages[0].text.endswith("panen raya di Desa Sukamaju.")
    assert documents["rilis panen.html"].title == "Panen Raya"
    assert set(refused) == {"foto.png"}
    (tmp_path / "b.eml").write_bytes(outer.as_bytes())
    inside = "Siaran pers: panen raya.eml"
    assert set(whole(tmp_path / "b.eml")[0]) == {None, inside, f"{inside}/rilis panen.html"}


def test_message_of_html_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(
        b"From: a@x.example\r\nSubject: =?utf-8?q?Rapat_=E2=80=93_besok?=\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: text/html; charset=iso-8859-1\r\n\r\n<p>Rapat pukul 9.</p><p>Caf\xe9.</p>"
    )
    (own,) = whole(path)[0].values()
    assert own.title == "Rapat – besok"
    assert own.pages[0].text.endswith("Rapat pukul 9.\n\nCafé.")


def test_web_page_saved_as_one_file(tmp_path: Path) -> None:
    path = tmp_path / "a.mht"
    path.write_text(
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://lebak.example/berita/1\n"
        "Subject: Panen Raya\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: text/html\n\n'
        f"{PAGE}\n--x\nContent-Type: image/png\nContent-Location: https://lebak.example/a.png\n\n"
        "abc\n--x--\n"
    )
    (found,) = whole(path)[0].values()
    assert (found.title, found.address) == ("Panen Raya", "https://lebak.example/berita/1")
    assert found.pages[0].text.startswith("LEBAK - Bupati")
