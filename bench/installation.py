"""A Pendant of a benchmark's own: in a folder that is gone afterwards, on servers that are started for it."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from stack import environment, places  # noqa: E402 (found by the line above)
from stack.application import Application  # noqa: E402
from stack.servers import Servers  # noqa: E402


@contextmanager
def installation(*servers: str) -> Iterator[tuple[Application, Servers]]:
    """Its tables are made, and Django is set up for it in this process; none of its own processes runs.

    `servers` are names of `stack.environment.SERVERS`; without `postgres` the database is SQLite. Whatever the
    environment names is left alone. Can be entered once a process.
    """
    data = places.run_folder(places.services())
    started = Servers(servers, folder=data, named={})
    with tempfile.TemporaryDirectory(prefix="pendant-bench-") as folder:
        settings = {
            **environment.bare(),
            **environment.on_this_machine({}, folder=Path(folder)),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PENDANT_VAR": folder,
            **started.start(),
        }
        application = Application(settings, logs=Path(folder) / "logs")
        try:
            _set_up(settings)
            yield application, started
        finally:
            application.stop()
            started.stop()
            places.remove(data)


def _set_up(settings: dict[str, str]) -> None:
    for name in [name for name in os.environ if name not in settings]:
        del os.environ[name]
    os.environ |= settings
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
