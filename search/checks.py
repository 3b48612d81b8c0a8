"""What is looked at before anything starts: do the servers that the settings name go together?

docs/operations.md says what each size is made of. Each error has an id, which SILENCED_SYSTEM_CHECKS may name.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured

from search import fetching

SIZES: tuple[frozenset[str], ...] = (
    frozenset(),
    frozenset({"DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL"}),
    frozenset({"DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL", "KAFKA_BROKERS"}),
)
SERVERS = ("DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL", "KAFKA_BROKERS")
SCHEMES = {"REDIS_URL": ("redis", "rediss", "unix"), "ELASTICSEARCH_URL": ("http", "https")}
VECTORS = ("int8_hnsw", "hnsw", "flat", "int8_flat")
EXACT = ("", "flat", "script")
AT_LEAST = {  # what the index and the topics are made with
    "INDEX_SHARDS": 1,
    "INDEX_REPLICAS": 0,
    "TOPIC_PARTITIONS": 1,
    "TOPIC_REPLICATION": 1,
}
BROKER = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^\s,:/\[\]]+)(:\d{1,5})?")
INDEX_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")  # Elasticsearch's names are in lower case
TOPIC_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
HINT = (
    "Pendant comes in three sizes: none of these servers; DATABASE_URL (PostgreSQL), REDIS_URL and ELASTICSEARCH_URL; "
    "or these three and KAFKA_BROKERS. See docs/operations.md."
)


def servers(**_: Any) -> list[CheckMessage]:
    """E001: the servers make none of the three sizes. E002: the database is neither SQLite nor PostgreSQL."""
    vendor = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    if vendor not in ("sqlite3", "postgresql"):
        sentence = f"DATABASE_URL names {vendor}: Pendant knows PostgreSQL, and SQLite on one machine."
        return [Error(sentence, hint=HINT, id="search.E002")]
    given = frozenset(name for name in SERVERS[1:] if getattr(settings, name))
    if vendor == "postgresql":
        given |= {"DATABASE_URL"}
    if given in SIZES:
        return []
    return [Error(_mismatch(given), hint=HINT, id="search.E001")]


def require_size(**_: Any) -> None:
    """Raise ImproperlyConfigured where these checks fail: for what serves or works without a command of manage.py.

    Django's own checks are read by commands alone; gunicorn runs none, and Celery forgets what they say.
    """
    silenced = settings.SILENCED_SYSTEM_CHECKS
    problems = [problem for problem in (*servers(), *values()) if problem.id not in silenced]
    if problems:
        raise ImproperlyConfigured(" ".join(filter(None, [*(str(p.msg) for p in problems), problems[0].hint])))


def stop_worker(**_: Any) -> None:
    """End a Celery worker that starts with wrong settings; its signal would swallow any other exception."""
    try:
        require_size()
    except ImproperlyConfigured as problem:
        raise SystemExit(str(problem)) from problem


def values(**_: Any) -> list[CheckMessage]:
    """E003 … E006: values of the index's and the topics' settings that no server would take, or that contradict.

    E007: what stands among the hosts of photos is none.
    """
    return [*_addresses(), *_index(), *_numbers(), *_names(), *_hosts()]


def _mismatch(given: frozenset[str]) -> str:
    # The size that is meant: the smallest one that holds everything that is set.
    meant = next(size for size in SIZES if given <= size)
    missing = [_spoken(name) for name in SERVERS if name in meant - given]
    there = [_spoken(name) for name in SERVERS if name in given]
    return (
        f"{_listed(there)} {_be(there)} set, but {_listed(missing)} {_be(missing)} missing: "
        f"set {_listed(missing)} as well, or nothing of it all."
    )


def _be(names: list[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _spoken(name: str) -> str:
    return "DATABASE_URL (PostgreSQL)" if name == "DATABASE_URL" else name


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _addresses() -> Iterator[CheckMessage]:
    for name, schemes in SCHEMES.items():
        value = getattr(settings, name)
        if value and not all(part.strip().partition("://")[0] in schemes for part in value.split(",")):
            sentence = f"{name} is no address: it begins with {' or '.join(f'{scheme}://' for scheme in schemes)}."
            yield Error(sentence, id="search.E003")
    brokers = settings.KAFKA_BROKERS
    if brokers and not all(BROKER.fullmatch(broker.strip()) for broker in brokers.split(",")):
        yield Error(f"KAFKA_BROKERS is “{brokers}”: it is HOST:PORT, several with commas between.", id="search.E003")
    if not isinstance(settings.KAFKA_OPTIONS, dict):
        yield Error("KAFKA_OPTIONS is a JSON object of librdkafka's options, {} for none.", id="search.E003")


def _index() -> Iterator[CheckMessage]:
    vectors, exact = settings.INDEX_VECTORS, settings.INDEX_EXACT
    if vectors not in VECTORS:
        yield Error(f"PENDANT_INDEX_VECTORS is “{vectors}”: it is one of {', '.join(VECTORS)}.", id="search.E004")
    if exact not in EXACT:
        yield Error(f"PENDANT_INDEX_EXACT is “{exact}”: it is empty, or one of flat, script.", id="search.E004")
    elif exact == "flat" and vectors != "flat":
        sentence = f"PENDANT_INDEX_EXACT=flat needs PENDANT_INDEX_VECTORS=flat: {vectors} finds most, not all."
        yield Error(sentence, id="search.E004")


def _numbers() -> Iterator[CheckMessage]:
    for name, least in AT_LEAST.items():
        if (value := getattr(settings, name)) < least:
            yield Error(f"PENDANT_{name} is {value}: it is at least {least}.", id="search.E005")


def _names() -> Iterator[CheckMessage]:
    for name, pattern, letters in (
        ("INDEX_PREFIX", INDEX_NAME, "small letters, digits and . _ -"),
        ("TOPIC_PREFIX", TOPIC_NAME, "letters, digits and . _ -"),
    ):
        if not pattern.fullmatch(getattr(settings, name)):
            sentence = f"PENDANT_{name} is “{getattr(settings, name)}”: it begins with a letter or digit; {letters}."
            yield Error(sentence, id="search.E006")


def _hosts() -> Iterator[CheckMessage]:
    for text in settings.PHOTO_HOSTS:
        if text.strip() and not fetching.is_host(text):
            sentence = (
                f"PENDANT_PHOTO_HOSTS holds “{text.strip()}”: it is full names of hosts, such as images.example.org."
            )
            yield Error(sentence, hint="Without https://, port or path; no IP addresses.", id="search.E007")
