"""OpenSearch on this machine for tests and measurements, on loopback, as a user without rights.

    python tools/opensearch_server.py up [--nodes 3] [--heap 512]
    python tools/opensearch_server.py down
    python tools/opensearch_server.py status

``up`` prints the address, which tests take from ``KB_TEST_OPENSEARCH``. The distribution is
the Maven artefact ``org.opensearch.distribution.integ-test-zip:opensearch`` (162 MB, fetched
once by ``mvn``); it needs Java 21 or newer, looked for in ``OPENSEARCH_JAVA_HOME``,
``JAVA_HOME`` and ``/usr/lib/jvm``. For a machine where OpenSearch is already, set
``KB_TEST_OPENSEARCH`` and leave this alone.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

VERSION = "3.6.0"
ARTIFACT = f"org.opensearch.distribution.integ-test-zip:opensearch:{VERSION}:zip"
MINIMUM_JAVA = 21
PORT = 9291
UP_SECONDS = 300
FETCH_SECONDS = 900
NOBODY = "65534"
"""OpenSearch refuses to run as root."""


class ServerError(Exception):
    """The server cannot be had; the message says why in one sentence."""


def folder() -> Path:
    """Where the distribution and the state of running servers are kept."""
    return Path(os.environ.get("KB_SERVERS") or "/var/tmp/kb-servers") / "opensearch"


def java() -> Path:
    """The home of a Java new enough. Raises ``ServerError``."""
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
    raise ServerError(
        f"OpenSearch {VERSION} needs Java {MINIMUM_JAVA} or newer and none is here; "
        "set OPENSEARCH_JAVA_HOME."
    )


def distribution() -> Path:
    """The unpacked distribution, fetched where it is not here yet. Raises ``ServerError``."""
    home = folder() / f"opensearch-{VERSION}"
    if (home / "bin" / "opensearch").exists():
        return home
    if shutil.which("mvn") is None:
        raise ServerError("Maven, which fetches OpenSearch, is not here; install 'maven'.")
    folder().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder()) as aside:
        fetched = subprocess.run(
            ["mvn", "-B", "-q", "dependency:copy", f"-Dartifact={ARTIFACT}",
             f"-DoutputDirectory={aside}"],
            cwd=aside, capture_output=True, text=True, timeout=FETCH_SECONDS, check=False,
        )  # fmt: skip
        files = list(Path(aside).glob("*.zip"))
        if fetched.returncode or not files:
            said = (fetched.stdout.strip().splitlines() or ["it says nothing"])[0]
            raise ServerError(f"Maven could not fetch {ARTIFACT}: {said}")
        shutil.unpack_archive(files[0], aside)
        unpacked = Path(aside) / home.name
        for program in (unpacked / "bin").iterdir():
            program.chmod(0o755)
        unpacked.rename(home)
    return home


def _ready(url: str, nodes: int) -> bool:
    wanted = f"{url}/_cluster/health?wait_for_nodes={nodes}&timeout=1s"
    try:
        with urllib.request.urlopen(wanted, timeout=3) as answer:
            found = json.load(answer)
    except (OSError, urllib.error.URLError, ValueError):
        return False
    return not found["timed_out"] and found["number_of_nodes"] == nodes


def _state() -> Path:
    return folder() / "running.json"


def running() -> dict[str, object] | None:
    """Addresses and processes of what ``up`` started, where they still run."""
    try:
        state: dict[str, object] = json.loads(_state().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return state if all(map(_alive, state["pids"])) else None  # type: ignore[call-overload]


def _alive(pid: int) -> bool:
    # A process that has ended and was not waited for still has an entry.
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def up(nodes: int = 1, heap_mb: int = 512, port: int = PORT) -> str:
    """Starts ``nodes`` processes and waits until they answer; returns their addresses, with
    commas. What runs already is left as it is. Raises ``ServerError``."""
    known = running()
    if known is not None:
        return str(known["url"])
    home, java_home = distribution(), java()
    run = Path(tempfile.mkdtemp(prefix="run-", dir=folder()))
    names = [f"kb{number}" for number in range(1, nodes + 1)]
    root = os.geteuid() == 0
    pids = []
    for number, name in enumerate(names):
        node = run / name
        shutil.copytree(home / "config", node / "config")
        for part in ("data", "logs", "tmp"):
            (node / part).mkdir()
        jvm = node / "config" / "jvm.options"
        kept = [line for line in jvm.read_text().splitlines() if "gc.log" not in line]
        jvm.write_text("\n".join(kept) + "\n")  # it would be written into the distribution
        if root:
            subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", str(node)], check=True)
            run.chmod(0o755)
        options = {
            "cluster.name": f"kb-test-{run.name}",
            "node.name": name,
            "network.host": "127.0.0.1",
            "http.port": port + number,
            "transport.port": port + 100 + number,
            "path.data": node / "data",
            "path.logs": node / "logs",
            # A full disk of a developer's machine must not turn tests into read-only errors.
            "cluster.routing.allocation.disk.threshold_enabled": "false",
        }
        if nodes == 1:
            options["discovery.type"] = "single-node"
        else:
            options["discovery.seed_hosts"] = ",".join(
                f"127.0.0.1:{port + 100 + other}" for other in range(nodes)
            )
            options["cluster.initial_cluster_manager_nodes"] = ",".join(names)
        command = [str(home / "bin" / "opensearch")]
        command += [f"-E{key}={value}" for key, value in options.items()]
        if root:
            command = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups",
                       *command]  # fmt: skip
        environment = {
            "PATH": os.environ["PATH"],
            "OPENSEARCH_JAVA_HOME": str(java_home),
            "OPENSEARCH_JAVA_OPTS": f"-Xms{heap_mb}m -Xmx{heap_mb}m",
            "OPENSEARCH_PATH_CONF": str(node / "config"),
            "OPENSEARCH_TMPDIR": str(node / "tmp"),
        }
        with (node / "out.txt").open("wb") as out:
            process = subprocess.Popen(
                command, cwd=node, env=environment, stdout=out, stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        pids.append(process.pid)
    addresses = [f"http://127.0.0.1:{port + number}" for number in range(nodes)]
    state = {"url": ",".join(addresses), "pids": pids, "folder": str(run)}
    _state().write_text(json.dumps(state), encoding="utf-8")
    deadline = time.monotonic() + UP_SECONDS
    while not all(_ready(address, nodes) for address in addresses):
        if time.monotonic() > deadline or not all(map(_alive, pids)):
            told = "\n".join((run / n / "out.txt").read_text(errors="replace")[-600:] for n in names)
            down()
            raise ServerError(f"OpenSearch did not start: {told or 'it says nothing'}")
        time.sleep(0.5)
    return str(state["url"])


def down() -> None:
    """Stops what ``up`` started and removes its data."""
    try:
        state = json.loads(_state().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    for pid in state["pids"]:
        if _alive(pid):
            os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + 20
    while any(map(_alive, state["pids"])) and time.monotonic() < deadline:
        time.sleep(0.2)
    for pid in state["pids"]:
        if _alive(pid):
            os.kill(pid, signal.SIGKILL)
    shutil.rmtree(state["folder"], ignore_errors=True)
    _state().unlink(missing_ok=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("verb", choices=("up", "down", "status"))
    parser.add_argument("--nodes", type=int, default=1)
    parser.add_argument("--heap", type=int, default=512, help="MB for each node")
    parser.add_argument("--port", type=int, default=PORT)
    arguments = parser.parse_args()
    if arguments.verb == "down":
        down()
        return 0
    if arguments.verb == "status":
        known = running()
        print(known["url"] if known else "not running")
        return 0 if known else 1
    try:
        print(up(arguments.nodes, arguments.heap, arguments.port))
    except (ServerError, subprocess.TimeoutExpired) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
