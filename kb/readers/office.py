"""Turns old Office files (DOC, PPT) into new ones with LibreOffice, where it is installed."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from pathlib import Path

from kb.errors import ReadError

CONVERT_SECONDS = 180
_INTO = {"doc": "docx", "ppt": "pptx"}
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)


def soffice() -> str | None:
    """Path of LibreOffice, ``None`` where it is not installed."""
    named = os.environ.get("KB_SOFFICE")
    if named is not None:
        return shutil.which(named)
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def modern(path: Path, kind: str, folder: Path) -> Path:
    """The file as DOCX or PPTX below ``folder``. Raises ``ReadError``, with a sentence that
    says what to do where LibreOffice is missing."""
    program = soffice()
    into = _INTO[kind]
    if program is None:
        raise ReadError(
            f"unsupported: old .{kind} files are read with LibreOffice, which is not installed; "
            f"install it and ingest again, or save the file as {into.upper()} or PDF."
        )
    source = folder / f"berkas.{kind}"
    shutil.copyfile(path, source)
    out = folder / "baru"
    out.mkdir()
    profile = (folder / "profil").as_uri()
    process = subprocess.Popen(
        [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck",
         "--convert-to", into, "--outdir", str(out), str(source)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=os.name == "posix",
    )  # fmt: skip
    try:
        process.wait(timeout=CONVERT_SECONDS)
    except subprocess.TimeoutExpired:
        raise ReadError(
            f"too slow: LibreOffice did not open it within {CONVERT_SECONDS} seconds."
        ) from None
    finally:
        _end(process)
    made = out / f"berkas.{into}"
    if not made.is_file():
        raise ReadError("damaged: LibreOffice cannot open the file; fetch it again.")
    return made


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    with contextlib.suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, 9)
        else:
            process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=10)
