"""Errors the product raises on purpose. Each message says what to do next."""

from __future__ import annotations


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


class Busy(KBError):
    """Another process is writing to this knowledge base."""


class NotFound(KBError):
    """No document, page or entity has this id."""


class QueryError(KBError):
    """A call asks for something that does not exist (unknown sort, type, ...)."""


class ModelError(KBError):
    """The name model is missing or does not fit this version."""
