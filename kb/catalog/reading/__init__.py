"""What the explorer asks the catalog, one subject a file."""
