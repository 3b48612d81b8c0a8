"""`manage.py evaluate`: how well vectors find paintings with the same label, beside the network's last layer."""

import json
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from django.core.management.base import CommandError
from numpy.typing import NDArray
from tqdm import tqdm

from gallery import originals
from gallery.management.examples import CommandWithExamples
from gallery.models import Painting
from vectorizer import evaluation, opening
from vectorizer.evaluation import Answers
from vectorizer.intervals import Interval, mean_interval, ratio_interval
from vectorizer.models import EncoderModel, Vectors
from vectorizer.ranking import METRICS, Metric

BASELINE = " (baseline)"

EXAMPLES = """examples:
  manage.py evaluate                        style, over every feature and the baseline
  manage.py evaluate --label genre --k 5
  manage.py evaluate --metric csls          with a correction for paintings that are near to all
  manage.py evaluate --no-baseline --json   without reading the pictures again"""


class Command(CommandWithExamples):
    examples = EXAMPLES
    help = (
        "Leave-one-out retrieval over the collection: every painting asks for its look-alikes, and those that share "
        "its label count. Printed for all matches, and for matches by another artist only, with 95 % intervals (whole "
        "artists are drawn again). A model that was trained on these paintings looks better here than it is: "
        "`python -m vectorizer.training evaluate` measures on artists that it has not seen."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--label", choices=("style", "genre"), default="style", help="which label counts (style)")
        parser.add_argument("--k", type=int, default=10, help="how many look-alikes are looked at (10)")
        parser.add_argument(
            "--metric", choices=METRICS, default="l2", help="what near means (l2, as the search has it)"
        )
        parser.add_argument("--no-baseline", action="store_true", help="leave the network's last layer out")
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["k"] < 1:
            raise CommandError(f"--k must be 1 or more, and is {options['k']}.")
        model = EncoderModel.current()
        paintings = list(Painting.objects.filter(live_image__vectors__model=model).with_details().order_by("id"))
        labels = [str(getattr(painting, options["label"]) or "") for painting in paintings]
        artists = [painting.artist_line for painting in paintings]
        try:
            spaces = self._spaces(model, paintings, options)
            columns = [
                _column(spaces, labels, artists, options["k"], options["metric"], others) for others in (False, True)
            ]
        except ValueError as problem:
            raise CommandError(str(problem)) from problem
        rows = [{"feature": name, "all": columns[0][name], "by_another_artist": columns[1][name]} for name in spaces]
        self.stdout.write(json.dumps(rows, indent=2) if options["json"] else _table(rows, len(paintings), options))

    def _spaces(
        self, model: EncoderModel, paintings: Sequence[Painting], options: dict[str, Any]
    ) -> dict[str, NDArray[np.float32]]:
        """Feature or baseline name → vectors (n, dimensions)."""
        if not paintings:
            raise ValueError("The collection has no paintings with vectors yet: run `manage.py vectorize --missing`.")
        shown = [painting.live_image_id for painting in paintings if painting.live_image_id]
        found = Vectors.objects.filter(model=model, image__in=set(shown))
        features = {row.image_id: row.features() for row in found.select_related("model")}
        spaces = {
            feature.name: np.stack([features[image_id][feature.name] for image_id in shown])
            for feature in model.card.features
        }
        if not options["no_baseline"] and model.card.baselines:
            quiet = options["json"] or options["verbosity"] == 0
            pictures = tqdm(paintings, desc="Baseline", unit=" paintings", disable=quiet)
            name = f"{model.card.baselines[0].name}{BASELINE}"
            spaces[name] = np.concatenate([_baseline(model, painting) for painting in pictures])
        return spaces


def _baseline(model: EncoderModel, painting: Painting) -> NDArray[np.float32]:
    image = painting.live_image or painting.image
    with originals.open_image(image) as file:
        picture = opening.open_picture(file, image.name, originals.limits())
    return model.encoder().baseline([np.asarray(picture)])


def _column(
    spaces: dict[str, NDArray[np.float32]],
    labels: Sequence[str],
    artists: Sequence[str],
    k: int,
    metric: Metric,
    others: bool,
) -> dict[str, dict[str, Any]]:
    """Feature → its figures; the baseline, if there is one, comes last and the others are divided by it."""
    groups = artists if others else None
    answers = {
        name: evaluation.ask_each(vectors, labels, k=k, groups=groups, metric=metric)
        for name, vectors in spaces.items()
    }
    last = list(spaces)[-1]
    baseline = answers[last] if last.endswith(BASELINE) else None
    return {name: _figures(found, baseline, artists) for name, found in answers.items()}


def _figures(found: Answers, baseline: Answers | None, artists: Sequence[str]) -> dict[str, Any]:
    asking = [artists[row] for row in found.rows]
    precision = found.average_precision
    interval = _if_it_can(lambda: mean_interval(precision, asking))
    ratio = _if_it_can(lambda: ratio_interval(precision, baseline.average_precision, asking)) if baseline else None
    return {
        **asdict(evaluation.averaged(found)),
        "interval": [interval.low, interval.high] if interval else None,
        "ratio_to_baseline": asdict(ratio) if ratio else None,
    }


def _if_it_can(interval: Callable[[], Interval]) -> Interval | None:
    """No interval where all questions are of one artist, and no ratio to a baseline that finds nothing."""
    try:
        return interval()
    except ValueError:
        return None


def _table(rows: Sequence[dict[str, Any]], paintings: int, options: dict[str, Any]) -> str:
    head = f"{'mAP@' + str(options['k']):>6} {'95 %':>13} {'P@1':>6} {'ratio':>6}"
    lines = [
        f"{options['label'].capitalize()} over {paintings:,} paintings, leave one out:",
        f"{'':24} {'all matches':^{len(head)}}   {'another artist':^{len(head)}}".rstrip(),
        f"{'':24} {head}   {head}",
    ]
    cells = [f"{row['feature']:24} {_cells(row['all'])}   {_cells(row['by_another_artist'])}" for row in rows]
    return "\n".join(lines + cells)


def _cells(figures: dict[str, Any]) -> str:
    interval, ratio = figures["interval"], figures["ratio_to_baseline"]
    between = f"{interval[0]:.3f} … {interval[1]:.3f}" if interval else "–"
    times = f"{ratio['estimate']:.2f}" if ratio else "–"
    return f"{figures['mean_average_precision']:6.3f} {between:>13} {figures['precision_at_1']:6.3f} {times:>6}"
