"""Indonesian words: tokens, stems, spellings, figures, names and other ways to say it."""
