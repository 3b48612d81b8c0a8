"""The Pendant that a benchmark asks: one of its own, gone afterwards, or one that has a collection already."""

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

ROOT = Path(__file__).resolve().parent.parent
UNLIMITED = {"PENDANT_PHOTO_RATE": "100000/min", "PENDANT_API_RATE": "100000/min"}
sys.path.insert(0, str(ROOT))

from stack import environment, places  # noqa: E402 (found by the line above)
from stack.application import Application  # noqa: E402
from stack.servers import Servers  # noqa: E402


@contextmanager
def installation(
    *servers: str, settings: Mapping[str, str] = MappingProxyType({})
) -> Iterator[tuple[Application, Servers]]:
    """Its tables are made, and Django is set up for it in this process; none of its own processes runs.

    `servers` are names of `stack.environment.SERVERS`; without `postgres` the database is SQLite. Whatever the
    environment names is left alone. `settings` are of the environment, beside those it needs. Can be entered once a
    process.
    """
    data = places.run_folder(places.services())
    started = Servers(servers, folder=data, named={})
    with tempfile.TemporaryDirectory(prefix="pendant-bench-") as folder:
        environ = {
            **environment.bare(),
            **environment.on_this_machine(settings, folder=Path(folder)),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PENDANT_VAR": folder,
            **started.start(),
        }
        application = Application(environ, logs=Path(folder) / "logs")
        try:
            _set_up(environ)
            yield application, started
        finally:
            application.stop()
            started.stop()
            places.remove(data)


@contextmanager
def collection(var: Path) -> Iterator[Application]:
    """The installation whose folder this is: its web server answers, and Django is set up for it in this process.

    It counts no visitor's photos. Exits with a sentence where there is no such folder. Can be entered once a process.
    """
    if not (var / "pendant.sqlite3").exists():
        sys.exit(f"There is no collection in {var}: run ./run demo first, or name another with --var.")
    settings = {
        **environment.bare(),
        **environment.on_this_machine(UNLIMITED, folder=var),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PENDANT_VAR": str(var.resolve()),
    }
    _enter(settings)
    with tempfile.TemporaryDirectory(prefix="pendant-bench-") as logs:
        application = Application(settings, logs=Path(logs))
        try:
            application.manage("collectstatic", "--no-input", "--verbosity", "0")
            application.start("web")
            yield application
        finally:
            application.stop()


def _set_up(settings: dict[str, str]) -> None:
    _enter(settings)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _enter(settings: dict[str, str]) -> None:
    for name in [name for name in os.environ if name not in settings]:
        del os.environ[name]
    os.environ |= settings
    import django

    django.setup()
