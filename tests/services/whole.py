"""The whole application: all of its processes, on real servers of which some are its own, and what can befall them."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from redis import Redis as RedisClient

from stack import places
from stack.application import Application
from stack.kafka import Kafka
from stack.redis import Redis
from tests.services.curator import Curator
from tests.services.installing import installed
from tests.services.topic import Letter, Topic
from tests.services.visitor import NotNow, Visitor

PARTITIONS = 3
PATIENCE_SECONDS = 240
FUTURE = 10**12  # a version that no painting has yet
DOWN = 2  # what `pipeline_status` exits with
_PASSWORD = re.compile(r"“(\w+)” has the password (\S+)")
_SAME = "They are the same, version by version."


class Whole:
    """Web, worker, beat, relay and sink are running. `public` is what visitors must see, painting → title.

    `topic` is that of its model, and `group` that of its sinks.
    """

    def __init__(self, pendant: Application, *, kafka: Kafka, redis: Redis) -> None:
        self.pendant, self.kafka = pendant, kafka
        self.public: dict[int, str] = {}
        self._redis = redis
        found = _PASSWORD.search(pendant.manage("demo_curator"))
        assert found
        self._name, self._password = found.groups()
        self.topic = Topic(
            kafka.url, f"{pendant.settings['PENDANT_TOPIC_PREFIX']}.{self.status()['name']}", partitions=PARTITIONS
        )
        self.group = f"{pendant.settings['PENDANT_INDEX_PREFIX']}-sink"

    @property
    def visitor(self) -> Visitor:
        return Visitor(self.pendant.url)

    def curator(self) -> Curator:
        """One who has just signed in; what all of them publish is noted in `public`."""
        return Curator(self.pendant.url, name=self._name, password=self._password, public=self.public)

    def status(self) -> dict[str, Any]:
        """What `manage.py pipeline_status` says of the active model. Raises NotNow where something is down.

        Fails where a picture or a painting has failed for good.
        """
        done = subprocess.run(
            [sys.executable, "manage.py", "pipeline_status", "--json"],
            cwd=places.ROOT,
            env=self.pendant.settings,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode == DOWN:
            raise NotNow(done.stdout)
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
        found: dict[str, Any] = json.loads(done.stdout)["models"][0]
        return found

    def is_quiet(self) -> bool:
        """Whether nothing is on its way. Raises NotNow."""
        now = self.status()
        behind = now["published"]["lag_changes"] + sum(sink["lag"] for sink in now["sinks"])
        return bool(now["vectorized"]["waiting"] == behind == 0)

    def wait(self, holds: Callable[[], bool], what: str, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until `holds()`; a visitor who is told to come again, does. Fails where it takes too long."""

        def by_now() -> bool:
            try:
                return holds()
            except NotNow:
                return False

        self.pendant.wait_for(by_now, what, seconds)

    def settle(self, seconds: float = PATIENCE_SECONDS) -> str:
        """Wait until visitors see what they must, each painting once. Then nothing may be lost, doubled or old.

        Returns what `manage.py verify_index` said.
        """
        visitor = self.visitor
        self.wait(
            lambda: visitor.count() == len(self.public) and visitor.everything() == sorted(self.public.items()),
            "visitors see all that is public, once, and nothing else",
            seconds,
        )
        said = self.pendant.manage("verify_index")
        assert said.count(_SAME) == len(said.splitlines()), said
        return said

    def flush_redis(self) -> None:
        with RedisClient.from_url(self._redis.url) as client:
            client.flushall()

    def replay(self) -> int:
        """All sinks stop; others, of a group that never was, read the topic from its start. Returns its records."""
        sinks = [name for name in self.pendant.names if name.startswith("sink")]
        self.pendant.stop(*sinks)
        self.topic.forget(self.group)
        records = self.topic.lag(self.group)
        for name in sinks:
            self.pendant.start("sink", name)
        return records

    def publish_again(self, paintings: Container[int]) -> int:
        """The first document of each of these comes once more, behind its newer ones. Returns how many there were."""
        topic = self.topic
        first: dict[int, Letter] = {}
        for record in topic.records():
            key = (record.key or b"").decode()
            if key.isdigit() and int(key) in paintings and record.value is not None:
                first.setdefault(int(key), record)
        for painting, record in first.items():
            version = record.headers["version"]
            assert version
            topic.put(painting, record.value, version=version.decode())
        topic.flush()
        return len(first)

    def poison(self) -> int:
        """Records that no index can take, some in the name of paintings that there are. Returns how many."""
        topic = self.topic
        somebody = next(iter(self.public))
        topic.put(somebody, b'{"id": %d, "surprise": 1}' % somebody, version=FUTURE)  # no such field
        topic.put(somebody, b'{"id": "a text"}', version=FUTURE)
        topic.put(somebody, b"no JSON", version=FUTURE)
        topic.put(somebody, b"{}")  # no version
        topic.put("no number", b"{}", version=1)
        topic.flush()
        return 5


@contextmanager
def running(folder: Path, var: Path, **settings: str) -> Iterator[Whole]:
    """The whole, with a Kafka and a Redis of its own in `folder`; `settings` name its database and Elasticsearch."""
    kafka, redis = Kafka(folder / "kafka"), Redis(folder / "redis")
    try:
        for server in (kafka, redis):
            server.start()
        addresses = {"KAFKA_BROKERS": kafka.url, "REDIS_URL": redis.url}
        limits = {"PENDANT_TOPIC_PARTITIONS": str(PARTITIONS), "PENDANT_API_RATE": "100000/min"}
        with contextmanager(installed)(var, **addresses, **limits, **settings) as pendant:
            pendant.prepare()
            whole = Whole(pendant, kafka=kafka, redis=redis)
            for kind in pendant.kinds:
                pendant.start(kind)
            yield whole
    finally:
        for server in (kafka, redis):
            server.kill()
