"""How printed numbers are told beside a figure that somebody stated."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def _script(agreement: str) -> None:
    from types import SimpleNamespace
    from typing import Any

    import streamlit as st

    from kb.explore.views import IndicatorCell
    from kb.web.parts.figures import beside

    cell = IndicatorCell(
        "target", 2022, 90.0, "90,00", 1, "IKU", None, 3, None, row=1, unit="persen"
    )
    pair: Any = SimpleNamespace(
        cell=cell, indicator="Jalan mantap", agreement=agreement, difference=None
    )
    claim: Any = SimpleNamespace(claim_id=1, pairs=(pair,), unit="persen")
    st.html(beside(claim))


@pytest.mark.parametrize(
    ("agreement", "told"),
    [("other_year", "lain tahun"), ("year_unsaid", "tahun belum tentu sama")],
)
def test_a_year_that_nobody_said_is_not_called_another(agreement: str, told: str) -> None:
    at = AppTest.from_function(_script, kwargs={"agreement": agreement}, default_timeout=60)
    at.run()
    assert not at.exception
    shown = str(at.get("html")[0].proto.body)
    assert f">{told}<" in shown
    assert "90,00 persen" in shown
