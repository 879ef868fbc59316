"""The tasks of ``benchmarks/tasks.py``, a file for each kind of reader."""
