"""The whole way, tiny: drawn paintings in, an artifact that the encoder runs and a report out."""

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gallery import sample
from tests import eyes
from vectorizer import encoder
from vectorizer.training import commands, sights, train
from vectorizer.training.__main__ import main
from vectorizer.training.heads import DEFAULT_RECIPE
from vectorizer.training.pictures import read_picture

STYLES = ("Ukiyo-e", "Suprematism", "Op Art", "Ink wash")
SIDE = 160
FOLDS = 2
TINY = replace(
    DEFAULT_RECIPE, reduced=32, seeds=1, lesson=replace(DEFAULT_RECIPE.lesson, epochs=1, least_steps=30, batch=32)
)


@pytest.fixture(scope="module")
def paintings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Painter by Numbers folder of drawn paintings, with a file that is no picture and a style that comes once."""
    folder = tmp_path_factory.mktemp("paintings")
    (folder / "images").mkdir()
    rows = [["new_filename", "title", "artist", "style", "genre"]]
    for style in STYLES:
        for painting in [one for one in sample.paintings() if one.style == style][:6]:
            picture = sample.draw(painting.key)
            picture.thumbnail((SIDE, SIDE))
            picture.save(folder / "images" / f"{painting.key}.jpg")
            rows.append([f"{painting.key}.jpg", painting.title, painting.artist, painting.style, painting.genre])
    rows[-1][3] = "Alone"
    (folder / "images" / "fake.jpg").write_text("no picture")
    rows.append(["fake.jpg", "Fake", "Nobody", "Op Art", ""])
    with (folder / "all_data_info.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return folder


@contextmanager
def tiny() -> Iterator[pytest.MonkeyPatch]:
    """Few views and few steps."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commands, "DEFAULT_RECIPE", TINY)
        for name in ("CROPS", "PLAIN_PHOTOS", "HARD_PHOTOS", "SCANS"):
            patch.setattr(sights, name, 1)
        yield patch


@pytest.fixture(scope="module")
def trained(paintings: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the cache, the artifact and the report."""
    folder = tmp_path_factory.mktemp("trained")
    beside = eyes.install(folder / "artifacts")
    arguments = ["train", str(paintings), "--out", str(folder / "artifacts" / "drawn-eye"), "--folds", str(FOLDS)]
    arguments += ["--cache", str(folder / "cache"), "--report", str(folder / "report"), "--beside", str(beside)]
    with tiny():
        assert main(arguments) == 0
    return folder


def test_the_artifact_is_one_that_the_encoder_loads_and_runs(trained: Path, paintings: Path) -> None:
    eye = encoder.load(trained / "artifacts" / "drawn-eye")

    (encoding,) = eye.encode([read_picture(min((paintings / "images").glob("ink*.jpg")))])

    assert list(encoding.vectors) == ["common512", "style512", "genre512", "palette", "copy128"]
    assert all(np.linalg.norm(vector) == pytest.approx(1, abs=1e-5) for vector in encoding.vectors.values())
    assert all(shares.sum() == pytest.approx(1, abs=1e-3) for shares in encoding.probabilities.values())


def test_the_card_says_what_was_learnt_from_what_and_how_it_was_measured(trained: Path) -> None:
    card = encoder.load_card(trained / "artifacts" / "drawn-eye")

    assert card.labels["style"] == ("Ink wash", "Op Art", "Suprematism", "Ukiyo-e")
    assert card.temperatures["style"] > 0
    assert card.data.startswith("24 pictures by ")
    assert card.split.startswith("2 folds by artist")
    assert card.measured["style_map_at_10"] > 0.3
    assert str(trained) not in (trained / "artifacts" / "drawn-eye" / "card.json").read_text()


def test_what_was_left_out_stands_in_the_report(trained: Path) -> None:
    left_out = " ".join(json.loads((trained / "report" / "report.json").read_text())["left_out"])

    assert "“fake.jpg”" in left_out
    assert "1 with fewer than 2 pictures are not trained on: Alone" in left_out


def test_the_report_stands_beside_the_baselines_and_the_other_artifact(trained: Path) -> None:
    report = json.loads((trained / "report" / "report.json").read_text())

    assert {"common512", "pooled1280", "statistics3456", "histogram512", "common512 of tiny-eye"} <= set(
        report["retrieval"]["style"]
    )
    assert "common512 of tiny-eye; mAP@10 differs by" in (trained / "report" / "report.md").read_text()


@pytest.fixture(scope="module")
def again(trained: Path, paintings: Path) -> Path:
    """A second run, which exports the folds' fits; a tiny eye stands in for the files, which take long to convert."""
    stand_in = lambda _eye, folder, _pictures, **_fields: eyes.install(folder.parent, folder.name)  # noqa: E731
    arguments = ["evaluate", str(paintings), "--folds", str(FOLDS), "--cache", str(trained / "cache")]
    with tiny() as patch:
        patch.setattr(train, "export", stand_in)
        before = {path.name: path.stat().st_mtime_ns for path in (trained / "cache").iterdir()}
        assert main([*arguments, "--report", str(trained / "again"), "--fold-artifacts", str(trained / "folds")]) == 0
        assert {path.name: path.stat().st_mtime_ns for path in (trained / "cache").iterdir()} == before
    return trained


def test_a_second_run_takes_everything_from_the_cache_and_finds_the_same(again: Path) -> None:
    first, second = (json.loads((again / name / "report.json").read_text()) for name in ("report", "again"))

    assert first["retrieval"]["style"]["common512"] == second["retrieval"]["style"]["common512"]


def test_no_fold_has_seen_the_pictures_that_it_is_said_not_to_have_seen(again: Path, paintings: Path) -> None:
    held = json.loads((again / "folds" / "folds.json").read_text())
    with (paintings / "all_data_info.csv").open(encoding="utf-8") as table:
        artists = {row["new_filename"]: row["artist"] for row in csv.DictReader(table)}

    assert sorted(held) == ["fold-0", "fold-1"]
    first, second = ({artists[Path(path).name] for path in held[name]} for name in sorted(held))
    assert not first & second
    assert len(held["fold-0"]) + len(held["fold-1"]) == 24
    assert encoder.load(again / "folds" / "fold-1").card.name == "fold-1"


def test_an_artifact_to_measure_beside_is_looked_at_before_hours_of_work(
    paintings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["evaluate", str(paintings), "--cache", str(tmp_path / "cache"), "--beside", str(tmp_path / "none")]

    assert main(arguments) == 1
    assert "Not done: The artifact none" in capsys.readouterr().err
    assert not (tmp_path / "cache").exists()


def test_too_little_to_train_on_is_refused_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "Cubism").mkdir()
    sample.draw(sample.paintings()[0].key).save(tmp_path / "Cubism" / "ada_one.jpg")

    assert main(["train", str(tmp_path), "--out", str(tmp_path / "eye"), "--cache", str(tmp_path / "cache")]) == 1
    assert "Not done: Training needs at least two styles" in capsys.readouterr().err
    assert not (tmp_path / "eye").exists()
