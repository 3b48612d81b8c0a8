"""`python -m stack`: behind `./run stack`."""

import argparse
import os
import signal
import subprocess
import sys
import time
from types import FrameType

from stack import environment, places, ports, running
from stack.errors import StackError
from stack.servers import Servers

_READY = """
Pendant is ready. Ctrl-C stops it; what is in it stays.

  The collection     {url}/
  Search by photo    {url}/search/
  For curators       {url}/admin/
  For programs       {url}/api/v1/docs/
  Its logs           {logs}
  Its commands       ./run stack manage COMMAND …, such as sample_collection, or import_paintings PATH --publish
"""


class _Told(BaseException):
    """Somebody wants this to end."""


def main() -> int:
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    try:
        arguments = _parser().parse_args()
        return int(arguments.run(arguments))
    except StackError as error:
        print(error, file=sys.stderr)
        return 1
    except _Told:
        return 0


def up(arguments: argparse.Namespace) -> int:
    """Everything, until it is told to stop."""
    given = running.settings()
    port = arguments.port or _number(given.get("PENDANT_PORT", "8000"))
    if not ports.is_free(port):
        raise StackError(f"Port {port} can't be used: most likely another program has it. Try --port {port + 1}.")
    names = list(environment.SERVERS)
    if arguments.without_kafka:
        names.remove("kafka")
        given.pop("KAFKA_BROKERS", None)
    stack = running.Stack(given, names=names, port=port, say=_say)
    try:
        stack.start()
        _say(_READY.format(url=stack.application.url, logs=stack.application.logs))
        while not arguments.no_wait:
            stack.look_after()
            time.sleep(1)
    finally:
        _say("Stopping …")
        stack.stop()
    return 0


def with_servers(arguments: argparse.Namespace) -> int:
    """A command, with servers that its environment names; its exit status."""
    names, command = _divided(arguments.rest)
    folder = places.run_folder(places.services())
    servers = Servers(names, folder=folder, named=os.environ)
    try:
        settings = servers.start()
        return subprocess.run(command, env=os.environ | settings, check=False).returncode  # noqa: S603 (what was asked)
    finally:
        servers.stop()
        places.remove(folder)


def manage(arguments: argparse.Namespace) -> int:
    running.manage(arguments.rest)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run stack", description=__doc__)
    parser.set_defaults(run=up)
    parser.add_argument("--port", type=_number, help="where the web server listens (default: PENDANT_PORT, or 8000)")
    parser.add_argument("--no-wait", action="store_true", help="stop again once everything runs")
    parser.add_argument("--without-kafka", action="store_true", help="write into Elasticsearch without Kafka between")
    commands = parser.add_subparsers(metavar="COMMAND")
    managing = commands.add_parser("manage", help="a command of manage.py, beside a stack that runs")
    managing.add_argument("rest", nargs=argparse.REMAINDER)
    managing.set_defaults(run=manage)
    using = commands.add_parser("with", help=f"SERVER … -- COMMAND: of {', '.join(environment.SERVERS)}")
    using.add_argument("rest", nargs=argparse.REMAINDER)
    using.set_defaults(run=with_servers)
    return parser


def _number(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise StackError(f"A port is a number from 1 to 65535, and not “{text}”.")
    return int(text)


def _divided(rest: list[str]) -> tuple[list[str], list[str]]:
    if "--" not in rest or rest[-1] == "--":
        raise StackError("Name servers, then --, then a command: python -m stack with postgres redis -- COMMAND …")
    middle = rest.index("--")
    return rest[:middle], rest[middle + 1 :]


def _say(text: str) -> None:
    print(text, flush=True)


def _end(_number: int, _frame: FrameType | None) -> None:
    raise _Told


if __name__ == "__main__":
    sys.exit(main())
