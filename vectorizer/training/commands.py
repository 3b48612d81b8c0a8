"""What each command of `python -m vectorizer.training` does; each returns what to print."""

from argparse import Namespace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorizer.encoder import ArtifactError
from vectorizer.training import comparison
from vectorizer.training.export import FIT, ExportError
from vectorizer.training.export import export as export_artifact
from vectorizer.training.network import INPUT_SIZE, build_network
from vectorizer.training.pictures import find_pictures, read_picture
from vectorizer.training.projection import Projection, fit_projection
from vectorizer.training.statistics import collect_statistics, stage_sizes
from vectorizer.training.torch_archive import ArchiveError

FAILURES = (ArchiveError, ArtifactError, ExportError, OSError, ValueError)
COMPARED_PICTURES = 64


def convert(options: Namespace) -> str:
    build_network().save(options.out)
    return f"Wrote {options.out}."


def fit(options: Namespace) -> str:
    projection = _fit(options.pictures)
    projection.save(options.out)
    return f"Wrote {options.out}."


def export(options: Namespace) -> str:
    return _export(Projection.read(options.projection), options)


def build(options: Namespace) -> str:
    return _export(_fit(options.pictures), options)


def compare(options: Namespace) -> str:
    return comparison.compare_fits(options.paintings)


def _fit(folder: Path) -> Projection:
    network = build_network()
    statistics, _pooled = collect_statistics(network, find_pictures(folder), INPUT_SIZE, FIT)
    return fit_projection(statistics, stage_sizes(network))


def _export(projection: Projection, options: Namespace) -> str:
    paths = find_pictures(options.pictures)
    count = len(paths)
    card = export_artifact(
        projection,
        options.out,
        _sample(paths),
        source=f"The projection was fitted to the statistics of {count:,} pictures; none can be had back from it.",
        command=f"python -m vectorizer.training build PICTURES --out vectorizer/artifacts/{options.out.name}",
    )
    return f"Wrote {options.out}: {', '.join(feature.name for feature in card.features)}; {dict(card.measured)}."


def _sample(paths: list[Path]) -> list[NDArray[np.uint8]]:
    """Pictures from all over the folder."""
    chosen = np.linspace(0, len(paths) - 1, min(COMPARED_PICTURES, len(paths))).astype(int)
    return [read_picture(paths[index]) for index in chosen]
