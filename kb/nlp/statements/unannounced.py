"""Quotations that no reporting word announces (``Vinsen berkelit. "Anggaran kita dipotong"``),
and such as nobody says: names, slogans, what a paper says."""

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


def capitals(view: View, quote: Quote) -> int:
    """How many words of a quotation begin with a capital."""
    words = WORD.findall(view.text, quote.start, quote.end)
    return sum(word[0].isupper() for word in words)


def closes_line(view: View, quote: Quote) -> bool:
    """Whether the line ends with the quotation, or goes on with a new sentence."""
    rest = view.masked[quote.outer_end : view.line(quote.outer_end - 1)[1]]
    first = next((c for c in rest if c not in " .,;_*~" and unicodedata.category(c) != "So"), "")
    return not first or first.isupper()


def unannounced(view: View, quote: Quote, lead: str, words: int) -> tuple[str, float] | None:
    """How surely a quotation without a cue is speech (method and sureness), or ``None``.

    ``lead`` is what stands before it on its line, ``words`` how many it has.
    """
    line_end = view.line(quote.outer_end - 1)[1]
    ended = is_ended(view, quote, line_end)
    alone = not lead.strip() and not view.masked[quote.outer_end : line_end].strip(" .,_*~")
    method, sure = ("alone", 0.7) if alone else ("loose", 0.55)
    long_enough = ended if alone else words >= _SHORT and (ended or words >= _LONG)
    if long_enough and view.text[quote.start].isupper():
        return method, sure
    whole = _opens_sentence(lead) and closes_line(view, quote)
    if words < _LEAST or not whole or not _spoken(view, quote, words):
        return None
    return method, sure - 0.1


def speaks_up(view: View, quote: Quote, pre: str, words: int) -> bool:
    """Whether a verb right before a quotation that ends its sentence makes it speech.

    ``X yang memandu acara balik bertanya "berani tidak kalian"``; no title (``membuka
    "Festival Laut Biru"``).
    """
    last = WORD.findall(pre)[-1:]
    verb = bool(last) and last[0].islower() and pre.endswith(last[0]) and view.is_verb(last[0])
    said = view.text[quote.start : quote.end]
    title = is_headline(said) or capitals(view, quote) > len(WORD.findall(said)) / 2
    verb = verb or (view.whispering and words >= _SHORT)  # 'pak yosef ketawa besar "wak jangan"'
    return verb and not title and closes_line(view, quote)


def _opens_sentence(lead: str) -> bool:
    """Whether a sentence (or nothing) ends before the quotation."""
    before = lead.rstrip()
    return not before or before[-1] in ".?!" or unicodedata.category(before[-1]) == "So"


def _spoken(view: View, quote: Quote, words: int) -> bool:
    """Whether the words read like speech: no title, begun small only by a careless writer."""
    said = view.text[quote.start : quote.end]
    small = said[0].islower() and not (view.whispering or words >= _SHORT)
    ended = said[-1] in ".?!"
    title = not ended and (is_headline(said) or capitals(view, quote) > words / 2)
    return not small and (view.shouting or not title)


def of_paper(view: View, quote: Quote) -> bool:
    """``"...," ditegaskan pada Pasal 3``, ``"..." bunyi Pasal 6``: a paper says so, nobody."""
    words = WORD.findall(view.masked, quote.outer_end, min(len(view.text), quote.outer_end + 70))
    low = [word.casefold() for word in words[:4]]
    if not low or not (low[0] in ("bunyi", "demikian") or low[0].startswith("di")):
        return False
    return bool(set(low[1:]) & view.cues.not_speakers) and any(w[0].isupper() for w in words[1:4])


def is_named(view: View, pre: str) -> bool:
    """Whether the words before make the quotation a name or slogan."""
    for word in reversed(WORD.findall(pre)[-3:]):
        low = word.casefold()
        if low in view.cues.naming:
            return True
        if low in view.cues.active:
            return False  # "Membuka rapat, Camat mengatakan ..."
    return False


def is_labelled(view: View, pre: str) -> bool:
    """Whether the word before a colon makes the quotation a name (``Tema : "..."``)."""
    last = [w.casefold() for w in WORD.findall(pre)[-1:]]
    return any(w in view.cues.naming and w not in view.cues.roots for w in last)
