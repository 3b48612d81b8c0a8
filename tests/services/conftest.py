"""Tests with real servers, started here on free ports. They act from outside: by commands, files and the database."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Only where they are asked for by their folder, as `./run service-test` does: `./run test` needs no server."""
    asked = any(Path(argument.split("::")[0]).absolute().is_relative_to(HERE) for argument in config.args)
    return None if asked else True
