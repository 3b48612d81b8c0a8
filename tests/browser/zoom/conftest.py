"""A collection of a large picture and a small one, in the application as it runs."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.application import Application
from tests.browser.conftest import Opened, running, watched
from tests.browser.zoom import large


@pytest.fixture(scope="session")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    """The application with two paintings, a large one and a small one."""
    app = Application(var=tmp_path_factory.mktemp("hall"))
    app.prepare()
    app.manage("import_paintings", str(large.write(tmp_path_factory.mktemp("large"))), "--publish", "--no-progress")
    app.manage("vectorize", "--missing")
    yield from running(app)


@pytest.fixture
def opened(browser: Browser, hall: Application) -> Iterator[Opened]:
    yield from watched(browser, hall)
