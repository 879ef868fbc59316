"""How printed numbers are told beside a figure that somebody stated."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def _script(period: str | None) -> None:
    from types import SimpleNamespace
    from typing import Any

    import streamlit as st

    from kb.explore.views import IndicatorCell
    from kb.web.parts.figures import beside

    cell = IndicatorCell(
        "target", 2022, 90.0, "90,00", 1, "IKU", None, 3, None, row=1, unit="persen"
    )
    pair: Any = SimpleNamespace(
        cell=cell, indicator="Jalan mantap", agreement="other_year", difference=None
    )
    claim: Any = SimpleNamespace(claim_id=1, pairs=(pair,), period=period, unit="persen")
    st.html(beside(claim))


@pytest.mark.parametrize(
    ("period", "told"), [("2026", "lain tahun"), (None, "tahun belum tentu sama")]
)
def test_a_year_that_nobody_said_is_not_called_another(period: str | None, told: str) -> None:
    at = AppTest.from_function(_script, kwargs={"period": period}, default_timeout=60)
    at.run()
    assert not at.exception
    shown = str(at.get("html")[0].proto.body)
    assert f">{told}<" in shown
    assert "90,00 persen" in shown
