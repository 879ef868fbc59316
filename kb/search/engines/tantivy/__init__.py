"""tantivy: an embedded engine for larger bases."""
