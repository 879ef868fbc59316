"""What every button of staff that decides something does: decide, say so, show what is then."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from kb.errors import KBError, Overtaken
from kb.staff import Desk, Kept
from kb.web import staff
from kb.web.base import desk, when_changed
from kb.web.parts.cards import num
from kb.web.safe import md
from kb.web.state import t

SEEN = "seen_"
"""How names in the session begin of what a form showed when it was opened."""


def decide(
    work: Callable[[Desk], Kept | Sequence[Kept]],
    over: Callable[[list[int]], object] | None = None,
    *,
    told: str = "mend.done",
) -> None:
    """Decide as the person whose session it is; nobody else's message gets here.

    Then the page is drawn anew. ``over`` is called with the numbers of what was decided, the
    first first; ``told`` is what is said then, of the last. A decision that is refused, or that
    somebody was faster with, is told and the page stays.
    """
    if not staff.may_mend():
        return
    numbers: list[int] = []

    def change() -> None:
        kept = work(desk())
        made = [kept] if isinstance(kept, Kept) else kept
        numbers.extend(number for one in made for number in one.numbers)

    try:
        when_changed(change)
    except Overtaken as error:
        for name in [n for n in st.session_state if str(n).startswith(SEEN)]:
            del st.session_state[name]  # the next look is at what is there now
        st.warning(t("judge.overtaken", told=md(str(error))), icon=":material/group:")
        return
    except KBError as error:
        st.error(md(str(error)))
        return
    if over is not None:
        over(numbers)
    st.toast(t(told, number=num(numbers[-1])))
    st.rerun()
