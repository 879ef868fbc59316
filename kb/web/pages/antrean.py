"""Antrean: what the machine is least sure of and what sources brought, one decision a key; for
staff alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import blake2b
from importlib.resources import files

import streamlit as st

from kb.explore import views as v
from kb.explore.doubts import KINDS
from kb.staff import Desk, Kept
from kb.web import nav, staff, state
from kb.web.base import kb
from kb.web.frame import heading
from kb.web.parts import judging
from kb.web.parts.cards import num, table
from kb.web.parts.deciding import decide
from kb.web.parts.queue_cards import card
from kb.web.parts.toggles import toggles
from kb.web.safe import html, md
from kb.web.state import t

Work = Callable[[Desk], Sequence[Kept]]
Choice = tuple[str, str, Work]
"""A key, what it means, and what is decided then."""
_DONE, _PUT_OFF, _MENDED = "kb_queue_done", "kb_queue_put_off", "kb_queue_mended"
"""Names in the session: numbers of what was decided, latest last; keys of what was put off; the
key of what is being described anew."""
_SHOWN, _MINE = "kb_queue_shown", "kb_queue_mine"
"""Names in the session: the key of what is shown, and whether this session just decided."""
_focus = st.components.v2.component(
    "kb_focus",
    html="<span></span>",
    js=files("kb.web.parts").joinpath("focus.js").read_text(encoding="utf-8"),
)
MOST = 9
"""Choices that have a digit of their own."""


def show() -> None:
    """The page."""
    heading(t("queue.title"), t("queue.intro") if staff.may_mend() else None)
    if not staff.may_mend():
        if staff.person() is not None:
            st.info(t("queue.editors_only"))
            return
        st.info(t("queue.staff_only"))
        st.html(nav.anchor(nav.href("kelola"), html(t("nav.kelola")), style="kb-button"))
        return
    kind: v.DoubtKind | None = next((k for k in KINDS if k == state.text("jenis")), None)
    found = _look(kind)
    st.html(
        toggles(
            {k: f"{t(f'queue.kind_{k}')} ({num(found.left[k])})" for k in KINDS},
            [kind] if kind else [],
            label=t("queue.kinds"),
            parameter="jenis",
        )
    )
    if found.first is None:
        st.success(t("queue.empty"), icon=":material/check_circle:")
    else:
        _one(found.first)
    _last()
    left = sum(found.left.values()) if kind is None else found.left[kind]
    st.html(f'<h2 class="kb-count" role="status">{html(t("queue.left", count=num(left)))}</h2>')
    _deciders(found.deciders)


def _look(kind: v.DoubtKind | None) -> v.Doubts:
    """What waits; where somebody else decided what was shown before, that is said: a key pressed
    meanwhile was about it and did nothing."""
    found = kb().doubts(kind, skip=_put_off(), shown=st.session_state.get(_SHOWN))
    mine = st.session_state.pop(_MINE, False)
    if not found.waits and not mine:
        st.warning(t("queue.taken"), icon=":material/group:")
    st.session_state[_SHOWN] = found.first.key if found.first is not None else None
    return found


def _put_off() -> list[str]:
    kept: list[str] = st.session_state.setdefault(_PUT_OFF, [])
    return kept


def _done() -> list[list[int]]:
    kept: list[list[int]] = st.session_state.setdefault(_DONE, [])
    return kept


def _one(doubt: v.Doubt) -> None:
    st.html(f"<h2>{html(_question(doubt))}</h2>{card(doubt.about)}")
    mark = blake2b(doubt.key.encode("utf-8"), digest_size=6).hexdigest()
    pressed: Work | None = None
    new = doubt.about.new if isinstance(doubt.about, v.DoubtfulArrival) else None
    with st.container(horizontal=True, gap="small", key="queue_choices"):
        for place, (key, label, work) in enumerate(_choices(doubt.about)):
            # Another key for each thing: a second press in a hurry is not about the next one.
            if st.button(
                label,
                key=f"queue_{key}_{mark}",
                shortcut=key,
                type="primary" if place == 0 else "secondary",
            ):
                pressed = work
            if new is not None and place == 0:
                label = t("judge.document")
                if st.button(label, key=f"queue_e_{mark}", shortcut="e", icon=":material/build:"):
                    _open_or_close(doubt.key)
        if st.button(t("queue.skip"), key=f"queue_s_{mark}", shortcut="s", type="tertiary"):
            _put_off().append(doubt.key)
            st.rerun()
    if pressed is not None:
        decide(pressed, _decided)
    if new is not None and st.session_state.get(_MENDED) == doubt.key:
        with st.container(border=True, key="queue_mend"):
            judging.description(kb().document(new.document.document_id), _described)
        _focus(key="kb_focus", data={"at": mark, "field": ".st-key-queue_mend input"})


def _decided(numbers: list[int]) -> None:
    """It can be taken back; that it waits no more is no news."""
    _done().append(numbers)
    st.session_state[_MINE] = True


def _open_or_close(key: str) -> None:
    """The form for what a new document is."""
    if st.session_state.pop(_MENDED, None) != key:
        st.session_state[_MENDED] = key


def _described(numbers: list[int]) -> None:
    """It stays to be looked at, with what it is now; the decision can be taken back."""
    st.session_state.pop(_MENDED, None)
    _done().append(numbers)


def _question(doubt: v.Doubt) -> str:
    if isinstance(doubt.about, v.DoubtfulPair):
        return t(f"queue.ask_pair_{doubt.about.kind}")
    if isinstance(doubt.about, v.DoubtfulArrival):
        again = "_again" if doubt.about.new.version > 1 else ""
        return t(f"queue.ask_document{again}", source=doubt.about.new.source.name)
    return t(f"queue.ask_{doubt.kind}")


def _choices(about: object) -> list[Choice]:
    if isinstance(about, v.DoubtfulPair):
        return [
            ("y", t(f"queue.same_{about.kind}"), lambda d: [d.merge(about.two, about.one)]),
            ("n", t("queue.two"), lambda d: [d.keep_apart(about.one, about.two)]),
        ]
    if isinstance(about, v.DoubtfulOffice):
        person, worded = about.person.entity_id, [w.as_match() for w in about.term.wordings]
        return [
            ("y", t("queue.right"), lambda d: [d.term(person, worded)]),
            ("n", t("queue.wrong"), lambda d: [d.term(person, worded, reject=True)]),
        ]
    if isinstance(about, v.DoubtfulIssuer):
        return _issuers(about)
    if isinstance(about, v.DoubtfulNumber):
        return _numbers(about.disagreement)
    if isinstance(about, v.DoubtfulPage):
        where, page, seen = about.document.document_id, about.page, about.mark
        return [
            ("y", t("queue.legible"), lambda d: [d.page(where, page, legible=True, seen=seen)]),
            ("n", t("queue.illegible"), lambda d: [d.page(where, page, legible=False, seen=seen)]),
        ]
    if isinstance(about, v.DoubtfulArrival):
        return _arrived(about)
    return []


def _arrived(about: v.DoubtfulArrival) -> list[Choice]:
    where, mark, source = about.new.document.document_id, about.new.mark, about.new.source.name
    one: list[Choice] = [
        ("y", t("queue.seen"), lambda d: [d.look_at({where: mark}, source=source)]),
        ("w", t("judge.take_out_withdraw"), lambda d: [d.withdraw(where)]),
    ]
    same = about.same_source
    if len(same) < 2:
        return one
    label = t("queue.all_seen", count=num(len(same)))
    return [*one, ("a", label, lambda d: [d.look_at(same, source=source)])]


def _issuers(about: v.DoubtfulIssuer) -> list[Choice]:
    where, written = about.document.document_id, about.written

    def work(one: v.EntityBadge) -> Work:
        values = {"institution": one.name, "institution_id": one.entity_id}
        return lambda d: [d.describe(where, values, seen={"institution": written})]

    found = [
        (str(place), md(one.name), work(one))
        for place, one in enumerate(about.candidates[:MOST], 1)
    ]
    none: Choice = (
        "n",
        t("queue.none_of_these"),
        lambda d: [d.set_field(where, "institution", written)],
    )
    return [*found, none]


def _numbers(about: v.Disagreement) -> list[Choice]:
    ids = [cell.number_id for cell in about.cells]

    def misread(cell: v.IndicatorCell) -> Work:
        seen = {"value_text": cell.value_text}
        return lambda d: [d.reject("indicator", cell.number_id, seen=seen)]

    found = [
        (str(place), t("queue.misread", place=place, value=md(cell.value_text)), misread(cell))
        for place, cell in enumerate(about.cells[:MOST], 1)
    ]
    printed: Choice = (
        "y",
        t("queue.printed"),
        lambda d: [d.affirm("indicator", number) for number in ids],
    )
    return [printed, *found]


def _last() -> None:
    """Take back what was decided last."""
    done = _done()
    if not done:
        return
    numbers = done[-1]
    label = t("queue.undo", number=num(numbers[-1]))
    if st.button(label, key=f"queue_u_{numbers[-1]}", shortcut="u", icon=":material/undo:"):
        decide(
            lambda d: [d.undo(one) for one in reversed(numbers)],
            lambda _: (done.pop(), st.session_state.update({_MINE: True})),
            told="manage.saved",
        )


def _deciders(deciders: Sequence[v.Decider]) -> None:
    if not deciders:
        return
    head = [t("manage.name"), t("queue.today"), t("queue.in_all")]
    rows = [(one.name or t("judge.somebody"), num(one.today), num(one.count)) for one in deciders]
    st.html(f"<h3>{html(t('queue.deciders'))}</h3>{table(head, rows)}")
