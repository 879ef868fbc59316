"""Who appears with whom: a graph to click and the same as a table."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import streamlit as st

from kb.explore import views as v
from kb.web import nav, state
from kb.web.base import kb
from kb.web.parts import charts
from kb.web.safe import plain
from kb.web.state import t

NODES = 16
TIES = 20
"""Ties among the others that are drawn: the closest, or nothing can be told apart."""
VIEWS = ("graph", "table")


def together(page: v.EntityPage) -> None:
    """The circle of an entity; which view is shown stands in the address (``tampil``)."""
    if not page.co_occurring:
        return
    st.subheader(t("entities.co"), anchor=False)
    chosen = state.choice("tampil", VIEWS, "graph")
    st.segmented_control(
        t("entities.co"),
        VIEWS,
        required=True,
        format_func=lambda x: t(f"entities.{x}"),
        label_visibility="collapsed",
        **state.bound(
            "co_view", chosen, lambda x: state.update({"tampil": None if x == "graph" else str(x)})
        ),
    )
    picked = _graph(page.summary.entity_id) if chosen == "graph" else _table(page.co_occurring)
    st.caption(t("entities.co_help"))
    if picked and picked != page.summary.entity_id:
        nav.go("entitas", id=picked)


def _table(others: tuple[v.CoOccurrence, ...]) -> str | None:
    frame = pd.DataFrame(
        [(plain(c.name), t(f"entities.type_{c.type}"), c.pages, c.documents) for c in others],
        columns=[t("entities.name"), t("entities.type"), t("entities.pages"), t("home.documents")],
    )
    event: Any = st.dataframe(
        frame, hide_index=True, on_select="rerun", selection_mode="single-row", key="co_table"
    )
    rows = [i for i in event.selection.rows if i < len(others)]
    return others[rows[0]].entity_id if rows else None


def _graph(entity: str) -> str | None:
    graph = kb().graph(entity, limit=NODES)
    if len(graph.nodes) < 2:
        return None
    centre, *others = graph.nodes
    # Kinds stand together, so that a circle of twenty can be read.
    others.sort(key=lambda n: (n.type, -n.pages))
    places = {centre.entity_id: (0.0, 0.0)}
    for i, node in enumerate(others):
        angle = 2 * math.pi * i / len(others)
        reach = 1.0 if i % 2 else 0.62  # two rings keep the names apart
        places[node.entity_id] = (reach * math.cos(angle), reach * math.sin(angle))
    nodes = pd.DataFrame(
        [
            (
                n.entity_id,
                *places[n.entity_id],
                plain(n.name),
                t(f"entities.type_{n.type}"),
                n.pages,
            )
            for n in graph.nodes
        ],
        columns=["id", "x", "y", "name", "type", "size"],
    )
    edges = pd.DataFrame(
        [
            (*places[a], *places[b], pages)
            for a, b, pages in graph.edges[: len(others) + TIES]
            if a in places and b in places
        ],
        columns=["x", "y", "x2", "y2", "pages"],
    )
    event: Any = st.altair_chart(
        charts.network(nodes, edges, t("entities.pages")),
        on_select="rerun",
        key=f"graph_{entity}",
        alt=t("entities.co"),
    )
    picked = [str(p.get("id")) for p in event.selection.get("node", []) if p.get("id")]
    return picked[0] if picked else None
