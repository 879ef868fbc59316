"""Who is signed in: told by a secret that the browser keeps, of which only a hash is stored.

A session ends when its time is over, when it or all of its person are signed out, when the
account is removed or gets another password or role.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from kb.config import Settings
from kb.staff import accounts
from kb.staff.accounts import Account

LIFE = 7 * 86_400
"""Seconds from signing in, whether or not the browser is used meanwhile."""
KEPT_BY_OTHERS = 30 * 86_400
"""Seconds for which Streamlit keeps what a provider said of somebody."""
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Session:
    """One browser that is signed in."""

    hash: str
    """Of the secret (SHA-256): who reads the file cannot sign in with it."""
    name: str
    mark: str
    """Of the password it came in with."""
    begun: float
    """Unix seconds."""


def begin(settings: Settings, who: Account) -> str:
    """Sign in; the secret for the browser."""
    token = secrets.token_urlsafe(32)
    made = Session(_hash(token), who.name, who.mark, time.time())
    with _lock:
        _write(settings, [*_alive(settings), made])
    return token


def account(settings: Settings, token: str) -> Account | None:
    """Whose secret it is; ``None`` where nobody is signed in with it (any more)."""
    if not token:
        return None
    wanted = _hash(token)
    found = next((one for one in _alive(settings) if one.hash == wanted), None)
    if found is None:
        return None
    if found.mark == accounts.OIDC:
        return accounts.of_organisation(settings, found.name)
    if found.name == accounts.SHARED:
        who: Account | None = accounts.shared(settings) if settings.admin_hash else None
    else:
        who = accounts.accounts(settings).get(found.name)
    return who if who is not None and who.mark == found.mark else None


def end(settings: Settings, token: str) -> None:
    """Sign this browser out."""
    gone = _hash(token)
    with _lock:
        _write(settings, [one for one in _alive(settings) if one.hash != gone])


def end_all(settings: Settings, name: str) -> int:
    """Sign a person out wherever they are signed in; in how many browsers that was.

    Who came in by the organisation's accounts has to come in there again, too (``may_begin``).
    """
    with _lock:
        alive = _alive(settings)
        left = [one for one in alive if one.name != name]
        _write(settings, left)
        ended = {n: at for n, at in _ended(settings).items() if at > time.time() - KEPT_BY_OTHERS}
        _put(_ended_file(settings), {**ended, name: time.time()})
    return len(alive) - len(left)


def may_begin(settings: Settings, name: str, proved: float) -> bool:
    """Whether somebody who proved elsewhere at ``proved`` (Unix seconds) who they are is not
    signed out here since."""
    return proved > _ended(settings).get(name, 0.0)


def alive(settings: Settings) -> tuple[Session, ...]:
    """Who is signed in, the latest first."""
    return tuple(sorted(_alive(settings), key=lambda one: -one.begun))


def _hash(token: str) -> str:
    return sha256(token.encode("utf-8")).hexdigest()


def _file(settings: Settings) -> Path:
    return settings.home / "sessions.json"


def _alive(settings: Settings) -> Sequence[Session]:
    file = _file(settings)
    try:
        stamp = file.stat()
    except OSError:
        return ()
    since = time.time() - LIFE
    return [one for one in _read(file, stamp.st_mtime_ns, stamp.st_size) if one.begun > since]


@lru_cache(maxsize=8)
def _read(file: Path, _changed: int, _size: int) -> tuple[Session, ...]:
    try:
        return tuple(Session(**one) for one in json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return ()  # a damaged list: everybody signs in again


def _ended_file(settings: Settings) -> Path:
    return settings.home / "signed_out.json"


def _ended(settings: Settings) -> dict[str, float]:
    """Name to when that person was signed out everywhere."""
    try:
        found = json.loads(_ended_file(settings).read_text(encoding="utf-8"))
        return {str(name): float(at) for name, at in found.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}  # damaged: the sessions of this list are over all the same


def _write(settings: Settings, wanted: Sequence[Session]) -> None:
    _put(_file(settings), [asdict(one) for one in wanted])


def _put(file: Path, content: object) -> None:
    partial = file.with_suffix(f".{secrets.token_hex(4)}")
    partial.touch(mode=0o600)
    partial.write_text(json.dumps(content), encoding="utf-8")
    partial.replace(file)
