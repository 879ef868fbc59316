"""Search by meaning: vectors of passages beside the words, and one order of both.

``vectors`` keeps them, ``windows`` says which stretch of a page each stands for, ``question``
what is asked both ways and how much the meaning counts, ``both_ways`` puts the two together.
The vectors are made by ``kb.ingest.embedding``; where there are none, or no encoder, search
is by words alone.
"""
