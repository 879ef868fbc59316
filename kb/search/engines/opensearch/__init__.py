"""OpenSearch: a search engine of its own, for many readers and more than one machine."""
