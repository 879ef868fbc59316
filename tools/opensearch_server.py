"""OpenSearch for tests and at the desk: one process or several, on loopback.

The distribution is the Maven artefact ``org.opensearch.distribution.integ-test-zip:opensearch``
(162 MB, fetched once by ``mvn`` and kept in the folder). It needs Java 21 or newer, looked for in
``OPENSEARCH_JAVA_HOME``, ``JAVA_HOME`` and ``/usr/lib/jvm``. ``KB_OPENSEARCH_NODES`` (1) and
``KB_OPENSEARCH_HEAP_MB`` (512) say how many processes are started and how large.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from loopback import free_port
from server_kind import ServersError, as_user

VERSION = "3.6.0"
ARTIFACT = f"org.opensearch.distribution.integ-test-zip:opensearch:{VERSION}:zip"
MINIMUM_JAVA = 21
UP_SECONDS = 300
FETCH_SECONDS = 900
_USER = "nobody"  # OpenSearch refuses to run as root
_UNPACKED = f"opensearch-{VERSION}"


def java() -> Path | None:
    """The home of a Java new enough; ``None`` where there is none."""
    named = [os.environ.get(name) for name in ("OPENSEARCH_JAVA_HOME", "JAVA_HOME")]
    homes = [Path(home) for home in named if home]
    homes += sorted(Path("/usr/lib/jvm").glob("*"), reverse=True)
    for home in homes:
        release = home / "release"
        if not (home / "bin" / "java").exists() or not release.is_file():
            continue
        found = re.search(r'JAVA_VERSION="(\d+)', release.read_text(encoding="utf-8"))
        if found and int(found.group(1)) >= MINIMUM_JAVA:
            return home
    return None


class OpenSearch:
    """``KB_TEST_OPENSEARCH`` has the addresses, with commas; no password, no encryption."""

    name = "opensearch"

    def missing(self) -> str | None:
        if java() is None:
            return (
                f"OpenSearch {VERSION} needs Java {MINIMUM_JAVA} or newer and none is here; "
                "install one and set OPENSEARCH_JAVA_HOME."
            )
        if shutil.which("mvn") is None:
            return "Maven, which fetches OpenSearch, is not here (Debian: apt install maven)."
        return None

    def up(self, folder: Path) -> Mapping[str, str]:
        found = self.running(folder)
        if found is not None:
            return found
        self.down(folder)
        folder.mkdir(parents=True, exist_ok=True)
        home = self._distribution(folder)
        run = Path(tempfile.mkdtemp(prefix="run-", dir=folder))
        run.chmod(0o755)
        count = int(os.environ.get("KB_OPENSEARCH_NODES") or 1)
        ports = [(free_port(), free_port()) for _ in range(count)]
        pids = [self._start(home, run, number, ports) for number in range(count)]
        addresses = [f"http://127.0.0.1:{http}" for http, _ in ports]
        state = {"addresses": addresses, "pids": pids, "run": str(run)}
        (folder / "running.json").write_text(json.dumps(state), encoding="utf-8")
        deadline = time.monotonic() + UP_SECONDS
        while not all(_ready(address, count) for address in addresses):
            if time.monotonic() > deadline or not all(map(_alive, pids)):
                outs = sorted(run.glob("*/out.txt"))
                told = " ".join(out.read_text(errors="replace")[-600:] for out in outs)
                self.down(folder)
                raise ServersError(f"OpenSearch did not start; it said: {told or 'nothing'}")
            time.sleep(0.5)
        return {"KB_TEST_OPENSEARCH": ",".join(addresses)}

    def down(self, folder: Path) -> bool:
        state = _state(folder)
        if state is None:
            return False
        alive = [pid for pid in state["pids"] if _alive(pid)]
        for pid in alive:
            os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + 20
        while any(map(_alive, alive)) and time.monotonic() < deadline:
            time.sleep(0.2)
        for pid in filter(_alive, alive):
            os.kill(pid, signal.SIGKILL)
        shutil.rmtree(state["run"], ignore_errors=True)
        (folder / "running.json").unlink(missing_ok=True)
        return bool(alive)

    def running(self, folder: Path) -> Mapping[str, str] | None:
        state = _state(folder)
        if state is None or not all(map(_alive, state["pids"])):
            return None
        addresses = state["addresses"]
        if not all(_ready(address, len(addresses)) for address in addresses):
            return None
        return {"KB_TEST_OPENSEARCH": ",".join(addresses)}

    @staticmethod
    def _distribution(folder: Path) -> Path:
        """The unpacked distribution, fetched where it is not here yet."""
        home = folder / _UNPACKED
        if (home / "bin" / "opensearch").exists():
            return home
        with tempfile.TemporaryDirectory(dir=folder) as aside:
            fetched = subprocess.run(
                ["mvn", "-B", "-q", "dependency:copy", f"-Dartifact={ARTIFACT}",
                 f"-DoutputDirectory={aside}"],
                cwd=aside, capture_output=True, text=True, timeout=FETCH_SECONDS, check=False,
            )  # fmt: skip
            files = list(Path(aside).glob("*.zip"))
            if fetched.returncode or not files:
                said = (fetched.stdout.strip().splitlines() or ["nothing"])[0]
                raise ServersError(f"Maven could not fetch {ARTIFACT}; it said: {said}")
            shutil.unpack_archive(files[0], aside)
            for program in (Path(aside) / _UNPACKED / "bin").iterdir():
                program.chmod(0o755)
            (Path(aside) / _UNPACKED).rename(home)
        return home

    @staticmethod
    def _start(home: Path, run: Path, number: int, ports: list[tuple[int, int]]) -> int:
        names = [f"kb{other}" for other in range(len(ports))]
        node = run / names[number]
        shutil.copytree(home / "config", node / "config")
        jvm = node / "config" / "jvm.options"
        kept = [line for line in jvm.read_text().splitlines() if "gc.log" not in line]
        jvm.write_text("\n".join(kept) + "\n")  # it would be written into the distribution
        for part in ("data", "logs", "tmp"):
            (node / part).mkdir()
        someone = as_user(_USER, node)
        for path in node.rglob("*"):
            as_user(_USER, path)
        options: dict[str, object] = {
            "cluster.name": f"kb-{run.name}",
            "node.name": names[number],
            "network.host": "127.0.0.1",
            "http.port": ports[number][0],
            "transport.port": ports[number][1],
            "path.data": node / "data",
            "path.logs": node / "logs",
            # A full disk of a developer's machine must not make everything read-only.
            "cluster.routing.allocation.disk.threshold_enabled": "false",
        }
        if len(ports) == 1:
            options["discovery.type"] = "single-node"
        else:
            options["discovery.seed_hosts"] = ",".join(f"127.0.0.1:{p}" for _, p in ports)
            options["cluster.initial_cluster_manager_nodes"] = ",".join(names)
        heap = os.environ.get("KB_OPENSEARCH_HEAP_MB") or "512"
        environment = {
            "PATH": os.environ["PATH"],
            "OPENSEARCH_JAVA_HOME": str(java()),
            "OPENSEARCH_JAVA_OPTS": f"-Xms{heap}m -Xmx{heap}m",
            "OPENSEARCH_PATH_CONF": str(node / "config"),
            "OPENSEARCH_TMPDIR": str(node / "tmp"),
        }
        command = [str(home / "bin" / "opensearch"), *(f"-E{k}={v}" for k, v in options.items())]
        with (node / "out.txt").open("wb") as out:
            process = subprocess.Popen(
                command, cwd=node, env=environment, stdin=subprocess.DEVNULL, stdout=out,
                stderr=subprocess.STDOUT, start_new_session=True, **someone,
            )  # fmt: skip
        return process.pid


def _ready(address: str, nodes: int) -> bool:
    wanted = f"{address}/_cluster/health?wait_for_nodes={nodes}&timeout=1s"
    try:
        with urllib.request.urlopen(wanted, timeout=5) as answer:
            found = json.load(answer)
    except (OSError, ValueError):
        return False
    return not found["timed_out"] and int(found["number_of_nodes"]) == nodes


def _state(folder: Path) -> dict[str, Any] | None:
    try:
        state: dict[str, Any] = json.loads((folder / "running.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return state


def _alive(pid: int) -> bool:
    # A process that has ended and was not waited for still has an entry.
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
