"""Antrean: one decision a press, taken back by another; readers see and change nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_base import make, of_sources
from streamlit.testing.v1 import AppTest

from kb.config import Settings
from kb.explore import open_kb
from kb.staff import Desk, accounts, sessions

Open = Callable[..., Any]


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    settings = Settings(tmp_path / "index")
    make(settings, tmp_path)
    monkeypatch.setenv("KB_HOME", str(settings.home))
    return settings


@pytest.fixture
def browse(base: Settings) -> Open:
    def open_page(who: str | None, **address: Any) -> Any:
        def script() -> None:
            from kb.web.pages import antrean

            antrean.show()

        app = AppTest.from_function(script, default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        if who is not None:
            made = accounts.add(base, who, "editor", "kata-sandi")
            app.session_state["kb_session"] = sessions.begin(base, made)
        return ran(app)

    return open_page


def ran(app: Any) -> Any:
    app.run()
    assert not app.exception, app.exception
    return app


def press(app: Any, letter: str) -> Any:
    next(b for b in app.button if b.key.startswith(f"queue_{letter}_")).click()
    return ran(app)


def told(app: Any) -> str:
    return "\n".join(str(h.proto.body) for h in app.get("html"))


def kinds(settings: Settings) -> list[tuple[str, str | None]]:
    with open_kb(settings) as kb:
        return [(c.kind, c.by) for c in kb.corrections()]


def test_numbers_are_decided_and_taken_back(base: Settings, browse: Open) -> None:
    app = browse("Ani", jenis="number")
    assert "95,00 persen" in told(app)
    assert "94,00 persen" in told(app)
    assert "1 menunggu keputusan" in told(app)
    press(app, "y")
    assert kinds(base) == [("indicator", "Ani")] * 2, "each of the two is printed so"
    assert "0 menunggu keputusan" in told(app)
    press(app, "u")
    assert kinds(base) == []
    assert "1 menunggu keputusan" in told(app)
    press(app, "1")
    with open_kb(base) as kb:
        (one,) = kb.corrections()
    assert one.summary.startswith("≠ Jalan Mantap 2024")


def test_an_issuer_is_chosen_or_left(base: Settings, browse: Open) -> None:
    Desk(base).set_field(3, "institution_id", None)  # a document that names nobody else
    app = browse("Ani", jenis="issuer")
    assert "Pertemuan Nelayan" in told(app)
    press(app, "s")
    assert "Pertemuan Nelayan" in told(app), "nothing else waits"
    press(app, "n")
    assert kinds(base)[0] == ("field", "Ani")
    assert "Tidak ada yang menunggu keputusan." in [s.value for s in app.success]


def test_one_that_was_decided_meanwhile_is_not_decided_again(base: Settings, browse: Open) -> None:
    app = browse("Ani", jenis="number")
    with open_kb(base) as kb:
        doubt: Any = kb.doubts("number").first
    Desk(base, "Beno").reject("indicator", doubt.about.disagreement.cells[0].number_id)
    press(app, "1")
    assert kinds(base) == [("indicator", "Beno")]
    assert "0 menunggu keputusan" in told(app)
    assert ["sudah diputuskan petugas lain" in w.value for w in app.warning] == [True]
    ran(app)
    assert not app.warning, "said once"


def test_new_documents_are_looked_at_mended_and_withdrawn(base: Settings, browse: Open) -> None:
    of_sources(base, portal=(1, 3, 5))
    app = browse("Ani", jenis="document")
    assert "Dokumen baru dari portal: keterangannya benar?" in told(app)
    for words in ("Perbaikan Jalan Provinsi Dipercepat", "Pemerintah Provinsi Banten", "5 Feb"):
        assert words in told(app)
    press(app, "e")
    app.text_input(key="doc_title").set_value("Jalan Provinsi Diperbaiki")
    app.text_input(key="doc_years").set_value("2025")
    next(b for b in app.button if b.key.startswith("save_document")).click()
    ran(app)
    assert "Jalan Provinsi Diperbaiki" in told(app), "it stays to be looked at"
    assert kinds(base) == [("field", "Ani")] * 2
    press(app, "u")
    assert kinds(base) == [], "both of what was saved at once"
    press(app, "y")
    assert not app.warning
    assert kinds(base) == [("seen", "Ani")]
    assert "2 menunggu keputusan" in told(app)
    press(app, "w")
    assert kinds(base)[0] == ("withdraw", "Ani")
    press(app, "u")
    assert [b.label for b in app.button if b.key.startswith("queue_a_")] == [
        "Semua 2 dari sumber ini sudah dilihat"
    ]
    press(app, "a")
    assert kinds(base) == [("seen", "Ani")] * 2
    assert "0 menunggu keputusan" in told(app)


def test_readers_see_the_door_alone(base: Settings, browse: Open) -> None:
    app = browse(None, jenis="number")
    assert [b.key for b in app.button if b.key.startswith("queue")] == []
    assert "Jalan Mantap" not in told(app)
    assert [i.value for i in app.info] == ["Halaman ini untuk petugas. Masuk dahulu."]


def test_an_account_for_reading_is_told_so(base: Settings) -> None:
    made = accounts.add(base, "Rina", "reader", "kata-sandi")

    def script() -> None:
        from kb.web.pages import antrean

        antrean.show()

    app = AppTest.from_function(script, default_timeout=60)
    app.session_state["kb_session"] = sessions.begin(base, made)
    ran(app)
    assert ["hanya untuk membaca" in i.value for i in app.info] == [True]
    assert [b.key for b in app.button if b.key.startswith("queue")] == []
