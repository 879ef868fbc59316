"""Doors for programs: HTTP API, stable addresses, feeds and an MCP server.

Everything reads through ``kb.explore``: what Python says, HTTP says in the same words (the
same dataclasses). ``kb.server.routes`` mounts the doors beside the app, in the same process.
"""
