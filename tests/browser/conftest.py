"""A real server, a real worker and Debian's Chromium. These tests act only as people do: through the browser."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, StorageState, expect, sync_playwright

from tests.browser import collection
from tests.browser.application import Application
from tests.browser.desk import Desk, sign_in
from tests.browser.patience import PATIENCE_MS
from tests.browser.visitor import Visitor
from tests.browser.watching import Watch

HERE = Path(__file__).parent
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
SWITCHES = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

OpenPage = Callable[..., Page]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screenshots", action="store_true", help="write the README's screenshots into docs/")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Only where they are asked for by their folder, as `./run browser-test` does: `./run test` needs no browser."""
    asked = any(Path(argument.split("::")[0]).absolute().is_relative_to(HERE) for argument in config.args)
    if collection_path.name == "test_screenshots.py":
        asked = asked and config.getoption("--screenshots")
    return None if asked else True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Beside a failure: where the browser was, and what it had to say."""
    report = yield
    opened = item.funcargs.get("opened") if isinstance(item, pytest.Function) else None
    if report.failed and opened:
        pages = "\n".join(page.url for context in opened.contexts for page in context.pages)
        report.sections.append(("browser", "\n".join([pages, *opened.watch.problems])))
    return report


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    """Running, with the collection published and vectorized."""
    app = Application(var=tmp_path_factory.mktemp("var"))
    app.prepare()
    table = collection.write(tmp_path_factory.mktemp("pictures"))
    app.manage("import_paintings", str(table), "--publish", "--no-progress")
    app.manage("vectorize", "--missing")
    app.manage("map_collection", "--verbosity", "0")
    yield from running(app)


def running(app: Application) -> Iterator[Application]:
    try:
        app.start()
        yield app
    finally:
        app.stop()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    assert chromium, "The browser tests need Debian's Chromium: apt-get install chromium"
    launched = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
    yield launched
    launched.close()


class Opened:
    """The browser contexts of one test, and the watch over them."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.watch = Watch(host=urlsplit(address).netloc)
        self.contexts: list[BrowserContext] = []
        self._browser, self._address = browser, address

    def page(self, **options: Any) -> Page:
        """A page in a context of its own, as if another person had opened a browser."""
        context = self._browser.new_context(base_url=self._address, **({"viewport": DESKTOP} | options))
        context.set_default_timeout(PATIENCE_MS)
        self.watch.over(context)
        self.contexts.append(context)
        return context.new_page()


@pytest.fixture
def opened(browser: Browser, application: Application) -> Iterator[Opened]:
    """Fails the test that used it if a page had an error, asked another host, or made the server stumble."""
    yield from watched(browser, application, since=len(application.log()))


def watched(browser: Browser, application: Application, *, since: int = 0) -> Iterator[Opened]:
    """What is opened in this application; of its log, what it wrote from `since` on counts."""
    contexts = Opened(browser, application.address)
    yield contexts
    for context in contexts.contexts:
        context.close()
    assert contexts.watch.problems == []
    assert "Traceback" not in application.log()[since:]


@pytest.fixture
def open_page(opened: Opened) -> OpenPage:
    return opened.page


@pytest.fixture
def watch(opened: Opened) -> Watch:
    return opened.watch


@pytest.fixture
def visitor(open_page: OpenPage) -> Visitor:
    """Somebody at a desk who only looks."""
    return Visitor(page=open_page())


@pytest.fixture(scope="session")
def signed_in(browser: Browser, application: Application) -> StorageState:
    """The cookies of a curator who has signed in."""
    return sign_in(browser, application.address, application.password)


@pytest.fixture
def desk(open_page: OpenPage, signed_in: StorageState) -> Desk:
    """A curator who has signed in."""
    return Desk(page=open_page(storage_state=signed_in))
