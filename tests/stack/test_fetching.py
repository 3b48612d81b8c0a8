"""With a Maven of our own, which fetches nothing."""

import zipfile
from pathlib import Path

import pytest

from stack import fetching, users
from stack.errors import StackError

# Puts what SOURCE holds where -DoutputDirectory says, and counts its calls.
MAVEN = """#!/bin/sh
for argument in "$@"; do
    case "$argument" in -DoutputDirectory=*) folder="${argument#*=}" ;; esac
done
echo "$@" >>"%(calls)s"
cp %(source)s/* "$folder"
"""


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What Maven Central holds."""
    folder = tmp_path / "central"
    folder.mkdir()
    program(tmp_path, monkeypatch, MAVEN % {"calls": tmp_path / "calls", "source": folder})
    return folder


def program(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    mvn = folder / "bin" / "mvn"
    mvn.parent.mkdir()
    mvn.write_text(text)
    mvn.chmod(0o755)
    monkeypatch.setenv("PATH", f"{mvn.parent}:/bin:/usr/bin")


@pytest.fixture(autouse=True)
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(users, "unprivileged", lambda: None)
    monkeypatch.setenv("PENDANT_SERVICES", str(tmp_path / "services"))
    return tmp_path / "services"


def calls(tmp_path: Path) -> list[str]:
    return (tmp_path / "calls").read_text().splitlines()


def test_jars_are_fetched_once(tmp_path: Path, source: Path, services: Path) -> None:
    (source / "kafka.jar").touch()

    first, again = fetching.kafka(), fetching.kafka()

    assert first == again == services / f"kafka-{fetching.KAFKA_VERSION}"
    assert (first / "kafka.jar").exists()
    assert len(calls(tmp_path)) == 1


def test_the_jars_wanted_stand_in_the_pom(source: Path) -> None:
    (source / "sink.jar").touch()

    folder = fetching.jars("sink", ["org.example:sink:2.0"])

    pom = (folder / "pom.xml").read_text()
    assert "<groupId>org.example</groupId><artifactId>sink</artifactId><version>2.0</version>" in pom


def test_elasticsearch_is_unpacked_and_its_programs_can_be_run(source: Path) -> None:
    name = f"elasticsearch-{fetching.ELASTICSEARCH_VERSION}"
    with zipfile.ZipFile(source / f"{name}.zip", "w") as archive:
        archive.writestr(f"{name}/bin/elasticsearch", "#!/bin/sh\n")
        archive.writestr(f"{name}/config/jvm.options", "-Xms4g\n")

    home = fetching.elasticsearch()

    assert sorted(path.name for path in home.iterdir()) == ["bin", "config"]
    assert (home / "bin" / "elasticsearch").stat().st_mode & 0o777 == 0o755
    assert (home / "config" / "jvm.options").stat().st_mode & 0o444 == 0o444


def test_what_cannot_be_fetched_is_refused_with_mavens_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, services: Path
) -> None:
    program(tmp_path, monkeypatch, "#!/bin/sh\necho Could not transfer artifact\nexit 1\n")

    with pytest.raises(StackError, match=r"(?s)kafka-4.1.1 could not be fetched .*Could not transfer artifact"):
        fetching.kafka()

    assert not (services / f"kafka-{fetching.KAFKA_VERSION}").exists()


def test_a_maven_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, monkeypatch, "#!/bin/sh\nexec sleep 60\n")
    monkeypatch.setattr(fetching, "_PATIENCE_SECONDS", 0.1)

    with pytest.raises(StackError, match=r"could not be fetched from Maven Central in 0.1 s"):
        fetching.kafka()


def test_half_of_what_an_earlier_run_fetched_is_thrown_away(source: Path, services: Path) -> None:
    (services / "sink.half").mkdir(parents=True)
    (services / "sink.half" / "torn.jar").touch()
    (source / "sink.jar").touch()

    assert sorted(path.name for path in fetching.jars("sink", []).iterdir()) == ["pom.xml", "sink.jar"]


def test_without_maven_a_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(StackError, match="there is no mvn: apt-get install maven"):
        fetching.elasticsearch()
