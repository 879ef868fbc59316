"""Makes the files of ``kb.encoder``: the encoder as it came, and its copy tuned for names."""
