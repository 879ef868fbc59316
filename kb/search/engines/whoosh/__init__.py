"""Whoosh: the default engine, pure Python, an index of segments with columns beside them."""
