#!/usr/bin/env python
"""Pendant's command line: `./manage.py help` lists what it can do."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError, ProgrammingError

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(str(problem))
    except (OperationalError, ProgrammingError) as problem:
        missing = _what_is_missing()
        if not missing:
            raise
        sys.exit(f"{missing} ({problem})")


def _what_is_missing() -> str:
    """A sentence, where the database fails because the installation was not finished."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:
        return ""
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return "The database is not prepared: run `manage.py migrate` first. `./run demo` does so by itself."
    return ""


if __name__ == "__main__":
    main()
