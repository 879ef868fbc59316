"""What one person keeps: stars, notes, and collections, private or shared.

What is written here touches its own tables alone and changes no answer of the base, so it waits
for no writer's lock. A note is its author's alone until what it is about lies in a shared
collection: then everybody with an account sees it there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kb.catalog import Catalog
from kb.catalog import writes_kept as writes
from kb.catalog.reading import kept as reads
from kb.catalog.reading.kept import CollectionRow, KeptRow, Kind, Spot
from kb.catalog.reading.typed import Reading
from kb.clock import now
from kb.config import Settings
from kb.errors import NotFound, QueryError

MOST = 200
"""What one collection may hold; a dossier of it is still one file."""
LISTS = 100
"""Collections of one person."""
NOTE = 4000
"""Characters of a note."""
NAME = 120
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be kept, as a page of the app shows it."""

    kind: Kind
    document_id: int
    page: int
    row_id: int | None = None
    """Of the statement or number."""


@dataclass(frozen=True, slots=True)
class Clip:
    """Something that is kept, and where it stands now."""

    row: KeptRow
    spot: Spot
    collections: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class CollectionView:
    """A collection; ``clips`` where it was asked for alone."""

    row: CollectionRow
    count: int
    clips: tuple[Clip, ...] = ()


class Keeper:
    """Where one person keeps things of one base; without a ``name`` everything is seen and
    nothing kept: for who runs the base.

    Every method raises ``NotFound`` for what is not there or not this person's to see.
    """

    def __init__(self, settings: Settings, name: str | None) -> None:
        self.settings = settings
        self._name = name

    # --- one thing ----------------------------------------------------------------

    def of(self, thing: Thing) -> Clip | None:
        """This person's own of a thing."""

        def ask(connection: Reading) -> Clip | None:
            told = _described(connection, thing)
            if told is None or self._name is None:
                return None
            row = reads.marked(connection, self._name, told["document"], told["mark"])
            return None if row is None else self._clips(connection, [row])[0]

        return self._read(ask)

    def keep(
        self,
        thing: Thing,
        *,
        starred: bool,
        note: str,
        collections: Collection[int] = (),
        new: Sequence[str] = (),
    ) -> Clip | None:
        """Keep a thing so and no other way: in ``collections`` and in those made now (``new``).

        ``None`` where nothing is left of it: no star, no note, no collection.
        """
        clean = _note(note)

        def work(connection: Reading) -> Clip | None:
            owner = self._owner()
            told = _described(connection, thing)
            if told is None:
                raise NotFound("This is not there any more; look at the page again.")
            mine = self._visible(connection)
            if strange := set(collections) - {one.id for one in mine}:
                raise NotFound(f"There is no collection {min(strange)} that you can add to.")
            into = {*collections, *(self._make(connection, name, shared=False) for name in new)}
            row = reads.marked(connection, owner, told["document"], told["mark"])
            if not starred and not clean and not into:
                if row is not None:
                    writes.remove_kept(connection, row.id)
                return None
            at = now()
            values = {"starred": starred, "note": clean, "changed": at}
            if row is None:
                number = writes.add_kept(
                    connection, {**told, **values, "owner": owner, "created": at}
                )
                before: set[int] = set()
            else:
                number = row.id
                writes.change_kept(connection, number, **values)
                before = reads.collections_with(connection, [number]).get(number, set())
            counted = reads.counts(connection)
            for one in into - before:
                if counted.get(one, 0) >= MOST:
                    raise QueryError(f"A collection holds {MOST} at most; begin another.")
                writes.change_collection(connection, one, changed=at)
            writes.collect(connection, number, into, at)
            writes.take_out(connection, number, before - into)
            made = reads.one_kept(connection, number)
            assert made is not None
            return self._clips(connection, [made])[0]

        return self._write(work)

    def annotate(self, kept_id: int, note: str) -> None:
        """Give what this person keeps another note."""
        clean = _note(note)

        def work(connection: Reading) -> None:
            row = reads.one_kept(connection, kept_id)
            if row is None or row.owner != self._owner():
                raise NotFound("This is not yours to change, or is kept no more.")
            writes.change_kept(connection, kept_id, note=clean, changed=now())

        self._write(work)

    def forget(self, kept_id: int) -> None:
        """Keep something no more, in no collection either."""

        def work(connection: Reading) -> None:
            row = reads.one_kept(connection, kept_id)
            if row is None or row.owner != self._owner():
                raise NotFound("This is not yours to change, or is kept no more.")
            writes.remove_kept(connection, kept_id)

        self._write(work)

    def clips(self) -> tuple[Clip, ...]:
        """All that this person keeps, what was changed last first."""
        owner = self._owner()
        return self._read(lambda c: self._clips(c, reads.kept_of(c, owner)))

    # --- collections --------------------------------------------------------------

    def collections(self) -> tuple[CollectionView, ...]:
        """Those that this person may see: their own and shared ones, changed last first."""

        def ask(connection: Reading) -> tuple[CollectionView, ...]:
            counted = reads.counts(connection)
            return tuple(
                CollectionView(row, counted.get(row.id, 0)) for row in self._visible(connection)
            )

        return self._read(ask)

    def collection(self, collection_id: int) -> CollectionView:
        """One of them with what is in it, in the order in which it was put there."""

        def ask(connection: Reading) -> CollectionView:
            row = self._one(connection, collection_id)
            found = self._clips(connection, reads.kept_in(connection, collection_id))
            return CollectionView(row, len(found), found)

        return self._read(ask)

    def make(self, name: str, *, shared: bool = False) -> int:
        """A new, empty collection; its number."""
        return self._write(lambda c: self._make(c, name, shared=shared))

    def change(
        self, collection_id: int, *, name: str | None = None, shared: bool | None = None
    ) -> None:
        """Give one's own collection another name, share it or not."""

        def work(connection: Reading) -> None:
            self._own(connection, collection_id)
            values: dict[str, object] = {"changed": now()}
            if name is not None:
                values["name"] = _name(name)
            if shared is not None:
                values["shared"] = shared
            writes.change_collection(connection, collection_id, **values)

        self._write(work)

    def drop(self, collection_id: int) -> None:
        """One's own collection goes; what was in it is kept by those who put it there, where
        there is a star or a note."""

        def work(connection: Reading) -> None:
            self._own(connection, collection_id)
            inside = reads.kept_in(connection, collection_id)
            writes.remove_collection(connection, collection_id)
            for row in inside:
                _tidy(connection, row)

        self._write(work)

    def take_out(self, collection_id: int, kept_id: int) -> None:
        """Take something out: its owner or the collection's may."""

        def work(connection: Reading) -> None:
            held = self._one(connection, collection_id)
            row = reads.one_kept(connection, kept_id)
            if row is None or self._owner() not in (row.owner, held.owner):
                raise NotFound("This is not yours to take out, or is kept no more.")
            writes.take_out(connection, kept_id, [collection_id])
            writes.change_collection(connection, collection_id, changed=now())
            _tidy(connection, row)

        self._write(work)

    # --- parts --------------------------------------------------------------------

    def _owner(self) -> str:
        if not self._name:
            raise QueryError("Keeping something needs a name; sign in first.")
        return self._name

    def _visible(self, connection: Reading) -> list[CollectionRow]:
        found = reads.all_collections(connection)
        return [one for one in found if self._name is None or one.shared or one.owner == self._name]

    def _one(self, connection: Reading, collection_id: int) -> CollectionRow:
        row = next((r for r in self._visible(connection) if r.id == collection_id), None)
        if row is None:
            raise NotFound(f"There is no collection {collection_id}, or it is somebody else's.")
        return row

    def _own(self, connection: Reading, collection_id: int) -> CollectionRow:
        row = self._one(connection, collection_id)
        if row.owner != self._owner():
            raise NotFound(f"Collection {collection_id} is {row.owner}'s; only they change it.")
        return row

    def _make(self, connection: Reading, name: str, *, shared: bool) -> int:
        owner, clean = self._owner(), _name(name)
        own = [one for one in reads.all_collections(connection) if one.owner == owner]
        same = next((one for one in own if one.name.casefold() == clean.casefold()), None)
        if same is not None:
            return same.id
        if len(own) >= LISTS:
            raise QueryError(f"There are {LISTS} collections of yours; give one up first.")
        at = now()
        values = {"owner": owner, "name": clean, "shared": shared, "created": at, "changed": at}
        return writes.add_collection(connection, values)

    def _clips(self, connection: Reading, rows: Sequence[KeptRow]) -> tuple[Clip, ...]:
        inside = reads.collections_with(connection, [row.id for row in rows])
        return tuple(
            Clip(row, reads.spot(connection, row), frozenset(inside.get(row.id, ())))
            for row in rows
        )

    def _read(self, ask: Callable[[Reading], T]) -> T:
        with Catalog.open(self.settings) as catalog, catalog.read() as connection:
            return ask(connection)

    def _write(self, work: Callable[[Reading], T]) -> T:
        with (
            Catalog.open(self.settings, write=True) as catalog,
            catalog.write(quiet=True) as connection,
        ):
            return work(connection)


def _described(connection: Reading, thing: Thing) -> dict[str, str] | None:
    return reads.described(connection, thing.document_id, thing.kind, thing.page, thing.row_id)


def _tidy(connection: Reading, row: KeptRow) -> None:
    """What was kept for a collection alone goes with it."""
    if row.starred or row.note or reads.collections_with(connection, [row.id]).get(row.id):
        return
    writes.remove_kept(connection, row.id)


def _note(text: str) -> str:
    clean = text.strip()
    if len(clean) > NOTE:
        raise QueryError(f"A note has {NOTE} characters at most; this one has {len(clean)}.")
    return clean


def _name(text: str) -> str:
    clean = " ".join(text.split())[:NAME]
    if not clean:
        raise QueryError("A collection needs a name; give one.")
    return clean
