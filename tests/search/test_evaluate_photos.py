"""The evaluation of the photo search, on drawn paintings and a tiny eye that sees next to nothing."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from search.management import photo_trials
from search.management.commands import evaluate_photos
from search.management.photo_report import Share, rows_of, table
from search.management.photo_trials import Answer, Trial
from tests import eyes
from tests.works import work

PAINTINGS = 6


class Here:
    """Runs the jobs in this process, as they are submitted."""

    def submit(self, work: Callable[..., Any], *arguments: Any) -> "Future[Any]":
        done: Future[Any] = Future()
        try:
            done.set_result(work(*arguments))
        except Exception as problem:
            done.set_exception(problem)
        return done

    def shutdown(self, *, cancel_futures: bool) -> None:
        """There is nothing to stop."""


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def processes(count: int | None) -> Iterator[Here]:
        yield Here()

    monkeypatch.setattr(evaluate_photos, "_processes", processes)


@pytest.fixture
def folds(tmp_path: Path) -> Path:
    """Two folds of three paintings each; the last is another scan of the first."""
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    for number in range(PAINTINGS):
        Image.fromarray(work(number % (PAINTINGS - 1))).save(pictures / f"{number}.png")
    folder = tmp_path / "folds"
    folder.mkdir()
    held: dict[str, list[str]] = {}
    for fold in range(2):
        eyes.install(folder, f"fold-{fold}")
        held[f"fold-{fold}"] = [str(pictures / f"{number}.png") for number in range(3 * fold, 3 * fold + 3)]
    (folder / "folds.json").write_text(json.dumps(held))
    return folder


def evaluate(folds: Path, *options: str) -> str:
    out = StringIO()
    call_command("evaluate_photos", str(folds), *options, stdout=out, verbosity=0)
    return out.getvalue()


@pytest.mark.usefixtures("here")
class TestTheCommand:
    def test_photos_are_recognised_and_strangers_are_not(self, folds: Path, tmp_path: Path) -> None:
        said = evaluate(folds, "--photos", "4", "--strangers", "4", "--kind", "combined", "--report", str(tmp_path))

        report = json.loads((tmp_path / "photos.json").read_text())
        rows = {(row["kind"], row["absent"]): row for row in report["rows"]}
        assert rows["combined", False]["first"] == {"count": 4, "of": 4, "share": 1.0, "low": 0.510109, "high": 1.0}
        assert rows["combined", False]["said"]["count"] == 4
        assert rows["all", True]["wrong"]["count"] == 0
        assert rows["all", True]["wrong"]["of"] == 4
        assert report["failures"] == []
        assert [pair[:2] for pair in report["doubles"]] == [["0.png", "5.png"]]
        assert "6 paintings, 1 pairs of which are scans" in said
        assert (tmp_path / "photos.md").read_text().startswith("| photos")

    def test_the_same_seed_gives_the_same_answers(self, folds: Path, tmp_path: Path) -> None:
        def rows() -> Any:
            evaluate(folds, "--photos", "2", "--strangers", "0", "--kind", "crop", "--report", str(tmp_path))
            report = json.loads((tmp_path / "photos.json").read_text())
            return [{name: row[name] for name in ("kind", "first", "said", "wrong")} for row in report["rows"]]

        assert rows() == rows()

    def test_more_paintings_can_be_searched_among(self, folds: Path, tmp_path: Path) -> None:
        more = tmp_path / "more"
        more.mkdir()
        Image.fromarray(work(7)).save(more / "another.png")

        assert "7 paintings" in evaluate(folds, "--photos", "0", "--strangers", "0", "--gallery", str(more))

    def test_a_folder_without_folds_is_refused_and_says_how_to_make_them(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match=r"has no folds of a training.*--fold-artifacts"):
            evaluate(tmp_path)

    def test_folds_without_pictures_are_refused(self, tmp_path: Path) -> None:
        (tmp_path / "folds.json").write_text("{}")

        with pytest.raises(CommandError, match="hold out no pictures"):
            evaluate(tmp_path)

    def test_an_unreadable_picture_is_named(self, folds: Path, tmp_path: Path) -> None:
        (tmp_path / "pictures" / "2.png").write_bytes(b"nothing")

        with pytest.raises(CommandError, match=r"2\.png can't be read"):
            evaluate(folds, "--photos", "1")

    def test_an_artifact_without_such_a_vector_is_refused(self, folds: Path) -> None:
        card = json.loads((folds / "fold-0" / "card.json").read_text())
        features = [feature | {"role": "likeness"} for feature in card["features"]]
        (folds / "fold-0" / "card.json").write_text(json.dumps(card | {"features": features}))
        photo_trials._network.cache_clear()

        with pytest.raises(CommandError, match="fold-0 has no vector"):
            evaluate(folds, "--photos", "1")

    @pytest.mark.parametrize("option", ["--photos", "--strangers"])
    def test_less_than_nothing_is_refused(self, folds: Path, option: str) -> None:
        with pytest.raises(CommandError, match="must be 0 or more"):
            evaluate(folds, option, "-1")


def test_it_runs_in_processes_of_its_own(folds: Path) -> None:
    said = evaluate(folds, "--photos", "2", "--strangers", "0", "--kind", "crop", "--processes", "1")

    assert "| crop" in said


def answer(kind: str = "hard", *, absent: bool = False, first: int | None = 1, best: int | None = None) -> Answer:
    trial = Trial(kind=kind, row=1, absent=absent, seed=0, doubles=(5,))
    return Answer(trial=trial, first=first, by_vector=9, best=best, inliers=0, milliseconds=50)


class TestTheFigures:
    def test_another_scan_of_the_painting_is_right(self) -> None:
        (row,) = rows_of([answer(first=5, best=5), answer(first=1), answer(first=9)])

        assert (row.first.count, row.said.count, row.wrong.count, row.by_vector.count) == (2, 1, 0, 0)

    def test_whatever_is_said_of_a_stranger_is_wrong(self) -> None:
        rows = rows_of([answer(absent=True, first=7, best=7), answer(absent=True), answer("combined", absent=True)])

        assert [(row.kind, row.wrong.count, row.wrong.total) for row in rows] == [
            ("combined", 0, 1),
            ("hard", 1, 2),
            ("all", 1, 3),
        ]
        assert not rows[-1].is_met
        assert rows[0].is_met

    def test_targets_are_met_or_not(self) -> None:
        (hard,) = rows_of([answer(first=1)] * 9 + [answer(first=3)])
        (blur,) = rows_of([answer("blur", first=1)] * 9 + [answer("blur", first=3)])

        assert hard.is_met
        assert not blur.is_met

    def test_intervals_are_wilson_s(self) -> None:
        """485 of 500 by the formula of Wilson (1927): 0.9511 to 0.9818."""
        np.testing.assert_allclose(Share(count=485, total=500).interval, (0.95110, 0.98175), atol=5e-5)
        assert Share(count=500, total=500).interval[1] == 1
        assert Share(count=0, total=0).interval == (0, 1)

    def test_the_table_has_a_line_for_each_kind(self) -> None:
        lines = table(rows_of([answer(), answer("blur"), answer(absent=True)])).splitlines()

        assert len(lines) == 2 + 4
        assert len({len(line) for line in lines}) == 1
        assert "hard, not in the gallery" in lines[4]
