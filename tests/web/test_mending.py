"""Perbaiki: editors mend a wrong thing where they see it, under their name; readers cannot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_base import make
from streamlit.testing.v1 import AppTest

from kb.access import hash_password
from kb.config import Settings
from kb.explore import open_kb
from kb.explore import views as v
from kb.staff import Desk, accounts, sessions
from kb.web.parts.judging import term_key

pytestmark = pytest.mark.slow

BAGUS = "person:bagus-pradana"
Open = Callable[..., Any]


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    settings = Settings(tmp_path / "index")
    make(settings, tmp_path)
    monkeypatch.setenv("KB_HOME", str(settings.home))
    return settings


@pytest.fixture
def browse(base: Settings) -> Open:
    """Opens a page as the editor ``who`` (a reader: ``None``), with the mode on and parts open."""

    def open_page(page: str, who: str | None = None, *opened: str, **address: Any) -> Any:
        def script(page: str) -> None:
            from importlib import import_module

            import_module(f"kb.web.pages.{page}").show()

        app = AppTest.from_function(script, kwargs={"page": page}, default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        app.session_state["kb_mending"] = True
        for name in opened:
            app.session_state[name] = True
        if who is not None:
            made = accounts.accounts(base).get(who) or accounts.add(
                base, who, "editor", "kata-sandi"
            )
            app.session_state["kb_session"] = sessions.begin(base, made)
        return ran(app)

    return open_page


def ran(app: Any) -> Any:
    app.run()
    assert not app.exception, app.exception
    return app


def told(app: Any) -> str:
    return "\n".join(str(h.proto.body) for h in app.get("html"))


def press(app: Any, key: str) -> Any:
    next(b for b in app.button if b.key == key).click()
    return ran(app)


def field(app: Any, key: str) -> Any:
    return next(w for w in (*app.text_input, *app.selectbox) if w.key == key)


def first_said(base: Settings) -> v.StatementView:
    with open_kb(base) as kb:
        return kb.statements(limit=1).statements[0]


def with_another(base: Settings) -> tuple[v.StatementView, str]:
    """A statement of a document that names somebody else too."""
    with open_kb(base) as kb:
        for said in kb.statements(limit=10).statements:
            for named in kb.document(said.document_id).entities:
                if named.type == "person" and named.entity_id != said.speaker_id:
                    return said, named.entity_id
    raise AssertionError("no document names two")


def test_a_statement_gets_its_right_speaker_and_says_who_mended_it(
    base: Settings, browse: Open
) -> None:
    said, other = with_another(base)
    number = said.statement_id
    app = browse("pernyataan", "Ani", f"mend_said_{number}")
    field(app, f"who_{number}").set_value(other)
    field(app, f"why_said_{number}").set_value("salah baca")
    press(app, f"save_said_{number}")
    with open_kb(base) as kb:
        now = next(s for s in kb.statements(limit=50).statements if s.text == said.text)
        assert now.speaker_id == other
        (one,) = kb.corrections()
    assert (one.kind, one.by, one.reason) == ("statement", "Ani", "salah baca")
    page = told(browse("pernyataan"))
    assert "Diperbaiki oleh Ani, lihat" in page
    assert f"Pembicara: {said.speaker} →" in page
    assert "Alasan: salah baca" in page


def test_what_is_no_statement_is_rejected(base: Settings, browse: Open) -> None:
    said = first_said(base)
    app = browse("pernyataan", "Ani", f"mend_said_{said.statement_id}")
    press(app, f"reject_said_{said.statement_id}")
    assert first_said(base).text != said.text


def test_an_office_is_rejected_or_changed_on_the_officials_page(
    base: Settings, browse: Open
) -> None:
    with open_kb(base) as kb:
        terms = kb.entity(BAGUS).offices
    at = next(term_key(term) for term in terms if term.wordings)
    app = browse("entitas", "Ani", f"mend_office_{at}", id=BAGUS)
    field(app, f"status_{at}").set_value("mantan")
    press(app, f"save_office_{at}")
    with open_kb(base) as kb:
        changed = kb.entity(BAGUS).offices
        assert any(term.status == "mantan" for term in changed)
    assert "Diperbaiki oleh Ani, lihat" in told(browse("entitas", id=BAGUS))
    at = next(term_key(term) for term in changed if term.status == "mantan")
    press(browse("entitas", "Ani", f"mend_office_{at}", id=BAGUS), f"reject_office_{at}")
    with open_kb(base) as kb:
        assert all(term.status != "mantan" for term in kb.entity(BAGUS).offices)
        assert [c.kind for c in kb.corrections()] == ["office", "office"]
        desk = Desk(base)
        for one in kb.corrections()[::-1]:
            desk.undo(one.correction_id)
    with open_kb(base) as kb:
        assert kb.entity(BAGUS).offices == terms


def test_a_documents_description_is_mended_and_nonsense_is_refused(
    base: Settings, browse: Open
) -> None:
    app = browse("dokumen", "Ani", "mend_document", id="1")
    field(app, "doc_date").set_value("kemarin")
    app = press(app, "save_document")
    assert "2024-03-15" in app.error[0].value
    field(app, "doc_date").set_value("2021-02-03")
    field(app, "doc_years").set_value("2021, 2022")
    field(app, "doc_number").set_value("Nomor 7 Tahun 2021")
    field(app, "doc_issuer").set_value("Dinas Perikanan")
    press(app, "save_document")
    with open_kb(base) as kb:
        now = kb.document(1)
        assert (now.date, now.years, now.number) == (
            "2021-02-03",
            (2021, 2022),
            "Nomor 7 Tahun 2021",
        )
        assert now.institution == "Dinas Perikanan"
        assert {c.by for c in kb.corrections()} == {"Ani"}
    assert "Diperbaiki oleh Ani, lihat" in told(browse("dokumen", id="1"))


def test_the_second_of_two_editors_is_told(base: Settings, browse: Open) -> None:
    said = first_said(base)
    key = f"mend_said_{said.statement_id}"
    other = "indirect" if said.kind == "direct" else "direct"
    beno = browse("pernyataan", "Beno", key)
    ani = browse("pernyataan", "Ani", key)
    field(ani, f"kind_{said.statement_id}").set_value(other)
    press(ani, f"save_said_{said.statement_id}")
    beno = press(beno, f"reject_said_{said.statement_id}")
    (told_him,) = beno.warning
    assert "Tidak tersimpan" in told_him.value
    assert "Ani" in told_him.value
    assert first_said(base).kind == other, "what was decided first stands"
    with open_kb(base) as kb:
        assert [c.by for c in kb.corrections()] == ["Ani"]
    press(beno, f"reject_said_{said.statement_id}")
    with open_kb(base) as kb:
        assert [c.by for c in kb.corrections()] == ["Beno", "Ani"], "he looked, and decided"


def test_readers_have_no_part_of_it(base: Settings, browse: Open) -> None:
    said = first_said(base)
    with open_kb(base) as kb:
        at = term_key(next(term for term in kb.entity(BAGUS).offices if term.wordings))
    for page, opened, address in (
        ("pernyataan", f"mend_said_{said.statement_id}", {}),
        ("entitas", f"mend_office_{at}", {"id": BAGUS}),
        ("dokumen", "mend_document", {"id": "1"}),
    ):
        app = browse(page, None, opened, **address)
        assert not [b for b in app.button if b.key and b.key.startswith(("save_", "reject_"))]
        assert not [w for w in app.toggle if w.key == "mend_mode"]


def test_an_account_that_is_gone_or_has_another_password_is_out(
    base: Settings, browse: Open
) -> None:
    app = browse("dokumen", "Ani", id="1")
    assert [w for w in app.toggle if w.key == "mend_mode"]
    accounts.add(base, "Ani", "editor", "kata-sandi-baru")
    assert not [w for w in ran(app).toggle if w.key == "mend_mode"]
    app = browse("dokumen", "Beno", id="1")
    accounts.remove(base, "Beno")
    assert not [w for w in ran(app).toggle if w.key == "mend_mode"]


def test_who_comes_in_by_which_door(base: Settings, browse: Open) -> None:
    accounts.add(base, "Sari Dewi", "editor", "kata-sandi-sari")
    hashed = hash_password("kata-sandi-lama")
    (base.home / "kb.toml").write_text(f'admin_hash = "{hashed}"\n', encoding="utf-8")
    for name, password, words in (
        ("Sari Dewi", "kata-sandi-lama", "Kata sandi salah."),
        ("Entah", "kata-sandi-sari", "Kata sandi salah."),
        ("Sari Dewi", "kata-sandi-sari", "Sari Dewi"),
        ("", "kata-sandi-lama", "petugas"),
    ):
        app = browse("kelola")
        app.text_input(key="admin_name").input(name)
        app.text_input(key="admin_password").input(password)
        next(b for b in app.button if b.label == "Masuk").click()
        app = ran(app)
        shown = [*(str(m.value) for m in app.markdown), *(e.value for e in app.error)]
        assert any(words in one for one in shown), name
        may = [b for b in app.button if b.label == "Masukkan"]
        assert bool(may) is (name == ""), "an editor brings nothing in"
    app = press(app, "leave")
    assert app.text_input(key="admin_password")


def test_documents_about_another_of_the_name_are_split_off(base: Settings, browse: Open) -> None:
    sari = "person:sari-wulandari"
    app = browse("entitas", "Ani", "mend", id=sari)
    which = next(w for w in app.multiselect if w.key == f"split_which_{sari}")
    assert len(which.options) == 4
    assert not any(":" in option.partition(" · ")[0] for option in which.options), "no ids"
    which.set_value([4])
    ran(app)
    field(app, f"split_who_{sari}").set_value("-")
    ran(app)
    field(app, "split_why").set_value("kepala Bappeda, bukan gubernur")
    press(app, "mend_split")
    with open_kb(base) as kb:
        (one,) = kb.corrections()
        both = [e for e in kb.entities("Sari Wulandari").entities if e.mentions]
        other = next(kb.entity(e.entity_id) for e in both if e.entity_id != sari)
        assert [d.document_id for d in other.documents] == [4]
        assert [term.role for term in other.offices] == ["Kepala"]
        assert "Kepala" not in {term.role for term in kb.entity(sari).offices}
    assert (one.kind, one.by, one.reason) == ("split", "Ani", "kepala Bappeda, bukan gubernur")
    Desk(base).undo(one.correction_id)
    with open_kb(base) as kb:
        assert {d.document_id for d in kb.entity(sari).documents} == {1, 2, 3, 4}


def test_two_are_merged_where_one_sees_them(base: Settings, browse: Open) -> None:
    desk = Desk(base, "Budi")
    desk.tag(1, 1, *_words(base, "Gedung berlantai"), "Bagus P.", kind="person")
    with open_kb(base) as kb:
        other = kb.entity("Bagus P.").summary.entity_id
    app = browse("entitas", "Ani", "mend", id=BAGUS)
    find = next(w for w in app.text_input if w.key.startswith("merge_find_"))
    find.set_value("Bagus")
    ran(app)
    next(w for w in app.selectbox if w.key.startswith("merge_with_")).set_value(other)
    ran(app)
    shown = told(app)
    assert "Yang akan menyatu" in shown
    assert "Keduanya disebut bersama di 1 halaman." in shown
    press(app, "merge_do")
    with open_kb(base) as kb:
        assert kb.entity("Bagus P.").summary.entity_id == BAGUS
        latest = kb.corrections()[0]
    assert (latest.kind, latest.by) == ("merge", "Ani")


def test_another_name_is_added_and_a_wrong_one_taken_away(base: Settings, browse: Open) -> None:
    app = browse("entitas", "Ani", "mend", id=BAGUS)
    field(app, f"alias_new_{BAGUS}").set_value("Uda Beni")
    field(app, "alias_why").set_value("nama panggilan")
    ran(app)
    app = press(app, "alias_add")
    with open_kb(base) as kb:
        assert kb.entity("Uda Beni").summary.entity_id == BAGUS
        (one,) = kb.corrections()
    assert (one.kind, one.by, one.reason) == ("alias", "Ani", "nama panggilan")
    assert "Uda Beni" in told(app)
    field(app, f"alias_wrong_{BAGUS}").set_value("Uda Beni")
    ran(app)
    press(app, "alias_remove")
    with open_kb(base) as kb:
        assert "Uda Beni" not in kb.entity(BAGUS).summary.aliases


def test_a_name_that_another_bears_is_refused_in_a_sentence(base: Settings, browse: Open) -> None:
    app = browse("entitas", "Ani", "mend", id=BAGUS)
    field(app, f"alias_new_{BAGUS}").set_value("Tono Raharja")
    ran(app)
    app = press(app, "alias_add")
    assert any("merge" in e.value or "gabung" in e.value.casefold() for e in app.error)
    with open_kb(base) as kb:
        assert kb.corrections() == ()


def _words(base: Settings, words: str) -> tuple[int, int]:
    with open_kb(base) as kb:
        start = kb.page(1, 1).text.index(words)
    return start, start + len(words)


def test_a_document_is_taken_out_with_a_reason(base: Settings, browse: Open) -> None:
    app = browse("dokumen", "Ani", "mend_take_out", id="1")
    press(app, "take_out")
    assert "Tulis alasannya" in app.error[0].value
    field(app, "why_take_out").set_value("dibantah sumbernya")
    press(app, "take_out")
    with open_kb(base) as kb:
        assert kb.document(1).withdrawn
        (one,) = kb.corrections()
    assert (one.kind, one.by, one.reason) == ("withdraw", "Ani", "dibantah sumbernya")
    assert "mend_take_out" not in [b.key for b in browse("dokumen", id="2").button]


def test_the_record_says_where_who_when_and_what_was_taken_back(
    base: Settings, browse: Open
) -> None:
    desk = Desk(base, "Beno")
    first = desk.set_field(1, "years", [2020], reason="tahun keliru").number
    desk.look_at({2: None, 3: None}, source="portal")
    of_title = desk.look_at({1: None}).number
    app = browse("kelola", "Ani")
    assert "3 keputusan" in told(app)
    assert "2 dokumen dari portal" in told(app)
    for words in ("Keterangan", "Sudah dilihat", "Beno", "tahun keliru"):
        assert words in told(app)
    assert told(app).count('href="dokumen?id=1"') == 2
    press(app, f"undo_{first}")
    assert "2 keputusan" in told(app)
    assert "tahun keliru" not in told(app)
    app = browse("kelola", "Ani", batal="1")
    assert "tahun keliru" in told(app)
    assert "dibatalkan oleh Ani" in told(app)
    assert f"undo_{of_title}" in [b.key for b in app.button]
    assert f"undo_{first}" not in [b.key for b in app.button]
