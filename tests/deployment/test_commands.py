"""Every command in the compose files exists, with every option."""

from typing import Any

import pytest
from django.core.management import get_commands, load_command_class

from stack.application import PROGRAMS
from tests.deployment.files import MANY, ONE, ROOT, commands, ours


@pytest.mark.parametrize(
    ("file", "name"), [(file, name) for file in (MANY, ONE) for name in ours(file)], ids=lambda value: str(value)
)
def test_every_command_exists_with_every_option(file: str, name: str) -> None:
    for program, *words in commands(ours(file)[name]):
        if program == "python":
            script, command, *options = words
            assert (ROOT / script).is_file()
            parser = load_command_class(get_commands()[command], command).create_parser("manage.py", command)
            parser.parse_args(options)  # ends the process, and so the test, where it knows one of them not
        elif program == "celery":
            knows_all_options_of_celery(words)
        else:
            assert (program, words[0]) == ("gunicorn", "config.wsgi")
            knows_all_options_of_gunicorn(words)


def knows_all_options_of_celery(words: list[str]) -> None:
    from celery.bin.celery import celery

    assert words[:2] == ["-A", "config"]
    command = celery.commands[words[2]]
    command.make_context(words[2], words[3:], resilient_parsing=False, obj=_Context())


class _Context:
    """What Celery's options ask of the program around them."""

    def __getattr__(self, name: str) -> Any:
        from config import celery_app

        return celery_app if name == "app" else None


def knows_all_options_of_gunicorn(words: list[str]) -> None:
    from gunicorn.config import Config

    Config().parser().parse_args(words)


@pytest.mark.parametrize("kind", PROGRAMS)
def test_containers_run_what_the_stack_runs(kind: str) -> None:
    (words,) = commands(ours(MANY)[kind])
    assert tuple(words[: len(PROGRAMS[kind])]) == PROGRAMS[kind]


def test_a_worker_hears_every_queue(settings: Any) -> None:
    (words,) = commands(ours(MANY)["worker"])
    assert not {"-Q", "--queues"} & set(words)
    assert set(settings.CELERY_TASK_QUEUES) == {"vectorize", "publish"}
