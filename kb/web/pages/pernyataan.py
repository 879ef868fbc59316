"""Pernyataan: who said what, when, in which office, with the source to quote."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kb.model import StatementKind
from kb.web import state
from kb.web.base import kb
from kb.web.frame import heading
from kb.web.parts import charts
from kb.web.parts.cards import num, statement_card
from kb.web.parts.download import download
from kb.web.safe import md, plain
from kb.web.state import PAGE_SIZE, t

KINDS = ("all", "direct", "indirect")


def _asked() -> dict[str, Any]:
    kind = state.choice("bentuk", KINDS, "all")
    chosen: StatementKind | None = "direct" if kind == "direct" else None
    if kind == "indirect":
        chosen = "indirect"
    return {
        "speaker": state.entity("tokoh") or state.text("pembicara").strip() or None,
        "institution": state.entity("lembaga") or state.text("lembaga").strip() or None,
        "date_from": state.iso_date("dari"),
        "date_to": state.iso_date("sampai"),
        "kind": chosen,
    }


def _speaker_text(value: object) -> None:
    state.update({"pembicara": str(value).strip() or None, "tokoh": None, "p": None})


def _form(query: str) -> None:
    st.text_input(
        t("statements.query"),
        type="search",
        icon=":material/search:",
        max_chars=state.MAX_QUERY,
        **state.bound("said_q", query, lambda x: state.update({"q": str(x), "p": None})),
    )
    person = state.entity("tokoh")
    name = (
        kb().entity(person, statements=0, documents=0, co_occurring=0).summary.name
        if person
        else ""
    )
    set_ = any(state.text(n) for n in ("tokoh", "pembicara", "lembaga", "bentuk", "dari", "sampai"))
    more = st.expander(t("search.filters"), icon=":material/tune:", expanded=set_)
    columns = more.columns([3, 3, 2, 2, 2], gap="small")
    with columns[0]:
        st.text_input(
            t("statements.speaker"),
            max_chars=200,
            **state.bound("said_by", plain(name) or state.text("pembicara"), _speaker_text),
        )
    with columns[1]:
        st.text_input(
            t("statements.institution"),
            max_chars=200,
            **state.bound(
                "said_at",
                state.text("lembaga"),
                lambda x: state.update({"lembaga": str(x).strip() or None, "p": None}),
            ),
        )
    with columns[2]:
        st.selectbox(
            t("statements.kind"),
            KINDS,
            format_func=lambda k: t(f"statements.kind_{k}"),
            **state.bound(
                "said_kind",
                state.choice("bentuk", KINDS, "all"),
                lambda k: state.update({"bentuk": None if k == "all" else str(k), "p": None}),
            ),
        )
    for column, parameter, label in (
        (columns[3], "dari", "statements.from"),
        (columns[4], "sampai", "statements.to"),
    ):
        with column:
            st.text_input(
                t(label),
                placeholder="2024-01",
                max_chars=10,
                **state.bound(
                    f"said_{parameter}", state.iso_date(parameter) or "", _date_writer(parameter)
                ),
            )


def _date_writer(parameter: str) -> Any:
    def write(value: object) -> None:
        state.update({parameter: str(value).strip() or None, "p": None})

    return write


def _to_speaker(entity: str) -> None:
    state.update({"tokoh": entity, "pembicara": None, "p": None})


def show() -> None:
    """The page."""
    heading(t("statements.title"), t("statements.intro"))
    query = state.text("q").strip()
    _form(query)
    asked = _asked()
    number = state.whole("p", 1, high=100_000)
    offset = (number - 1) * PAGE_SIZE
    result = kb().statements(query or None, **asked, limit=PAGE_SIZE, offset=offset)
    if not result.total:
        st.markdown(t("statements.none"))
        return
    if not result.statements:
        state.update({"p": None})
        st.rerun()
    with st.sidebar:
        st.markdown(f"**{t('statements.per_year')}**")
        years = [(y.year, y.count) for y in result.per_year]
        st.altair_chart(
            charts.year_bars(years, year=t("search.year"), count=t("statements.title")).properties(
                height=130
            )
        )
        st.markdown(f"**{t('statements.speakers')}**")
        with st.container(key="plain_speakers", gap=None):
            for position, speaker in enumerate(result.speakers[:12]):
                st.button(
                    f"{md(speaker.name)} :gray[{num(speaker.count)}]",
                    key=f"speaker_{position}",
                    type="tertiary",
                    on_click=_to_speaker,
                    args=(speaker.entity_id,),
                )
        if state.entity("tokoh"):
            st.button(
                t("statements.clear_speaker"),
                icon=":material/close:",
                on_click=state.update,
                args=({"tokoh": None, "p": None},),
            )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            t(
                "statements.result",
                first=num(offset + 1),
                last=num(offset + len(result.statements)),
                total=num(result.total),
            )
        )
        with st.popover(t("search.export"), icon=":material/download:"):
            download("statements", query or None, asked)
    for position, statement in enumerate(result.statements):
        statement_card(statement, f"said_{position}", query or None)
        box = st.popover(
            t("statements.copy"),
            icon=":material/format_quote:",
            type="tertiary",
            on_change="rerun",
            key=f"cite_{statement.statement_id}",
        )
        if box.open:
            with box:
                citation = kb().cite(statement.document_id, statement=statement.statement_id)
                st.code(plain(citation.plain), language=None, wrap_lines=True)
                st.code(plain(citation.bibtex), language=None, wrap_lines=True)
    pages = -(-result.total // PAGE_SIZE)
    if pages > 1:
        with st.container(horizontal_alignment="center"):
            turned = st.pagination(pages, default=min(number, pages), key=f"said_pages_{number}")
        if turned != min(number, pages):
            state.update({"p": turned if turned > 1 else None})
            st.rerun()
