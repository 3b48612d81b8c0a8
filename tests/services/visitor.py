"""A visitor: asks the pages and the API, and is told what everybody is told."""

import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests

SECONDS = 60
PAGE = 200
_PAINTING = re.compile(r'<a class="work" href="/paintings/(\d+)/')


class NotNow(Exception):
    """The answer was 503: come again later."""


class Visitor:
    """Reads what an answer says, and fails the test where it is none."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._session = requests.Session()
        self._session.headers["Connection"] = "close"

    def page(self, path: str, **query: str) -> requests.Response:
        """A page, whatever its status."""
        return self._session.get(self.url + path, params=query, timeout=SECONDS)

    def finds(self, words: str) -> set[int]:
        """The paintings on the page that answers these words. Raises NotNow."""
        return {int(number) for number in _PAINTING.findall(self._answer("/", q=words).text)}

    def alike(self, painting: int) -> list[int]:
        """What the API calls like this painting. Raises NotNow."""
        answer = self._api(f"paintings/{painting}/similar/")
        return [match["painting"]["id"] for match in answer["results"]]

    def everything(self) -> list[tuple[int, str]]:
        """Painting and title of all pages of the whole collection, as often as they stand there, in order of the ids.

        While paintings come and go, one may stand on two pages, or on none. Raises NotNow.
        """
        found: list[tuple[int, str]] = []
        number, more = 1, True
        while more:
            page = self._api("paintings/", size=str(PAGE), page=str(number))
            found += [(painting["id"], painting["title"]) for painting in page["results"]]
            number, more = number + 1, self.count() > number * PAGE
        return sorted(found)

    def count(self) -> int:
        """How many paintings the index says there are. Raises NotNow."""
        return int(self._api("paintings/", size="1")["count"])

    def _api(self, path: str, **query: str) -> Any:
        return self._answer(f"/api/v1/{path}", **query).json()

    def _answer(self, path: str, **query: str) -> requests.Response:
        answer = self.page(path, **query)
        if answer.status_code == 503:
            raise NotNow(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text}"
        return answer


class Crowd:
    """Somebody who asks all the time, in a thread: words, look-alikes, everything; and notes how that went."""

    def __init__(self, url: str, *, pause_seconds: float = 0.0) -> None:
        self.answers: Counter[str] = Counter()
        """How often each status came, or which exception."""
        self.refused: list[float] = []
        """When the answer was 503."""
        self.longest_seconds = 0.0
        self._visitor = Visitor(url)
        self._pause = pause_seconds
        self._left = threading.Event()
        self._thread = threading.Thread(target=self._ask, daemon=True)

    @contextmanager
    def asking(self) -> Iterator["Crowd"]:
        self._thread.start()
        try:
            yield self
        finally:
            self._left.set()
            self._thread.join()

    def _ask(self) -> None:
        questions = (("/", {"q": "harbour"}), ("/", {}), ("/api/v1/paintings/", {"size": "5", "sort": "title"}))
        while True:
            for path, query in questions:
                started = time.monotonic()
                try:
                    outcome = str(self._visitor.page(path, **query).status_code)
                except requests.RequestException as problem:
                    outcome = type(problem).__name__
                self.answers[outcome] += 1
                if outcome == "503":
                    self.refused.append(started)
                self.longest_seconds = max(self.longest_seconds, time.monotonic() - started)
                if self._left.wait(self._pause):
                    return
