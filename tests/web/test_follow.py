"""``Ikuti`` and the reader's page of what is followed, without a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_base import make
from streamlit.testing.v1 import AppTest

from kb.alerts import book
from kb.alerts.matching import DONE, match
from kb.catalog.schema_alerts import follows
from kb.catalog.writes_files import set_meta
from kb.config import Settings

Open = Callable[..., AppTest]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    made = Settings(tmp_path / "index")
    make(made, tmp_path)
    monkeypatch.setenv("KB_HOME", str(made.home))
    return made


def page(token: str = "", key: str = "") -> AppTest:
    """The page of what is followed, as one visit sees it."""

    def script() -> None:
        from kb.web.frame import page
        from kb.web.pages import ikuti

        page(ikuti.show)()

    at = AppTest.from_function(script, default_timeout=60)
    if token:
        at.session_state["kb_list"] = token
    if key:
        at.query_params["k"] = key
    at.run()
    assert not at.exception
    return at


def words(at: Any) -> str:
    texts = [str(h.proto.body) for h in at.get("html")]
    return "\n".join([*texts, *(m.value for m in at.markdown), *(i.value for i in at.info)])


def offer(token: str = "") -> AppTest:
    """What the button beside a search opens."""

    def script() -> None:
        from kb.web.parts import follow

        follow._offer("search", {"query": "jalan"}, "jalan")

    at = AppTest.from_function(script, default_timeout=60)
    if token:
        at.session_state["kb_list"] = token
    return at.run()


def test_a_search_is_followed_by_one_click(settings: Settings) -> None:
    at = offer()
    at.button(key="follow_add").click().run()
    assert not at.exception
    (held,) = book.all_lists(settings)
    assert [(f.kind, dict(f.query)) for f in held.follows] == [("search", {"query": "jalan"})]
    assert at.session_state["kb_list"] == held.token
    assert "sudah ada di daftar" in words(offer(held.token))


def test_what_is_new_since_the_last_visit(settings: Settings) -> None:
    held = book.begin(settings)
    number = held.follower.id
    follow = book.follow(settings, number, "search", {"query": "jalan"}, "Jalan <rusak>")
    assert "belum ada yang baru" in words(page(held.token))

    def as_if_new(connection: Any) -> None:
        set_meta(connection, DONE, "0")
        connection.execute(follows.update().values(since=0))

    book.write(settings, as_if_new)
    assert match(settings).matches > 0
    seen = page(held.token)
    assert "Perbaikan Jalan Provinsi Dipercepat" in words(seen)
    assert "baru sejak terakhir dilihat" in words(seen)
    assert "Jalan &lt;rusak&gt;" in words(seen)
    assert "Perbaikan Jalan" in words(seen.run())  # still there while this visit lasts
    assert "belum ada yang baru" in words(page(held.token))  # and seen in the next one
    seen.button(key=f"unfollow_{follow.id}").click().run()
    assert book.by_number(settings, number).follows == ()


def test_a_link_opens_the_list_and_leaves_the_address(settings: Settings) -> None:
    held = book.begin(settings)
    book.follow(settings, held.follower.id, "entity", {"entity": "person:x"}, "Sari Wulandari")
    at = page(key=held.token)
    assert "Sari Wulandari" in words(at)
    assert "k" not in at.query_params
    assert "belum mengikuti apa-apa" in words(page())
    assert "tidak berlaku" in page(key="1-" + "0" * 32).warning[0].value
