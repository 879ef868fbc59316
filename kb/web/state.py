"""The state of a page is its address: what a colleague opens is what you saw.

Reading never fails: junk in the address falls back to the default. Widgets get
their value from here before they are drawn and write back through ``update``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from kb.model import Filters, Sort
from kb.web.text import LANGUAGES, translate

MAX_QUERY = 2000
MAX_VALUES = 50
PAGE_SIZE = 10

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_ENTITY = re.compile(r"(person|institution|place):[^\s<>\"']{1,200}")
_KEY = re.compile(r"[a-z_]{1,40}")
_BOUND = "bound"
"""Name in the session of what each widget of the address was last given, and how often anew."""
_CHOSEN = object()
"""Stands there for a value that the reader chose in the widget itself."""


def values(name: str) -> list[str]:
    """All values of a query parameter, cut to a sane number and length."""
    return [v[:MAX_QUERY] for v in st.query_params.get_all(name)[:MAX_VALUES]]


def text(name: str, default: str = "") -> str:
    found = values(name)
    return found[-1] if found else default


def whole(name: str, default: int, low: int = 1, high: int = 10**9) -> int:
    """An integer parameter within ``low..high``, else the default."""
    found = text(name)
    if re.fullmatch(r"\d{1,9}", found) and low <= int(found) <= high:
        return int(found)
    return default


def choice(name: str, options: Sequence[str], default: str) -> str:
    found = text(name)
    return found if found in options else default


def iso_date(name: str) -> str | None:
    found = text(name)
    return found if _DATE.fullmatch(found) else None


def entity(name: str = "id") -> str | None:
    found = text(name)
    return found if _ENTITY.fullmatch(found) else None


def is_entity(value: str) -> bool:
    """Whether a value is the id of an entity, and no words."""
    return _ENTITY.fullmatch(value) is not None


def language() -> str:
    """The interface language: the address, else what this session chose, else Indonesian."""
    found = choice("lang", LANGUAGES, "")
    if found:
        st.session_state["lang"] = found
    return str(st.session_state.get("lang", LANGUAGES[0]))


def t(key: str, **fill: object) -> str:
    """The interface string for ``key`` in the current language."""
    return translate(language(), key, **fill)


WITHDRAWN = "ditarik"
"""The parameter that asks for documents their sources took back."""


@dataclass(frozen=True, slots=True)
class SearchState:
    query: str
    filters: Filters
    sort: Sort
    page: int
    meaning: bool = True
    """False: asked by words alone (``makna=0``)."""
    withdrawn: bool = False
    """Only what its source took back."""


SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")
FILTER_NAMES = {
    "year": "tahun",
    "institution": "lembaga",
    "type": "jenis",
    "official": "tokoh",
    "place": "tempat",
    "figures": "angka",
}
"""Facet name to the name of its parameter in the address."""


def search_state() -> SearchState:
    """The search in the address, every part valid."""
    sort = text("urut")
    years = tuple(int(v) for v in values("tahun") if re.fullmatch(r"(19|20)\d{2}", v))
    ids = {
        name: tuple(v for v in values(name) if _ENTITY.fullmatch(v))
        for name in ("lembaga", "tokoh", "tempat")
    }
    return SearchState(
        query=text("q").strip(),
        filters=Filters(
            years=years,
            institutions=ids["lembaga"],
            officials=ids["tokoh"],
            places=ids["tempat"],
            types=tuple(v for v in values("jenis") if _KEY.fullmatch(v)),
            date_from=iso_date("dari"),
            date_to=iso_date("sampai"),
            figures=text("angka") == "1",
        ),
        sort=next((s for s in SORTS if s == sort), "relevance"),
        page=whole("p", 1, high=10_000),
        meaning=text("makna") != "0",
        withdrawn=text(WITHDRAWN) == "1",
    )


def update(changes: Mapping[str, str | int | Sequence[str] | None]) -> None:
    """Write parameters to the address; ``None``, empty or ``[]`` removes one."""
    for name, value in changes.items():
        if value is None or value == "" or value == [] or value == ():
            if name in st.query_params:
                del st.query_params[name]
        elif isinstance(value, str | int):
            st.query_params[name] = str(value)
        else:
            st.query_params[name] = list(value)


def bound(key: str, value: object, write: Callable[[Any], None]) -> dict[str, Any]:
    """``key`` and ``on_change`` for a widget whose value lives in the address.

    Whenever the address brings another value (a link, back and forward), it is another widget
    with a name of its own. A browser tells the values of its widgets with whatever happens, also
    those it has not yet drawn anew; under the same name such an old value could not be told from
    a choice of the reader, and would be written over the address they had just gone to.
    """
    shown: dict[str, tuple[int, object]] = st.session_state.setdefault(_BOUND, {})
    turn, before = shown.get(key, (0, value))
    turn += before not in (_CHOSEN, value)
    shown[key] = (turn, value)
    name = f"{key}-{turn}" if turn else key
    st.session_state[name] = value

    def changed() -> None:
        chosen = st.session_state[name]
        if chosen == value:
            return  # what it was given, told by a browser in the middle of going elsewhere
        # The reader's own choice stays in the widget it was made in, with the focus.
        shown[key] = (turn, _CHOSEN)
        write(chosen)

    return {"key": name, "on_change": changed}


def here(**changes: str | int | Sequence[str] | None) -> dict[str, str | list[str]]:
    """Parameters for a link to another page: the language, and ``changes``."""
    out: dict[str, str | list[str]] = {}
    if language() != LANGUAGES[0]:
        out["lang"] = language()
    for name, value in changes.items():
        if value is None or value == "":
            continue
        out[name] = str(value) if isinstance(value, str | int) else list(value)
    return out
