"""Who said a quotation without a cue, where the words behind it tell.

``"Bayar, beta yang hitung!" Suara itu milik X.``; ``"...," ungkapan itu meluncur dari X``;
``"..." X mengucapkan itu sambil berdiri.``; ``"..." Demikian X saat membuka rapat.``
"""

from __future__ import annotations

import re

from kb.nlp.statements.masked import MASK, WORD, View
from kb.nlp.statements.people import People, Ref
from kb.nlp.statements.quotes import Quote
from kb.nlp.statements.refs import is_office_like, speaker_after

_GAP = re.compile(r"[\s,.;–—-]*")
_SAID_THAT = re.compile(
    r"[^.!?\n]*?\b(?P<verb>me\w+(?:kan|i)|berkata|bilang)\s+(?:hal\s+)?(?:itu|begitu|demikian)\b"
)
_FROM = re.compile(
    r"\b(?:milik|dari(?:\s+(?:mulut|bibir))?|oleh"
    r"|di(?:lontarkan|sampaikan|teriakkan|ucapkan|ungkapkan)(?:\s+oleh)?)\s+"
)
"""What leads from an utterance to whose it is (``ungkapan itu meluncur dari X``)."""


_DONE = re.compile(
    r"(?:hal|pernyataan|ucapan|penegasan|ungkapan)\s+(?:itu|ini|tersebut|demikian)\s+(?:juga\s+)?"
    r"(?P<verb>di[a-z]+)\b(?!\s+(?:saat|dalam|di|pada|usai|ketika|setelah)\b)",
    re.IGNORECASE,
)
"""``"..." Hal itu dikatakan X.``"""


def named_behind(view: View, people: People, quote: Quote) -> tuple[Ref, int] | None:
    """The person whom the words behind a quotation give it to, and where they begin."""
    gap = _GAP.match(view.masked, quote.outer_end)
    place = gap.end() if gap else quote.outer_end
    between = view.masked[quote.outer_end : place]
    first = WORD.match(view.masked, place)
    if first is None:
        return None
    end = _end(view, place)
    second = WORD.match(view.masked, first.end() + 1)
    pair = second.group().casefold() if second is not None else ""
    third = WORD.match(view.masked, second.end() + 1) if second is not None else None
    if third is not None and third.group().casefold() in view.cues.pointing:
        pair = third.group().casefold()  # "Kalimat pendek itu"
    low = first.group().casefold()
    cues = view.cues
    if (low in cues.utterances and pair in cues.pointing) or (
        low == "ini" and pair in cues.utterances
    ):
        for source in _FROM.finditer(view.masked, first.end(), end):
            who = speaker_after(view, people, source.end())
            if who.ref.kind == "person":
                return who.ref, source.end()
        return None
    done = _DONE.match(view.masked, place, end)
    if done is not None and done["verb"].casefold() in cues.passive - cues.agreeing:
        who = speaker_after(view, people, done.end())
        leads = view.masked[end : end + 1] == MASK and view.masked[:end].rstrip()[-1:] in ",:"
        known = who.ref.kind in ("person", "title")
        return (who.ref, done.end()) if known and not leads else None
    if "\n" in between:
        return None
    persons = view.between(place, end, "PER")
    told = _SAID_THAT.match(view.masked, place, end)
    if told is None or not persons or persons[0].end > told.start("verb"):
        return None
    if told["verb"].casefold() in cues.active | cues.uttering and is_office_like(
        view, place, persons[0].start
    ):
        return Ref("person", persons[0].surface, persons[0]), persons[0].start
    return None


def _end(view: View, place: int) -> int:
    """Where the sentence at ``place`` ends, or the next quotation begins."""
    end = min(view.sentence_at(place).end, view.line(place)[1])
    quoted = view.masked.find(MASK, place, end)
    return quoted if quoted >= 0 else end
