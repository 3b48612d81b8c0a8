"""How long a page is waited for, which is no longer than it takes: only what never comes takes all of it."""

import time
from collections.abc import Callable

from playwright.sync_api import Page

PATIENCE_MS = 60_000
LOOK_MS = 50


def eventually(page: Page, check: Callable[[], object]) -> None:
    """Return once `check`, which asserts, is content: what a page does follows an event a moment later.

    Raises what `check` raised last, after PATIENCE_MS.
    """
    end = time.monotonic() + PATIENCE_MS / 1000
    while True:
        try:
            check()
        except AssertionError:
            if time.monotonic() > end:
                raise
        else:
            return
        page.wait_for_timeout(LOOK_MS)
