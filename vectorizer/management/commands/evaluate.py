"""`manage.py evaluate`: how well vectors find paintings with the same label, beside the network's last layer."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
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
from vectorizer.models import EncoderModel, Vectors

EXAMPLES = """examples:
  manage.py evaluate                        style, over every feature and the baseline
  manage.py evaluate --label genre --k 5
  manage.py evaluate --no-baseline --json   without reading the pictures again"""


class Command(CommandWithExamples):
    examples = EXAMPLES
    help = (
        "Leave-one-out retrieval over the collection: every painting asks for its look-alikes, and those that share "
        "its label count. Printed for all matches, and for matches by another artist only."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--label", choices=("style", "genre"), default="style", help="which label counts (style)")
        parser.add_argument("--k", type=int, default=10, help="how many look-alikes are looked at (10)")
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
            rows = [
                _row(name, vectors, labels, artists, options["k"])
                for name, vectors in self._spaces(model, paintings, options).items()
            ]
        except ValueError as problem:
            raise CommandError(str(problem)) from problem
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
            name = f"{model.card.baselines[0].name} (baseline)"
            spaces[name] = np.concatenate([_baseline(model, painting) for painting in pictures])
        return spaces


def _baseline(model: EncoderModel, painting: Painting) -> NDArray[np.float32]:
    image = painting.live_image or painting.image
    with originals.open_image(image) as file:
        picture = opening.open_picture(file, image.name, originals.limits())
    return model.encoder().baseline([np.asarray(picture)])


def _row(
    name: str, vectors: NDArray[np.float32], labels: Sequence[str], artists: Sequence[str], k: int
) -> dict[str, Any]:
    everything = evaluation.measure_retrieval(vectors, labels, k=k)
    others = evaluation.measure_retrieval(vectors, labels, k=k, groups=artists)
    return {"feature": name, "all": asdict(everything), "by_another_artist": asdict(others)}


def _table(rows: Sequence[dict[str, Any]], paintings: int, options: dict[str, Any]) -> str:
    k = options["k"]
    head = f"{'':24} {f'mAP@{k}':>8} {'P@1':>6}   {f'mAP@{k}':>8} {'P@1':>6}"
    lines = [
        f"{options['label'].capitalize()} over {paintings:,} paintings, leave one out:",
        f"{'':24} {'all matches':>15}   {'another artist':>15}",
        head,
    ]
    for row in rows:
        figures = [
            row[which][figure]
            for which in ("all", "by_another_artist")
            for figure in ("mean_average_precision", "precision_at_1")
        ]
        lines.append("{:24} {:8.3f} {:6.3f}   {:8.3f} {:6.3f}".format(row["feature"], *figures))
    return "\n".join(lines)
