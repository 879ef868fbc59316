"""Reported speech: an explicit cue, its speaker, and the reported words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from kb.nlp.statements.before_verb import speaker_before
from kb.nlp.statements.closing import behind_full_stop, closing_cue, final_cue
from kb.nlp.statements.content import (
    THAT,
    TRAILING,
    Candidate,
    admitted,
    behind_speaker,
    blocked,
    given,
    next_char,
    promised,
    reported,
    skip_adverbs,
    skip_spaces,
    trimmed,
)
from kb.nlp.statements.headline import headline
from kb.nlp.statements.joined import goes_on, says_on
from kb.nlp.statements.masked import MASK, WORD, Sentence, View, is_headline
from kb.nlp.statements.passive import passive, pronoun_at
from kb.nlp.statements.people import LAST, NOBODY, People, Ref
from kb.nlp.statements.refs import Found, speaker_after
from kb.nlp.statements.scene import Scene, SceneWord
from kb.nlp.statements.subjects import another, subject
from kb.nlp.statements.turns import contrasted

_LONGEST = 4000
"""Characters of a sentence; anything longer is a table or a fault, not a sentence."""
_KNOWN = re.compile(r"\s*(?:diketahui|terungkap)\s+bahwa\s+")
"""What leads from an account to its content (``Dari keterangan X diketahui bahwa ...``)."""
_OF_PRONOUN = re.compile(r"\s+yang\s+(?:dia|ia|beliau)\s+[a-z]+")
_BEHIND_NAME = re.compile(r"\s*\([^()]*\)\Z")
_PLAIN_NYA = frozenset(("nilai", "pesan", "kesan", "janji", "ajar", "tanya", "semangat", "usul"))


def indirect_candidates(
    view: View, people: People, taken: Collection[int] = ()
) -> Iterator[Candidate]:
    """Reported statements and floor-taking subjects, sentence by sentence.

    ``taken`` are the offsets of cues that belong to quotations.
    """
    before: tuple[int, int] | None = None
    for sentence in view.sentences:
        start, end = _bounds(view, sentence)
        if before is not None and "\n" in view.text[before[1] : start]:
            before = None
        if start >= end or end - start > _LONGEST:
            before = None
            continue
        heading = is_headline(view.text[start:end]) and not view.shouting
        if heading and view.text[:start].strip():
            continue
        words = tuple(
            SceneWord(m.start(), m.end(), m.group(), m.group().casefold())
            for m in WORD.finditer(view.masked, start, end)
            if view.mention_at(m.start()) is None
        )
        scene = Scene(view, people, start, end, words)
        if heading:
            said = headline(scene)
            if said is not None:
                yield said
            continue
        yield from _of_sentence(scene, taken, before)
        before = start, end


def _bounds(view: View, sentence: Sentence) -> tuple[int, int]:
    """The sentence without white space and without quotations at its edges."""
    start, end = sentence.start, sentence.end
    while start < end and (view.masked[start].isspace() or view.masked[start] in MASK + "*•-–—"):
        start += 1
    while end > start and (view.masked[end - 1].isspace() or view.masked[end - 1] == MASK):
        end -= 1
    return start, end


def _of_sentence(
    scene: Scene, taken: Collection[int], before: tuple[int, int] | None
) -> Iterator[Candidate]:
    found: list[Candidate] = []
    told = any(scene.view.cues.may_report(word.low) for word in scene.words)
    if told or _opens_with_account(scene):
        final = final_cue(scene) or behind_full_stop(scene, before)
        if final is not None and final.place not in taken:
            yield final
            return
        plain = (finder(scene) for finder in (_according, passive, _inserted))
        made = [*(candidate for candidate in plain if candidate is not None), *_active(scene)]
        found.extend(candidate for candidate in made if candidate.place not in taken)
        if not any(candidate.kind for candidate in found):
            closing = closing_cue(scene)
            if closing is not None and closing.place not in taken:
                yield closing
                return
    if not found:
        found.extend(another(scene))
    reports = [c for c in found if c.kind is not None]
    if reports:
        first = min(reports, key=lambda c: c.place)
        yield from (c for c in found if c.kind is None and c.place < first.place)
        yield first
        yield from (c for c in found if c.method in ("main clause", "active, joined"))
        return
    yield from found
    if not found and not any(scene.start <= place < scene.end for place in taken):
        yield from subject(scene, before)


# --- "Menurut X, ..." ---------------------------------------------------------------


def _according(scene: Scene) -> Candidate | None:
    view = scene.view
    for word in scene.words:
        who: Found | None
        if word.low == "menurutnya":
            who = Found(LAST, word.end)
        elif word.low == "menurut":
            following = WORD.match(view.masked, skip_spaces(view, word.end))
            if following is None:
                continue
            told = _by_account(scene, following)
            low = following.group().casefold()
            if told is None and (low in view.cues.not_speakers or low.startswith("undang")):
                continue
            asked = view.masked[scene.start : scene.end].rstrip().endswith("?")
            if asked and following.group().casefold() in view.cues.addressed:
                continue
            who = told or speaker_after(view, scene.people, word.end)
            if who.place <= following.start():
                continue
        elif word is scene.words[0] and _opens_with_account(scene):
            following = WORD.match(view.masked, skip_spaces(view, word.end))
            who = _by_account(scene, following) if following is not None else None
            if who is None or who.ref.kind != "person":
                continue
        else:
            continue
        place = behind_speaker(view, who.place, scene.end)
        known = _KNOWN.match(view.masked, place, scene.end)
        content = trimmed(view, known.end() if known else place, scene.end)
        if content is not None:
            return Candidate(word.start, who.ref, "indirect", *content, word.text, "according", 0.9)
    return None


def _opens_with_account(scene: Scene) -> bool:
    """``Berdasarkan keterangan X, ...``, ``Dari pengakuan X ...``."""
    first, second = [*scene.words[:2], None, None][:2]
    return (
        first is not None
        and second is not None
        and first.low in ("berdasarkan", "dari")
        and first.start == scene.start
        and second.low in scene.view.cues.accounts
    )


def _by_account(scene: Scene, word: re.Match[str]) -> Found | None:
    """``menurut hematnya``: the last speaker's; ``menurut pengakuan X``: X's."""
    view, low = scene.view, word.group().casefold()
    if low.removesuffix("nya") not in view.cues.accounts:
        return None
    if low.endswith("nya"):
        return Found(LAST, word.end())
    who = speaker_after(view, scene.people, word.end())
    own = _OF_PRONOUN.match(view.masked, word.end())
    if own is not None:  # "catatan yang ia pegang"
        return Found(LAST, own.end())
    body = who.ref.kind == "phrase" and who.ref.text[:1].isupper()
    said = body or who.ref.kind in ("person", "title") or pronoun_at(view, word.end())
    return who if said else None


# --- "Selain itu, kata X, ..." ------------------------------------------------------


def _inserted(scene: Scene) -> Candidate | None:
    view, cues = scene.view, scene.view.cues
    for word in scene.words:
        nya = cues.is_nya(word.low) and word.low[:-3] not in _PLAIN_NYA
        if not (nya or word.low in cues.between_commas):
            continue
        before = view.masked[scene.start : word.start].rstrip()
        following = WORD.match(view.masked, skip_spaces(view, word.end))
        if following is not None and following.group().casefold() in cues.pointing:
            continue  # "Cerita tersebut keluar dari ..."
        if word.low == "jawab" and before.casefold().endswith("nanggung"):
            continue  # "Penanggung jawab galangan, X, mengklaim ..."
        paused = not before or before.endswith((",", "-", "–", "—", "masih"))
        if before.casefold() in ("begitu", "demikian"):
            continue  # "Begitu kata X, Kepala Y": of the quotation before
        if nya:
            if _leads_to_quote(scene, word):
                continue
            led = paused and scene.words[0].low in cues.openers and scene.words[0] is not word
            opens = (not before or led) and word.low[:-3] in cues.between_commas
            bare = opens and view.is_clause(skip_adverbs(view, word.end), scene.end)
            if not paused or (next_char(view, word.end, scene.end) != "," and not bare):
                continue
            who = Found(LAST, skip_adverbs(view, word.end))
        else:
            who = speaker_after(view, scene.people, word.end)
            if not _inserted_speaker(scene, word, who, paused):
                continue
        content = trimmed(view, behind_speaker(view, who.place, scene.end), scene.end)
        if content is None:
            continue
        if TRAILING.match(view.masked, content[0], scene.end):
            comma = view.masked[who.place : who.place + 1] == ","
            if not comma or not view.is_clause(*content):
                continue
        sure = 0.9 if paused else 0.8
        turned = contrasted(scene, word.start) if who.ref is LAST else None
        return Candidate(
            word.start, turned or who.ref, "indirect", *content, word.text, "inserted", sure
        )
    return None


def _leads_to_quote(scene: Scene, word: SceneWord) -> bool:
    """Whether a quotation, and the verb before it, follow (``Sambungnya Bupati berkata "..."``)."""
    masked = scene.view.masked
    quote = masked.find(MASK, word.end)
    last = scene.words[-1]
    near = quote >= scene.end and not masked[scene.end : quote].strip()
    return near and last.low in scene.view.cues.active and last is not word


def _inserted_speaker(scene: Scene, word: SceneWord, who: Found, paused: bool) -> bool:
    """Whether what follows a bare root (``kata``) is a speaker."""
    kind = who.ref.kind
    if who.ref is NOBODY or who.place <= word.end:
        return False
    if kind == "phrase" and (
        word.low in scene.view.cues.plain_words or len(who.ref.text.split()) > 8
    ):
        return False
    if who.ref is LAST and not pronoun_at(scene.view, word.end):
        following = WORD.match(scene.view.masked, skip_spaces(scene.view, word.end))
        low = following.group().casefold() if following else ""
        if low not in scene.view.cues.describing | scene.people.titles.first_words:
            return False
    if paused:
        return True
    named = kind in ("person", "title") or pronoun_at(scene.view, word.end)
    if named and next_char(scene.view, who.place, scene.end) == ",":
        return True
    lead = scene.view.masked[scene.start : word.start].strip().casefold()
    led = lead in scene.view.cues.connectors  # "Sebab lanjut Rina banyak pemuda ..."
    return kind == "person" and led and scene.view.is_clause(who.place, scene.end)


# --- "X mengatakan (bahwa) ..." -----------------------------------------------------


def _active(scene: Scene) -> list[Candidate]:
    """The report of the sentence's verb of saying, or its subject where it reports nothing.

    Behind ``X membantah keterangan saksi yang menyatakan ...`` X goes on having the floor.
    """
    view, cues = scene.view, scene.view.cues
    introduced: Candidate | None = None
    opening = view.skip_connectors(scene.start, scene.end)
    for number, word in enumerate(scene.words):
        denial = word.low in cues.denials and scene.words[number - 1].low in ("tak", "tidak")
        gives = given(view, word.end, scene.end) if word.low in cues.giving else None
        known_verb = word.low in cues.active or word.low in cues.acts
        if not known_verb and not denial and gives is None:
            continue
        if word.low in cues.with_subject and not _has_subject(scene, word):
            continue
        if word.start == opening:
            following = scene.words[number + 1].low if len(scene.words) > number + 1 else ""
            if word.low in cues.openers or following in cues.pointing:  # "Usul itu ..."
                continue
        if not denial and blocked(view, scene.start, word.start) and not _said_by(scene, number):
            introduced = introduced or _not_saying(scene, number)
            continue
        joined = introduced is not None and goes_on(scene, number, introduced)
        if introduced is not None and not (joined or _own_subject(view, scene.start, word.start)):
            continue
        subject_end = scene.words[number - 1].start if denial and number else word.start
        who = speaker_before(view, scene.people, scene.start, subject_end)
        relative = view.masked[scene.start : word.start].rstrip().endswith(" yang")
        if who.ref.kind != "none":
            content = gives[1] if gives else _content(view, word, scene.end, denial)
            if content is not None:
                sure = 0.98 if content[0] > word.end + 1 else 0.95
                cue = f"{word.text} {gives[0]}" if gives else word.text
                said = Candidate(word.start, who.ref, "indirect", *content, cue, "active", sure)
                goes_on_saying = says_on(view, said)
                if goes_on_saying:
                    return goes_on_saying
                owner = _main_subject(scene, word) if relative else NOBODY
                if who.ref.kind != "phrase" or owner.kind not in ("person", "title"):
                    return [said]
                return [said, Candidate(word.end, owner, method="main clause")]
        pointed = who.ref.kind == "anaphor" and bool(who.ref.text)
        known = pointed or who.ref.kind in ("person", "title") or _somebody(view, who)
        aside = number > 0 and scene.words[number - 1].low in cues.subordinators
        if introduced is None and not relative and not aside and known:
            introduced = Candidate(word.start, who.ref, method="introduced")
    return [introduced] if introduced is not None else []


def _said_by(scene: Scene, number: int) -> bool:
    """``X membuka rapat dengan mengatakan bahwa ...``: how he did it is what he said."""
    word, before = scene.words[number], scene.words[number - 1] if number else None
    if before is None or before.low != "dengan" or word.low not in scene.view.cues.active:
        return False
    behind = scene.view.masked[word.end : scene.end]
    return bool(THAT.match(behind)) or behind.lstrip(" :,").startswith(MASK)


def _main_subject(scene: Scene, word: SceneWord) -> Ref:
    """Whose verb governs the clause of ``word`` (``X mengutip tokoh yang mengatakan``)."""
    verbs = (w for w in scene.words if w.start < word.start and scene.view.is_verb(w.low))
    first = next(verbs, None)
    if first is None:
        return NOBODY
    return speaker_before(scene.view, scene.people, scene.start, first.start).ref


def _has_subject(scene: Scene, word: SceneWord) -> bool:
    """Whether a person or a title stands right before a verb without its prefix."""
    before = scene.view.masked[scene.start : word.start].rstrip()
    who = speaker_before(scene.view, scene.people, scene.start, word.start)
    plain = _BEHIND_NAME.sub("", before)
    while plain.rpartition(" ")[2].casefold() in scene.view.cues.adverbs:
        plain = plain.rpartition(" ")[0].rstrip()
    before = _BEHIND_NAME.sub("", plain)
    if before.rpartition(" ")[2].casefold() in scene.view.cues.pronouns:
        return True
    if who.ref.kind == "person" and who.ref.mention is not None:
        return before.endswith(who.ref.mention.surface)
    return who.ref.kind == "title" and before.endswith(who.ref.text)


def _not_saying(scene: Scene, number: int) -> Candidate | None:
    """``Johny belum bisa menjawab``: no report, but the next "ia" is his."""
    view, word = scene.view, scene.words[number]
    negated = {w.low for w in scene.words[max(0, number - 3) : number]} & view.cues.negations
    if not negated:
        return None
    who = speaker_before(view, scene.people, scene.start, word.start)
    if who.ref.kind != "person":
        return None
    return Candidate(word.start, who.ref, method="introduced")


def _content(view: View, word: SceneWord, end: int, denial: bool) -> tuple[int, int] | None:
    """What the verb ``word`` reports, or ``None``."""
    if denial:
        return admitted(view, word.end, end)
    if word.low in view.cues.promises:
        return promised(view, word.end, end)
    return reported(view, word.low, word.end, end) if word.low in view.cues.active else None


def _somebody(view: View, who: Found) -> bool:
    """Whether the subject is somebody the text leaves without a name (``seorang penyidik``)."""
    words = who.ref.text.casefold().split()
    nobody = words[1:2] == ["pun"]  # "tak seorang pun menjawab"
    return who.ref.kind == "phrase" and words[0] in view.cues.indefinite and not nobody


def _own_subject(view: View, start: int, verb: int) -> bool:
    """Whether a later verb of the sentence has a subject of its own (``X yang mengatakan``)."""
    before = view.masked[start:verb].rstrip().casefold()
    return before.endswith(" yang") or before.split(" ")[-1] in view.cues.pronouns
