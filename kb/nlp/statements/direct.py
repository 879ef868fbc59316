"""Quotations that are statements, with the cue and the speaker as written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from kb.model import Mention
from kb.nlp.statements.ahead import NAMELY, PAUSES, SHORT, Told, find_ahead
from kb.nlp.statements.before_verb import speaker_before
from kb.nlp.statements.content import BAHWA, TRAILING, Candidate, behind_own_cue, skip_spaces
from kb.nlp.statements.crowds import crowd_before
from kb.nlp.statements.cues import Cues
from kb.nlp.statements.interviews import Interview
from kb.nlp.statements.masked import MASK, WORD, View, is_headline, unmarked
from kb.nlp.statements.named_behind import named_behind
from kb.nlp.statements.opening import asked, in_bracket, opens_with, pronoun_opens
from kb.nlp.statements.people import INTERVIEWED, LAST, People, Ref
from kb.nlp.statements.quotes import CueTest, Quote
from kb.nlp.statements.refs import speaker_after
from kb.nlp.statements.unannounced import (
    capitals,
    closes_line,
    is_ended,
    is_labelled,
    is_named,
    of_paper,
    speaks_up,
    unannounced,
)

_GAP = re.compile(r"[\s,.;:–—-]*")
_PICTURES = re.compile(
    r"[\s,.;:–—_*~\u2190-\u21ff\u2600-\u27bf\U0001f300-\U0001faff\u200d\ufe0f-]*"
)
"""What may stand between a quotation and its cue (``"..." 👉 kata Pak Kabid``)."""
_FILLERS = frozenset(("demikian", "begitu", "masih", "seperti", "sambil", "seraya", "demikianlah"))
CUT_OFF = "cut off"
"""Method of a last quotation that is not closed because the text was cut off in it."""
_LEAST = 3
"""Words of a quotation that an unknown verb (``semprotnya``) or the sentence's subject tells."""


def cue_test(text: str, cues: Cues) -> CueTest:
    """A test for ``find_quotes``: does a reporting word begin (nearly) here?"""

    def cue_at(place: int) -> bool:
        gap = _GAP.match(text, place)
        word = WORD.match(text, gap.end() if gap else place)
        if word is None:
            return False
        low = word.group().casefold()
        if low in _FILLERS:
            following = WORD.match(text, word.end() + 1)
            low = following.group().casefold() if following else low
        return low in cues.roots or cues.is_nya(low)

    return cue_at


def direct_candidates(view: View, people: People) -> Iterator[Candidate]:
    """Quotations that are statements, left to right."""
    before: tuple[Quote, Told] | None = None
    behind = 0
    interview = Interview(view)
    for quote in view.quotes:
        told = _told(view, people, quote, before, behind)
        behind = quote.outer_end
        if told is None and interview.is_answer(quote):  # of a word or two
            told = Told(LAST, None, quote.start, quote.outer_end, "interview", 0.75)
        if told is None:
            continue
        if told.ref is LAST and interview.is_answer(quote):
            told = replace(told, ref=INTERVIEWED, method="interview")
        method = told.method if quote.method == "paired" else f"{told.method}, {quote.method}"
        sure = {"paired": 1.0, "single": 0.97, "paragraphs": 0.95}.get(quote.method, 0.85)
        # Words that only one mark sets off are a report: nobody can say where they begin.
        half = quote.method in ("unclosed", "unopened")
        # Of one that no cue closes, only the sentence that the mark opens.
        open_end = quote.method == "unclosed" and told.place <= quote.end
        end = view.first_sentence(quote.start, quote.end) if open_end else quote.end
        while half and view.text[end - 1] in ", ":
            end -= 1
        start = quote.start
        if quote.method == "unopened":
            start = skip_spaces(view, behind_own_cue(view, start, end))
        elif half:
            that = BAHWA.match(view.text, start, end)
            start = that.end() if that else start
        yield Candidate(
            told.place, told.ref, "indirect" if half else "direct", start, end, told.cue,
            method, told.confidence * sure,
        )  # fmt: skip
        before = (quote, told)


def _told(
    view: View,
    people: People,
    quote: Quote,
    before: tuple[Quote, Told] | None,
    behind: int,
) -> Told | None:
    """How a quotation is told, or ``None``; ``behind`` is the end of the one before it."""
    line_start = view.line(quote.outer_start)[0]
    line_end = view.line(quote.outer_end - 1)[1]
    words = len(WORD.findall(view.text, quote.start, quote.end))
    cut_off = quote.method == "unclosed" and not view.text[quote.outer_end :].strip()
    floor = min(max(line_start, behind), quote.outer_start)
    lead = unmarked(view.masked[floor : quote.outer_start])
    sentence = max(floor, _last_sentence(view, floor, quote.outer_start))
    pre = unmarked(view.masked[sentence : quote.outer_start]).rstrip()
    inside = _inside_sentence(view, pre, sentence, quote)
    if (inside or not pre.endswith(PAUSES)) and is_named(view, pre):
        return None
    opens = opens_with(view, people, sentence, quote.outer_start) if pre else None
    if pre.endswith(":") and is_labelled(view, pre) and opens is None:
        return None
    if of_paper(view, quote):
        return None
    whole = not pre or pre[-1] in ".?!"
    told = _behind(view, people, quote, whole and words >= _LEAST)
    if told is None or told.method == "quote-name":
        owner = named_behind(view, people, quote) if whole else None
        if owner is not None:
            told = Told(owner[0], None, quote.start, owner[1], "named behind", 0.85)
    named = whole or (told is not None and told.ref is not LAST)
    opener = None if named else opens
    if told is not None and told.ref is LAST and opener is not None and not pre.endswith(":"):
        told = replace(told, ref=opener, confidence=0.9)
    if told is not None and pre.endswith(PAUSES) and view.text[quote.end - 1] in ".!?":
        ahead = find_ahead(view, people, sentence, quote, words)  # 'Jawabnya: "..." X ...'
        if ahead is not None and (pre.endswith(":") or ahead.method == "cue-quote"):
            told = ahead
    said = told is not None and told.cue is not None and view.cues.is_nya(told.cue)
    if told is not None and (not inside or words > 6 or (said and words > 1)):
        return told
    if not lead.strip() and floor == line_start:
        sentence = _line_before(view, line_start)
    ahead = find_ahead(view, people, sentence, quote, words)
    if ahead is not None:
        return ahead
    if opener is not None and inside and words >= _LEAST and speaks_up(view, quote, pre, words):
        return Told(opener, None, quote.start, quote.outer_end, "opened", 0.75)
    headline = not cut_off and not view.shouting
    if pre.endswith(",") and capitals(view, quote) > words / 2 and not view.shouting:
        return None
    if inside or words < 2 or (headline and is_headline(view.text[line_start:line_end])):
        return None
    ended = is_ended(view, quote, line_end)
    opener = opener if words >= _LEAST else None
    opener = opener or asked(view, people, lead, quote.outer_start)
    if opener is None and pre.endswith(PAUSES) and words >= _LEAST:
        opener = pronoun_opens(view, sentence, quote.outer_start)
    if opener is not None and (ended or closes_line(view, quote)):
        return Told(opener, None, quote.start, quote.outer_end, "opened", 0.8)
    if before is not None and floor == before[0].outer_end:
        stops = len(re.findall(r"[.?!](?=\s|$)", lead))
        finished = not lead.strip() or lead.rstrip()[-1] in ".,?!"
        if stops <= 1 and finished and (ended or words >= SHORT):
            told = before[1]
            return Told(told.ref, None, quote.start, quote.outer_end, "continued", 0.9)
    crowd = crowd_before(view, lead, quote.outer_start) if words >= _LEAST else None
    if crowd is not None and (ended or closes_line(view, quote)):
        return Told(crowd[0], None, crowd[1], quote.outer_end, "crowd", 0.75)
    if cut_off and not lead.strip() and not view.text[quote.start].islower():
        return Told(LAST, None, quote.start, quote.outer_end, CUT_OFF, 0.6)
    plain = unannounced(view, quote, lead, words)
    return Told(LAST, None, quote.start, quote.outer_end, *plain) if plain is not None else None


def _line_before(view: View, line_start: int) -> int:
    """Start of the paragraph before, if its colon introduces the quotation; else the line."""
    before = view.masked[:line_start].rstrip()
    return before.rfind("\n") + 1 if before.endswith(":") else line_start


def _last_sentence(view: View, floor: int, place: int) -> int:
    """Start of the sentence that ends at an opening mark."""
    start = view.sentence_at(place).start
    if start > floor:
        return start if start <= place else floor
    ends = [m.end() for m in re.finditer(r"[.?!]\s+(?=\S)", view.masked[floor:place])]
    return floor + ends[-1] if ends else floor


def _inside_sentence(view: View, pre: str, start: int, quote: Quote) -> bool:
    """Whether words that introduce nothing stand before the quotation in its sentence."""
    bare = pre.strip(" ,.:;-–—()*•0123456789")
    if not bare:
        return False
    if (
        pre.endswith((".", "?", "!", "-", "–", "—", ")", "|"))
        or unicodedata.category(pre[-1]) == "So"
    ):
        return False
    if pre.endswith(PAUSES):
        return False
    if NAMELY.search(pre):
        return False
    last = WORD.findall(bare)
    tail = {w.casefold() for w in last[-4:]}
    return not any(view.cues.is_report(w) for w in tail)


# --- "...," kata X ------------------------------------------------------------------


def _signed(view: View, people: People, place: int, line_end: int) -> Told | None:
    """``"..." - Presiden X``: the name or office alone behind a dash, up to the line's end."""
    who = speaker_after(view, people, place)
    known = who.ref.kind == "person" or (
        who.ref.kind == "title" and people.title_of(who.ref.text) is not None
    )
    if not known or view.masked[who.place : line_end].strip(" .,)"):
        return None
    return Told(who.ref, None, place, who.place, "signed", 0.93)


def _behind(view: View, people: People, quote: Quote, whole: bool) -> Told | None:
    """A report behind the quotation, which is a sentence of its own where it is ``whole``."""
    cues = view.cues
    signed_in = in_bracket(view, people, quote.outer_end)
    if signed_in is not None and whole:
        return Told(signed_in[0], None, quote.start, signed_in[1], "signed", 0.88)
    gap = _PICTURES.match(view.masked, quote.outer_end)
    place = gap.end() if gap else quote.outer_end
    line_end = view.line(quote.outer_end - 1)[1]
    between = view.masked[quote.outer_end : place]
    if place >= line_end or "\n" in between:
        return None
    if any(mark in between for mark in "-–—"):
        signed = _signed(view, people, place, line_end)
        if signed is not None:
            return signed
    word = WORD.match(view.masked, place)
    while word is not None and word.group().casefold() in (_FILLERS | cues.adverbs) - cues.roots:
        filler, word = word, WORD.match(view.masked, word.end() + 1)
        if filler.group().casefold() in ("begitu", "demikian") and word is not None:
            covered = view.mention_at(word.start())
            if covered is not None and covered.label == "PER":
                ref = Ref("person", covered.surface, covered)
                return Told(ref, filler.group(), filler.start(), covered.end, "quote-cue", 0.85)
    if word is not None and word.group().casefold() in ("itu", "itulah"):
        said = WORD.match(view.masked, word.end() + 1)  # "hanya itu kata korban"
        word = said if said is not None and said.group().casefold() in cues.roots else word
    if word is None:
        return None
    if _of_next(view, quote, word, line_end):
        return None
    following = WORD.match(view.masked, word.end() + 1)
    noun = word.group()[0].isupper() and not view.shouting
    if noun and following is not None and following.group() in cues.pointing:
        return None  # '"..." Saran itu dipakai'
    cue = word.group()
    low = cue.casefold()
    paused = view.text[quote.end - 1] in ",.?!…" or "," in between or quote.method == "unclosed"
    named = _named_behind(view, word.end())
    if cues.is_nya(low) and named is not None:  # "katanya Sahariah"
        ref = Ref("person", named.surface, named)
        return Told(ref, cue, word.start(), named.end, "quote-cue", 0.9)
    if cues.is_nya(low) and view.masked[word.end() : word.end() + 1] == " ":
        who = speaker_after(view, people, word.end())  # "ujarnya wali nagari disambut tawa"
        if who.ref.kind == "title" and people.holds(who.ref.text):
            return Told(who.ref, cue, word.start(), who.place, "quote-cue", 0.85)
    alone = whole and view.masked[word.end() : word.end() + 1] in ("", ".", ",", "\n")
    told_so = cues.is_nya(low) or ((paused or alone) and cues.may_be_nya(low))
    if low not in cues.not_cues and told_so:
        return Told(LAST, cue, word.start(), word.end(), "quote-nya", 0.95)
    if low.endswith("nya") and low[:-3] in (cues.passive | cues.active):
        return Told(LAST, cue, word.start(), word.end(), "quote-nya", 0.93)
    if low in cues.roots:
        who = speaker_after(view, people, word.end())
        return Told(who.ref, cue, word.start(), who.place, "quote-cue", 0.97)
    if low in cues.passive:
        who = speaker_after(view, people, word.end())
        return Told(who.ref, cue, word.start(), who.place, "quote-cue", 0.9)
    if low in cues.active and paused:
        return Told(LAST, cue, word.start(), word.end(), "quote-cue", 0.85)
    told = _subject_verb(view, people, quote, word.start(), line_end)
    told = told or _named_acts(view, quote, word.start())
    if told is not None:
        return told
    if (
        (paused or (whole and _named_behind(view, word.end()) is not None))
        and "." not in between
        and cue == low
        and low not in cues.stops
        and low not in cues.describing
    ):
        who = speaker_after(view, people, word.end())
        near = view.masked[word.end() : who.place].count(" ") <= 6
        if who.ref.kind in ("person", "title") and near:
            return Told(who.ref, cue, word.start(), who.place, "quote-cue", 0.85)
    return None


def _of_next(view: View, quote: Quote, word: re.Match[str], line_end: int) -> bool:
    """Whether a new sentence behind the quotation introduces the next one.

    ``"Saya takut salah". Dijawab X: "..."``; but ``"Siap." Kata X, "kami mulai."`` is split.
    """
    ended = "." in view.text[quote.end - 1 : word.start()].strip("\"”“'’ ") or (
        view.text[quote.end - 1] in "?!…"
    )
    if view.shouting or not ended or not word.group()[0].isupper():
        return False
    following = view.masked.find(MASK, word.end(), line_end)
    between = view.masked[word.start() : following].rstrip() if following >= 0 else ""
    plain = not re.search(r"[.?!]\s", between)
    split = between.endswith(",") and word.group().casefold() in view.cues.roots
    return plain and between.endswith((":", ",")) and not split


def _named_behind(view: View, place: int) -> Mention | None:
    """The person named right behind ``place``, past one form of address."""
    behind = WORD.match(view.masked, place + 1)
    if behind is None or view.text[place : place + 1] != " ":
        return None
    found = view.mention_at(behind.start())
    if found is None and behind.group()[0].isupper():
        second = WORD.match(view.masked, behind.end() + 1)
        found = view.mention_at(second.start()) if second is not None else None
    return found if found is not None and found.label == "PER" else None


def _named_acts(view: View, quote: Quote, place: int) -> Told | None:
    """``"Yang penting senang," Ridwan terkekeh.``: behind a comma, and nothing else follows."""
    named = view.mention_at(place)
    if named is None or named.label != "PER" or view.text[quote.end - 1] != ",":
        return None
    end = min(view.sentence_at(named.end).end, view.line(place)[1])
    rest = view.masked[named.end : end].strip(" .!").split()
    if not rest or len(rest) > 3 or not all(word.isalpha() and word.islower() for word in rest):
        return None
    ref = Ref("person", named.surface, named)
    return Told(ref, None, quote.start, named.end, "quote-name", 0.85)


def _subject_verb(
    view: View, people: People, quote: Quote, place: int, line_end: int
) -> Told | None:
    """``"...," X mengatakan.``"""
    end = min(view.sentence_at(place).end, line_end)
    if view.masked[quote.outer_end : place].strip(" ,"):
        return None
    for word in WORD.finditer(view.masked, place, min(end, place + 120)):
        if word.group().casefold() in view.cues.active and view.mention_at(word.start()) is None:
            before = view.masked[place : word.start()].casefold().split()
            if view.cues.negations.intersection(before[-2:]):
                return None  # '"..." Pihak X belum juga menjawab.'
            who = speaker_before(view, people, place, word.start())
            rest = view.masked[word.end() : end].strip(" .")
            ended = view.text[quote.end - 1] in ".?!" or "." in view.text[quote.end : place]
            goes_on = view.masked[end:line_end].lstrip(" .").startswith(MASK)
            meanwhile = TRAILING.match(view.masked, word.end(), end)
            clause = not meanwhile and view.is_clause(word.end(), end)
            if ended and word.group().islower() and (goes_on or clause):
                return None  # '"..." Namun beliau menyebut ada 11 unit', '"..." X menyela. "..."'
            if who.ref.kind in ("person", "title", "anaphor") and len(rest.split()) <= 8:
                return Told(who.ref, word.group(), word.start(), word.end(), "quote-cue", 0.85)
            return None
    return None
