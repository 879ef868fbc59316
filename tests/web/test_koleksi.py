"""Koleksi and the button that keeps something: for people with an account; links for all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_base import make
from streamlit.testing.v1 import AppTest

from kb.config import Settings
from kb.explore import open_kb
from kb.staff import accounts, sessions
from kb.staff.keeping import Keeper, Thing

Open = Callable[..., Any]


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    settings = Settings(tmp_path / "index")
    make(settings, tmp_path)
    accounts.add(settings, "Ani", "reader", "kata-sandi")
    accounts.add(settings, "Budi", "editor", "kata-sandi")
    monkeypatch.setenv("KB_HOME", str(settings.home))
    return settings


@pytest.fixture
def browse(base: Settings) -> Open:
    def open_page(page: str, who: str | None = None, *opened: str, **address: Any) -> Any:
        def script(page: str) -> None:
            from importlib import import_module

            import_module(f"kb.web.pages.{page}").show()

        app = AppTest.from_function(script, kwargs={"page": page}, default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        for name in opened:
            app.session_state[name] = True
        if who is not None:
            app.session_state["kb_session"] = sessions.begin(base, accounts.accounts(base)[who])
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


def test_a_reader_with_a_name_keeps_a_page_in_a_new_collection(
    base: Settings, browse: Open
) -> None:
    app = browse("dokumen", "Ani", "keep_page", id="5", hal="2")
    app.text_area(key="note_page").set_value("imunisasi <b>2024</b>")
    lists = app.multiselect(key="lists_page")
    lists.options.append("Kesehatan")  # typed: the test's widget knows its options alone
    lists.set_value(["Kesehatan"])
    press(app, "save_keep_page")
    ani = Keeper(base, "Ani")
    (one,) = ani.clips()
    assert (one.row.note, one.row.starred, one.spot.page) == ("imunisasi <b>2024</b>", True, 2)
    (number,) = one.collections
    shown = told(browse("koleksi", "Ani", id=str(number)))
    assert "Kesehatan" in shown
    assert "imunisasi &lt;b&gt;2024&lt;/b&gt;" in shown
    press(browse("koleksi", "Ani", id=str(number)), f"out_{one.row.id}")
    assert ani.collection(number).count == 0


def test_others_and_readers_see_what_is_theirs(base: Settings, browse: Open) -> None:
    ani = Keeper(base, "Ani")
    number = ani.make("Rahasia")
    thing = Thing("page", 5, 2)
    ani.keep(thing, starred=True, note="jangan bocor", collections=[number])
    for who in ("Budi", None):
        for address in ({"id": str(number)}, {}):
            shown = told(browse("koleksi", who, **address))
            assert "Rahasia" not in shown
            assert "jangan bocor" not in shown
    app = browse("dokumen", None, "keep_page", id="5", hal="2")
    assert not app.text_area
    assert "Bintang, catatan, dan koleksi perlu nama." in told(app)
    app.session_state["form_keep_page"] = "jangan"  # what no reader's page has
    ran(app)
    with open_kb(base) as kb:
        assert kb.page(5, 2).label == "II-1"
    assert [clip.row.owner for clip in Keeper(base, None).collection(number).clips] == ["Ani"]
    ani.change(number, shared=True)
    assert "jangan bocor" in told(browse("koleksi", "Budi", id=str(number)))
    assert f"out_{ani.clips()[0].row.id}" not in [
        b.key for b in browse("koleksi", "Budi", id=str(number)).button
    ]
