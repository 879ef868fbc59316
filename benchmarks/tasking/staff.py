"""What staff come to do."""

from __future__ import annotations

import tempfile

from tasking.hand import Hand, Task

NAME, PASSWORD = "Ani", "kata-sandi-ani"


def come_in(hand: Hand) -> None:
    hand.start()
    hand.menu("Kelola")
    hand.fill("Nama", NAME, enter=False)
    hand.fill("Kata sandi pengelola", PASSWORD)
    hand.sees("Masuk sebagai")


def mending(hand: Hand, path: str) -> None:
    """Signed in and with the switch on, which stays on: not counted again."""
    counted = hand.clicks, hand.keys, hand.fields
    come_in(hand)
    hand.start(path)
    hand.page.get_by_role("switch", name="Perbaiki").press("Space")
    hand.settle()
    hand.clicks, hand.keys, hand.fields = counted


def no_statement(hand: Hand) -> None:
    mending(hand, "pernyataan?q=jalan")
    hand.click('[class*="st-key-mend_said"] button')
    hand.button("Ini bukan pernyataan", settle=False)  # what it says does not stay
    hand.sees("Tersimpan sebagai perbaikan")


def another_speaker(hand: Hand) -> None:
    mending(hand, "pernyataan?q=jalan")
    hand.click('[class*="st-key-mend_said"] button')
    hand.click(hand.page.get_by_role("combobox", name="Pembicara").last)
    hand.page.keyboard.insert_text("Hilmansyah")
    hand.fields += 1
    hand.press("Enter")
    hand.button("Simpan")
    hand.sees("Diperbaiki oleh Ani")


def a_title(hand: Hand) -> None:
    mending(hand, "dokumen?id=1")
    hand.button("Perbaiki keterangan")
    hand.fill("Judul", "Judul yang benar")
    hand.sees("Judul yang benar")


def no_office(hand: Hand) -> None:
    mending(hand, "entitas?id=person%3Abagas-tirtamarta")
    hand.click('[class*="st-key-mend_office"] button')
    hand.button("Jabatan ini keliru", settle=False)
    hand.sees("Tersimpan sebagai perbaikan")


def wrong_number(hand: Hand) -> None:
    mending(hand, "indikator?q=stunting")
    hand.button("Perbaiki angka")
    hand.click(hand.page.get_by_role("combobox", name="Angka yang mana"))
    hand.press("Enter")
    hand.button("Angka ini keliru", settle=False)
    hand.sees("Tersimpan sebagai perbaikan")


def one_decision(hand: Hand) -> None:
    mending(hand, "antrean")
    before = hand.page.locator("h2").first.inner_text()
    hand.press("s")
    hand.page.locator("h2").first.filter(has_not_text=before).wait_for()


def undo(hand: Hand) -> None:
    no_office(hand)
    hand.clicks = 0
    hand.menu("Kelola")
    hand.click(hand.page.get_by_role("button", name="Batalkan"))


def a_file(hand: Hand) -> None:
    come_in(hand)
    hand.clicks = hand.keys = hand.fields = 0
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("Pengumuman\n\nDinas Kesehatan membuka posko di Lebak pada 3 Mei 2025.\n")
        file.flush()
        hand.page.locator('input[type="file"]').set_input_files(file.name)
        hand.clicks += 2  # the button and the file in the system's window
        hand.settle()
        hand.button("Masukkan", exact=True)
        hand.page.get_by_text("Selesai: 1 baru").wait_for(timeout=180_000)


def what_is_there(hand: Hand) -> None:
    come_in(hand)
    hand.clicks = hand.keys = hand.fields = 0
    hand.sees("Isi basis menurut jenis dan tahun")


TASKS = (
    Task("S1", "coming in", come_in),
    Task("S2", "a sentence that is no statement", no_statement),
    Task("S3", "another speaker", another_speaker),
    Task("S4", "a document's title", a_title),
    Task("S5", "an office that nobody held", no_office),
    Task("S6", "a number that was misread", wrong_number),
    Task("S7", "the next decision of the queue", one_decision),
    Task("S8", "taking a decision back", undo),
    Task("S9", "bringing a file in", a_file),
    Task("S10", "what the base holds, by kind and year", what_is_there),
)
