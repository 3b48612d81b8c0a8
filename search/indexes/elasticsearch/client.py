"""The connection to Elasticsearch: one a process, shared by its threads, and what goes wrong in it in our words."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

from search.indexes.base import IndexUnavailable

ASKING_SECONDS = 5.0  # a visitor waits for it
WRITING_SECONDS = 60.0  # nobody does
CONNECTIONS = 25  # kept open a process; more threads than these wait for a new one each
NOT_FOUND = "index_not_found_exception"
REMEDY = "`manage.py rebuild_index` makes it."


def client() -> Elasticsearch:
    """To ask: quick to give up. Connections are kept open and shared by the threads; a forked process opens its own."""
    return _connected(settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_API_KEY, os.getpid())


def patient() -> Elasticsearch:
    """To write and to manage: the same connections, more time, and a few retries of what may be asked twice."""
    return client().options(
        request_timeout=WRITING_SECONDS, max_retries=3, retry_on_timeout=True, retry_on_status=(429, 502, 503, 504)
    )


@contextmanager
def answering() -> Iterator[None]:
    """Raises IndexUnavailable for all that Elasticsearch refuses, and where it can't be reached."""
    try:
        yield
    except ApiError as problem:
        raise IndexUnavailable(refusal(problem.status_code, problem.body)) from problem
    except TransportError as problem:
        raise IndexUnavailable(f"Elasticsearch ({_shown()}) can't be reached: {problem.message}") from problem


def refusal(status: int, body: object) -> str:
    """What Elasticsearch answered instead, as a sentence; `body` is its answer, or one part of a multiple one."""
    error = body.get("error", body) if isinstance(body, dict) else body
    if not isinstance(error, dict):
        return f"Elasticsearch ({_shown()}) answered {status}: {error}"
    causes = error.get("root_cause") or [error]
    said = f"{causes[0].get('type')}: {causes[0].get('reason')}"
    remedy = f" {REMEDY}" if NOT_FOUND in said or "is not an alias" in said else ""
    return f"Elasticsearch ({_shown()}) answered {status}, {said}.{remedy}"


@cache
def _connected(addresses: str, api_key: str, process: int) -> Elasticsearch:
    try:
        return Elasticsearch(
            [address.strip() for address in addresses.split(",")],
            api_key=api_key or None,
            request_timeout=ASKING_SECONDS,
            max_retries=1,
            retry_on_timeout=False,
            connections_per_node=CONNECTIONS,
        )
    except ValueError as problem:
        raise ImproperlyConfigured(
            f"ELASTICSEARCH_URL is no address of Elasticsearch: {problem} Such is http://127.0.0.1:9200"
        ) from problem


def _shown() -> str:
    """The address without the password that may stand in it."""
    found = (urlsplit(address.strip()) for address in settings.ELASTICSEARCH_URL.split(","))
    return ", ".join(f"{part.scheme}://{part.netloc.rpartition('@')[2]}" for part in found)
