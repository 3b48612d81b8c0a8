"""What the Dockerfile names exists in the project; nothing runs as root, and nothing that serves has TensorFlow."""

import re

import pytest

from tests.deployment.files import MANY, ONE, ROOT, ours


def stages() -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """Each stage's name → what it is made from, and its instructions."""
    found: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        instruction, _, rest = line.partition(" ")
        if instruction == "FROM":
            base, _, name = rest.partition(" AS ")
            found[name] = (base, [])
        else:
            found[name][1].append((instruction, rest))
    return found


def instructions(stage: str) -> list[tuple[str, str]]:
    """Those of this stage and of all that it is made from."""
    known = stages()
    base, own = known[stage]
    return [*(instructions(base) if base in known else ()), *own]


def test_the_image_that_serves_has_no_tensorflow_and_the_one_that_trains_has() -> None:
    def requirements(stage: str) -> str:
        sources = [re.search(r"--from=(\S+)", rest) for how, rest in stages()[stage][1] if how == "COPY"]
        (packages,) = [source[1] for source in sources if source]
        return " ".join(rest for how, rest in instructions(packages) if how == "RUN")

    assert "requirements-web.txt" in requirements("web")
    assert "requirements.txt" not in requirements("web")
    assert "requirements.txt" in requirements("training")
    assert "tensorflow" not in re.sub("#.*", "", (ROOT / "requirements-web.txt").read_text())


@pytest.mark.parametrize("stage", ["web", "training"])
def test_nothing_runs_as_root(stage: str) -> None:
    done = instructions(stage)
    users = [rest for how, rest in done if how == "USER"]
    assert users == ["pendant"]
    assert any("useradd" in rest and "pendant" in rest for how, rest in done if how == "RUN")
    names = [how for how, _ in done]
    assert not {"RUN", "COPY", "ADD"} & set(names[names.index("USER") :])


def test_the_default_image_is_the_one_that_serves_and_compose_names_it() -> None:
    assert list(stages())[-1] == "web"
    for file in (MANY, ONE):
        assert {service["build"]["target"] for service in ours(file).values()} == {"web"}


def test_what_is_copied_into_an_image_is_in_the_project_and_not_left_out() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split()
    for _, own in stages().values():
        for how, rest in own:
            if how == "COPY" and "--from" not in rest:
                for name in rest.split()[:-1]:
                    assert (ROOT / name).exists()
                    assert name not in ignored
    assert not {"gallery", "vectorizer", "search", "config", "templates", "static", "manage.py"} & set(ignored)


def test_python_is_one_that_the_project_takes() -> None:
    image = stages()["base"][0]
    version = re.fullmatch(r"python:(\d+\.\d+)-slim-bookworm", image)
    assert version is not None
    assert f'requires-python = ">={version[1]}"' in (ROOT / "pyproject.toml").read_text()


def test_files_lie_where_the_image_and_the_compose_files_say() -> None:
    settings = {
        name: value
        for how, rest in instructions("web")
        if how == "ENV"
        for name, value in (word.split("=", 1) for word in rest.split())
    }
    (volume,) = [rest for how, rest in instructions("web") if how == "VOLUME"]
    assert settings["PENDANT_VAR"] == volume
    for file in (MANY, ONE):
        for service in ours(file).values():
            given = service["environment"]
            assert (given["PENDANT_VAR"], given["PENDANT_STATIC"]) == (volume, settings["PENDANT_STATIC"])
