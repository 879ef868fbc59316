"""Words beside a name that the models take along, and names that are none.

``Dekranasda Kabupaten masing-masing`` ends before the type word, ``Ketua Dewan Pembina
Dekranasda`` holds a post in Dekranasda, "Dirjen Penguatan Daya Saing KKP" one in KKP,
``DPR RI fraksi Demokrat`` are two. What stands before a name in an event's or behind it in a
headline ("Bulog Ternate Jamin Stok") is no part of it. "Mayjen TNI" is a rank, "bahasa Inggris"
a language and "vaksin AstraZeneca" a thing; marks of HTML and addresses name nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from kb import authority
from kb.authority import norm
from kb.authority.places import TYPE_WORDS
from kb.authority.words import common_words, either, name_parts, sections
from kb.model import Mention
from kb.nlp.lexicon import lexicon
from kb.nlp.names.conventions import generic
from kb.nlp.names.firsts import first_word, heads, is_region
from kb.nlp.names.posts import in_title
from kb.nlp.names.spans import moved

_LIST = "beside.txt"
_MARK = re.compile(r"</?\w*|â(?=[a-z\W]|$)")
"""A mark of HTML, or what is left of a dash or quotation mark that was read in another code."""
_THING = re.compile(
    r"(?:(?<!Balai\s)(?<!Kantor\s)(?<!Fakultas\s)[Bb]ahasa|[Bb]erbahasa|[Vv]aksin|VAKSIN|[Dd]olar|[Ll]agu(?:\s[Kk]ebangsaan)?)"
    r"\s(?:\w+\s&\s)?$"
)
_CALLED = frozenset({"bahasa", "berbahasa", "vaksin", "dolar", "lagu", "kebangsaan", "&"})
_BARE_TYPE = re.compile(r"\s(?:Kabupaten|Kab|Provinsi|Prov|Kecamatan|Kec)\.?$")
_STUDY = re.compile(r"(?:S-?[123]|D-?(?:[1-4]|I{1,3}|IV))\s(?=[A-Z])")
"""A degree before the subject studied (``S1 Ilmu Pemerintahan``), which is no body."""
_OF_FIELD = re.compile(r"(?<=\w)\sBidang(?=\s|$)")
"""The field of who is deputy in a body (``Wakil Ketua Mahkamah Agung Bidang Non Yudisial``)."""
_RULE = re.compile(
    r"(?:Permen[a-z]*|Pergub|Perbup|Perwal[a-z]*|Perda|Perpres|Perppu|Kepmen[a-z]*|Keppres|Inpres)"
)
"""A regulation in letters, which is no body."""
_RESOLUTION = re.compile(r"\s\d{3,4}$")
_ENDS_JOINED = re.compile(r"\s(?:dan|untuk)$")
_CAPITALS = re.compile(r"\s[A-Z][\w-]*(?:\s(?:dan\s)?[A-Z][\w-]*)*")
_DEPUTY = re.compile(r"(?:[Ww]akil|Waka)\s(?:[Kk]etua\s)?$")
_PICKED = re.compile(r"\s?[/-]|\sdan\s[Kk]ota|\.\s?[A-Z]")
_MEMBER = re.compile(r"(?:[Kk]etua|[Ss]ekretaris|[Aa]nggota|[Ss]elaku|[Ss]ebagai)\s$")
_ORGAN = re.compile(rf"(?:{either(_LIST, 'bodies')})\s(?=[A-Z])")
_HEADS_FIELD = re.compile(
    r"(?:Dirjen|Direktur Jenderal|Deputi|Asdep|Asisten Deputi|Direktur|Staf Ahli)\b[^.;:\n]{0,90}$"
)
_MINISTRY = re.compile(
    r"(?<=\s)(?:Kementerian|Kementrian|Kemenko|Kemen[a-z]+)\b|(?<=\)\s)[A-Z]{2,}$"
)
_FIELD_FIRST = re.compile(r"(?:Menko|Menteri|Menteri Koordinator|Wamen|Wakil Menteri)\s$")
_FIELD_OF = re.compile(r"(?:Dirjen|Direktur\sJenderal)\s$")
_KADIS = re.compile(r"(?:Kadis|Kadin|Kadinsos)\s$")
_BEHIND = re.compile(r" (?:(?:Kab|Prov|Kep)\.? ?|Kota )?([A-Z][a-z]+)(?: ([A-Z][a-z]+))?")
_CODE = re.compile(r"[Ff]oto\s?:\s?$")
_FRACTION = re.compile(r"(?<=\w)\s(?=[Ff]raksi\s[A-Z])")
_EVENT = re.compile(
    rf"(?:even\s|acara\s|puncak\s)?(?i:{either(_LIST, 'events')})"
    r"(?:\s(?:[IVX]+|Nasional|ke-\d+))?\s(?=[A-Z])"
)
_CONTEST = re.compile(rf"(?:{either(_LIST, 'contests')})\s(?=\S)")
_BLOCK = re.compile(
    r"((?:RT|RW)[ .]*\d+(?: ?/ ?(?:RW[ .]*)?\d+| (?:RT|RW|LK)[ .]*[\dIVX]+)?) "
    r"(?=[A-Z](?!W\b|K\b|T\b))"
)
"""A block of a village, before the village (``RW 13 Sukamiskin``)."""
_POST = re.compile(
    rf"(?:{either(_LIST, 'parts')})\b[^()]*\((?:Ka(?!n)|KA(?!N)|Dan)[A-Za-z]+"
    r"(\s[A-Z][a-z]+)*\)?(?:\s|$)"
)
_ABBREVIATED = re.compile(r"(?:Kab|Kec|Kep|Prov)\.\s?[A-Z]")
_NOUN = re.compile(rf"(?:{either(_LIST, 'nouns')})\s(?=[A-Z])", re.IGNORECASE)
_CROWN = re.compile(r"(?:Sultan|Ratu|Pangeran)\s(?=[A-Z])")
_COURT = re.compile(r"[Kk]esultanan|Sultan\s(?:ke|pertama|yang)\b")
"""What tells that a text's sultans are sultans: others bear the word as a name."""
_PROGRAMME = re.compile(r"[Pp]rogram\s$")
_DAPIL = re.compile(r"[Dd]apil\s$")
_PAK = re.compile(r"(?<!\w)(?:[Pp]ak|[Bb]u)\s$")
_UNCLE = re.compile(r"(?:De|Lik)(?:\s|$)(?=[A-Z]|$)")
_BALINESE = re.compile(
    r"(?:Gusti|Dewa|Made|Wayan|Nyoman|Ketut|Komang|Kadek|Nengah|Putu|Gede)\s[A-Z]"
)
_ADDRESSED = re.compile(r"(?:ananda|ananda\s[Hh]j?\.)\s(?=[A-Z])")


@lru_cache(maxsize=1)
def _alone() -> frozenset[str]:
    """Words that alone name no institution."""
    table = sections(_LIST)
    keys = ("schools", "units", "small", "events", "contests")
    return frozenset(word for key in keys for word in table[key])


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    """Verbs that headlines put right behind a name."""
    return frozenset(sections(_LIST)["headline"])


def cut_strays(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """``mentions`` without the words that are no part of them, left to right, no overlaps."""
    programmes = _programmes(text, mentions)
    out: list[Mention] = []
    court = bool(_COURT.search(text))
    for mention in mentions:
        title = _CROWN.match(mention.surface) if court and mention.label == "PER" else None
        if title:
            mention = moved(text, mention, mention.start + title.end(), mention.end)
        if mention.label != "LOC" or mention.surface not in programmes:
            out.extend(_cut(text, mention))
    return out


def _programmes(text: str, mentions: Sequence[Mention]) -> frozenset[str]:
    """Names of programmes that begin like a place's (``Program Desa Tangguh``)."""
    places = authority.load().places
    return frozenset(
        m.surface
        for m in mentions
        if m.label == "LOC"
        and _PROGRAMME.search(text, max(0, m.start - 9), m.start)
        and first_word(m.surface) in TYPE_WORDS
        and not places.named(m.surface.partition(" ")[2])
    )


def _cut(text: str, mention: Mention) -> Iterator[Mention]:
    surface = mention.surface
    mark = _MARK.search(surface) if "<" in surface or "â" in surface else None
    if mark:
        mention = moved(text, mention, mention.start, mention.start + mark.start())
    if not mention.surface.strip() or "@" in surface:
        return
    words = surface.split(" ")
    if len(words) > 1 and not _verbs().isdisjoint(words[1:]):
        told = next(k for k, word in enumerate(words) if k and word in _verbs())
        end = mention.start + len(" ".join(words[:told]))
        mention = moved(text, mention, mention.start, min(end, mention.end))
    if mention.label != "LOC" and _ABBREVIATED.match(surface):
        mention = replace(mention, label="LOC")
    if mention.label == "PER":
        yield from _person(text, mention)
        return
    post = _POST.match(mention.surface) if mention.label == "ORG" else None
    if post:
        mention = _behind(text, mention, post)
        if not mention.surface:
            return
    studied = mention.label == "ORG" and _STUDY.match(surface)
    if studied or surface in _alone() or _is_thing(text, mention):
        return
    if _CONTEST.match(surface):
        yield from _last_region(text, mention)
        return
    if _KADIS.search(text, max(0, mention.start - 9), mention.start):
        yield from _behind_kadis(text, mention)
        return
    noun = _NOUN.match(surface)
    if noun:
        mention = _named_by(moved(text, mention, mention.start + noun.end(), mention.end))
    event = _EVENT.match(mention.surface)
    if event:
        mention = _named_by(moved(text, mention, mention.start + event.end(), mention.end))
        if mention.surface.lower() in common_words():
            return
    if mention.label == "ORG":
        yield from _institution(text, mention)
        return
    block = _BLOCK.match(mention.surface)
    if block:
        yield moved(text, mention, mention.start, mention.start + block.end(1))
        mention = moved(text, mention, mention.start + block.end(), mention.end)
    yield mention


def _behind_kadis(text: str, mention: Mention) -> Iterator[Mention]:
    """The region behind ``Kadis`` and the field the office is for (``Kadis KP Alor``)."""
    words = mention.surface.split(" ")
    if norm(words[0]) in ("dinas", "kota", "kabupaten", "kab", "provinsi", "prov"):
        yield mention
        return
    if " " not in mention.surface and mention.label == "ORG":
        behind = _BEHIND.match(text, mention.end)
        one, two = behind.groups() if behind else ("", None)
        if not is_region(one) and not is_region(f"{one} {two}"):
            yield mention
        return
    for size in range(1, len(words)):
        rest = " ".join(words[size:])
        kind = norm(words[size]) in TYPE_WORDS
        if kind or is_region(rest):
            start = mention.end - len(rest)
            yield replace(moved(text, mention, start, mention.end), label="LOC")
            return
    yield mention


def _is_thing(text: str, mention: Mention) -> bool:
    """Whether what stands before makes it a rank, a language, a vaccine, a song, or a code."""
    before = text[max(0, mention.start - 24) : mention.start]
    if mention.surface.startswith("TNI"):
        return in_title(text, mention.start, mention.surface)
    if before.rstrip().endswith(":"):
        code = mention.surface.isupper() and text[mention.end : mention.end + 1] == "/"
        return code and bool(_CODE.search(before))
    return _is_called(before)


def _is_called(before: str) -> bool:
    """Whether the words before end with what a thing is called by (``bahasa``, ``vaksin``)."""
    word = (before.split() or [""])[-1].lower()
    return word in _CALLED and bool(_THING.search(before))


def _behind(text: str, mention: Mention, post: re.Match[str]) -> Mention:
    """The body or region behind a post with its short form (``Kepala Dinas (Kadis) Sosial Wajo``),
    empty where none is named; the body before it where its head is in the brackets alone."""
    if post.end() == len(mention.surface) and post[1]:
        return moved(text, mention, mention.start, mention.start + mention.surface.index(" ("))
    mention = moved(text, mention, mention.start + post.end(), mention.end)
    words = mention.surface.split(" ")
    if first_word(mention.surface) in heads() or re.match(r"\w*[A-Z]\w*[A-Z]", mention.surface):
        return mention
    for size in range(len(words)):
        rest = " ".join(words[size:])
        if size and first_word(rest) in heads():
            return _shorter(mention, rest)
        if is_region(rest) or first_word(rest) in TYPE_WORDS:
            return replace(_shorter(mention, rest), label="LOC")
    return mention


def _shorter(mention: Mention, rest: str) -> Mention:
    return replace(mention, start=mention.end - len(rest), surface=rest)


def _last_region(text: str, mention: Mention) -> Iterator[Mention]:
    """The region an event's name ends with (``Kejuaraan Paralayang Asia``), if it does."""
    words = mention.surface.split(" ")
    for size in range(1, len(words)):
        rest = " ".join(words[size:])
        if is_region(rest) or norm(words[size]) in TYPE_WORDS:
            yield replace(moved(text, mention, mention.end - len(rest), mention.end), label="LOC")
            return


def _named_by(mention: Mention) -> Mention:
    """What an event is called after: a region is a place, whatever the event was taken for."""
    name = mention.surface
    region = is_region(name) or norm(name.partition(" ")[0]) in TYPE_WORDS
    return replace(mention, label="LOC") if region else mention


def _institution(text: str, mention: Mention) -> Iterator[Mention]:
    if _RULE.fullmatch(mention.surface):
        return
    numbered = _RESOLUTION.search(mention.surface)
    if numbered and re.search(r"[Rr]esolusi\s$", text[: mention.start][-12:]):
        mention = moved(text, mention, mention.start, mention.start + numbered.start())
    mention = _whole(text, mention)
    surface = mention.surface
    organ = _ORGAN.match(surface)
    if organ and _MEMBER.search(text, max(0, mention.start - 12), mention.start):
        mention = moved(text, mention, mention.start + organ.end(), mention.end)
    ministry = _MINISTRY.search(surface)
    first = first_word(surface)
    if first not in heads():
        if ministry and _HEADS_FIELD.search(text, max(0, mention.start - 110), mention.start):
            mention = moved(text, mention, mention.start + ministry.start(), mention.end)
        elif first in lexicon().org_words and _FIELD_OF.search(
            text, max(0, mention.start - 18), mention.start
        ):
            return
    field = _OF_FIELD.search(mention.surface)
    if field and _DEPUTY.search(text, max(0, mention.start - 13), mention.start):
        mention = moved(text, mention, mention.start, mention.start + field.start())
    mention = _without_type(text, mention)
    if mention.surface.lower() in generic():
        return
    two = _FRACTION.search(mention.surface)
    if two:
        yield moved(text, mention, mention.start, mention.start + two.start())
        mention = moved(text, mention, mention.start + two.end(), mention.end)
    yield mention


def _whole(text: str, mention: Mention) -> Mention:
    """A body whose name the model ended with "dan" or "untuk", with the capitals that go on
    ("Observatorium Suriah untuk | Hak Asasi Manusia"), or without that word where none do."""
    joined = _ENDS_JOINED.search(mention.surface)
    if joined is None:
        return mention
    more = _CAPITALS.match(text, mention.end)
    if more is None:
        return moved(text, mention, mention.start, mention.start + joined.start())
    return moved(text, mention, mention.start, more.end())


def _without_type(text: str, mention: Mention) -> Mention:
    """``Dekranasda`` of ``Dekranasda Kabupaten``, which names no kabupaten; ``DPRD
    Provinsi`` says of which level it is."""
    kind = _BARE_TYPE.search(mention.surface)
    if kind is None or not mention.surface[0].isupper() or _PICKED.match(text, mention.end):
        return mention
    if kind.group().endswith(".") and re.match(r"\s?[A-Z]", text[mention.end : mention.end + 2]):
        return mention
    name = mention.surface[: kind.start()]
    if " " in name.removeprefix("TP ").removeprefix("TP. "):
        return mention
    if norm(name) in lexicon().regional_heads:
        return mention
    return moved(text, mention, mention.start, mention.start + len(name))


def _person(text: str, mention: Mention) -> Iterator[Mention]:
    before = text[max(0, mention.start - 24) : mention.start]
    if _is_called(before):
        return
    addressed = _ADDRESSED.match(mention.surface)
    if addressed:
        mention = moved(text, mention, mention.start + addressed.end(), mention.end)
    mention = _from_birth(text, mention)
    uncle = _UNCLE.match(mention.surface) if _PAK.search(before) else None
    if uncle:
        mention = moved(text, mention, mention.start + uncle.end(), mention.end)
        if not mention.surface:
            return
    first, _, rest = mention.surface.partition(" ")
    if first in _verbs() and name_parts().isdisjoint(rest.lower().split()):
        return
    if first in sections(_LIST)["posts"]:
        if not rest:
            return
        mention = moved(text, mention, mention.end - len(rest), mention.end)
        first, _, rest = rest.partition(" ")
    if rest and _FIELD_FIRST.search(before):
        word = first.lower()
        if word in lexicon().org_words and word not in name_parts():
            mention = moved(text, mention, mention.end - len(rest), mention.end)
    if rest and _DAPIL.search(before):
        end = mention.start + _place_size(mention.surface)
        yield replace(moved(text, mention, mention.start, end), label="LOC")
        mention = moved(text, mention, end + 1, mention.end)
    yield mention


def _from_birth(text: str, mention: Mention) -> Mention:
    """``Gusti Ngurah Rata`` with the ``I`` that says he is a man and is no numeral."""
    begun = text[max(0, mention.start - 4) : mention.start]
    if not _BALINESE.match(mention.surface) or not re.search(r"(?<![\w.])(?:I|Ni)\s$", begun):
        return mention
    return moved(text, mention, mention.start - len(begun.split()[-1]) - 1, mention.end)


def _place_size(surface: str) -> int:
    """Characters of the place that a person's name was taken to begin with."""
    words = surface.split(" ")
    known = authority.load().places.by_norm
    for size in range(len(words) - 1, 0, -1):
        if norm(" ".join(words[:size])) in known:
            return len(" ".join(words[:size]))
    return len(words[0])
