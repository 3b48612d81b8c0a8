"""Several servers together: those that the environment names are used, the others are started."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from stack import environment
from stack.elasticsearch import Elasticsearch
from stack.errors import StackError
from stack.kafka import Kafka
from stack.postgres import Postgres
from stack.redis import Redis
from stack.server import Server

DATABASE = "pendant"


class Servers:
    """Servers by the names of `environment.SERVERS`, in folders of their own under `folder`.

    `named` are settings: where one of them says where a server is, that one is used and is not ours to stop. `durable`
    is for data that somebody wants to keep. Raises StackError for a name that is none.
    """

    def __init__(self, names: Iterable[str], *, folder: Path, named: Mapping[str, str], durable: bool = False) -> None:
        self.named = {variable: named[variable] for variable in environment.SERVERS.values() if named.get(variable)}
        kinds: dict[str, Callable[[Path], Server]] = {
            "postgres": lambda place: Postgres(place, durable=durable),
            "redis": Redis,
            "kafka": Kafka,
            "elasticsearch": Elasticsearch,
        }
        self.ours: dict[str, Server] = {}
        for name in names:
            if name not in kinds:
                raise StackError(f"There is no server “{name}”: it is one of {', '.join(kinds)}.")
            if environment.SERVERS[name] not in self.named:
                self.ours[name] = kinds[name](folder / name)

    def start(self) -> Mapping[str, str]:
        """Start ours, all at the same time; where they all are, as settings. Raises StackError: then none is left."""
        try:
            for server in self.ours.values():
                server.launch()
            for server in self.ours.values():
                server.wait()
            return self.named | {environment.SERVERS[name]: _address(server) for name, server in self.ours.items()}
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """Stop ours, those first that were started last."""
        for server in reversed(self.ours.values()):
            server.stop()

    def kill(self) -> None:
        for server in self.ours.values():
            server.kill()

    def ended(self) -> Iterator[Server]:
        """Those of ours that have ended by themselves."""
        return (server for server in self.ours.values() if not server.is_running)


def _address(server: Server) -> str:
    return server.create(DATABASE) if isinstance(server, Postgres) else server.url
