"""A connector for Kafka Connect that writes down what Confluent's would send to Elasticsearch."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from stack import fetching, java
from stack.errors import StackError

CLASS = "pendant.RecordingSink"
SOURCE = Path(__file__).parent / "RecordingSink.java"
OLDEST_JAVA = 17


def compiled(folder: Path) -> Path:
    """Compile the connector into a plugin's folder. Raises StackError where there is no Java compiler."""
    compilers = [found.home / "bin" / "javac" for found in java.installed() if found.version >= OLDEST_JAVA]
    compiler = next((path for path in compilers if path.exists()), None)
    if compiler is None:
        raise StackError("The test of Kafka Connect needs a Java compiler: apt-get install openjdk-17-jdk-headless")
    classes = folder / "recording-sink"
    command = [compiler, "--release", OLDEST_JAVA, "-cp", f"{fetching.kafka()}/*", "-d", classes, SOURCE]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise StackError(f"The recording connector can't be compiled: {done.stderr}")
    manifest = classes / "META-INF/services/org.apache.kafka.connect.sink.SinkConnector"
    manifest.parent.mkdir(parents=True)
    manifest.write_text(f"{CLASS}\n")
    return classes


def recorded(file: Path) -> Sequence[Mapping[str, Any]]:
    """What the connector has written down: id, version, document and topic of each."""
    written = file.read_text() if file.exists() else ""
    return [json.loads(line) for line in written.splitlines(keepends=True) if line.endswith("\n")]
