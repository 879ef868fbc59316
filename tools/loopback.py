"""Ports of this machine, and a base served on one of them: for tests, benchmarks and servers."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UP_SECONDS = 120.0
"""How long ``kb serve`` may take to answer; a busy machine loads slowly."""


def free_port() -> int:
    """A port of loopback that nobody listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def answers(port: int) -> bool:
    """Somebody listens at this port of loopback."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Served:
    """A running ``kb serve``."""

    port: int
    pid: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def serving(home: str | Path) -> Iterator[Served]:
    """``kb serve`` over ``home`` once it answers; ended afterwards.

    Raises ``RuntimeError`` where it ends at once or does not answer.
    """
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "kb", "serve", "--home", str(home), "--port", str(port)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        served = Served(port, process.pid)
        _wait(process, f"{served.address}/_stcore/health")
        yield served
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + UP_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError("kb serve ended at once; start it by hand to see why")
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.25)
    raise RuntimeError(f"kb serve did not answer within {UP_SECONDS:.0f} s")
