"""Where servers are kept and where they put their data."""

import os
import shutil
from pathlib import Path

from stack import users
from stack.errors import StackError

ROOT = Path(__file__).resolve().parents[1]
ELSEWHERE = Path("/var/lib/pendant")


def services() -> Path:
    """What is fetched and what the servers of a test run write: PENDANT_SERVICES, or var/services.

    It lies elsewhere where the servers' user can't get there: see `open_folder`.
    """
    named = os.environ.get("PENDANT_SERVICES")
    return open_folder(Path(named) if named else ROOT / "var" / "services")


def open_folder(folder: Path) -> Path:
    """This folder, made; or, where we are root and the servers' user can't enter it, one under /var/lib/pendant."""
    folder = folder.absolute()
    user = users.unprivileged()
    folder.mkdir(parents=True, exist_ok=True)
    if user is None or user.can_enter(folder):
        return folder
    stead = ELSEWHERE / "-".join(folder.parts[1:])
    _make(ELSEWHERE)
    _make(stead)
    if user.can_enter(stead):
        return stead
    raise StackError(
        f"Servers run as “{user.name}”, who can enter neither {folder} nor {stead}. "
        "Let everybody enter one of them (chmod o+x, on the folders above it, too)."
    )


def run_folder(base: Path) -> Path:
    """An empty folder for what the servers of this process write; those of processes that are gone are removed."""
    runs = base / "runs"
    _make(runs)
    for old in runs.iterdir():
        if not _is_running(old.name):
            remove(old)
    own = runs / str(os.getpid())
    remove(own)
    _make(own)
    return own


def remove(folder: Path) -> None:
    """Remove this folder, if it is there, with all that lies in it."""
    shutil.rmtree(folder, ignore_errors=True)


def _make(folder: Path) -> None:
    """Make a folder that everybody can enter, whatever our umask is."""
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o755)


def _is_running(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True
