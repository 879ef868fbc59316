"""Who holds the office a phrase names: the person behind it, before it, or both in turn."""

from __future__ import annotations

from dataclasses import replace

from kb.authority import norm
from kb.model import Mention
from kb.nlp.language import LINE, PARAGRAPH
from kb.nlp.offices.listed import listed
from kb.nlp.offices.lists import SEVERAL, ListReader
from kb.nlp.offices.moves import Holding
from kb.nlp.offices.phrases import Phrase
from kb.nlp.offices.units import plain

_SEPARATORS = frozenset({",", "(", "-", "–", "—", ":", "|", "/"})
_BULLETS = frozenset({"-", "–", "—"})
_ADDRESS = listed("address")
_NAMING = listed("naming")
_LOOSE = listed("loose")
_POINTING = frozenset({"ini", "itu", "tersebut"})
_FIELDLESS = frozenset({"menteri", "menko", "wamen", "menteri koordinator", "wakil menteri"})
_BY_ONE = ["yang", "diwakili"]
_FAR = 2
"""Sentences between a name and ``Anggota DPRD X ini`` at most. Set by hand; no command measured
it."""
_BOTH = listed("both") | {"/"}
SURE = {
    "before name": 0.97, "shared titles": 0.85, "joined titles": 0.8, "shared title": 0.85,
    "behind name: linked": 0.85, "behind name: brackets": 0.95, "behind name: list": 0.85,
    "behind name: apposition": 0.86, "behind name: beside": 0.85, "predecessor": 0.75,
}  # fmt: skip
"""Share of rows right (name, role and institution) by how post and person were joined:
``python evaluation/sureness.py evaluation/gate/*.jsonl evaluation/held/*.jsonl
evaluation/wild/work-*.jsonl`` (336 rows "before name": 98 in 100)."""
OPEN = 0.45
"""The same, measured by the same command, where the text gives no institution though the post has
one (20 rows: 35 in 100)."""


class HolderReader(ListReader):
    """Joins the office phrases of one document with the persons who hold the offices."""

    def holdings(self) -> list[Holding]:
        """Every person with an office, in the order the phrases were read."""
        done: set[int] = set()
        pending: list[Phrase] = []
        for place, phrase in enumerate(self.phrases):
            if id(phrase) in done:
                continue
            handed = self._handed_on(phrase)
            if handed:
                for holding in handed:
                    self._hold(holding)
                continue
            placed = self._placed(phrase)
            if placed:
                self.held.extend(placed)
                self._of[id(phrase)] = placed[0].mention
                continue
            claimed = self._claimed(phrase)
            if claimed is not None:
                self._hold(claimed)
                for other in self._each(claimed):
                    self._hold(Holding(other, phrase, "shared title"))
                continue
            shared = self._shares(place)
            if shared is not None:
                done.add(id(shared))
                continue
            person = self.person_after(phrase) or self.stated(phrase)
            if person is None:
                pending.append(phrase)
                continue
            self._hold(Holding(person, phrase, "before name", self._points_back(phrase)))
            if SEVERAL.match(phrase.role.casefold()):
                for other in self._others(person):
                    self._hold(Holding(other, phrase, "shared title"))
        for phrase in reversed(pending):
            joined = self._joined(phrase)
            if joined is not None:
                self._hold(joined)
        for phrase in pending:
            found = self.person_before(phrase) if id(phrase) not in self._of else None
            found = found or (self._told_of(phrase) if id(phrase) not in self._of else None)
            if found is not None:
                self._hold(found)
                for other in self._each(found):
                    self._hold(Holding(other, phrase, "shared title"))
        self.held.extend(list(self._predecessors()))
        self.held.extend(list(self._in_turn()))
        successors = list(self._successors())  # who also marks the offices that were left
        self.held.extend(successors)
        self.held.extend(list(self._listed_by_body()))
        self.held = self._without_the_quoted()
        return self.held

    # --- behind the phrase: "Bupati Lebak, X" ------------------------------------------

    def person_after(self, phrase: Phrase) -> Mention | None:
        """The person named right behind the phrase, past a comma, region and honorifics."""
        tokens, size = self.tokens, len(self.tokens)
        self._past_seat(phrase)
        at = self._past_places(self._past_bracket(self._past_party(phrase)))
        if SEVERAL.match(phrase.role.casefold()) and tokens.lower[at : at + 2] == _BY_ONE:
            at += 2 + (tokens.lower[at + 2 : at + 3] == ["oleh"])  # of many: one of them
        at = self._past_pointers(at)
        listed = self._in_brackets(at)
        if listed is not None:
            return listed
        if (
            at < size
            and tokens.words[at] in (",", ":", "(", "|", "=")
            and tokens.gap[at] != PARAGRAPH
        ):
            at += 1
        elif at + 1 < size and tokens.words[at] in _BULLETS and tokens.gap[at] < LINE:
            addressed = tokens.norm[at + 1] in self.lex.address  # "anggota Komisi V - Bapak X"
            at += addressed or self._entry(phrase, at)
        if at < size and tokens.lower[at] in _NAMING:
            at += 1
        elif "".join(tokens.lower[at : at + 3]) == "a.n":
            at += 3
        if at >= size or tokens.gap[at] == PARAGRAPH:
            return None
        if phrase.role.casefold() in _LOOSE and self._comma(phrase) and not self._opens(phrase):
            return None  # "di depan anggota pansus, X berkata"
        if self._comma(phrase) and norm(phrase.role) in _FIELDLESS:
            return None  # "Absen Pelantikan Menteri, X ke Y"
        if at > phrase.last and self._kin(phrase):
            return None  # "istri Gubernur Kalsel, X": X is no governor
        past = self._to_person(at)
        if at < past < size and tokens.words[past] == ",":
            past = self._to_person(past + 1)  # "Kapolsek X IPTU, Y"
        for start in (at, past, self._past_initials(past)):
            mention = self.map.at.get(start)
            if mention is not None and mention.label == "PER":
                if start == phrase.last and self._a_region(phrase, mention):
                    phrase.institution = plain(mention.surface)
                    self._places.add(mention.start)
                if mention.start in self._places:
                    return None
                if self._kin(phrase) and not self._second_name(mention):
                    return None  # "Ajudan Bupati Demak X": X is no regent
                return self._behind_place(phrase, mention) if at == phrase.last else mention
        # "pak dadan": hasty writers put forms of address in small letters
        if past < size and tokens.lower[past] in self.lex.address | _ADDRESS:
            mention = self.map.at.get(past + 1)
            if mention is not None and mention.label == "PER":
                return mention
        # "Kompol Nyong [Ricardo Moniaga]": behind a rank the name begins, found or not.
        ranked = at < past and tokens.norm[past - 1] not in self.lex.address  # "Pastor Paroki [X]"
        if ranked and past + 1 < size and tokens.cap[past] and not self.map.label[past]:
            mention = self.map.at.get(past + 1)
            return mention if mention is not None and mention.label == "PER" else None
        return None

    def _in_brackets(self, at: int) -> Mention | None:
        """``Pustakawan Ahli Pertama (Bidang Layanan - X)``: the name behind the dash."""
        words = self.tokens.words
        if words[at : at + 1] != ["("]:
            return None
        for dash in range(at + 1, min(at + 9, len(words) - 1)):
            if words[dash] in _BULLETS:
                person = self._person_from(dash + 1)
                end = self.map.end(person) if person is not None else len(words)
                return person if end < len(words) and words[end] == ")" else None
        return None

    def _shares(self, place: int) -> Phrase | None:
        """``Bupati dan Wakil Bupati Serang, A dan B``: gives each title its person."""
        if place + 1 >= len(self.phrases):
            return None
        one, two = self.phrases[place], self.phrases[place + 1]
        tokens = self.tokens
        if (
            one.last + 1 != two.title.first
            or tokens.lower[one.last] not in ("dan", "&", "bersama")
            or one.institution is not None
        ):
            return None
        first = self.person_after(two)
        if first is None:
            return None
        at = self.map.end(first)
        if at >= len(tokens) or tokens.lower[at] not in ("dan", "&", ",", "-"):
            return None
        second = self._person_from(at + 1)
        if second is None:
            return None
        one.institution, one.org = two.institution, two.org
        self._hold(Holding(first, one, "shared titles"))
        self._hold(Holding(second, two, "shared titles"))
        return two

    def _told_of(self, phrase: Phrase) -> Holding | None:
        """``X tertawa. Anggota DPRD Kupang ini ...``, ``ujar Kadis NTB ini``: the one the text
        speaks of, where the office has no other holder and the person no other office."""
        tokens, first, at = self.tokens, phrase.title.first, self._past_clause(phrase)
        points = _POINTING if phrase.title.title.takes == "region" or at > phrase.last else {"ini"}
        if phrase.institution is None or at >= len(tokens) or tokens.lower[at] not in points:
            return None
        spoken = first > 0 and tokens.norm[first - 1] in self.lex.cue_verbs
        if not (self._opens(phrase) or spoken):
            return None
        named = [m for k, m in self.map.at.items() if m.label == "PER" and k < first]
        near = named[-1] if named else None
        if near is None:
            return None
        far = tokens.sentence[first] - tokens.sentence[self.map.spans[near.start][0]]
        title = self.lex.titles.full(phrase.title.title.name)
        taken = any(
            one.mention is near or self.lex.titles.full(one.phrase.title.title.name) == title
            for one in self.held
        )
        return None if taken or far > _FAR else Holding(near, phrase, "behind name: linked")

    # --- before the phrase: "X selaku Bupati Lebak" ------------------------------------

    def _claimed(self, phrase: Phrase) -> Holding | None:
        """The person before, where the text leaves no choice though another stands behind.

        That is: link words (``X sebagai ...``), brackets of the person's own, a line of a
        list (``X - Camat Bajawa``), and lists that begin with a name and end with an office.
        """
        before = self.person_before(phrase)
        if before is None:
            return None
        if before.method in ("behind name: linked", "behind name: brackets"):
            return before
        after = self.person_after(phrase)
        if before.method == "behind name: beside" and after is not None and self._comma(phrase):
            return before  # "A Kepala Sekolah X, B ke Y"
        if before.method != "behind name: apposition" or after is None:
            return None
        first = self.map.spans[after.start][0]
        lines = any(self.tokens.gap[k] >= LINE for k in range(phrase.last, first + 1))
        if lines or self._names_lead(phrase):
            return replace(before, method="behind name: list")
        return None

    def _names_lead(self, phrase: Phrase) -> bool:
        """``A, Camat Curug, B, Camat Walantaka, dan C, Lurah Panancangan``: names come first."""
        later = [p for p in self.phrases if p.title.first >= phrase.title.first]
        for one, two in zip(later, [*later[1:], None], strict=True):
            person = self.person_after(one)
            if person is None:
                return True
            at = self._past_degrees(self.map.end(person))
            if two is None or two.title.first != at + 1 or self.tokens.words[at] != ",":
                return False
        return False

    def person_before(self, phrase: Phrase) -> Holding | None:
        """The person the phrase is said of, when it stands behind the name."""
        moved = self._moved_on(phrase) or self._signed(phrase) or self._removed(phrase)
        if moved is not None:
            return moved
        tokens, links = self.tokens, self.lex.titles.links
        first = phrase.title.first
        at = first - 1
        while at >= 0 and tokens.lower[at] in links.between and first - at < 9:
            at -= 1
        if at > 0 and tokens.lower[at] == "dan" and tokens.lower[at + 1] in links.passive:
            at -= 1  # "X dimutasi dari jabatan A [dan] dilantik sebagai B"
        crossed = tokens.lower[at + 1 : first]
        linked = links.join(crossed)
        if at < 0 or tokens.sentence[at] != tokens.sentence[first]:
            return None
        over = links.past(crossed) or (
            linked and "menjabat" in crossed and self._sentence_opens(at, links.former)
        )
        mark = tokens.words[at]
        if mark in _BULLETS and tokens.gap[at] >= LINE:
            return None
        if linked:
            chained = self._chained(at, first) or self._moved(at) or self._stationed(phrase, at)
            if chained is not None:
                return Holding(chained, phrase, "behind name: linked", over)
        beside = self._beside(phrase, at)
        if not linked and mark not in _SEPARATORS and not beside:
            return None
        if not linked and links.future.intersection(crossed):
            return None  # "X yang akan menjadi Bupati Y"
        if mark in _SEPARATORS:
            at -= 1
        at = self._back_over_degrees(at)
        if at < 0 or self.map.label[at] != "PER":
            return None
        mention = self._person_to(at)
        if mention is None or mention.start in self._places:
            return None
        if self._put_forward(mention) or self._labels(mention, phrase):
            return None
        if linked:
            taker = self._successor(mention)
            return Holding(taker or mention, phrase, "behind name: linked", over and taker is None)
        if mark == "(":
            return Holding(mention, phrase, "behind name: brackets", over)
        slashed = phrase.last < len(tokens) and tokens.words[phrase.last] == "/"
        if slashed or any(one.mention is mention for one in self.held):
            return None
        how = "beside" if beside and mark not in _SEPARATORS else "apposition"
        if how == "apposition" and phrase.institution is None and self._listed(phrase.last):
            return None  # "hadir X, Danramil serta Kapolsek"
        if how == "apposition" and phrase.institution is None and self._acts(phrase):
            return None  # "soal permintaan X, Wabup menyatakan"
        if how == "apposition" and self._goes_on_alone(phrase):
            return None  # "selesai memeriksa X, penyidik kemudian pulang"
        return Holding(mention, phrase, f"behind name: {how}", over)

    def _beside(self, phrase: Phrase, at: int) -> bool:
        """Whether a name (and degrees) ends at ``at``, right before an office that says its body
        or, at the end of a sentence, its unit (``kata X Kasubag Umum.``)."""
        tokens, last = self.tokens, phrase.last
        name = self._back_over_degrees(at) if self._degree(at) else at
        if name < 0 or self.map.label[name] != "PER":
            return False
        ends = last >= len(tokens) or tokens.words[last] == "." or tokens.gap[last] >= LINE
        whole = phrase.role.casefold() != phrase.title.title.name.casefold()
        return phrase.institution is not None or (ends and whole)

    def _signed(self, phrase: Phrase) -> Holding | None:
        """The name that stands alone on the line above a line that is no more than the post."""
        tokens, first, last = self.tokens, phrase.title.first, phrase.last
        bare_post = phrase.institution is None and phrase.role == phrase.title.title.name
        if first == 0 or tokens.gap[first] < LINE or bare_post:
            return None
        mention = self._person_to(self._back_over_degrees(first - 1))
        if mention is None or any(one.mention is mention for one in self.held):
            return None
        start = self.map.spans[mention.start][0]
        while start > 0 and tokens.gap[start] < LINE and self._honorific(start - 1):
            start -= 1
        while last < len(tokens) and tokens.gap[last] < LINE:
            place = self.map.at.get(last)
            if tokens.words[last] not in _SEPARATORS and (place is None or place.label != "LOC"):
                break
            last = self.map.end(place) if place is not None else last + 1
        ends = last >= len(tokens) or tokens.gap[last] >= LINE
        alone = start == 0 or tokens.gap[start] >= LINE
        return Holding(mention, phrase, "behind name: list") if alone and ends else None

    def _honorific(self, at: int) -> bool:
        return self.tokens.norm[at] in self.lex.before_name | self.lex.address

    def _listed(self, at: int) -> bool:
        """Whether another title, without a name of its own, is joined at ``at``."""
        if at + 1 >= len(self.tokens) or self.tokens.lower[at] not in ("dan", "serta", ","):
            return False
        nxt = next((p for p in self.phrases if p.title.first == at + 1), None)
        return nxt is not None and self.person_after(nxt) is None

    # --- one person, two offices; two persons, one office ------------------------------

    def _joined(self, phrase: Phrase) -> Holding | None:
        """``Bupati Lebak sekaligus Ketua Dekranasda, X``: X holds the first office too."""
        between: list[str] = []
        at = phrase.last
        while at < len(self.tokens) and len(between) < 4:
            nxt = next((p for p in self.phrases if p.title.first == at), None)
            if nxt is not None:
                person = self._of.get(id(nxt))
                if person is None or not _BOTH & set(between):
                    return None
                behind = self.map.spans[person.start][0] >= nxt.last and not self._kin(phrase)
                if behind and phrase.institution is None and self._alike(phrase, nxt):
                    phrase.institution, phrase.org = nxt.institution, nxt.org
                return Holding(person, phrase, "joined titles") if behind else None
            between.append(self.tokens.lower[at])
            at += 1
        return None
