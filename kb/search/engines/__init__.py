"""One folder an engine, behind the one protocol of ``kb.search.engine``."""
