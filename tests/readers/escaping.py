"""A reading child that was taken over: it tries to get out and tells what it managed.

Run as ``python -m kb.sandbox escaping``; the question's path names a folder to play in.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from kb.model import Page, SourceDocument
from kb.pipe import Receiver, own_pipes, send
from kb.readers.messages import Documents, Question


def attempts(folder: Path) -> dict[str, Callable[[], object]]:
    """By name; what raises nothing has succeeded."""
    port = int((folder / "port").read_text())
    victim = int((folder / "victim").read_text())
    there = folder / "there.txt"
    shell = f"echo x > {folder}/by-shell"
    return {
        "write: new file": lambda: (folder / "new.txt").write_text("x"),
        "write: over a file": lambda: there.write_text("x"),
        "write: append": lambda: there.open("a").close(),
        "write: truncate": lambda: os.truncate(there, 0),
        "write: remove": there.unlink,
        "write: rename": lambda: there.rename(folder / "moved.txt"),
        "write: link": lambda: (folder / "link").symlink_to(there),
        "write: folder": lambda: (folder / "sub").mkdir(),
        "write: mode": lambda: there.chmod(0o777),
        "write: times": lambda: os.utime(there, (0, 0)),
        "write: temporary": lambda: (Path("/tmp") / f"kb-escape-{os.getpid()}").write_text("x"),
        "write: shared memory": lambda: Path(f"/dev/shm/kb-{os.getpid()}").write_text("x"),
        "write: by a program": lambda: subprocess.run(["sh", "-c", shell], check=True),
        "network: TCP": lambda: socket.create_connection(("127.0.0.1", port), 2),
        "network: UDP": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        "network: IPv6": lambda: socket.socket(socket.AF_INET6, socket.SOCK_STREAM),
        "network: Unix": lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM),
        "write: signal another process": lambda: os.kill(victim, signal.SIGTERM),
    }


def main() -> None:
    incoming, outgoing = own_pipes()
    receive: Receiver[Question] = Receiver(incoming, Question)
    folder = receive().path
    done = []
    for name, attempt in attempts(folder).items():
        try:
            attempt()
        except (OSError, subprocess.CalledProcessError):
            continue
        done.append(name)
    seen = [f"{key}={value}" for key, value in os.environ.items()]
    walls = [folder.joinpath("there.txt").read_text(), "\n".join(done), "\n".join(seen)]
    pages = tuple(Page(number, text) for number, text in enumerate(walls, 1))
    send(outgoing, Documents((SourceDocument(sys.argv[0], "text", None, pages),)))


if __name__ == "__main__":
    main()
