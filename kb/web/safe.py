"""Text from documents is hostile: the only ways by which it may reach the browser.

``html`` for fragments given to ``st.html``, ``md`` for anything Streamlit reads as
Markdown (labels, captions, page links), ``plain`` for widgets that show text as it is.
"""

from __future__ import annotations

import html as _html
import re
from urllib.parse import urlsplit

from kb.model import MARK_END, MARK_START

# Bidirectional overrides can make a source or a name read as another (CVE-2021-42574);
# other C0/C1 controls have no picture.
_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_MARKDOWN = re.compile(r"([!-/:-@\[-`{-~])")
_MARKS = str.maketrans({MARK_START: "", MARK_END: ""})


def plain(text: str | None) -> str:
    """``text`` without control, direction-changing and mark characters."""
    return _INVISIBLE.sub("", text or "").translate(_MARKS)


def html(text: str | None) -> str:
    """``text`` as HTML text or attribute value."""
    return _html.escape(plain(text), quote=True)


def md(text: str | None) -> str:
    """``text`` as Markdown that renders as exactly these characters on one line.

    Every ASCII punctuation character is escaped (CommonMark 2.4), which also stops
    Streamlit's ``:color[...]``, ``:material/...:`` and ``$...$``.
    """
    return _MARKDOWN.sub(r"\\\1", " ".join(plain(text).split()))


def marked(snippet: str) -> str:
    """A snippet as HTML, its hits in ``<mark>``."""
    parts = re.split(f"([{MARK_START}{MARK_END}])", snippet)
    out: list[str] = []
    depth = 0
    for part in parts:
        if part == MARK_START:
            if depth == 0:
                out.append("<mark>")
            depth += 1
        elif part == MARK_END:
            if depth == 1:
                out.append("</mark>")
            depth = max(0, depth - 1)
        else:
            out.append(html(part))
    return "".join(out) + ("</mark>" if depth else "")


def link(address: str | None) -> str | None:
    """``address`` if a browser may follow it (http or https with a host), else ``None``."""
    try:
        parts = urlsplit(plain(address).strip())
    except ValueError:
        return None
    if parts.scheme in ("http", "https") and parts.hostname:
        return parts.geturl()
    return None
