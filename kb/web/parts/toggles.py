"""A row of choices as links: one or several may be on, none is a choice too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.web import nav
from kb.web.safe import html


def toggles(
    options: Mapping[str, str],
    chosen: Sequence[str],
    *,
    label: str,
    parameter: str,
    several: bool = False,
    drop: Sequence[str] = ("p",),
) -> str:
    """The choices as HTML; ``options`` are values of ``parameter`` with what they are called.

    A choice that is on is taken back by a click. ``drop`` are parameters that end with it.
    """
    links = ""
    for value, name in options.items():
        on = value in chosen
        if several:
            after = [v for v in options if (v in chosen) != (v == value)]
        else:
            after = [] if on else [value]
        address = nav.changed({parameter: after, **dict.fromkeys(drop)})
        link = nav.anchor(address, html(name), mark=f"{parameter}-{value}", current=on)
        links += f"<li>{link}</li>"
    return f'<ul class="kb-toggles" aria-label="{html(label)}">{links}</ul>'


def tabs(options: Mapping[str, str], chosen: str, *, label: str, parameter: str) -> str:
    """Views of which one is open, as HTML; the first of ``options`` needs no ``parameter``."""
    usual = next(iter(options))
    links = "".join(
        nav.anchor(
            nav.changed({parameter: None if value == usual else value}),
            html(name),
            mark=f"{parameter}-{value}",
            current=value == chosen,
        )
        for value, name in options.items()
    )
    return f'<nav class="kb-tabs" aria-label="{html(label)}">{links}</nav>'
