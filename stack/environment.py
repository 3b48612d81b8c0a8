"""The environment that Pendant's processes get: `.env`, what this process has, and where the servers are."""

import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from stack.errors import StackError

SERVERS = {
    "postgres": "DATABASE_URL",
    "redis": "REDIS_URL",
    "kafka": "KAFKA_BROKERS",
    "elasticsearch": "ELASTICSEARCH_URL",
}
_PREFIXES = ("PENDANT_", "DJANGO_", "KAFKA_", "ELASTICSEARCH_")
_NAME = re.compile(r"[A-Za-z_]\w*")


def read(path: Path) -> dict[str, str]:
    """The variables of a file like docker-compose's `.env`; none where there is no such file.

    NAME=VALUE on each line, the value in quotes or not; # begins a comment. Nothing in a value is replaced. Raises
    StackError, naming the line, for anything else.
    """
    variables: dict[str, str] = {}
    text = path.read_text() if path.exists() else ""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if not equals or not _NAME.fullmatch(name.strip()):
            raise StackError(f"Line {number} of {path} is not NAME=VALUE.")
        variables[name.strip()] = _value(value.strip())
    return variables


def _value(text: str) -> str:
    """Without its quotes, or else without the comment behind it."""
    quoted = re.fullmatch(r"""(["'])(.*?)\1\s*(#.*)?""", text)
    return quoted[2] if quoted else re.split(r"(?:^|\s)#", text, maxsplit=1)[0].strip()


def bare() -> dict[str, str]:
    """This process's environment without anything that Pendant's settings read."""
    ours = SERVERS.values()
    return {name: value for name, value in os.environ.items() if name not in ours and not name.startswith(_PREFIXES)}


def on_this_machine(settings: Mapping[str, str], *, folder: Path) -> dict[str, str]:
    """These settings, by plain HTTP and with a secret of their own in `folder` where they name nothing else.

    The site answers to 127.0.0.1, too, whatever names it has.
    """
    given = {name: value for name, value in settings.items() if value}
    if hosts := given.get("PENDANT_HOSTS"):
        given["PENDANT_HOSTS"] = f"{hosts},127.0.0.1"
    defaults = {
        "PENDANT_HTTPS": "false",
        "PENDANT_LOG_LEVEL": "WARNING",
        "OPENBLAS_NUM_THREADS": "1",  # processes share the cores among themselves
        "PENDANT_SECRET_KEY": _secret(folder / "secret-key"),
    }
    return defaults | given


def _secret(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()
