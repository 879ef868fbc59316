"""Spoils an index in the way its engine keeps it."""

from __future__ import annotations

from .conftest import Base


def _server(base: Base):  # type: ignore[no-untyped-def]
    from opensearchpy import OpenSearch

    return OpenSearch([base.settings.opensearch])


def damage_files(base: Base) -> None:
    """What was indexed is gone, the note of it is there."""
    if base.settings.engine == "opensearch":
        client = _server(base)
        client.indices.delete(index=f"{base.settings.opensearch_index}-words-*")
        client.close()
        return
    for path in base.settings.search_path.rglob("*"):
        if path.is_file() and path.name != "current.json":
            path.write_bytes(b"\x00" * 10)


def damage_note(base: Base) -> None:
    """The note of which index is in use cannot be read."""
    if base.settings.engine == "opensearch":
        client = _server(base)
        name = base.settings.opensearch_index
        client.indices.put_mapping(index=name, body={"_meta": {"kb": {"engine": "opensearch"}}})
        client.close()
        return
    (base.settings.search_path / "current.json").write_text("{", encoding="utf-8")
