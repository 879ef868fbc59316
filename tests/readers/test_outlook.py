"""Messages of Outlook: what is in them is read, what is not in them is told."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from outlook_files import Tree, compound, outlook

from kb.errors import ReadError
from kb.model import SourceDocument
from kb.readers import ReadOptions, Refused, opened, read, read_whole

SUBJECT, SENDER, ADDRESS, SENT, BODY, HTML, RICH = 0x37, 0xC1A, 0xC1F, 0x39, 0x1000, 0x1013, 0x1009
OPTIONS = ReadOptions()
MOMENT = (
    datetime(2024, 3, 4, 1, 30, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)
).total_seconds()


def whole(path: Path) -> tuple[dict[str | None, SourceDocument], dict[str, str]]:
    found = list(read_whole(path, OPTIONS, lambda file: read(file, OPTIONS)))
    return (
        {one.part: one for one in found if isinstance(one, SourceDocument)},
        {one.part: one.reason for one in found if isinstance(one, Refused)},
    )


def test_a_message_with_its_files(tmp_path: Path) -> None:
    long = "Notulen rapat panen raya. " * 400  # over 4096 bytes: kept in sectors of its own
    tree = outlook(
        {
            SUBJECT: "Undangan rapat panen raya",
            SENDER: "Humas Lebak",
            ADDRESS: "humas@lebak.example",
            SENT: MOMENT,
            BODY: "Rapat diadakan di Desa Sukamaju.\r\nMohon hadir.",
        },
        people=["Camat Sukamaju", "Kepala Desa"],
        files=[("notulen.txt", long.encode()), ("", b"%PDF-1.4 rusak"), ("peta jalan.txt", None)],
    )
    path = compound(tmp_path / "undangan.msg", tree)
    documents, refused = whole(path)
    own = documents[None]
    assert (own.format, own.title) == ("msg", "Undangan rapat panen raya")
    assert own.published == "2024-03-04T01:30:00+00:00"
    text = own.pages[0].text
    assert 'Dari: "Humas Lebak" <humas@lebak.example>' in text
    assert "Kepada: Camat Sukamaju, Kepala Desa" in text
    assert text.endswith("Rapat diadakan di Desa Sukamaju.\nMohon hadir.")
    assert documents["notulen.txt"].pages[0].text.startswith("Notulen rapat panen raya.")
    assert set(refused) == {"lampiran-2.bin", "peta jalan.txt"}
    assert refused["peta jalan.txt"].startswith("unsupported: only a link to it")
    with opened(path, "notulen.txt", OPTIONS) as file:
        assert file.read_bytes() == long.encode()


def test_a_message_attached_to_a_message_is_read(tmp_path: Path) -> None:
    inner = outlook(
        {SUBJECT: "Laporan banjir", SENDER: "BPBD", SENT: MOMENT, BODY: "Banjir di Kota Serang."},
        files=[("rincian.txt", b"Dua kecamatan terendam.")],
        inside=True,
    )
    outer = outlook({SUBJECT: "Terusan", BODY: "Diteruskan."}, files=[("", inner)])
    documents, refused = whole(compound(tmp_path / "terusan.msg", outer))
    assert refused == {}
    within = documents["Laporan banjir.eml"]
    assert within.title == "Laporan banjir"
    assert within.pages[0].text.endswith("Banjir di Kota Serang.")
    assert within.published == "2024-03-04T01:30:00+00:00"
    assert documents["Laporan banjir.eml/rincian.txt"].pages[0].text == "Dua kecamatan terendam."


def test_messages_within_messages_end(tmp_path: Path) -> None:
    tree: Tree = outlook({SUBJECT: "0", BODY: "isi terdalam"}, inside=True)
    for number in range(1, 6):
        tree = outlook({SUBJECT: str(number), BODY: "isi"}, files=[("", tree)], inside=number < 5)
    _, refused = whole(compound(tmp_path / "a.msg", tree))
    assert any("too many" in reason for reason in refused.values())


def test_text_as_html_alone_and_a_sender_of_the_own_office(tmp_path: Path) -> None:
    tree = outlook(
        {
            SUBJECT: "Edaran",
            SENDER: "Sekretaris",
            ADDRESS: "/O=KANTOR/OU=PUSAT/CN=SEKRETARIS",
            HTML: b"<p>Apel pukul <b>tujuh</b>.</p><p>Wajib.</p>",
        }
    )
    own = whole(compound(tmp_path / "a.msg", tree))[0][None]
    assert own.pages[0].text.endswith("Apel pukul tujuh.\n\nWajib.")
    assert own.metadata["author"] == "Sekretaris"


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    tree = outlook({SUBJECT: "Edaran", RICH: b"\x10\0\0\0LZFu packed"})
    own = whole(compound(tmp_path / "kaya.msg", tree))[0][None]
    assert own.warnings == ("the text of the message is there as rich text only: save it as EML",)
    tree = outlook({SUBJECT: "Edaran", BODY: "isi", SENDER: "Humas"})
    tree[f"__substg1.0_{BODY:04X}001F"] = b"\x00\xd8"  # half a character
    own = whole(compound(tmp_path / "rusak.msg", tree))[0][None]
    assert own.warnings == ("the text of the message cannot be read",)
    (tmp_path / "potong.msg").write_bytes((tmp_path / "rusak.msg").read_bytes()[:1500])
    with pytest.raises(ReadError, match=r"^damaged"):
        whole(tmp_path / "potong.msg")
