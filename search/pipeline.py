"""How far everything is on its way from the catalogue to the visitor: the journal, vectors, topics, indexes.

What can't be asked is said to be down, and the rest is told all the same.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from gallery.models import Change
from search import indexes
from search.indexes.base import IndexUnavailable
from vectorizer import encoder, relay, rows
from vectorizer.models import Attempt, EncoderModel, Unpublished, Vectors, in_use, lacking
from vectorizer.publishers.topics import dead_letters_name, topic_name
from vectorizer.rows import Scope

REASONS = 5

Answer = TypeVar("Answer")


class _Down(Exception):
    """A server can't be asked; the message says which and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why something failed, and how often."""

    reason: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Vectorized:
    """Images of paintings: with vectors, waiting for a worker, and left alone after too many failures."""

    ready: int
    waiting: int
    failed: int
    reasons: Sequence[Reason]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Up to which entry of the journal; how many entries, and how many seconds, the relay is behind."""

    position: int
    lag_changes: int
    lag_seconds: float
    failed: int
    reasons: Sequence[Reason]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sunk:
    """How many records of the topic a group of sinks has not indexed yet."""

    group: str
    lag: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetters:
    """How many records could not be indexed, and why the last of them could not. They stay for weeks."""

    count: int
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelState:
    """Of one model in service. What is None is down, or there is no such thing in this installation."""

    name: str
    active: bool
    public: int
    vectorized: Vectorized
    published: Published | None
    sinks: Sequence[Sunk] | None
    dead_letters: DeadLetters | None
    indexed: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """All of it at one moment. `down`: the part → what is wrong with it."""

    at: datetime
    position: int | None = None
    changed_at: datetime | None = None
    models: Sequence[ModelState] = ()
    down: dict[str, str] = field(default_factory=dict)

    @property
    def has_failures(self) -> bool:
        """Whether something waits for a person. Dead letters do not count: it may have been mended since."""
        return any(model.vectorized.failed or (model.published and model.published.failed) for model in self.models)


def status() -> Pipeline:
    """The pipeline as it is now. Raises nothing for what is down."""
    down: dict[str, str] = {}
    _ask("redis", _redis, down)
    try:
        last = Change.objects.order_by("-id").first()
        models = sorted(EncoderModel.in_service(), key=lambda model: not model.active)
        states = [_state(model, down) for model in models]
    except DatabaseError as problem:
        return Pipeline(at=timezone.now(), down=down | {"database": _line(problem)})
    except encoder.ArtifactError as problem:
        return Pipeline(at=timezone.now(), down=down | {"model": str(problem)})
    return Pipeline(
        at=timezone.now(),
        position=last.pk if last else 0,
        changed_at=last.at if last else None,
        models=states,
        down=down,
    )


def _state(model: EncoderModel, down: dict[str, str]) -> ModelState:
    with_kafka = bool(settings.KAFKA_BROKERS)
    return ModelState(
        name=model.name,
        active=model.active,
        public=rows.count(model, Scope.PUBLIC),
        vectorized=_vectorized(model),
        published=_published(model) if settings.PUBLISHER else None,
        sinks=_ask("kafka", lambda: _sinks(model), down) if with_kafka else None,
        dead_letters=_ask("kafka", lambda: _dead_letters(model), down) if with_kafka else None,
        indexed=_ask("index", indexes.upkeep(model).count, down),
    )


def _ask(part: str, question: Callable[[], Answer], down: dict[str, str]) -> Answer | None:
    """The answer; None where the part is down, which is noted, and it isn't asked again."""
    if part in down:
        return None
    try:
        return question()
    except (_Down, IndexUnavailable, encoder.ArtifactError) as problem:
        down[part] = _line(problem)
        return None


def _redis() -> None:
    if settings.REDIS_URL:
        from redis import Redis, RedisError

        try:
            with Redis.from_url(settings.REDIS_URL, socket_timeout=3, socket_connect_timeout=1) as redis:
                redis.ping()
        except RedisError as problem:
            raise _Down(str(problem)) from problem


def _vectorized(model: EncoderModel) -> Vectorized:
    spent = Attempt.objects.filter(model=model, count__gte=settings.VECTORIZE_ATTEMPTS)
    missing = lacking(model)
    failed = missing.filter(Exists(spent.filter(image=OuterRef("pk"))))
    failures = failed.count()
    return Vectorized(
        ready=in_use().filter(Exists(Vectors.objects.filter(image=OuterRef("pk"), model=model))).count(),
        waiting=missing.count() - failures,
        failed=failures,
        reasons=_reasons(spent.filter(image__in=failed)),
    )


def _published(model: EncoderModel) -> Published:
    position = relay.position(model)
    left = Change.objects.filter(id__gt=position).order_by("id")
    first = left.first()
    failed = Unpublished.objects.filter(model=model)
    return Published(
        position=position,
        lag_changes=left.count(),
        lag_seconds=round((timezone.now() - first.at).total_seconds(), 1) if first else 0.0,
        failed=failed.count(),
        reasons=_reasons(failed),
    )


def _sinks(model: EncoderModel) -> list[Sunk]:
    from search.connect import name
    from search.sink import looking

    groups = (f"{settings.INDEX_PREFIX}-sink", f"connect-{name(model.name)}")
    with _kafka():
        found = looking.readings(topic_name(model.name), groups)
    return [Sunk(group=each.group, lag=each.lag) for each in found]


def _dead_letters(model: EncoderModel) -> DeadLetters:
    from search.sink import looking

    with _kafka():
        found = looking.letters(dead_letters_name(model.name), last=REASONS)
    return DeadLetters(count=found.count, reasons=found.reasons[-REASONS:])


@contextmanager
def _kafka() -> Iterator[None]:
    from vectorizer.publishers.kafka_topics import KafkaUnavailable  # with its client, which not every size has

    try:
        yield
    except KafkaUnavailable as problem:
        raise _Down(str(problem)) from problem


def _reasons(failed: "QuerySet[Attempt] | QuerySet[Unpublished]") -> list[Reason]:
    found = failed.order_by().values_list("reason").annotate(many=Count("pk")).order_by("-many", "reason")[:REASONS]
    return [Reason(reason=reason, count=count) for reason, count in found]


def _line(problem: Exception) -> str:
    return " ".join(str(problem).split())
