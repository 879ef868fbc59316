"""What is told to a browser with every answer: what a page may load, and who may frame it."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@cache
def policy() -> str:
    """The Content-Security-Policy of the app.

    Scripts come from this server, the one that stands in Streamlit's page (by its hash), and
    as blobs, which is how Streamlit starts the scripts of our own parts (``components.v2``).
    Styles stand in the page (Emotion, and ``theme.css`` through ``st.html``). Nothing is
    loaded from elsewhere, nothing may frame the app.
    """
    page = files("streamlit").joinpath("static/index.html").read_text(encoding="utf-8")
    hashes = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in _INLINE.findall(page)
    ]
    rules = {
        "default-src": ["'self'"],
        "script-src": ["'self'", "blob:", *(f"'sha256-{value}'" for value in hashes)],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'", "blob:"],
        "media-src": ["'self'"],
        "frame-src": ["'none'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())


MEDIA = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
"""For files of documents and made files: nothing in them runs if they are opened here."""

ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def headers(path: str) -> list[tuple[bytes, bytes]]:
    """The headers of an answer to ``path``."""
    told = {"content-security-policy": MEDIA if path.startswith("/media/") else policy(), **ALWAYS}
    return [(name.encode(), value.encode()) for name, value in told.items()]
