"""Kafka: one process that is broker and controller, half a gigabyte."""

import base64
import os
import secrets
import signal
import subprocess
from pathlib import Path

from stack import fetching, java, ports
from stack.errors import StackError
from stack.processes import Process
from stack.server import Server, properties

_MEMORY = "512m"


class Kafka(Server):
    name = "Kafka"

    @property
    def url(self) -> str:
        return f"127.0.0.1:{self.port}"

    def prepare(self) -> None:
        controller = ports.free_port()
        settings = {
            "process.roles": "broker,controller",
            "node.id": 1,
            "controller.quorum.voters": f"1@127.0.0.1:{controller}",
            "listeners": f"PLAINTEXT://127.0.0.1:{self.port},CONTROLLER://127.0.0.1:{controller}",
            "advertised.listeners": f"PLAINTEXT://127.0.0.1:{self.port}",
            "controller.listener.names": "CONTROLLER",
            "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
            "log.dirs": self.folder / "data",
            "auto.create.topics.enable": "false",
            "offsets.topic.replication.factor": 1,
            "offsets.topic.num.partitions": 5,
            "transaction.state.log.replication.factor": 1,
            "transaction.state.log.min.isr": 1,
            "share.coordinator.state.topic.replication.factor": 1,
            "share.coordinator.state.topic.min.isr": 1,
            "group.initial.rebalance.delay.ms": 0,
        }
        self._settings.write_text(properties(settings))
        if not (self.folder / "data" / "meta.properties").exists():
            self._format()

    def process(self) -> Process:
        return Process(
            [*self._java(), f"-Xms{_MEMORY}", f"-Xmx{_MEMORY}", "-XX:+UseG1GC", "kafka.Kafka", self._settings],
            log=self.log,
            environment=os.environ,
            folder=self.folder,
            user=self.user,
            last_word=signal.SIGTERM,
        )

    def answers(self) -> bool:
        return "Kafka Server started" in self.written()

    @property
    def _settings(self) -> Path:
        return self.folder / "server.properties"

    def _java(self) -> list[object]:
        program = java.find(17, needed_by="Kafka").program
        return [program, "-cp", f"{fetching.kafka()}/*"]

    def _format(self) -> None:
        cluster = base64.urlsafe_b64encode(secrets.token_bytes(16)).decode().rstrip("=")
        command = [*self._java(), "kafka.tools.StorageTool", "format", "-t", cluster, "-c", self._settings]
        done = subprocess.run(  # noqa: S603 (our own command)
            [str(part) for part in command], capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise StackError(f"Kafka's storage in {self.folder} can't be made: {done.stdout}{done.stderr}")
