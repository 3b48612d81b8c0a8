"""Fetches servers from Maven Central, once, into the folder of services."""

import contextlib
import fcntl
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from stack import places
from stack.errors import StackError

ELASTICSEARCH_VERSION = "9.3.2"
KAFKA_VERSION = "4.1.1"
KAFKA_JARS = (
    f"org.apache.kafka:kafka_2.13:{KAFKA_VERSION}",
    f"org.apache.kafka:connect-runtime:{KAFKA_VERSION}",
    f"org.apache.kafka:connect-json:{KAFKA_VERSION}",
    f"org.apache.kafka:connect-transforms:{KAFKA_VERSION}",
    "org.slf4j:slf4j-simple:1.7.36",
)
_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1"
_PATIENCE_SECONDS = 600


def elasticsearch() -> Path:
    """The folder of Elasticsearch: the server with REST and Lucene that its makers use for their integration tests."""
    name = f"elasticsearch-{ELASTICSEARCH_VERSION}"
    return _once(name, lambda folder: _unpack_elasticsearch(folder, name))


def kafka() -> Path:
    """The folder with the jars of Kafka and Kafka Connect."""
    return jars(f"kafka-{KAFKA_VERSION}", KAFKA_JARS)


def jars(name: str, coordinates: Sequence[str]) -> Path:
    """The folder `name`, holding these (GROUP:ARTIFACT:VERSION) and all that they need."""
    return _once(name, lambda folder: _copy_jars(folder, name, coordinates))


def _once(name: str, fetch: Callable[[Path], None]) -> Path:
    """The folder `name` of services; made by `fetch` where it is missing, and whole or not there at all."""
    base = places.services()
    final = base / name
    with _alone(base / f"{name}.lock"):
        if not final.exists():
            half = base / f"{name}.half"
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir()
            fetch(half)
            _let_everybody_read(half)
            half.rename(final)
    return final


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _let_everybody_read(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        path.chmod(path.stat().st_mode | (0o755 if path.is_dir() else 0o444))


def _unpack_elasticsearch(folder: Path, name: str) -> None:
    artifact = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{ELASTICSEARCH_VERSION}:zip"
    _maven("Elasticsearch", f"{_PLUGIN}:copy", f"-Dartifact={artifact}", f"-DoutputDirectory={folder}")
    archive = next(folder.glob("*.zip"))
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    archive.unlink()
    for path in (folder / name).iterdir():
        path.rename(folder / path.name)
    (folder / name).rmdir()
    for program in (folder / "bin").iterdir():
        program.chmod(0o755)


def _copy_jars(folder: Path, name: str, coordinates: Sequence[str]) -> None:
    pom = folder / "pom.xml"
    pom.write_text(_pom(coordinates))
    _maven(name, "-f", str(pom), f"{_PLUGIN}:copy-dependencies", f"-DoutputDirectory={folder}")


def _pom(coordinates: Sequence[str]) -> str:
    wanted = "".join(
        "<dependency><groupId>{}</groupId><artifactId>{}</artifactId><version>{}</version></dependency>".format(
            *coordinate.split(":")
        )
        for coordinate in coordinates
    )
    return (
        '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
        "<groupId>pendant</groupId><artifactId>servers</artifactId><version>1</version><packaging>pom</packaging>"
        f"<dependencies>{wanted}</dependencies></project>\n"
    )


def _maven(what: str, *arguments: str) -> None:
    program = shutil.which("mvn")
    if program is None:
        raise StackError(f"{what} is fetched by Maven, and there is no mvn: apt-get install maven")
    command = [program, "--quiet", "--batch-mode", "--strict-checksums", *arguments]
    try:
        done = subprocess.run(  # noqa: S603 (our own command)
            command, capture_output=True, text=True, timeout=_PATIENCE_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise StackError(f"{what} could not be fetched from Maven Central in {_PATIENCE_SECONDS} s.") from error
    if done.returncode != 0:
        words = "\n".join((done.stdout + done.stderr).splitlines()[:20])
        raise StackError(f"{what} could not be fetched from Maven Central. Maven says:\n{words}")
