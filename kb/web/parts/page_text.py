"""Stored page text as HTML with hits, mentions and statements marked at their offsets."""

from __future__ import annotations

import itertools

from kb.explore import views as v
from kb.web.safe import html
from kb.web.state import t
from kb.web.theme import ENTITY_COLOURS


def marked_page(page: v.PageView, *, entities: bool, statement: int | None = None) -> str:
    """The page text as one HTML block.

    Spans may overlap (a hit inside a name inside a statement), so the text is cut at
    every boundary and each piece is wrapped by the marks that cover it.
    """
    text = page.text
    spans: list[tuple[int, int, str, str]] = []
    for said in page.statements:
        chosen = " kb-chosen" if said.statement_id == statement else ""
        title = html(f"{said.speaker or ''} {said.cue or ''}".strip())
        spans.append(
            (said.start, said.end, f'<span class="kb-said{chosen}" title="{title}">', "span")
        )
    if entities:
        for m in page.mentions:
            title = html(m.name or m.surface)
            spans.append(
                (m.start, m.end, f'<span class="kb-ent kb-{m.label}" title="{title}">', "span")
            )
    spans.extend((hit.start, hit.end, "<mark>", "mark") for hit in page.matches)
    spans = [s for s in spans if 0 <= s[0] < s[1] <= len(text)]
    cuts = sorted({0, len(text), *(s[0] for s in spans), *(s[1] for s in spans)})
    starts: dict[int, list[tuple[int, int, str, str]]] = {}
    for span in spans:
        starts.setdefault(span[0], []).append(span)
    active: list[tuple[int, int, str, str]] = []
    out: list[str] = []
    for begin, end in itertools.pairwise(cuts):
        active = [s for s in active if s[1] > begin] + starts.get(begin, [])
        piece = html(text[begin:end])
        for _, _, _, tag in active:
            piece = f"{piece}</{tag}>"
        for _, _, opening, _ in reversed(active):
            piece = opening + piece
        out.append(piece)
    return "".join(out)


def legend() -> str:
    """What the marks mean, as HTML."""
    parts = [
        f'<span><i style="background:{colour}"></i>{html(t(f"document.legend_{label}"))}</span>'
        for label, colour in ENTITY_COLOURS.items()
    ]
    said = html(t("document.legend_said"))
    parts.append(f'<span><i class="kb-said" style="height:.8rem"></i>{said}</span>')
    return f'<div class="kb-muted kb-legend">{"".join(parts)}</div>'


def excerpt(text: str, length: int = 160) -> str:
    """The first words of ``text`` on one line, not cut within a word."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[:length].rsplit(" ", 1)[0] + " …"
