"""Perbaiki on words of a page and on numbers: tagged, corrected, rejected where they are seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_base import make
from streamlit.testing.v1 import AppTest

from kb.config import Settings
from kb.explore import open_kb
from kb.explore import views as v
from kb.staff import Desk, accounts, sessions

pytestmark = pytest.mark.slow

SARI, BAGUS = "person:sari-wulandari", "person:bagus-pradana"
Open = Callable[..., Any]


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    settings = Settings(tmp_path / "index")
    make(settings, tmp_path)
    monkeypatch.setenv("KB_HOME", str(settings.home))
    return settings


@pytest.fixture
def browse(base: Settings) -> Open:
    """Opens a page as an editor in the mode (``reader``: as nobody) with things in the session."""

    def open_page(page: str, *, reader: bool = False, session: Any = None, **address: Any) -> Any:
        def script(page: str) -> None:
            from importlib import import_module

            import_module(f"kb.web.pages.{page}").show()

        app = AppTest.from_function(script, kwargs={"page": page}, default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        app.session_state["kb_mending"] = True
        for name, value in (session or {}).items():
            app.session_state[name] = value
        if not reader:
            made = accounts.add(base, "Ani", "editor", "kata-sandi")
            app.session_state["kb_session"] = sessions.begin(base, made)
        return ran(app)

    return open_page


def ran(app: Any) -> Any:
    app.run()
    assert not app.exception, app.exception
    return app


def told(app: Any) -> str:
    return "\n".join(str(h.proto.body) for h in app.get("html"))


def field(app: Any, key: str) -> Any:
    return next(w for w in (*app.text_input, *app.selectbox) if w.key.startswith(key))


def press(app: Any, key: str) -> Any:
    next(b for b in app.button if b.key.startswith(key)).click()
    return ran(app)


def page(base: Settings, document: int = 1) -> v.PageView:
    with open_kb(base) as kb:
        return kb.page(document, 1)


def picked(text: str, words: str, *, whole: bool = False) -> dict[str, Any]:
    """What the script tells of words of the first page of the first document."""
    told = {"page": "1/1", "start": text.index(words), "words": words, "whole": whole}
    return {"kb_picked": told}


def named(base: Settings, words: str) -> v.MentionView:
    return next(m for m in page(base).mentions if words in m.surface)


def test_untagged_words_name_somebody_known(base: Settings, browse: Open) -> None:
    text = page(base).text
    app = browse("dokumen", session=picked(text, " rumah sakit "), id="1")
    assert "“rumah sakit”" in told(app)
    assert "belum bertanda." in told(app)
    field(app, "words_who").set_value("institution:dinkes@36")
    press(app, "save_words")
    mention = named(base, "rumah sakit")
    assert (mention.entity_id, mention.surface) == ("institution:dinkes@36", "rumah sakit")
    assert "kb_picked" not in app.session_state
    with open_kb(base) as kb:
        assert [(c.kind, c.by) for c in kb.corrections()] == [("mention", "Ani")]


def test_untagged_words_name_somebody_new(base: Settings, browse: Open) -> None:
    app = browse("dokumen", session=picked(page(base).text, "pasien"), id="1")
    who = field(app, "words_who")
    who.options.append("Rumah Pasien Ibu")  # typed: the test's widget knows its options alone
    who.set_value("Rumah Pasien Ibu")
    field(app, "words_kind").set_value("institution")
    press(app, "save_words")
    assert named(base, "pasien").name == "Rumah Pasien Ibu"
    with open_kb(base) as kb:
        assert [e.name for e in kb.entities("rumah pasien ibu").entities] == ["Rumah Pasien Ibu"]


def test_selected_words_are_a_statement_or_an_office(base: Settings, browse: Open) -> None:
    text = page(base).text
    words = "Gedung berlantai empat itu dibangun selama dua tahun"
    app = browse("dokumen", session=picked(text, words), id="1")
    field(app, "new_said_who_").set_value(BAGUS)
    press(app, "save_new_said_")
    (said,) = [s for s in page(base).statements if s.text == words]
    assert (said.speaker_id, said.kind, said.method) == (BAGUS, "indirect", "staff")
    app = browse("dokumen", session=picked(text, "dana daerah"), id="1")
    start = text.index("dana daerah")
    app.session_state[f"words_as_1_1_{start}_{start + len('dana daerah')}"] = "office"
    ran(app)
    who = field(app, "new_office_who_")
    who.options.append("Rina Kartika")  # typed
    who.set_value("Rina Kartika")
    field(app, "new_office_role_").set_value("Bendahara")
    press(app, "save_new_office_")
    with open_kb(base) as kb:
        assert [term.role for term in kb.entity("Rina Kartika").offices] == ["Bendahara"]
        assert {c.by for c in kb.corrections()} == {"Ani"}


def test_which_way_is_good_is_said_beside_the_numbers(base: Settings, browse: Open) -> None:
    press(browse("indikator", q="jalan mantap"), "turn_direction")
    assert "Jalan Mantap: makin kecil makin baik." in told(browse("indikator", q="jalan mantap"))
    reader = browse("indikator", reader=True, q="jalan mantap")
    assert not [b for b in reader.button if b.key == "turn_direction"]


def test_a_tag_gets_another_entity_or_is_none(base: Settings, browse: Open) -> None:
    text = page(base).text
    app = browse("dokumen", session=picked(text, "Bagus Pradana", whole=True), id="1")
    assert "ditandai sebagai Bagus Pradana" in told(app)
    field(app, "words_who").set_value(SARI)
    press(app, "save_words")
    assert named(base, "Bagus Pradana").entity_id == SARI
    app = browse("dokumen", session=picked(text, "Bagus Pradana", whole=True), id="1")
    press(app, "reject_words")
    assert not any("Bagus" in m.surface for m in page(base).mentions)
    for number in (1, 2):
        Desk(base).undo(number)
    assert named(base, "Bagus Pradana").entity_id == BAGUS


def test_selected_words_give_a_tag_its_right_span(base: Settings, browse: Open) -> None:
    app = browse("dokumen", session=picked(page(base).text, "Bagus"), id="1")
    press(app, "save_words")
    mention = named(base, "Bagus")
    assert (mention.surface, mention.entity_id) == ("Bagus", BAGUS)


@pytest.mark.parametrize(
    "wrong",
    [
        {"page": "1/1", "start": 0, "words": "kata yang tidak di sana", "whole": False},
        {"page": "2/1", "start": 0, "words": "BANTEN", "whole": False},
        {"page": "1/1", "start": "0", "words": 7, "whole": False},
        {"page": "1/1", "start": -5, "words": "SERANG", "whole": False},
        {"page": "1/1", "start": 10**9, "words": "SERANG", "whole": True},
    ],
)
def test_what_no_page_holds_is_not_offered(base: Settings, browse: Open, wrong: Any) -> None:
    app = browse("dokumen", session={"kb_picked": wrong}, id="1")
    assert "Pilih kata pada teks" in told(app)
    assert not [s for s in app.selectbox if s.key.startswith("words_who")]


def test_a_reader_picks_nothing(base: Settings, browse: Open) -> None:
    app = browse("dokumen", reader=True, session=picked(page(base).text, "pasien"), id="1")
    assert "Pilih kata pada teks" not in told(app)
    assert not [s for s in app.selectbox if s.key.startswith("words_who")]


def test_a_number_is_corrected_and_says_so(base: Settings, browse: Open) -> None:
    app = browse("indikator", session={"num_indicator": True}, q="jalan mantap")
    number = next(c.number_id for c in page(base, 6).indicators if c.value_text == "94,00")
    field(app, "which_indicator").set_value(number)
    ran(app)
    field(app, f"value_{number}").set_value("95,0")
    field(app, f"why_number_{number}").set_value("salah cetak")
    press(app, f"save_number_{number}")
    reader = browse("indikator", reader=True, q="jalan mantap")
    assert "Diperbaiki oleh Ani, lihat" in told(reader)
    assert "Angka: 94,00 → 95,0" in told(reader)
    with open_kb(base) as kb:
        assert kb.doubts().left["number"] == 0, "the documents agree now"
        assert kb.corrections()[0].reason == "salah cetak"


def test_a_number_of_a_page_is_none(base: Settings, browse: Open) -> None:
    app = browse("dokumen", session={"num_page_3": True}, id="5", hal="3")
    press(app, "reject_number")
    with open_kb(base) as kb:
        assert kb.page(5, 3).indicators == ()
        assert kb.corrections()[0].by == "Ani"
