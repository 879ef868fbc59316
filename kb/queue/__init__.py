"""Reading spread over machines: files wait in a queue on PostgreSQL, workers take them.

``handing`` puts files in, ``taking`` does with one what an ingest does with thousands
(``kb.ingest.intake``), ``working`` is a worker from its start to its end, ``status`` tells how
it goes. ``jobs`` alone knows the library of the queue.
"""
