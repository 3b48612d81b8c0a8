"""What `./run demo` calls: the sample collection and the curator's account."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import call_command

from gallery.models import Artist, Painting
from tests.factories import make_painting

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, verbosity=0, stdout=out)
    return out.getvalue()


def test_the_sample_collection_is_drawn_published_and_described_and_a_second_run_adds_nothing() -> None:
    said = run("sample_collection", "--limit", "2")

    assert said.startswith("2 pictures drawn and published")
    first, second = Painting.objects.all()
    assert first.style != second.style
    for painting in (first, second):
        assert painting.state == Painting.State.PUBLISHED
        assert painting.source == "sample"
        assert painting.alt_text
        assert painting.genre
        assert painting.first_year is not None
        assert painting.rights_label
    for artist in Artist.objects.all():
        assert "(invented)" in artist.name
        assert artist.sort_name

    assert run("sample_collection", "--limit", "2").startswith("0 pictures drawn and published; 2 were there")
    assert Painting.objects.count() == 2


def test_the_pictures_are_drawn_by_processes_that_begin_with_nothing(folder: Path) -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PENDANT_VAR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/pendant.sqlite3",
    }
    for command in (["migrate"], ["sample_collection", "--limit", "1"]):
        done = subprocess.run(
            [sys.executable, "manage.py", *command, "--verbosity", "0"],
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
    assert "1 pictures drawn and published" in done.stdout


def test_a_collection_that_has_paintings_is_left_alone() -> None:
    make_painting()
    assert "has 1 paintings" in run("sample_collection", "--if-empty")
    assert Painting.objects.count() == 1


def test_the_curators_password_is_printed_once_and_opens_the_admin() -> None:
    password = run("demo_curator").split("has the password ")[1].split()[0]

    user = authenticate(username="curator", password=password)
    assert user is not None
    assert user.is_staff
    assert user.has_perm("gallery.publish_painting")

    again = run("demo_curator")
    assert "changepassword" in again
    assert User.objects.count() == 1
