"""The tables on made-up statistics of three styles by twelve artists, with heads that learn for a few steps only."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.vectorizer.encoder import drawings
from vectorizer.training import precision, study, trials
from vectorizer.training.caching import Backbone
from vectorizer.training.heads import DEFAULT_RECIPE, fit_eye
from vectorizer.training.labels import labels_of
from vectorizer.training.learning import Lesson
from vectorizer.training.lessons import Lessons
from vectorizer.training.options import TABLES
from vectorizer.training.sights import Sights
from vectorizer.training.sources import Example
from vectorizer.training.splits import artist_folds
from vectorizer.training.statistics import stage_sizes_of
from vectorizer.training.timing import milliseconds_of

PICTURES, ARTISTS, STYLES = 48, 12, 3
QUICK = replace(
    DEFAULT_RECIPE,
    seeds=2,
    reduced=16,
    lesson=Lesson(kinds=(), dimensions=32, epochs=1, least_steps=4, batch=16, rate=0.01),
)


@pytest.fixture(scope="module")
def lessons() -> Lessons:
    examples = tuple(
        Example(
            path=Path(f"{number}.jpg"),
            artist=f"artist {number % ARTISTS}",
            style=f"style {number % STYLES}",
            genre=["landscape", "portrait", ""][number % 5 % 3],
        )
        for number in range(PICTURES)
    )
    return Lessons(
        examples=examples,
        labels={kind: labels_of(examples, kind)[0] for kind in ("style", "genre", "artist")},
        folds=artist_folds([example.artist for example in examples], 3),
        left_out=(),
    )


@pytest.fixture
def measure(lessons: Lessons, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """Runs one study and gives its lines."""

    def write_backbone(_folder: Path, variant: str = "lite0", size: int | None = None) -> Backbone:
        return Backbone(path=Path(variant), size=size or 224)

    def seen_by(self: trials.Bench, backbone: Backbone, crops: int) -> Sights:
        random, width = np.random.default_rng(0), sum(stage_sizes_of(backbone.path.name))
        styles = random.normal(0, 2, (STYLES, 1, width)) * (random.random(width) < 0.3)
        looks = styles[np.arange(PICTURES) % STYLES] + random.normal(0, 1, (PICTURES, 2, width))
        looks = looks.astype(np.float16)
        return Sights(originals=looks[:, :1], crops=looks[:, 1:], photos=looks[:, :0], scans=looks[:, :0])

    def common_only(recipe: Any = QUICK, *arguments: Any, **lesson: Any) -> Any:
        kept = {name: value for name, value in lesson.items() if name not in ("epochs", "least_steps")}
        return trials.common_only(recipe, *arguments, **kept)

    monkeypatch.setattr(trials, "write_backbone", write_backbone)
    monkeypatch.setattr(trials.Bench, "seen_by", seen_by)
    monkeypatch.setattr(study, "milliseconds", lambda _folder, _variant, size: size / 20)
    monkeypatch.setattr(study, "common_only", common_only)
    monkeypatch.setattr(study, "SIZES", (32, 16, 8, 4))
    monkeypatch.setattr(study, "NESTED", (4, 8, 16))
    monkeypatch.setattr(study, "read_lessons", lambda *_: lessons)

    def run(table: str) -> list[str]:
        text = study.study([Path("unused")], table, cache=tmp_path, folds=3, folder=tmp_path / "study")
        assert (tmp_path / "study" / f"{table}.md").read_text(encoding="utf-8") == text
        return text.splitlines()

    return run


@pytest.mark.parametrize(
    ("table", "rows"), [("inputs", 10), ("losses", 8), ("artist", 5), ("metrics", 3), ("hubs", 4), ("dimensions", 8)]
)
def test_a_table_has_a_row_for_every_choice_with_its_interval(
    table: str, rows: int, measure: Callable[[str], list[str]]
) -> None:
    lines = measure(table)

    assert len(lines) == rows + 2
    assert "style mAP@10" in lines[0]
    for line in lines[2:]:
        assert line.count(" to ") >= 2  # an interval for each figure


def test_what_is_measured_is_what_was_made_to_be_found(measure: Callable[[str], list[str]]) -> None:
    folded = next(line for line in measure("dimensions") if line.startswith("| PCA, 32"))

    assert float(folded.split("|")[3].split()[0]) > 0.8


def test_fewer_dimensions_cost_fewer_bytes(measure: Callable[[str], list[str]]) -> None:
    lines = measure("dimensions")

    assert [line.split("|")[2].strip() for line in lines[2:6]] == ["128", "64", "32", "16"]


def test_the_command_line_offers_the_tables_that_there_are() -> None:
    assert set(TABLES) == set(study.TABLES)


def test_every_precision_gives_nearly_the_same_vectors(
    lessons: Lessons, network: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    looks = np.random.default_rng(0).normal(1, 1, (PICTURES, 2, 3456)).astype(np.float16)
    recipe = trials.common_only(QUICK)
    eye = fit_eye(looks, looks[:, :0], lessons.labels, recipe=recipe)
    shown = drawings.textured()
    monkeypatch.setattr(precision, "build_network", lambda size: network)
    monkeypatch.setattr(precision, "read_picture", lambda path: shown[int(path.stem) % len(shown)])

    rows = list(precision.precision_rows(trials.Bench(lessons=lessons, cache=tmp_path), eye))

    assert [row[0] for row in rows] == ["float32", "float16", "int8"]
    sizes = [float(row[1]) for row in rows]
    assert sizes[0] > 1.8 * sizes[1] > 1.8 * sizes[2]
    assert float(rows[1][3]) > 0.999
    assert float(rows[2][3]) > 0.5


def test_a_model_takes_some_time(tmp_path: Path) -> None:
    import keras

    from vectorizer.training.backbone import convert

    pixels = keras.Input((8, 8, 3), name="image")
    model = keras.Model(pixels, {"statistics": keras.layers.GlobalAveragePooling2D()(pixels)})

    assert 0 < milliseconds_of(convert(model, 8), 8) < 100
