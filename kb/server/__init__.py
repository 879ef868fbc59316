"""One server for everything the product answers over HTTP: the app, and what ``routes`` names.

``kb serve`` calls ``serve``. Around the app stand ``guard`` (who may ask for what, and with
which headers it is answered), ``patience`` (connections that say nothing) and ``sessions``
(what a reader leaves behind). Only this room knows Streamlit's server from inside.
"""

from kb.server.serving import application, serve

__all__ = ["application", "serve"]
