"""Quotations that no reporting word announces (``Vinsen berkelit. "Anggaran kita dipotong"``)."""

from __future__ import annotations

import unicodedata

from kb.nlp.statements.masked import WORD, View, is_headline
from kb.nlp.statements.quotes import Quote

_LEAST = 3
"""Words of a quotation that stands for itself; fewer are a name or a slogan."""
_SHORT = 4
_LONG = 8


def is_ended(view: View, quote: Quote, line_end: int) -> bool:
    """Whether a mark of a sentence's end stands before or behind the closing mark."""
    behind = view.text[quote.outer_end : line_end].lstrip()[:1]
    return view.text[quote.end - 1] in ".,!?…" or behind in (".", ",")


def closes_line(view: View, quote: Quote) -> bool:
    """Whether the line ends with the quotation, or goes on with a new sentence."""
    rest = view.masked[quote.outer_end : view.line(quote.outer_end - 1)[1]]
    first = next((c for c in rest if c not in " .,;" and unicodedata.category(c) != "So"), "")
    return not first or first.isupper()


def unannounced(view: View, quote: Quote, lead: str, words: int) -> tuple[str, float] | None:
    """How surely a quotation without a cue is speech (method and sureness), or ``None``.

    ``lead`` is what stands before it on its line, ``words`` how many it has.
    """
    line_end = view.line(quote.outer_end - 1)[1]
    ended = is_ended(view, quote, line_end)
    alone = not lead.strip() and not view.masked[quote.outer_end : line_end].strip(" .,")
    method, sure = ("alone", 0.7) if alone else ("loose", 0.55)
    long_enough = ended if alone else words >= _SHORT and (ended or words >= _LONG)
    if long_enough and view.text[quote.start].isupper():
        return method, sure
    whole = _opens_sentence(lead) and closes_line(view, quote)
    if words < _LEAST or not whole or not _spoken(view, quote, words):
        return None
    return method, sure - 0.1


def speaks_up(view: View, quote: Quote, pre: str) -> bool:
    """Whether a verb right before a quotation that ends its sentence makes it speech.

    ``X yang memandu acara balik bertanya "berani tidak kalian"``; no title (``membuka
    "Festival Laut Biru"``).
    """
    last = WORD.findall(pre)[-1:]
    verb = bool(last) and last[0].islower() and pre.endswith(last[0]) and view.is_verb(last[0])
    said = view.text[quote.start : quote.end]
    capitals = sum(word[0].isupper() for word in WORD.findall(said))
    title = is_headline(said) or capitals > len(WORD.findall(said)) / 2
    return verb and not title and closes_line(view, quote)


def _opens_sentence(lead: str) -> bool:
    """Whether a sentence (or nothing) ends before the quotation."""
    before = lead.rstrip()
    return not before or before[-1] in ".?!" or unicodedata.category(before[-1]) == "So"


def _spoken(view: View, quote: Quote, words: int) -> bool:
    """Whether the words read like speech: no title, begun small only by a careless writer."""
    said = view.text[quote.start : quote.end]
    small = said[0].islower() and not (view.whispering or words >= _SHORT)
    capitals = sum(word[0].isupper() for word in WORD.findall(said))
    title = is_headline(said) or capitals > words / 2
    return not small and (view.shouting or not title)
