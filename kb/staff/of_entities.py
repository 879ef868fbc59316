"""What staff decide about entities as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from kb.catalog import corrections, untag
from kb.staff import given
from kb.staff.deciding import Deciding, Kept


class OfEntities(Deciding):
    """Decisions about entities; ``Desk`` says what all of them raise."""

    def merge(
        self, entity: str, into: str, *, by: str | None = None, reason: str | None = None
    ) -> Kept:
        """Make one entity of two; ``entity`` and ``into`` are ids or names."""
        who = self._who(by, reason)
        return self._decide(
            lambda c, now: corrections.merge(
                c, given.exact(c, entity), given.exact(c, into), now=now, **who
            )
        )

    def rename(
        self,
        entity: str,
        name: str,
        *,
        by: str | None = None,
        reason: str | None = None,
        seen: str | None = None,
    ) -> Kept:
        """Give an entity another name."""
        who = self._who(by, reason)
        return self._decide(
            lambda c, now: corrections.rename(
                c, given.exact(c, entity), name, now=now, seen=seen, **who
            )
        )

    def alias(
        self,
        entity: str,
        name: str,
        *,
        remove: bool = False,
        by: str | None = None,
        reason: str | None = None,
    ) -> Kept:
        """Say that an entity is called ``name``, too, or (``remove``) that it is not."""
        who = self._who(by, reason)
        return self._decide(
            lambda c, now: corrections.alias(
                c, given.exact(c, entity), name, gone=remove, now=now, **who
            )
        )

    def hide(self, entity: str, *, by: str | None = None, reason: str | None = None) -> Kept:
        """Take a wrong entity out of lists and results."""
        who = self._who(by, reason)
        return self._decide(
            lambda c, now: corrections.hide(c, given.exact(c, entity), now=now, **who)
        )

    def untag(
        self,
        entity: str,
        *,
        surface: str | None = None,
        document: int | None = None,
        by: str | None = None,
        reason: str | None = None,
    ) -> Kept:
        """Say that ``surface`` is not this entity, in one document or in all.

        Without ``surface`` every mention in ``document``. Offices read from the mention go too,
        statements lose their speaker.
        """
        who = self._who(by, reason)
        return self._decide(
            lambda c, now: untag.untag(
                c, given.exact(c, entity), surface=surface, document_id=document, now=now, **who
            )
        )

    def split(
        self,
        entity: str,
        documents: Sequence[int],
        *,
        into: str | None = None,
        name: str | None = None,
        by: str | None = None,
        reason: str | None = None,
    ) -> Kept:
        """Say that what these documents say of an entity is said of another: of ``into`` (an id
        or name), or of somebody new with this ``name``."""
        who = self._who(by, reason)
        return self._decide(
            lambda c, now: corrections.split(
                c,
                given.exact(c, entity),
                documents,
                into=given.exact(c, into) if into else None,
                name=name,
                now=now,
                **who,
            )
        )

    def keep_apart(
        self, entity: str, other: str, *, by: str | None = None, reason: str | None = None
    ) -> Kept:
        """Say that two entities are two; nothing changes but that nobody is asked again."""
        who = self._who(by, reason)
        return self._decide(
            lambda c, now: corrections.keep_apart(
                c, given.exact(c, entity), given.exact(c, other), now=now, **who
            )
        )
