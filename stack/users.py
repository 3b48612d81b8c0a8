"""Whom a server runs as: Elasticsearch and PostgreSQL refuse to run as root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from stack.errors import StackError

_CANDIDATES = ("postgres", "nobody")


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody with fewer rights than root."""

    name: str
    uid: int
    gid: int

    def own(self, folder: Path) -> None:
        """Give this folder, and all that lies in it, to this user."""
        for path in (folder, *folder.rglob("*")):
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def can_enter(self, folder: Path) -> bool:
        """Whether this user gets into the folder: every folder above it has to let them through."""
        done = subprocess.run(  # noqa: S603 (our own command)
            ["/bin/sh", "-c", 'cd "$1"', "sh", folder],
            cwd="/",
            user=self.uid,
            group=self.gid,
            extra_groups=[],
            capture_output=True,
            check=False,
        )
        return done.returncode == 0


def unprivileged() -> User | None:
    """Whom servers run as where we are root; None where we are not, and they run as ourselves."""
    if os.geteuid() != 0:
        return None
    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return User(name=name, uid=entry.pw_uid, gid=entry.pw_gid)
    raise StackError(
        f"Elasticsearch and PostgreSQL do not run as root, and none of the users {', '.join(_CANDIDATES)} exists."
    )
