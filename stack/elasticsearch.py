"""Elasticsearch: one node, no security, one gigabyte."""

import os
import shutil
import signal
import urllib.error
import urllib.request

from stack import fetching, java, ports
from stack.processes import Process
from stack.server import Server


class Elasticsearch(Server):
    name = "Elasticsearch"
    patience_seconds = 600
    memory = "1g"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def prepare(self) -> None:
        settings = self.folder / "config"
        if not settings.exists():
            shutil.copytree(fetching.elasticsearch() / "config", settings)
        lines = {
            "cluster.name": "pendant",
            "discovery.type": "single-node",
            "network.host": "127.0.0.1",
            "http.port": self.port,
            "transport.port": ports.free_port(),
            "path.data": self.folder / "data",
            "path.logs": self.folder / "logs",
            "xpack.security.enabled": "false",
            "action.auto_create_index": "false",  # a write to an alias that is missing makes no index of that name
            # A developer's disk is often nearly full, and the index would turn read-only.
            "cluster.routing.allocation.disk.threshold_enabled": "false",
        }
        (settings / "elasticsearch.yml").write_text("".join(f"{name}: {value}\n" for name, value in lines.items()))

    def process(self) -> Process:
        home = fetching.elasticsearch()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ES_")}
        environment |= {
            "ES_JAVA_HOME": str(java.find(21, needed_by="Elasticsearch").home),
            "ES_JAVA_OPTS": f"-Xms{self.memory} -Xmx{self.memory}",
            "ES_PATH_CONF": str(self.folder / "config"),
            "HOME": str(self.folder),
        }
        return Process(
            [home / "bin" / "elasticsearch"],
            log=self.log,
            environment=environment,
            folder=self.folder,
            user=self.user,
            last_word=signal.SIGTERM,  # its launcher hands this on to the server; SIGKILL would end the launcher alone
        )

    def answers(self) -> bool:
        health = f"{self.url}/_cluster/health?wait_for_status=yellow&timeout=1s"
        try:
            with urllib.request.urlopen(health, timeout=3) as answer:  # noqa: S310 (our own address)
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False
