import os
import subprocess
from pathlib import Path

import pytest

from stack import places, users
from stack.errors import StackError
from stack.users import User


class Locked(User):
    """Somebody who gets into no folder that has `private` in its path."""

    def can_enter(self, folder: Path) -> bool:
        return "private" not in str(folder)


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(users, "unprivileged", lambda: Locked(name="somebody", uid=1, gid=1))


def test_services_lie_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(users, "unprivileged", lambda: None)
    monkeypatch.setenv("PENDANT_SERVICES", str(tmp_path / "there"))

    assert places.services() == tmp_path / "there"
    assert (tmp_path / "there").is_dir()


def test_they_lie_elsewhere_where_their_user_cannot_enter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locked: None
) -> None:
    monkeypatch.setattr(places, "ELSEWHERE", tmp_path / "refuge")
    monkeypatch.setattr(Locked, "can_enter", lambda self, folder: "refuge" in str(folder))

    stead = places.open_folder(tmp_path / "private" / "services")

    assert stead.is_relative_to(tmp_path / "refuge")
    assert stead.name.endswith("private-services")
    assert stead.is_dir()


def test_where_nothing_can_be_entered_a_sentence_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locked: None
) -> None:
    monkeypatch.setattr(places, "ELSEWHERE", tmp_path / "private-too")

    with pytest.raises(StackError, match=r"“somebody”, who can enter neither .*chmod o\+x"):
        places.open_folder(tmp_path / "private")


def test_what_a_run_wrote_is_removed_once_its_process_is_gone(tmp_path: Path) -> None:
    with subprocess.Popen(["/bin/true"]) as gone:
        pass
    for name in (str(gone.pid), str(os.getppid()), "no number"):
        (tmp_path / "runs" / name / "data").mkdir(parents=True)

    own = places.run_folder(tmp_path)

    assert own == tmp_path / "runs" / str(os.getpid())
    assert sorted(path.name for path in (tmp_path / "runs").iterdir()) == sorted([str(os.getpid()), str(os.getppid())])


def test_a_run_begins_with_an_empty_folder_that_everybody_can_enter(tmp_path: Path) -> None:
    (places.run_folder(tmp_path) / "old").touch()
    umask = os.umask(0o077)
    try:
        own = places.run_folder(tmp_path)
    finally:
        os.umask(umask)

    assert list(own.iterdir()) == []
    assert own.stat().st_mode & 0o777 == 0o755


def test_only_root_needs_another_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert users.unprivileged() is None


def test_root_without_any_other_user_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(users, "_CANDIDATES", ("nobody-of-this-name",))

    with pytest.raises(StackError, match="do not run as root, and none of the users nobody-of-this-name exists"):
        users.unprivileged()


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root acts as somebody else.")
def test_a_folder_below_one_that_is_roots_alone_cannot_be_entered(tmp_path: Path) -> None:
    somebody = users.unprivileged()
    assert somebody is not None
    closed = tmp_path / "closed"
    (closed / "inside").mkdir(parents=True)
    closed.chmod(0o700)

    assert not somebody.can_enter(closed / "inside")
    assert somebody.can_enter(Path("/"))


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root gives folders away.")
def test_a_folder_is_given_away_with_what_is_in_it(tmp_path: Path) -> None:
    somebody = users.unprivileged()
    assert somebody is not None
    (tmp_path / "data" / "base").mkdir(parents=True)
    (tmp_path / "data" / "nowhere").symlink_to("/nowhere")

    somebody.own(tmp_path / "data")

    assert (tmp_path / "data" / "base").stat().st_uid == somebody.uid
