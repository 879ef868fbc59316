"""The workshop: training, generated texts and scorers. Nothing that serves a user needs it."""
