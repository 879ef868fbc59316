"""What drawings are made of: plain HTML placed by percent over a picture without words.

Streamlit's ``st.html`` lets no inline SVG through, so lines and land are an image that
carries its own data; points are links, words are words. They take every width and both
themes, are reached by keyboard, and cost a tenth of what a chart library does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from urllib.parse import quote

from kb.web.safe import html
from kb.web.state import t

_KEPT = " /:=.,'()-"
"""Characters an address of data may hold as they are; the fewer escapes the shorter it is."""


def picture(body: str, width: float, height: float, style: str = "") -> str:
    """SVG elements as an image that fills its box, whatever the shape of that.

    ``width`` and ``height`` are the drawing's own units; ``vector-effect`` keeps strokes even.
    ``body`` holds no document text.
    """
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width:g} {height:g}' "
        f"preserveAspectRatio='none'>{body}</svg>"
    )
    return f'<img alt="" class="{style}" src="data:image/svg+xml,{quote(svg, safe=_KEPT)}">'


def point(
    address: str | None,
    said: str,
    *,
    place: str,
    style: str,
    inner: str = "",
    mark: str = "",
    stop: bool = True,
) -> str:
    """A link at a place of a drawing; ``said`` is its name, shown on hover and focus.

    ``place`` is CSS, ``inner`` HTML; ``stop`` as in ``nav.anchor``. Without an address the
    words are shown all the same.
    """
    attributes = f'class="kb-tip {html(style)}" aria-label="{html(said)}" style="{place}"'
    if mark:
        attributes += f' data-k="{html(mark)}"'
    if not stop:
        attributes += ' tabindex="-1"'
    if address is None:
        return f'<span role="img" {attributes}>{inner}</span>'
    return f'<a href="{html(address)}" {attributes}>{inner}</a>'


def legend(colours: Sequence[tuple[str, str]]) -> str:
    """Names with their colours; nothing where there is one."""
    if len(colours) < 2:
        return ""
    keys = "".join(
        f'<li><i style="background:{colour}"></i>{html(name)}</li>' for name, colour in colours
    )
    return f'<ul class="kb-keys">{keys}</ul>'


def figure(body: str, *, title: str, source: str = "", of: str = "") -> str:
    """A drawing with its buttons for a picture of it (``chart_files.js``), which bears the title,
    the source, the address of the page and the day; nothing where nothing is drawn.

    ``of`` is the selector of a drawing that stands elsewhere on the page, above its buttons.
    """
    if not body and not of:
        return ""
    buttons = "".join(
        f'<button type="button" data-chart="{kind.lower()}" '
        f'aria-label="{html(t("app.chart_as", kind=kind))}">{kind}</button>'
        for kind in ("PNG", "SVG")
    )
    from_where = f"{source.rstrip('.')}. {t('app.name')}" if source else t("app.name")
    named = f"{t('app.source')}: {from_where}"
    place = f' data-of="{html(of)}"' if of else ""
    return (
        f'<figure class="kb-chart" aria-label="{html(title)}" data-title="{html(title)}" '
        f'data-source="{html(named)}"{place}>{body}'
        f'<figcaption class="kb-chart-files"><span>{html(t("app.chart"))}</span> {buttons}'
        "</figcaption></figure>"
    )


def section(title: str, body: str = "") -> str:
    """A part of a page under its heading; without a ``body`` what follows is drawn next."""
    tight = "" if body else " kb-tight"
    return f'<section class="kb-section{tight}"><h2>{html(title)}</h2>{body}</section>'


def steps(low: float, high: float, *, most: int = 5, whole: bool = False) -> list[float]:
    """Round numbers from ``low`` to ``high`` or a little beyond, about ``most`` of them."""
    span = high - low or abs(high) or 1.0
    rough = span / most
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * n for n in (1, 2, 2.5, 5, 10) if size * n >= rough * 0.999)
    if whole:
        step = max(1.0, math.ceil(step - 1e-9))
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    return [round(n * step, 10) for n in range(first, max(last, first + 1) + 1)]
