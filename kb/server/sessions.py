"""What a reader leaves behind is cleared away, whether or not anybody comes after.

Streamlit keeps a session for a while after its connection ends, for a reader who comes back
(``server.disconnectedSessionTTL``). What is older goes when somebody next looks into that
store, and files uploaded into a session that went this way stay for good.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, Any

from kb.web import staff

if TYPE_CHECKING:
    from streamlit.runtime import Runtime

SWEEP_SECONDS = 15.0

log = logging.getLogger("kb.server")


class Uploads:
    """The files that sessions hold, in bytes."""

    def __init__(self, runtime: Runtime) -> None:
        self._manager: Any = runtime.uploaded_file_mgr

    def held(self, session_id: str | None = None) -> int:
        """Bytes of one session, or of all."""
        store = dict(self._manager.file_storage)
        chosen = store.values() if session_id is None else [store.get(session_id, {})]
        return sum(len(file.data) for files in chosen for file in tuple(files.values()))

    def sessions(self) -> list[str]:
        return list(self._manager.file_storage)

    def drop(self, session_id: str) -> None:
        self._manager.remove_session_files(session_id)


def sweep(runtime: Runtime) -> None:
    """End the sessions whose time is over, and drop files of sessions that are no more."""
    manager: Any = runtime._session_mgr
    for _, ended in manager._session_storage._cache.expire():
        ended.session.shutdown()
    alive = {info.session.id for info in manager.list_sessions()}
    uploads = Uploads(runtime)
    for session_id in uploads.sessions():
        if session_id not in alive:
            uploads.drop(session_id)
    for session_id in staff.sessions() - alive:
        staff.forget(session_id)


async def keep_sweeping(runtime: Runtime, seconds: float = SWEEP_SECONDS) -> None:
    """``sweep`` for as long as the server lives."""
    while True:
        await asyncio.sleep(seconds)
        with contextlib.suppress(RuntimeError):  # a session that changes while it is counted
            sweep(runtime)
