"""What stands in a dossier, whatever file it becomes."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

from PIL import Image, ImageChops, ImageDraw, ImageOps

from kb.authority import written
from kb.errors import NotFound
from kb.explore import KnowledgeBase
from kb.explore.views import DocumentView
from kb.readers.formats import DRAWN
from kb.staff.keeping import Clip, CollectionView

PICTURES = 60
"""Pictures of pages in one dossier; it is still sent by mail."""
PICTURE_WIDTH = 1000
QUALITY = 82
"""Of JPEG. Set by hand: print of 10 points stays clear."""
EXCERPT = 1500
"""Characters quoted of a page that is kept as a whole and has no picture."""
MARK = (255, 213, 77)
"""Colour laid over what is quoted on a picture."""
FRAME = (196, 204, 201)
"""Colour of the line around a picture: where the page ends."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One quotation with its source."""

    title: str
    """Of the document, with the page."""
    quotation: str
    """Empty where a picture of the page says it all, or nothing may be shown."""
    who: str
    """Speaker with office; of a number nobody."""
    citation: str
    here: str
    """Address of the page in the app; empty where there is none."""
    original: str
    notes: tuple[tuple[str, str], ...]
    """Heading and text."""
    warnings: tuple[str, ...]
    picture: bytes
    """JPEG of the page, what is quoted marked; may be empty."""
    picture_says: str


@dataclass(frozen=True, slots=True)
class Dossier:
    title: str
    made: str
    contents: str
    entries: tuple[Entry, ...]
    sources_title: str
    sources: tuple[str, ...]
    language: str


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def say(language: str, key: str, **values: object) -> str:
    """The words for ``key``, placeholders filled. Raises ``KeyError``."""
    return _words()[language if language in _words() else "id"][key].format(**values)


def dossier(
    base: KnowledgeBase,
    collection: CollectionView,
    *,
    who: str,
    root: str,
    today: str,
    language: str = "id",
    pictures: bool = True,
) -> Dossier:
    """The collection as it can be cited: ``who`` made it ``today`` (ISO 8601); addresses of the
    app begin with ``root`` (``https://arsip.example.go.id``)."""
    maker = _Maker(base, root, today, language, pictures)
    entries = tuple(maker.entry(clip) for clip in collection.clips)
    return Dossier(
        title=collection.row.name,
        made=say(language, "made", day=written.date(language, today, long=True), who=who),
        contents=say(
            language,
            "contents",
            count=len(entries),
            documents=len({clip.row.document for clip in collection.clips}),
        ),
        entries=entries,
        sources_title=say(language, "sources"),
        sources=tuple(maker.sources.values()),
        language=language,
    )


class _Maker:
    def __init__(
        self, base: KnowledgeBase, root: str, today: str, language: str, pictures: bool
    ) -> None:
        self._base = base
        self._root = root.rstrip("/")
        self._today = today
        self._language = language
        self._left = PICTURES if pictures else 0
        self._told = not pictures
        self._drawn: dict[tuple[int, int, str], bytes] = {}
        self.sources: dict[str, str] = {}

    def _say(self, key: str, **values: object) -> str:
        return say(self._language, key, **values)

    def entry(self, clip: Clip) -> Entry:
        row, spot = clip.row, clip.spot
        notes = ((self._say("note", who=row.owner), row.note),) if row.note else ()
        if spot.document_id is None:
            return Entry(
                title=row.title,
                quotation="" if spot.state == "removed" else self._kept_words(clip),
                who="" if spot.state == "removed" else self._kept_speaker(clip),
                citation=row.title,
                here="",
                original="",
                notes=notes,
                warnings=(self._say("removed" if spot.state == "removed" else "gone"),),
                picture=b"",
                picture_says="",
            )
        document = self._base.document(spot.document_id, page=spot.page)
        label = next((p.label for p in document.pages if p.page == spot.page), None)
        shown = label or str(spot.page)
        cited = self._base.cite(spot.document_id, page=spot.page, accessed=self._today).plain
        self._note_source(document)
        several = document.page_count > 1
        title = f"{document.title}, {self._say('page', label=shown)}" if several else document.title
        picture, told = self._picture(clip, document, shown)
        quotation, who = self._quoted(clip, pictured=bool(picture))
        return Entry(
            title=title,
            quotation=quotation,
            who=who,
            citation=cited,
            here=f"{self._root}/d/{spot.document_id}" + (f"/h/{quote(shown)}" if several else ""),
            original=document.address or "",
            notes=notes,
            warnings=(*self._warnings(clip, document), *told),
            picture=picture,
            picture_says=self._say("picture", label=shown) if picture else "",
        )

    # --- words ----------------------------------------------------------------------

    def _kept_words(self, clip: Clip) -> str:
        place = clip.row.place
        if clip.row.kind == "number":
            return self._number(clip, str(place["value_text"]))
        return _line(str(place["words"])) if clip.row.kind == "statement" else ""

    def _kept_speaker(self, clip: Clip) -> str:
        place = clip.row.place
        if clip.row.kind != "statement":
            return ""
        office = " ".join(filter(None, (place.get("role"), place.get("institution"))))
        return self._named(place.get("speaker"), office)

    def _quoted(self, clip: Clip, *, pictured: bool) -> tuple[str, str]:
        spot = clip.spot
        if clip.row.kind == "number":
            return self._number(clip, spot.value or str(clip.row.place["value_text"])), ""
        if clip.row.kind == "statement":
            if spot.row_id is not None:
                said = self._base.statement(spot.row_id)
                words = f"“{_line(said.text)}”" if said.kind == "direct" else _line(said.text)
                return words, self._named(said.speaker, said.office)
            return self._kept_words(clip), self._kept_speaker(clip)
        if pictured or spot.document_id is None:
            return "", ""
        text = _line(self._base.page(spot.document_id, spot.page).text)
        if len(text) > EXCERPT:
            text = text[:EXCERPT].rsplit(" ", 1)[0] + " …"
        return text, ""

    def _named(self, speaker: str | None, office: str) -> str:
        who = speaker or self._say("somebody")
        return self._say("said", who=who, office=office) if office else who

    def _number(self, clip: Clip, value: str) -> str:
        place = clip.row.place
        kind = self._say(str(place["kind"]))
        if place.get("quarter"):
            kind += f" {self._say('quarter', number=place['quarter'])}"
        unit = str(place.get("unit") or "")
        return self._say(
            "indicator",
            name=_line(str(place["name"])),
            year=place["year"],
            kind=kind,
            value=f"{value} {unit}".strip(),
        )

    def _warnings(self, clip: Clip, document: DocumentView) -> list[str]:
        found = []
        if document.withdrawn:
            day = written.date(self._language, document.withdrawn, long=True)
            found.append(self._say("withdrawn", day=day or document.withdrawn))
        elif not clip.spot.found:
            found.append(self._say("lost_number" if clip.row.kind == "number" else "lost"))
        before = str(clip.row.place.get("value_text") or "")
        if clip.spot.value is not None and clip.spot.value != before:
            found.append(self._say("changed", before=before, after=clip.spot.value))
        return found

    def _note_source(self, document: DocumentView) -> None:
        cited = self._base.cite(document.document_id, accessed=self._today).plain
        facts = [cited, f"{self._root}/d/{document.document_id}"]
        if document.sha256:
            facts.append(self._say("fingerprint", sha=document.sha256))
        self.sources[str(document.document_id)] = "\n".join(facts)

    # --- pictures -------------------------------------------------------------------

    def _picture(self, clip: Clip, document: DocumentView, label: str) -> tuple[bytes, list[str]]:
        """The picture of the page, and what is to be said of it."""
        spot = clip.spot
        if document.format not in DRAWN or spot.document_id is None:
            return b"", []
        if self._left == 0:
            told = [] if self._told else [self._say("pictures_left", count=PICTURES)]
            self._told = True
            return b"", told
        said = spot.row_id if clip.row.kind == "statement" else None
        sought = spot.value if clip.row.kind == "number" else None
        try:
            image = self._base.page_image(spot.document_id, spot.page, width=PICTURE_WIDTH)
        except NotFound:
            image = None
        if image is None or image.problem:
            return b"", [self._say("no_picture")]
        self._left -= 1
        boxes: Sequence[tuple[float, float, float, float]] = ()
        if said is not None or sought:
            places = self._base.page_places(
                spot.document_id, spot.page, query=sought, statement=said
            )
            boxes = [(b.x0, b.y0, b.x1, b.y1) for b in places.boxes]
        return _marked(image.png, boxes), []


def _line(text: str) -> str:
    return " ".join(text.split())


def _marked(png: bytes, boxes: Sequence[tuple[float, float, float, float]]) -> bytes:
    """The picture as JPEG, what is quoted as if gone over with a marker."""
    with Image.open(io.BytesIO(png)) as opened:
        picture = opened.convert("RGB")
    marker = Image.new("RGB", picture.size, (255, 255, 255))
    pen = ImageDraw.Draw(marker)
    for x0, y0, x1, y1 in boxes:
        corners = (x0 * picture.width, y0 * picture.height, x1 * picture.width, y1 * picture.height)
        pen.rectangle(corners, fill=MARK)
    out = io.BytesIO()
    framed = ImageOps.expand(ImageChops.multiply(picture, marker), border=2, fill=FRAME)
    framed.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
