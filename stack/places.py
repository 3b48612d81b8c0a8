"""Where servers are kept and where they put their data."""

import os
import shutil
from pathlib import Path

from stack import users
from stack.errors import StackError

ROOT = Path(__file__).resolve().parents[1]


def services() -> Path:
    """What is fetched and what the servers of a test run write: PENDANT_SERVICES, or var/services.

    Where we are root and the servers' user can't get there, a folder of ours under /var/tmp.
    """
    named = os.environ.get("PENDANT_SERVICES")
    return open_folder(Path(named) if named else ROOT / "var" / "services")


def open_folder(folder: Path) -> Path:
    """This folder, made, or one in its stead that the servers' user can enter."""
    folder = folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    user = users.unprivileged()
    if user is None or user.can_enter(folder):
        return folder
    stead = Path("/var/tmp") / f"pendant{str(folder).replace('/', '-')}"  # noqa: S108 (checked below)
    stead.mkdir(mode=0o755, exist_ok=True)
    if stead.is_symlink() or stead.stat().st_uid != os.geteuid() or not user.can_enter(stead):
        raise StackError(
            f"Servers run as “{user.name}”, who can't enter {folder}, and {stead} is no folder of ours. "
            "Set PENDANT_SERVICES to a folder that everybody can enter."
        )
    return stead


def run_folder(base: Path) -> Path:
    """An empty folder for what the servers of this process write; those of processes that are gone are removed."""
    runs = base / "runs"
    runs.mkdir(parents=True, exist_ok=True)
    for old in runs.iterdir():
        if not _is_running(old.name):
            shutil.rmtree(old, ignore_errors=True)
    own = runs / str(os.getpid())
    shutil.rmtree(own, ignore_errors=True)
    own.mkdir()
    return own


def _is_running(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True
