"""Perbaiki on the words of a page: select some, or click a tag, and say whom or what they name."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import streamlit as st

from kb.explore import views as v
from kb.model import LABELS
from kb.web import staff
from kb.web.base import kb
from kb.web.parts import judging, judging_said
from kb.web.parts.deciding import decide
from kb.web.parts.page_text import excerpt
from kb.web.safe import html, plain
from kb.web.state import t

KEY, PICKED = "kb_pick", "kb_picked"
"""Names in the session: of the script, and of the words that were picked."""
SENTENCE = 4
"""So many selected words, at most half of them with a capital, are likely something said."""
FOUND, NAMED, WORDS = 6, 30, 80
"""Entities offered: called so, and named by the document; characters of words shown."""

_render = st.components.v2.component(
    KEY,
    html="<span></span>",
    js=(files(__package__) / "pick_words.js").read_text(encoding="utf-8"),
)


def picking(document: v.DocumentView, page: v.PageView) -> None:
    """What is above the text in the mode: how to pick words, and the form for those picked."""
    if not staff.mending():
        return
    # One place in the page, with or without a form: or the text would be drawn anew, and the
    # reader be back at its begin.
    with st.container(key="picking"):
        _picking(document, page)


def _picking(document: v.DocumentView, page: v.PageView) -> None:
    where = f"{document.document_id}/{page.page}"
    told: dict[str, Any] = st.session_state.get(PICKED, {})
    # Told anew with each pick, so that the same words can be picked again.
    asked = {"on": True, "page": where, "picked": told.get("at")}
    _render(key=KEY, data=asked, on_picked_change=_told, height="content")
    place = _place(page.text, told) if told.get("page") == where else None
    st.html(f'<p class="kb-note">{html(t("judge.pick"))}</p>')
    if place is None:
        return
    start, end = place
    tag = next((m for m in page.mentions if m.start < end and m.end > start), None)
    if told.get("whole") and tag is not None:
        start, end = tag.start, tag.end
    with st.container(border=True, key="picked"):
        if st.button(
            t("judge.close"), key="close_picked", icon=":material/close:", type="tertiary"
        ):
            _over(None)
            st.rerun()
        _as(document, page, start, end, tag)


def _as(
    document: v.DocumentView, page: v.PageView, start: int, end: int, tag: v.MentionView | None
) -> None:
    """What the words are: a name, a statement, or an office of somebody."""
    words = page.text[start:end].split()
    key = f"{document.document_id}_{page.page}_{start}_{end}"
    capitals = sum(word[:1].isupper() for word in words)
    sentence = len(words) >= SENTENCE and 2 * capitals <= len(words)
    likely = "statement" if tag is None and sentence else "name"
    what = st.segmented_control(
        t("judge.words_are"),
        ["name", "statement", "office"],
        default=likely,
        format_func=lambda w: t(f"judge.as_{w}"),
        key=f"words_as_{key}",
    )
    if what == "statement":
        judging_said.form(document, page, start, end, key, _over)
    elif what == "office":
        judging_said.office(document, page, start, end, key, _over)
    else:
        _form(document, page, start, end, tag)


def _told() -> None:
    script: Any = st.session_state.get(KEY)  # none: told while the reader goes to another page
    st.session_state[PICKED] = dict(script.picked or {}) if script is not None else {}


def _place(text: str, told: dict[str, Any]) -> tuple[int, int] | None:
    """Where the words stand in the stored text; ``None`` where they do not.

    The page shows the text without characters that have no picture: those are counted again.
    """
    start, words = told.get("start"), told.get("words")
    if not isinstance(start, int) or not isinstance(words, str) or start < 0:
        return None
    seen = [at for at, sign in enumerate(text) if plain(sign)]
    lead = len(words) - len(words.lstrip())
    first, last = start + lead, start + lead + len(words.strip())
    if not words.strip() or last > len(seen):
        return None
    found = seen[first], seen[last - 1] + 1
    return found if plain(text[slice(*found)]) == words.strip() else None


def _form(
    document: v.DocumentView, page: v.PageView, start: int, end: int, tag: v.MentionView | None
) -> None:
    words = plain(page.text[start:end])
    key = f"{document.document_id}_{page.page}_{start}_{end}"
    called = kb().entities(words, limit=FOUND).entities
    offered = [(e.entity_id, e.name, e.type) for e in called]
    offered += [(e.entity_id, e.name, e.type) for e in document.entities[:NAMED]]
    known = {
        entity: f"{plain(name)} ({t(f'entities.one_{type_}')})" for entity, name, type_ in offered
    }
    if tag is not None and tag.entity_id:
        known.setdefault(tag.entity_id, plain(tag.name))
    kinds = list(LABELS)
    kind = next((k for k, label in LABELS.items() if tag and label == tag.label), kinds[0])
    present = tag.entity_id if tag is not None else next((e.entity_id for e in called), None)
    st.html(f"<strong>“{html(excerpt(words, WORDS))}”</strong>{_now(tag)}")
    options = list(known)
    with st.form(f"form_words_{key}", border=False):
        who = st.selectbox(
            t("judge.field_entity"),
            options,
            index=options.index(present) if present in options else None,
            format_func=lambda e: known.get(e, e),
            placeholder=t("judge.choose"),
            accept_new_options=True,
            help=t("judge.entity_help"),
            key=f"words_who_{key}",
        )
        new = st.selectbox(
            t("judge.kind_of_new"),
            kinds,
            index=kinds.index(kind),
            format_func=lambda k: t(f"entities.one_{k}"),
            key=f"words_kind_{key}",
        )
        refuse = t("judge.no_name") if tag is not None else None
        reason, save, reject = judging.end(f"words_{key}", refuse)
    if save and not who:
        st.info(t("judge.nothing"))
    elif save and tag is None:
        where = (document.document_id, page.page, start, end)
        decide(lambda d: d.tag(*where, str(who), kind=new, reason=reason), _over)
    elif save and tag is not None:
        _change(tag, str(who), new, (start, end), reason)
    elif reject and tag is not None:
        number, seen = tag.mention_id, _seen(tag)
        decide(lambda d: d.reject("mention", number, reason=reason, seen=seen), _over)


def _now(tag: v.MentionView | None) -> str:
    """What is said of the words so far, as HTML."""
    if tag is None:
        return f" {html(t('judge.untagged'))}"
    what = t(f"document.legend_{tag.label}")
    return f" {html(t('judge.tagged', name=tag.name or tag.surface, label=what))}"


def _change(
    tag: v.MentionView, who: str, kind: str, span: tuple[int, int], reason: str | None
) -> None:
    more: dict[str, Any] = {}
    if who != tag.entity_id:
        more |= {"entity": who, "kind": kind}
    if span != (tag.start, tag.end):
        more["span"] = span
    if not more:
        st.info(t("judge.nothing"))
        return
    number, seen = tag.mention_id, _seen(tag)
    decide(lambda d: d.mention(number, reason=reason, seen=seen, **more), _over)


def _seen(tag: v.MentionView) -> dict[str, Any]:
    return {"start": tag.start, "end": tag.end, "label": tag.label}


def _over(_: object) -> None:
    """The words are decided; others may be picked."""
    st.session_state.pop(PICKED, None)
