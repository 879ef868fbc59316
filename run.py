#!/usr/bin/env python3
"""Set up and start the knowledge base. Needs Python 3.11 or newer and nothing else.

    python3 run.py                set up, take in the sample documents, serve the app
    python3 run.py test [ARGS]    set up with the test tools and run every test
                                  (or what pytest makes of ARGS)
    python3 run.py test quick     those for the desk: no browser, no server, nothing slow
    python3 run.py test others    those without browser or server on every other Python found
    python3 run.py kb ARGS...     run the command line (python3 run.py kb --help)

Options of the first form go to ``kb serve`` (``--port 8600``).
"""

import hashlib
import json
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
VENV_PYTHON = "Scripts/python.exe" if os.name == "nt" else "bin/python"
PYTHON = VENV / VENV_PYTHON
STAMP = VENV / "kb-installed.json"
MINIMUM = (3, 11)
PARALLEL = ["-n", "auto", "--dist", "loadfile"]
"""A file's tests stay together, they share what they made."""
QUICK = ["-q", *PARALLEL, "-m", "not browser and not slow and not material and not server"]
"""What ``test quick`` tells pytest."""
ELSEWHERE = ["-q", *PARALLEL, "-m", "not browser and not material and not server"]
"""What ``test others`` tells pytest: what needs nothing but the interpreter."""
WHOLE = ([*PARALLEL, "-m", "not browser"], ["-m", "browser"])
"""What ``test`` tells pytest, one run after the other: a browser wants the processors alone."""
OTHERS = ((3, 11), (3, 12), (3, 13))
VERSION = "import sys; print(*sys.version_info[:2])"


class SetupError(Exception):
    """Set-up cannot go on; the message is one sentence for the person at the keyboard."""


def say(text):
    print(text, file=sys.stderr, flush=True)


def fingerprint(version=sys.version_info[:2]):
    """What the environment was made from: a change here means installing again."""
    digest = hashlib.sha256(repr((tuple(version), str(ROOT))).encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def installed():
    """The extras already installed for this fingerprint, or None if nothing usable is there."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not PYTHON.exists() or stamp.get("fingerprint") != fingerprint():
        return None
    return set(stamp.get("extras", []))


def call(arguments, failure):
    # The build backend's warnings about editable installs say nothing to the person starting this.
    quiet = dict(os.environ, PYTHONWARNINGS="ignore")
    command = [str(a) for a in arguments]
    if subprocess.run(command, cwd=str(ROOT), env=quiet, check=False).returncode:
        raise SetupError(failure)


def pip_in_venv():
    """Put the pip of tools/bootstrap into .venv: Debian's Python has no ensurepip."""
    wheels = sorted((ROOT / "tools" / "bootstrap").glob("pip-*.whl"))
    if not wheels:
        raise SetupError("tools/bootstrap holds no pip wheel: get the whole repository again.")
    call(
        [PYTHON, wheels[-1] / "pip", "install", "--quiet", "--no-index", wheels[-1]],
        "pip could not be put into .venv: delete the folder .venv and run this again.",
    )


def set_up(extras):
    """Make .venv and install what the constraints name, unless that is done already."""
    present = installed()
    if present is not None and set(extras) <= present:
        return
    wanted = sorted(set(extras) | (present or set()))
    if present is None:
        say("Setting up .venv (once; a few minutes) ...")
        STAMP.unlink(missing_ok=True)
        venv.create(str(VENV), with_pip=False, clear=VENV.exists())
        pip_in_venv()
    else:
        say("Adding to .venv: " + ", ".join(wanted) + " ...")
    install(wanted)
    content = {"fingerprint": fingerprint(), "extras": wanted}
    STAMP.write_text(json.dumps(content), encoding="utf-8")


def install(extras):
    """Put the project with these extras into the environment, as the constraints name it."""
    target = f".[{','.join(extras)}]" if extras else "."
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    call(
        [*pip, "--constraint", ROOT / "constraints.txt", "--editable", target],
        "Installing failed (see above): check the network or proxy, then run this again.",
    )


def child(arguments):
    """Run a command in .venv and give its exit status; Ctrl-C is the child's to handle."""
    process = subprocess.Popen([str(PYTHON), *arguments], cwd=str(ROOT))
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def other_pythons():
    """Interpreters of ``OTHERS`` besides this one, by version: on the path or in pyenv."""
    found = {}
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    for version in OTHERS:
        name = f"python{version[0]}.{version[1]}"
        for path in (*sorted(pyenv.glob(f"*/bin/{name}"), reverse=True), name):
            # A shim of pyenv stands on the path for versions that are not chosen: ask it.
            try:
                asked = subprocess.run([str(path), "-c", VERSION], capture_output=True, text=True)
            except OSError:
                continue
            said = asked.stdout.split() == [str(number) for number in version]
            if said and version != sys.version_info[:2]:
                found[version] = str(path)
                break
    return found


def test_others(arguments):
    """Those under each other Python, each in an environment of its own."""
    global PYTHON
    pythons = other_pythons()
    if not pythons:
        say("No other Python from 3.11 to 3.13 was found: nothing to test.")
    worst = 0
    for version, path in pythons.items():
        name = ".".join(str(number) for number in version)
        say(f"Python {name} ({path})")
        home = ROOT / f".venv-{name}"
        PYTHON = home / VENV_PYTHON
        stamp = home / STAMP.name
        wanted = fingerprint(version)
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
            call(
                [path, "-m", "venv", "--without-pip", "--clear", home],
                f"{home.name} could not be made: install the venv module of Python {name}.",
            )
            pip_in_venv()
            install(["dev"])
            stamp.write_text(wanted, encoding="utf-8")
        worst = child(["-m", "pytest", *ELSEWHERE, *arguments]) or worst
    return worst


def serve(arguments):
    set_up([])
    home = Path(os.environ.get("KB_HOME") or ROOT / "index").expanduser().absolute()
    pending = home / "samples.pending"
    if pending.exists() or not (home / "catalog.sqlite").exists():
        home.mkdir(parents=True, exist_ok=True)
        pending.write_text("The sample documents are being taken in.\n", encoding="utf-8")
        say("Taking in the sample documents (once) ...")
        status = child(["-m", "kb", "ingest", str(ROOT / "sample_docs"), "--home", str(home)])
        if status not in (0, 1):
            return status
        pending.unlink()
    return child(["-m", "kb", "serve", "--home", str(home), *arguments])


def main(arguments):
    if sys.version_info < MINIMUM:
        found = sys.version.split()[0]
        say(f"Python {MINIMUM[0]}.{MINIMUM[1]} or newer is needed; this is {found}.")
        return 2
    if arguments[:1] in (["-h"], ["--help"]):
        print(__doc__)
        return 0
    try:
        if arguments[:2] == ["test", "others"]:
            return test_others(arguments[2:])
        if arguments[:1] == ["test"]:
            set_up(["dev"])
            if arguments[1:2] == ["quick"]:
                return child(["-m", "pytest", *QUICK, *arguments[2:]])
            if arguments[1:]:
                return child(["-m", "pytest", *arguments[1:]])
            ends = [child(["-m", "pytest", *part]) for part in WHOLE]
            return next((end for end in ends if end), 0)  # a killed run's is below nought
        if arguments[:1] == ["kb"]:
            set_up([])
            return child(["-m", "kb", *arguments[1:]])
        return serve(arguments)
    except SetupError as error:
        say(str(error))
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
