"""Why a page has no text, as the reading notes say it."""

from __future__ import annotations

from kb.readers.unread import BROKEN, FAILED, LATE, OFF, note, reason
from kb.web.pages.dokumen import NO_TEXT
from kb.web.text import LANGUAGES, strings


def test_a_note_names_all_its_pages() -> None:
    assert note(LATE, [9, 3, 4, 5, 12]) == f"{LATE}: 3-5, 9, 12"


def test_each_page_knows_its_own_reason() -> None:
    notes = (note(LATE, [3, 4, 5]), "other words: 7", note(OFF, range(20, 400)))
    assert [reason(notes, page) for page in (2, 3, 5, 6, 7, 30, 399, 400)] == [
        None, LATE, LATE, None, None, OFF, OFF, None,
    ]  # fmt: skip


def test_every_reason_has_its_sentence_beside_the_page() -> None:
    assert set(NO_TEXT) == {LATE, FAILED, OFF, BROKEN}
    for language in LANGUAGES:
        said = [strings(language)[f"document.no_text{NO_TEXT[why]}"] for why in NO_TEXT]
        assert len(set(said)) == len(said)
