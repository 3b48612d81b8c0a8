"""Finds a Java that is new enough, by looking at what is installed."""

import functools
import glob
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stack.errors import StackError

_FOLDERS = ("/usr/lib/jvm/*", "/opt/*", "/usr/local/*", "/Library/Java/JavaVirtualMachines/*/Contents/Home")
_VERSION = re.compile(r'version "(?:1\.)?(\d+)')


@dataclass(frozen=True, slots=True, kw_only=True)
class Java:
    """An installed Java: its home and its major version."""

    home: Path
    version: int

    @property
    def program(self) -> Path:
        return self.home / "bin" / "java"


def find(at_least: int, *, needed_by: str) -> Java:
    """The oldest Java that is new enough: it is the one a server was tried with most. Raises StackError without one."""
    found = installed()
    fitting = sorted((java for java in found if java.version >= at_least), key=lambda java: java.version)
    if fitting:
        return fitting[0]
    there = ", ".join(f"{java.version} ({java.home})" for java in found) or "none"
    raise StackError(
        f"{needed_by} needs Java {at_least} or newer, and the installed ones are: {there}. "
        "Install one, such as a JDK from adoptium.net, and set JAVA_HOME to its folder."
    )


@functools.cache
def installed() -> tuple[Java, ...]:
    """Every Java that answers: of JAVA_HOME, ES_JAVA_HOME, the system's folders and the PATH."""
    found = {}
    for home in _homes():
        if home not in found and (version := _version(home)):
            found[home] = Java(home=home, version=version)
    return tuple(found.values())


def _homes() -> Iterator[Path]:
    for variable in ("ES_JAVA_HOME", "JAVA_HOME"):
        if named := os.environ.get(variable):
            yield Path(named).resolve()
    if on_path := shutil.which("java"):
        yield Path(on_path).resolve().parents[1]
    for pattern in _FOLDERS:
        for folder in sorted(glob.glob(pattern)):  # noqa: PTH207 (a Path has no pattern that begins at the root)
            yield Path(folder).resolve()


def _version(home: Path) -> int | None:
    try:
        done = subprocess.run(  # noqa: S603 (a Java that whoever runs this has installed)
            [home / "bin" / "java", "-version"], capture_output=True, text=True, timeout=30, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    match = _VERSION.search(done.stderr + done.stdout)
    return int(match[1]) if match else None
