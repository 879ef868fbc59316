"""Errors the product raises on purpose. Each message says what to do next."""

from __future__ import annotations

import errno


class KBError(Exception):
    """Base of all errors of this package; ``str(error)`` is one sentence for people."""


class ReadError(KBError):
    """A file could not be read. The batch goes on; the reason is listed."""


class PasswordNeeded(ReadError):
    """The file is encrypted and none of the passwords given opens it."""


class ConfigError(KBError):
    """A setting is wrong."""


class CatalogError(KBError):
    """The catalog is missing, damaged or from a newer version."""


class IndexStale(KBError):
    """The search index does not belong to this catalog; rebuild it."""


class SearchDown(IndexStale):
    """The search server does not answer; the index there is as it was, nothing is to be built."""


class Busy(KBError):
    """Another process is writing to this knowledge base."""


class NotFound(KBError):
    """No document, page or entity has this id."""


class Gone(NotFound):
    """What an address led to is not there any more; where it stood is."""

    def __init__(self, told: str, document_id: int, page: int, words: str | None = None) -> None:
        super().__init__(told)
        self.document_id = document_id
        self.page = page
        self.words = words
        """What was said, where the page still has it."""


class QueryError(KBError):
    """A call asks for something that does not exist (unknown sort, type, ...)."""


class Overtaken(KBError):
    """What was to be corrected is not as it was when it was looked at."""


class ModelError(KBError):
    """The name model is missing or does not fit this version."""


_REFUSALS = {
    errno.ENOSPC: "there is no room left on the disk; make some and run it again",
    errno.EDQUOT: "your share of the disk is used up; make room and run it again",
    errno.EROFS: "the disk may only be read; name a folder that may be written",
    errno.EACCES: "the system does not allow it; change the permissions",
    errno.EPERM: "the system does not allow it; change the permissions",
    errno.EMFILE: "too many files are open; raise the limit (ulimit -n) and run it again",
    errno.ENFILE: "too many files are open on this machine; close some and run it again",
    errno.ENAMETOOLONG: "the name is too long for the system; give it a shorter one",
    errno.EIO: "the disk gives errors; check it, and fetch the file again",
    errno.ENOMEM: "the machine has no memory left; close something and run it again",
}


def refusal(error: Exception) -> str | None:
    """One sentence for what the operating system refused, with the file it was about;
    ``None`` for an error that says nothing of the system."""
    if "disk is full" in str(error):  # how SQLite says it, whatever wraps the words
        return f"{_REFUSALS[errno.ENOSPC]}."
    told = _REFUSALS.get(error.errno or 0) if isinstance(error, OSError) else None
    if told is None or not isinstance(error, OSError):
        return None
    about = f"{error.filename}: " if error.filename else ""
    return f"{about}{told}."
