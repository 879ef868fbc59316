"""Widgets whose value lives in the address, while a reader goes on faster than pages are drawn."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kb.web import state

SECONDS = 60


def _script() -> None:
    import streamlit as st

    from kb.web import state

    st.text_input(
        "Kata", **state.bound("word", state.text("q") or "", lambda x: state.update({"q": x}))
    )


def _at(word: str) -> AppTest:
    at = AppTest.from_function(_script, default_timeout=SECONDS)
    at.query_params["q"] = word
    at.run()
    assert not at.exception
    return at


def _address(at: AppTest) -> list[str]:
    found = at.query_params["q"]
    return [found] if isinstance(found, str) else list(found)


def test_a_choice_is_written_to_the_address_and_stays_in_its_widget() -> None:
    at = _at("satu")
    (box,) = at.text_input
    for word in ("dua", "satu", "tiga"):
        at.text_input[0].set_value(word).run()
        assert _address(at) == [word]
        assert at.text_input[0].value == word
        assert at.text_input[0].id == box.id, "the focus is in it"


def test_what_a_browser_showed_before_is_not_written_over_where_a_reader_went() -> None:
    at = _at("satu")
    for word in ("dua", "satu", "dua"):
        at.text_input[0].set_value(at.text_input[0].value)
        before = at._tree  # its widgets tell their values until the next page is drawn
        at.query_params["q"] = word
        at.run()
        at._tree = before
        at.run()
        assert _address(at) == [word]
        assert at.text_input[0].value == word


def test_the_value_a_widget_was_given_is_no_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit tells it as one where a run was broken off before the widget was in it."""
    session: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", session)
    written: list[object] = []
    widget = state.bound("word", "satu", written.append)
    widget["on_change"]()
    assert written == []
    session[widget["key"]] = "dua"
    widget["on_change"]()
    assert written == ["dua"]
