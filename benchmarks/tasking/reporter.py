"""What a reporter comes to do."""

from __future__ import annotations

from tasking.hand import Hand, Task, long_document


def who_said(hand: Hand) -> None:
    hand.start()
    hand.menu("Pernyataan")
    hand.fill("Topik atau kata", "jalan")
    hand.page.locator(".kb-speaker").first.wait_for()


def very_sentence(hand: Hand) -> None:
    who_said(hand)
    hand.click('a.kb-where[href*="dokumen"]')
    hand.page.locator(".kb-chosen").first.wait_for()


def copy_with_address(hand: Hand) -> None:
    who_said(hand)
    hand.click('[class*="st-key-cite_"] button')
    hand.sees("/p/")


def career(hand: Hand) -> None:
    hand.start()
    hand.search("Bagas Tirtamarta")
    hand.click('a[href*="entitas?id=person"]')
    hand.sees("Jabatan dari masa ke masa")


def line_of_a_life(hand: Hand) -> None:
    career(hand)
    hand.click(hand.page.get_by_role("link", name="Linimasa").last)
    hand.page.locator("a.dot").first.wait_for()


def a_leaked_list(hand: Hand) -> None:
    hand.start("banyak")
    names = "Bagas Tirtamarta\nHilmansyah Darojat\nDinas Kesehatan Provinsi Banten\nZamrud Kencana"
    hand.fill(hand.page.locator("textarea"), names, enter=False)
    hand.button("Cari semuanya")
    hand.sees("dari 4 baris disebut")
    hand.click(".st-key-export button")
    assert hand.save(lambda: hand.button("Unduh XLSX")).startswith(b"PK")


def said_against_printed(hand: Hand) -> None:
    hand.start()
    hand.menu("Klaim")
    hand.click(hand.page.get_by_role("combobox", name="Angka dalam dokumen"))
    hand.click(hand.page.get_by_role("option", name="Angka berbeda"))
    hand.page.locator(".kb-agree-differs").first.wait_for()


def find_in_document(hand: Hand) -> None:
    hand.start(f"dokumen?id={long_document(hand)}&hal=1")
    hand.press("/")
    hand.page.keyboard.insert_text("anggaran")
    hand.fields += 1
    hand.press("Enter")
    hand.page.evaluate("document.activeElement?.blur()")
    hand.press("n", "n")
    hand.sees("halaman cocok ke-")


def who_with_whom(hand: Hand) -> None:
    career(hand)
    hand.page.locator(".kb-net").wait_for()
    picture = hand.page.locator("figure.kb-chart:has(.kb-net) [data-chart=png]")
    assert hand.save(lambda: hand.click(picture)).startswith(b"\x89PNG")


def on_paper(hand: Hand) -> None:
    who_said(hand)
    hand.keys += 1  # Ctrl-P, which a browser without a screen has no window for
    assert hand.page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


TASKS = (
    Task("R1", "who said something of the roads", who_said),
    Task("R2", "a statement in its document, at the very sentence", very_sentence),
    Task("R3", "a quotation with the address to check it at", copy_with_address),
    Task("R4", "which offices a person held", career),
    Task("R5", "what happened around a person, in order", line_of_a_life),
    Task("R6", "a list of names: who is in what document, as a file", a_leaked_list),
    Task("R7", "what was said that the documents do not say", said_against_printed),
    Task("R8", "the third place of a word in a long plan", find_in_document),
    Task("R9", "who appears with whom, as a picture", who_with_whom),
    Task("R10", "statements on paper", on_paper),
)
