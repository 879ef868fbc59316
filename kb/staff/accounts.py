"""Named people who keep the record, each with a role and a password of their own."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from pathlib import Path

from kb.access import hash_password, verify_password
from kb.clock import now
from kb.config import Settings
from kb.errors import ConfigError, NotFound, QueryError

ROLES = ("reader", "editor", "admin")
SHARED = "petugas"
"""The name of whoever comes with the one password of ``kb admin-password``."""
OIDC = "oidc"
"""In place of a password's hash, of who comes in by the organisation's own accounts."""


@cache
def _nobody() -> str:
    """Compared where there is no such account: an unknown name takes as long as a wrong
    password."""
    return hash_password(os.urandom(16).hex())


@dataclass(frozen=True, slots=True)
class Account:
    """Who may come in."""

    name: str
    role: str
    """``reader``: reads, where that is for staff alone; ``editor``: mends what is wrong on the
    pages, too; ``admin``: Kelola, too."""
    added: str
    hash: str = ""

    @property
    def mark(self) -> str:
        """Changes with the password: a session that came in with another one ends."""
        return self.hash[-16:]


def _file(settings: Settings) -> Path:
    return settings.home / "staff.json"


def accounts(settings: Settings) -> Mapping[str, Account]:
    """All accounts by name, in their order; raises ``ConfigError`` for a damaged file."""
    file = _file(settings)
    try:
        stamp = file.stat()
    except OSError:
        return {}
    return _read(file, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=8)
def _read(file: Path, _changed: int, _size: int) -> Mapping[str, Account]:
    try:
        found = [Account(**one) for one in json.loads(file.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError):
        raise ConfigError(
            f"{file} is damaged; put it back from a backup, or delete it and add the people again."
        ) from None
    return {one.name: one for one in found}


def add(settings: Settings, name: str, role: str, password: str) -> Account:
    """A new account, or another role and password for one that is there.

    Raises ``QueryError`` for a name, role or password that cannot be.
    """
    clean = " ".join(name.split())
    if not clean or len(clean) > 60 or not clean.isprintable():
        raise QueryError("A name has 1 to 60 letters; it stands beside what the person corrects.")
    if clean.casefold() == SHARED:
        raise QueryError(f"'{SHARED}' is the name of the one shared password; take another.")
    if role not in ROLES:
        raise QueryError(f"There is no role '{role}'; use {' or '.join(ROLES)}.")
    try:
        hashed = hash_password(password)
    except ValueError as error:
        raise QueryError(f"{error} Choose a longer one.") from None
    made = Account(clean, role, now(), hashed)
    _write(settings, {**accounts(settings), clean: made})
    return made


def remove(settings: Settings, name: str) -> None:
    """Nobody comes in with this name any more; what was decided under it stays."""
    left = dict(accounts(settings))
    if left.pop(name, None) is None:
        raise NotFound(f"There is no account '{name}'; see 'kb staff list'.")
    _write(settings, left)


def enter(settings: Settings, name: str, password: str) -> Account | None:
    """Who comes in with this name and password; ``None`` for nobody.

    No name: the one shared password.
    """
    clean = " ".join(name.split())
    if not clean or clean.casefold() == SHARED:
        fits = verify_password(password, settings.admin_hash or _nobody())
        return shared(settings) if fits and settings.admin_hash else None
    known = accounts(settings).get(clean)
    fits = verify_password(password, known.hash if known else _nobody())
    return known if fits else None


def shared(settings: Settings) -> Account:
    """Whoever comes with the one password."""
    return Account(SHARED, "admin", "", settings.admin_hash)


def by_organisation(settings: Settings) -> bool:
    """True where people may come in by the organisation's own accounts (OIDC)."""
    return bool(settings.admin_emails or settings.editor_emails or settings.reader_emails)


def of_organisation(settings: Settings, email: str) -> Account | None:
    """Whoever proved to have this address; ``None`` where no setting names it. The highest role
    that is given to it counts."""
    clean = email.strip().casefold()
    local, sign, domain = clean.rpartition("@")
    if not local or not sign or not domain or not clean.isprintable():
        return None
    listed = (
        ("admin", settings.admin_emails),
        ("editor", settings.editor_emails),
        ("reader", settings.reader_emails),
    )
    for role, written in listed:
        if {clean, f"@{domain}"} & {one.strip().casefold() for one in written.split(",")}:
            return Account(clean, role, "", OIDC)
    return None


def _write(settings: Settings, wanted: Mapping[str, Account]) -> None:
    settings.home.mkdir(parents=True, exist_ok=True)
    file = _file(settings)
    partial = file.with_suffix(".part")
    partial.touch(mode=0o600)
    partial.chmod(0o600)
    text = json.dumps([asdict(one) for one in wanted.values()], ensure_ascii=False, indent=1)
    partial.write_text(text, encoding="utf-8")
    partial.replace(file)
