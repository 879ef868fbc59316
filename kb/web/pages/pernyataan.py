"""Pernyataan: who said what, when, in which office, with the source to quote."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import streamlit as st

from kb.explore import views as v
from kb.model import Facet, Sort, StatementKind
from kb.web import state
from kb.web.base import kb
from kb.web.frame import heading
from kb.web.parts import charts
from kb.web.parts.cards import day, num, statement_card
from kb.web.parts.download import download
from kb.web.safe import md, plain
from kb.web.state import PAGE_SIZE, t

KINDS = ("all", "direct", "indirect")
SORTS: tuple[Sort, ...] = ("newest", "oldest")
LISTED = 12
PARAMETERS = {
    "speaker": ("tokoh", "pembicara"),
    "institution": ("lembaga",),
    "kind": ("bentuk",),
    "date": ("dari", "sampai"),
}
"""Filters, and what they are called in the address."""


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


def _set(changes: dict[str, str | None]) -> None:
    state.update({**changes, "p": None})


def _named(parameter: str) -> str:
    """What the box of a filter shows: the entity's name, or the words typed."""
    entity = state.entity(parameter)
    if entity is None:
        return state.text(parameter)
    page = kb().entity(entity, statements=0, documents=0, co_occurring=0)
    return plain(page.summary.name)


def _form(query: str) -> None:
    st.text_input(
        t("statements.query"),
        type="search",
        icon=":material/search:",
        placeholder="",
        max_chars=state.MAX_QUERY,
        **state.bound("said_q", query, lambda x: _set({"q": str(x)})),
    )
    set_ = any(state.text(name) for names in PARAMETERS.values() for name in names)
    more = st.expander(t("search.filters"), icon=":material/tune:", expanded=set_)
    columns = more.columns([3, 3, 2, 2, 2], gap="small")
    with columns[0]:
        st.text_input(
            t("statements.speaker"),
            max_chars=200,
            **state.bound(
                "said_by",
                _named("tokoh") or state.text("pembicara"),
                lambda x: _set({"pembicara": str(x).strip() or None, "tokoh": None}),
            ),
        )
    with columns[1]:
        st.text_input(
            t("statements.institution"),
            max_chars=200,
            **state.bound(
                "said_at",
                _named("lembaga"),
                lambda x: _set({"lembaga": str(x).strip() or None}),
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
                lambda k: _set({"bentuk": None if k == "all" else str(k)}),
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
                    f"said_{parameter}", state.iso_date(parameter) or "", _writer(parameter)
                ),
            )


def _writer(parameter: str) -> Callable[[object], None]:
    return lambda value: _set({parameter: str(value).strip() or None})


def show() -> None:
    """The page."""
    heading(t("statements.title"), t("statements.intro"))
    query = state.text("q").strip()
    _form(query)
    asked = _asked()
    sort = next((s for s in SORTS if s == state.text("urut")), SORTS[0])
    number = state.whole("p", 1, high=100_000)
    offset = (number - 1) * PAGE_SIZE
    result = kb().statements(query or None, **asked, sort=sort, limit=PAGE_SIZE, offset=offset)
    _chips()
    if not result.total:
        st.markdown(t("statements.none"))
        _advice(result.advice)
        return
    if not result.statements:
        state.update({"p": None})
        st.rerun()
    with st.sidebar:
        _years(result.per_year)
        _speakers(result.speakers)
        _institutions(result.institutions)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            t(
                "statements.result",
                first=num(offset + 1),
                last=num(offset + len(result.statements)),
                total=num(result.total),
            )
        )
        st.selectbox(
            t("search.sort"),
            SORTS,
            format_func=lambda s: t(f"search.sort_{s}"),
            label_visibility="collapsed",
            width=160,
            **state.bound(
                "said_sort", sort, lambda s: _set({"urut": None if s == SORTS[0] else str(s)})
            ),
        )
        with st.popover(t("search.export"), icon=":material/download:"):
            download("statements", query or None, asked | {"sort": sort})
    for position, statement in enumerate(result.statements):
        statement_card(statement, f"said_{position}", query or None, foot=_cite)
    pages = -(-result.total // PAGE_SIZE)
    if pages > 1:
        with st.container(horizontal_alignment="center"):
            turned = st.pagination(pages, default=min(number, pages), key=f"said_pages_{number}")
        if turned != min(number, pages):
            state.update({"p": turned if turned > 1 else None})
            st.rerun()


def _cite(statement: v.StatementView) -> None:
    """The reference to a statement, made when somebody asks for it."""
    box = st.popover(
        t("statements.copy"),
        icon=":material/format_quote:",
        type="tertiary",
        on_change="rerun",
        key=f"cite_{statement.statement_id}",
    )
    if not box.open:
        return
    today = date.today().isoformat()
    with box:
        citation = kb().cite(
            statement.document_id, statement=statement.statement_id, accessed=today
        )
        st.caption(t("document.cite_plain"))
        st.code(plain(citation.plain), language=None, wrap_lines=True)
        st.caption(t("document.bibtex"))
        st.code(plain(citation.bibtex), language=None, wrap_lines=True)


# --- what narrows the result --------------------------------------------------------


def _chips() -> None:
    """Filters in force; a click takes one out."""
    labels: dict[str, str] = {}
    if speaker := _named("tokoh") or state.text("pembicara"):
        labels["speaker"] = speaker
    if institution := _named("lembaga"):
        labels["institution"] = institution
    kind = state.choice("bentuk", KINDS, "all")
    if kind != "all":
        labels["kind"] = t(f"statements.kind_{kind}")
    ends = (state.iso_date("dari"), state.iso_date("sampai"))
    if any(ends):
        labels["date"] = " – ".join(day(end) or "…" for end in ends)
    if not labels:
        return
    with st.container(horizontal=True, gap="small", key="chips"):
        for name, label in labels.items():
            st.button(
                md(label),
                key=f"said_chip_{name}",
                icon=":material/close:",
                help=t("statements.drop"),
                on_click=_drop,
                args=(name,),
            )


def _drop(*names: str) -> None:
    _set(dict.fromkeys(p for name in names for p in PARAMETERS.get(name, ())))


def _advice(advice: Sequence[v.FilterAdvice]) -> None:
    """Which filter to drop, and how many statements that gives."""
    for position, one in enumerate(advice):
        names = [chip.name for chip in one.filters if chip.name in PARAMETERS]
        what = ", ".join(t(f"statements.without_{name}") for name in names)
        st.button(
            t("statements.advice", what=what, count=num(one.total)),
            key=f"said_advice_{position}",
            on_click=_drop,
            args=tuple(names),
        )


def _years(counts: Sequence[v.YearCount]) -> None:
    if not counts:
        return
    st.markdown(f"**{t('statements.per_year')}**")
    shown = "_".join(str(end) for end in (state.iso_date("dari"), state.iso_date("sampai")))
    event: Any = st.altair_chart(
        charts.year_bars(
            [(y.year, y.count) for y in counts],
            year=t("search.year"),
            count=t("statements.title"),
            select="year",
        ).properties(height=130),
        on_select="rerun",
        key=f"said_years_{shown}",
        alt=t("statements.per_year"),
    )
    picked = [str(p.get("year")) for p in event.selection.get("year", []) if p.get("year")]
    if picked and len(counts) > 1:
        _set({"dari": picked[0], "sampai": picked[0]})
        st.rerun()


def _speakers(speakers: Sequence[v.EntityBadge]) -> None:
    _shortcuts(
        "speakers",
        [(s.name, s.count, {"tokoh": s.entity_id, "pembicara": None}) for s in speakers],
    )


def _institutions(institutions: Sequence[Facet]) -> None:
    _shortcuts("institutions", [(f.label, f.count, {"lembaga": f.value}) for f in institutions])


def _shortcuts(what: str, rows: Sequence[tuple[str, int, dict[str, str | None]]]) -> None:
    """The most frequent as buttons that narrow the list: name, count, what a click sets."""
    if not rows:
        return
    st.markdown(f"**{t(f'statements.{what}')}**")
    with st.container(key=f"plain_{what}", gap=None):
        for position, (name, count, changes) in enumerate(rows[:LISTED]):
            st.button(
                f"{md(name)} :gray[{num(count)}]",
                key=f"said_{what}_{position}",
                type="tertiary",
                on_click=_set,
                args=(changes,),
            )
