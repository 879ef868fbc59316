"""Settings: defaults, overridden by ``kb.toml`` in the home, then by the environment."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from kb.errors import ConfigError

HOME_VARIABLE = "KB_HOME"
DEFAULT_HOME = "index"


@dataclass(frozen=True, slots=True)
class Settings:
    """Paths and limits of one knowledge base.

    Every field but ``home`` may stand in ``kb.toml`` (top level, same name) or in
    the environment as ``KB_<FIELD>``; the environment wins.
    """

    home: Path
    catalog: str = field(default="", repr=False)
    """Address of a database of PostgreSQL (``postgresql+psycopg://user@host/name``) that holds
    the catalog; empty: a file in the home."""
    engine: str = "whoosh"
    """``whoosh``, ``tantivy`` (larger bases) or ``opensearch`` (a server, for many readers)."""
    opensearch: str = ""
    """Addresses of the OpenSearch servers, with commas."""
    opensearch_user: str = ""
    opensearch_password: str = field(default="", repr=False)
    opensearch_api_key: str = field(default="", repr=False)
    """Instead of user and password; sent as ``Authorization: ApiKey``."""
    opensearch_ca: str = ""
    """File of the authority that signed the servers' certificates, where the system does not
    know it."""
    opensearch_index: str = "kb"
    """Name of this base on the servers: of its alias, and the begin of its indexes."""
    opensearch_shards: int = 1
    """Parts of an index, for the next one that is built."""
    opensearch_replicas: int = 0
    """Copies of each part on other servers, for the next index that is built."""
    opensearch_seconds: float = 30.0
    """Longest wait for an answer of the servers."""
    workers: int = 0
    """Reading processes; 0 means one for each core."""
    ocr: str = "auto"
    tagger: str = "full"
    """``full``: a small encoder reads the lines again that the name model is not sure of;
    ``fast``: the name model alone."""
    read_seconds: float = 120.0
    """Time limit for reading one file, without OCR."""
    ocr_seconds: float = 60.0
    """Time limit for OCR of one page."""
    read_memory_mb: int = 1024
    """Memory limit of one reading process."""
    max_page_chars: int = 100_000
    region: str = ""
    """Home region: a bare "Bappeda" in a text that names no region is this one's. Empty: such
    a name stays open, for it may be any region's."""
    language: str = "id"
    """Interface language, ``id`` or ``en``."""
    meaning: bool = True
    """Ask questions by meaning, too, where there are vectors (``kb embed``)."""
    embed: bool = True
    """Make the vectors of new pages in the background while ``kb serve`` runs."""
    admin_hash: str = ""
    """scrypt hash of the admin password (``kb.access``); empty: no password opens Kelola."""
    admin_emails: str = ""
    """Addresses, with commas, that may manage after signing in by OIDC (``st.login``);
    ``@bantenprov.go.id`` stands for everybody there."""
    editor_emails: str = ""
    """The same of those that may mend what is wrong on the pages."""
    reader_emails: str = ""
    """The same of those that may read where that is for staff alone, and keep collections."""
    readers: str = "all"
    """``staff``: only who has an account (``kb staff add``) may read."""
    hosts: str = ""
    """Names the app is reached by, with commas (``arsip.bantenprov.go.id``), besides this
    machine's own. Empty: only its own where it listens to this machine alone, any where it
    listens to a network."""
    proxies: str = "127.0.0.1"
    """Addresses, with commas, of the web servers in front whose word on a reader's address is
    taken (``X-Forwarded-For``)."""
    upload_mb: int = 200
    """Size of one uploaded file; one session may hold twice as much, all together four times."""
    address: str = ""
    """Where readers reach the app (``https://arsip.bantenprov.go.id``): links in answers that
    no request belongs to begin with it."""
    publish: str = "no"
    """``yes``: this base is public. Search engines are told of its documents (sitemap, robots)."""
    api: str = "on"
    """``off``: no HTTP API, no feeds and no MCP, only the app."""
    api_per_minute: int = 600
    """Requests to the API that one address may make in a minute."""
    api_origins: str = ""
    """Web sites, with commas, whose pages may ask the API in their readers' browsers (CORS)."""
    api_tokens: str = field(default="", repr=False)
    """Tokens, with commas, one of which every request to the API must bring
    (``Authorization: Bearer``). Empty: the API is as open as the app."""
    smtp_host: str = ""
    """Mail server for what readers follow; empty: no mail is sent."""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_tls: str = "starttls"
    """``starttls``, ``ssl`` (from the first byte) or ``none`` (inside one's own network)."""
    mail_from: str = ""
    """Sender of the mails (``Arsip Banten <arsip@bantenprov.go.id>``)."""
    originals: str = ""
    """Folder where the bytes that sources gave are kept; empty: below the home. Files that are
    handed to workers (``kb ingest --queue``) are copied there, too; for these it may also be an
    address that fsspec knows (``s3://arsip/asal``)."""
    contact: str = ""
    """Address (mail or page) that sources are told to write to; empty: none is told."""
    private_hosts: str = ""
    """Names, with commas, that sources may be fetched from although they lie in the own
    network (``arsip.kantor.lan``, ``127.0.0.1``)."""
    broken_tls: str = ""
    """Names, with commas, whose certificate need not be right."""
    fetch_pause: float = 1.0
    """Seconds between two requests to one host, where its robots.txt asks for no longer."""
    fetch_a_day: int = 5000
    """Requests to one host a day."""
    fetch_mb: int = 100
    """Size of one fetched file."""
    passwords: str = field(default="", repr=False)
    """Passwords of encrypted PDFs, one a line, tried on all of them: to read them and to
    show their pages. Best kept in the environment, they stand in clear in ``kb.toml``."""

    @property
    def catalog_path(self) -> Path:
        return self.home / "catalog.sqlite"

    @property
    def search_path(self) -> Path:
        return self.home / "search"

    @property
    def cache_path(self) -> Path:
        return self.home / "cache"

    @property
    def lock_path(self) -> Path:
        return self.home / "writer.lock"

    @property
    def pdf_passwords(self) -> tuple[str, ...]:
        return tuple(filter(None, self.passwords.splitlines()))

    @property
    def originals_path(self) -> Path:
        """Where fetched bytes lie. Below the uploads, which a backup holds, where no folder is
        set."""
        if self.originals and "://" not in self.originals:
            return Path(self.originals).expanduser()
        return self.uploads_path / "asal"

    @property
    def uploads_path(self) -> Path:
        return self.home / "uploads"


_CHOICES = {
    "tagger": ("full", "fast"),
    "ocr": ("auto", "always", "never"),
    "language": ("id", "en"),
    "publish": ("no", "yes"),
    "api": ("on", "off"),
    "readers": ("all", "staff"),
    "smtp_tls": ("starttls", "ssl", "none"),
}


def _coerce(name: str, kind: str, value: object, where: str) -> Any:
    try:
        if kind == "int":
            number = int(str(value))
            if number < 0:
                raise ValueError
            return number
        if kind == "float":
            seconds = float(str(value))
            if not seconds > 0:
                raise ValueError
            return seconds
    except ValueError:
        raise ConfigError(
            f"{where}: '{name}' must be a positive number, not {value!r}; correct it."
        ) from None
    if kind == "bool":
        text = str(value).casefold()
        if text not in ("true", "false"):
            raise ConfigError(
                f"{where}: '{name}' must be true or false, not {value!r}; correct it."
            )
        return text == "true"
    text = str(value)
    if name in _CHOICES and text not in _CHOICES[name]:
        raise ConfigError(f"{where}: '{name}' must be one of {', '.join(_CHOICES[name])}.")
    return text


def load_settings(
    home: str | Path | None = None, environ: Mapping[str, str] | None = None
) -> Settings:
    """Settings for the knowledge base at ``home``.

    ``home`` defaults to ``$KB_HOME``, else ``index`` below the working directory.
    Raises ``ConfigError`` for an unknown key or a value of the wrong kind.
    """
    env = os.environ if environ is None else environ
    where = Path(home or env.get(HOME_VARIABLE) or DEFAULT_HOME).expanduser().absolute()
    settings = Settings(home=where)
    kinds = {f.name: str(f.type) for f in fields(Settings) if f.name != "home"}
    file = where / "kb.toml"
    found: dict[str, Any] = {}
    if file.is_file():
        try:
            values = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigError(f"{file} is not valid TOML ({error}); correct it.") from None
        for name, value in values.items():
            if name not in kinds:
                raise ConfigError(
                    f"{file}: unknown setting '{name}'; known are {', '.join(kinds)}."
                )
            found[name] = _coerce(name, kinds[name], value, str(file))
    for name, kind in kinds.items():
        variable = f"KB_{name.upper()}"
        if env.get(variable):
            found[name] = _coerce(name, kind, env[variable], variable)
    return replace(settings, **found)
