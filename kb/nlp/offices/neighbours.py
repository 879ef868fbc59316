"""What may stand between an office and its holder: degrees, asides, wider regions."""

from __future__ import annotations

import re

from kb.authority import norm
from kb.model import Mention
from kb.nlp.language import JOINED, LINE, PARAGRAPH
from kb.nlp.offices.listed import listed
from kb.nlp.offices.open_posts import FUNCTIONAL, STAFF
from kb.nlp.offices.phrases import Phrase, PhraseReader
from kb.nlp.offices.units import INITIALS, plain
from kb.nlp.regions import region_code
from kb.nlp.rules.gazetteer import bare
from kb.nlp.rules.persons import skip_honorifics

_ASIDES = listed("asides")
_NTH = re.compile(r"ke-\d{1,2}")
_POINTERS = listed("pointers")
_OLD = listed("old")
_SEATED = listed("seated")
_CHAMBERS = listed("chambers")
_LONGEST_CLAUSE = 7
"""Tokens of a clause between a post and the word that points back, at most. Set by hand; no
command measured it."""
_CLOSING = frozenset(',.;:)("”!?-–—')
_SELF = listed("self")
_WANTED = listed("wanted")
_THEN = frozenset(tuple(pair.split()) for pair in listed("then"))
_CLIPPED = re.compile(r"[A-Z][a-z]{1,3}\Z")
_DEGREE = re.compile(
    r"(?:[A-Z][a-zA-Z]{0,4}\.)+[A-Z][A-Za-z]{0,5}\.?\Z|(?:[SM]\.|LLAJ|Ling|MKes)\Z"
)
_CONSTABLES = frozenset({"babinsa", "bhabin", "bhabinkamtibmas"})
_OF_WIVES = frozenset({"polri", "tni", "pusat"})
"""Categories of posts whose "ibu" is as often the holder's wife ("Ibu Kapolri")."""
_SHORT = re.compile(r"\s*\([^)]*\)\Z")
_FACULTY = re.compile(r"[SMAD]\.\Z")


class NeighbourReader(PhraseReader):
    """Walks over the words around the office phrases of one document."""

    def _past_pointers(self, at: int) -> int:
        """``Camat setempat, X``, ``Kepala Kampung yang baru X``: past the words that point."""
        tokens, end = self.tokens, at
        if tuple(tokens.lower[at : at + 2]) in _THEN:
            return at + 2  # "Presiden RI kala itu, X"
        while end < len(tokens) and end - at < 3 and tokens.lower[end] in _POINTERS:
            end += 1
        if (
            end < len(tokens)
            and tokens.lower[end] in _SELF
            and tokens.words[end + 1 :][:1] == [","]
        ):
            return end + 1  # "Kanit Lantas sendiri, Aiptu X"
        while end < len(tokens) and _NTH.match("".join(tokens.lower[end : end + 3])):
            nth = end + (1 if _NTH.match(tokens.lower[end]) else 3)
            end = nth + (tokens.lower[nth : nth + 1] in (["dan"], ["ri"]))  # "Presiden ke-6 RI X"
        return end

    def _points_back(self, phrase: Phrase) -> bool:
        """``Gubernur sebelumnya, X``: whether the words behind the post place it in the past."""
        behind = self.tokens.lower[phrase.last : self._past_pointers(phrase.last)]
        return not _OLD.isdisjoint(behind)

    def _past_seat(self, phrase: Phrase) -> int:
        """``Kepala Balai Besar POM di Mataram, X``: past the town that belongs to the body's name,
        which the phrase takes, or the phrase's end."""
        self._take_rest(phrase)
        tokens, at, org = self.tokens, phrase.last, phrase.org
        seated = org is not None and norm(org.surface).split()[0] in _SEATED
        if not seated or org is None or at + 1 >= len(tokens) or tokens.lower[at] != "di":
            return at
        town = self._mention(at + 1, "LOC")
        if town is None or not self._leads_to_name(self.map.end(town)):
            return at
        phrase.institution = f"{phrase.institution} di {plain(town.surface)}"
        phrase.last = self.map.end(town)
        return phrase.last

    def _take_rest(self, phrase: Phrase) -> None:
        """``Kepala Biro Perekonomian [Setda NTB] X``, ``Ketua RW 03 [Mulyojati], X``: the name that
        stands between the body and the holder, which the body's name takes."""
        tokens, at = self.tokens, phrase.last
        rest = self.map.at.get(at)
        if rest is None or rest.label == "PER" or phrase.institution is None:
            return
        region = rest.label == "LOC" and bare(tokens, at) in self.lex.region_types
        if region or tokens.gap[at] >= LINE or not self._leads_to_name(self.map.end(rest)):
            return
        phrase.institution = f"{phrase.institution} {plain(rest.surface)}"
        phrase.last = self.map.end(rest)

    def _kin(self, phrase: Phrase) -> bool:
        """Whether the phrase only says whose wife, lawyer or aide, or to whom somebody speaks."""
        first = phrase.title.first
        if self._told_to(phrase):
            return True
        if first == 0 or self.tokens.lower[first - 1] not in self.lex.titles.links.kin:
            return False
        if self.tokens.gap[first] == PARAGRAPH:
            return False
        heads = self.lex.titles.villages.heads | {"camat"}
        title = phrase.title.title
        if title.category == "kecamatan dan desa":
            small = self.lex.titles.full(title.name) not in heads
        else:
            small = title.takes != "region" and title.category not in _OF_WIVES
        return not (small and self.tokens.lower[first - 1] == "ibu")  # "Ibu Ketua RW 02 X"

    def _put_forward(self, mention: Mention) -> bool:
        """``pencalonan X sebagai Bupati``, ``suap dari X untuk Kajari``: X does not hold what he
        is wanted for, nor what another does to whom something of his goes."""
        lower, first = self.tokens.lower, self.map.spans[mention.start][0]
        before, behind = lower[max(0, first - 1) : first], lower[self.map.end(mention) :][:1]
        goes = before == ["dari"] and behind == ["untuk"]
        return goes or bool(_WANTED & {*before})

    def _past_clause(self, phrase: Phrase) -> int:
        """``Gubernur Jateng dua periode [itu]``, ``Camat X yang sedang belanja [itu]``: where the
        pointing word stands, or the phrase's end."""
        tokens, at = self.tokens, phrase.last
        if tokens.lower[at + 1 : at + 2] == ["periode"]:
            return at + 2
        for end in range(at + 1, min(at + _LONGEST_CLAUSE, len(tokens))):
            if tokens.lower[at] != "yang" or tokens.lower[end] in ("yang", ",", "."):
                break
            if self.map.label[end] or not tokens.words[end].isalpha():
                break
            if tokens.lower[end] in ("ini", "itu"):
                return end
        return at

    def _alike(self, one: Phrase, two: Phrase) -> bool:
        """Whether two posts of one person are of one body, as far as the titles tell
        (``anggota komisi`` and ``Bendahara Fraksi X`` are of two)."""
        part = norm(one.role).split()[-1]
        other = norm(two.institution or "").partition(" ")[0]
        apart = part in _CHAMBERS and other in _CHAMBERS and part != other
        return one.title.title.takes == two.title.title.takes != "region" and not apart

    def _labels(self, mention: Mention, phrase: Phrase) -> bool:
        """``ASP: Bupati bilang ...``: whether the name only opens the line of what he says."""
        tokens, first, end = self.tokens, self.map.spans[mention.start][0], phrase.last
        if tokens.words[self.map.end(mention)] != ":" or end >= len(tokens):
            return False
        opens = first == 0 or tokens.gap[first] >= LINE
        says = tokens.gap[end] < LINE and tokens.words[end].islower() and phrase.org is None
        return opens and (says or tokens.words[end] == "?")

    def _entry(self, phrase: Phrase, dash: int) -> bool:
        """``2. Kabag Umum Setda — X, SE``: whether a post with its body and a name behind a dash
        are a line of their own."""
        tokens, first = self.tokens, phrase.title.first
        while first > 0 and tokens.gap[first] < LINE and not tokens.words[first - 1].isalpha():
            first -= 1
        person = self.map.at.get(self._to_person(dash + 1))
        if phrase.institution is None or person is None or person.label != "PER":
            return False
        end = self._past_degrees(self.map.end(person))
        ends = end >= len(tokens) or tokens.gap[end] >= LINE
        return ends and (first == 0 or tokens.gap[first] >= LINE)

    def _told_to(self, phrase: Phrase) -> bool:
        """``Kepada penyidik X mengaku``: whether the post is but who is spoken to."""
        tokens, first = self.tokens, phrase.title.first
        bare_post = phrase.institution is None and phrase.last == first + 1
        if first == 0 or not bare_post or tokens.cap[first] or tokens.lower[first - 1] != "kepada":
            return False
        person = self.map.at.get(phrase.last)
        end = self.map.end(person) if person is not None else len(tokens)
        opens = first == 1 or tokens.sentence[first - 2] != tokens.sentence[first]
        return opens and end < len(tokens) and tokens.lower[end] in self.lex.cue_verbs

    def _second_name(self, mention: Mention) -> bool:
        """Whether another person follows behind a comma (``istri Bupati X, Y``)."""
        at = self.map.end(mention)
        if at >= len(self.tokens) or self.tokens.words[at] != ",":
            return False
        nxt = self.map.at.get(skip_honorifics(self.tokens, at + 1, self.lex))
        return nxt is not None and nxt.label == "PER"

    def _behind_place(self, phrase: Phrase, mention: Mention) -> Mention:
        """``Geuchik Lampulo, X, ...``, ``Kades Lampulo bpk X``: a village taken for a name, then
        the head's name."""
        tokens, at = self.tokens, self.map.end(mention)
        village = phrase.title.title.category == "kecamatan dan desa"
        if phrase.institution is not None or at >= len(tokens):
            return mention
        addressed = skip_honorifics(tokens, at, self.lex)
        addressed += addressed == at and tokens.lower[at] in self.lex.address
        comma = village and tokens.words[at] == ","
        posted = phrase.title.title.takes == "region" or norm(phrase.role) in _CONSTABLES
        if not (village or posted):
            return mention
        past = skip_honorifics(tokens, at + 1, self.lex) if comma else addressed
        second = self.map.at.get(past)
        if past == at or second is None or second.label != "PER":
            return mention
        end = self.map.end(second)
        spoken = comma and tokens.norm[at + 1] in self.lex.address  # "Bu Dukuh X, Bu Y bilang"
        if comma and not spoken and (end >= len(tokens) or tokens.words[end] not in (",", ".")):
            return mention
        phrase.institution = plain(mention.surface)
        return second

    def _past_party(self, phrase: Phrase) -> int:
        """``Anggota DPRD Bogor dari PKB, X``, ``... dapil Maluku Tengah, X``: past the aside."""
        tokens, at = self.tokens, phrase.last
        stated = phrase.institution is not None or phrase.role != phrase.title.title.name
        abroad = phrase.title.title.category == "negara lain" and at + 1 in self.map.at
        if abroad and tokens.lower[at] == "untuk":  # "Dubes X untuk [Y] Z"
            return self.map.end(self.map.at[at + 1])
        if not stated or at >= len(tokens) or tokens.lower[at] not in _ASIDES:
            return at
        for end in range(at + 1, min(at + 10, len(tokens))):
            if tokens.words[end] == "," or self.map.label[end] == "PER":
                return end
            small = tokens.words[end][0].islower() and tokens.lower[end] not in _ASIDES
            bracket = tokens.words[end] in "()" and tokens.lower[end - 1 : end + 2].count("dapil")
            if (
                small
                or tokens.gap[end] == PARAGRAPH
                or (tokens.words[end] in "();" and not bracket)
            ):
                break
        return at

    def _past_places(self, at: int) -> int:
        """``Kepala Desa Sukamaju, Kecamatan Tenjolaya, X``: past the wider regions."""
        tokens, passed = self.tokens, False
        beside = self.map.at.get(at)
        wider = beside is not None and beside.label == "LOC" and tokens.gap[at] != PARAGRAPH
        if beside is not None and wider and bare(tokens, at) in self.lex.region_types:
            at = self.map.end(beside)  # "Lurah Rantau Indah Kecamatan Dendang, X"
            further = self._mention(at, "LOC") if at < len(tokens) else None
            if further is not None and self._leads_to_name(self.map.end(further)):
                return self.map.end(further)  # "Kades Waung Kecamatan Boyolangu Tulungagung X"
        while at + 2 < len(tokens) and tokens.words[at] == ",":
            place = self.map.at.get(at + 1)
            if place is None or place.label != "LOC":
                break
            end = self._past_aside(self.map.end(place))
            wider = passed or self._province(place)  # "RT 07, Kelurahan Way Lunik, Bandar Lampung"
            if wider and end < len(tokens) and self._leads_to_name(end):
                return end  # "Bupati Sikka, Nusa Tenggara Timur (NTT) X"
            typed = tokens.norm[at + 1] in self.lex.region_types
            if not typed or end >= len(tokens) or tokens.words[end] != ",":
                break
            at, passed = end, True
        return at

    def _a_region(self, phrase: Phrase, mention: Mention) -> bool:
        """Whether the "name" behind the head of a region is the region's (``Dandim [Sarko]``)."""
        title = phrase.title.title
        if title.takes != "region" or phrase.institution is not None:
            return False
        forces = title.category in ("polri", "tni")  # their heads have a rank before the name
        end = self.map.end(mention)
        listed = any(other.first == end + 1 for other in self.titles)
        listed = listed and self.tokens.words[end] == "," and " " not in mention.surface
        alone = forces and listed and not self._part_of_name(mention.surface)
        return alone or region_code(mention.surface) is not None

    def _part_of_name(self, word: str) -> bool:
        return any(
            word in m.surface.split() and m.surface != word
            for m in self.map.at.values()
            if m.label == "PER"
        )

    def _province(self, place: Mention) -> bool:
        """Whether ``place`` is a province, which has no head of a smaller region's kind."""
        code = region_code(_SHORT.sub("", place.surface))
        return code is not None and "." not in code

    def _past_initials(self, at: int) -> int:
        """``LT. Handoko``, ``TS Arif``: past capitals before a name that nothing tagged."""
        tokens = self.tokens
        if at + 1 >= len(tokens) or self.map.label[at]:
            return at
        clipped = tokens.words[at + 1] == "." and _CLIPPED.match(tokens.words[at])  # "Syf. Aminah"
        if not (clipped or INITIALS.match(tokens.words[at])):
            return at
        end = at + 1 + (tokens.words[at + 1] == ".")
        mention = self.map.at.get(end)
        return end if mention is not None and mention.label == "PER" else at

    def _comma(self, phrase: Phrase) -> bool:
        """Whether a comma stands right behind the phrase."""
        return phrase.last < len(self.tokens) and self.tokens.words[phrase.last] == ","

    def _acts(self, phrase: Phrase) -> bool:
        """Whether the office without a name is what the verb right behind it speaks of."""
        tokens, at = self.tokens, phrase.last
        acts = at < len(tokens) and tokens.lower[at] in self.lex.cue_verbs
        return acts and phrase.title.title.takes == "region"

    def _goes_on_alone(self, phrase: Phrase) -> bool:
        """Whether a bare post in small letters begins the main clause behind a name's comma."""
        tokens, at, title = self.tokens, phrase.last, phrase.title
        bare = phrase.institution is None and title.title.category in (FUNCTIONAL, STAFF)
        behind = tokens.words[at] if at < len(tokens) else "."
        return bare and not tokens.cap[title.head] and behind not in _CLOSING

    def _opens(self, phrase: Phrase) -> bool:
        """Whether the phrase is the first of its sentence."""
        first, sentence = phrase.title.first, self.tokens.sentence
        return first == 0 or sentence[first - 1] != sentence[first]

    def _past_degrees(self, at: int) -> int:
        tokens = self.tokens
        while at + 1 < len(tokens):
            nxt = at + 1 if tokens.words[at] == "," else at
            if self.map.label[nxt] or not self._degree(nxt):
                break
            at = nxt + 1
        return at

    def _degree(self, at: int) -> bool:
        """Whether the token is a degree, known or built like one (``M.Ling``, ``SE.MM``)."""
        word = self.tokens.words[at]
        return self._bare(at) in self.lex.degrees or bool(_DEGREE.match(word))

    def _dot_of_degree(self, at: int) -> bool:
        tokens = self.tokens
        return tokens.words[at] == "." and tokens.gap[at] == JOINED and self._degree(at - 1)

    def _bare(self, at: int) -> str:
        return self.tokens.lower[at].replace(".", "").replace(" ", "")

    def _glued_degree(self, at: int) -> int:
        """The token before a degree in pieces that ends at ``at`` (``S.St.Pi``), or ``at``."""
        tokens, first = self.tokens, at
        while first > 1 and tokens.gap[first] == JOINED and tokens.words[first - 1][-1] == ".":
            first -= 1
        opens = (
            first < at and _FACULTY.match(tokens.words[first]) and tokens.words[first - 1] == ","
        )
        return first - 1 if opens else at

    def _back_over_degrees(self, at: int) -> int:
        """From ``at`` back over degrees, commas and a bracket (age, place in a photo)."""
        tokens = self.tokens
        while at > 0:
            if tokens.words[at] == ")":
                opening = next((k for k in range(at - 1, at - 6, -1) if tokens.words[k] == "("), 0)
                if not opening or "PER" in self.map.label[opening:at]:
                    break
                at = opening - 1
            elif self._glued_degree(at) < at:
                at = self._glued_degree(at)
            elif (
                self._dot_of_degree(at)
                or (self.map.label[at] == "" and self._degree(at))
                or (
                    tokens.words[at] == ","
                    and (
                        self._degree(at - 1)
                        or self.map.label[at - 1] == "PER"
                        or tokens.words[at - 1] == ")"
                    )
                )
            ):
                at -= 1
            else:
                break
        return at

    def _sentence_opens(self, at: int, words: frozenset[str]) -> bool:
        """Whether the sentence around ``at`` begins with one of ``words``."""
        tokens, first = self.tokens, at
        while first > 0 and tokens.sentence[first - 1] == tokens.sentence[at]:
            first -= 1
        return tokens.lower[first] in words
