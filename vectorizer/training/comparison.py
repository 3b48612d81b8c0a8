"""Measures the ways to bring a painting into the network's square, beside the pooled last layer, by style retrieval."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorizer.encoder.fitting import FITS
from vectorizer.evaluation import measure_retrieval, split_by_group
from vectorizer.training.network import INPUT_SIZE, build_network
from vectorizer.training.projection import fit_projection
from vectorizer.training.statistics import collect_statistics, stage_sizes

SEEDS = (0, 1, 2)
HEADER = (
    "fit     vector      | all: mAP@10  P@1    cross-artist | unseen artists: mAP@10  P@1    cross-artist\n" + "-" * 96
)


@dataclass(frozen=True, slots=True)
class Paintings:
    files: list[Path]
    styles: NDArray[np.str_]
    artists: NDArray[np.str_]


def compare_fits(folder: Path) -> str:
    """A table: for each fit, the pooled last layer and the projection, measured leave-one-out on all paintings, and
    as the mean of three splits by artist (fitted to one half of the artists, measured on the other)."""
    paintings = _read(folder)
    network = build_network()
    lines = [HEADER]
    for fit in FITS:
        statistics, pooled = collect_statistics(network, paintings.files, INPUT_SIZE, fit)
        pooled = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        sizes = stage_sizes(network)
        masks = [split_by_group(list(paintings.artists), seed) for seed in SEEDS]
        looks = [fit_projection(statistics[mask], sizes).apply(statistics) for mask in masks]
        look = fit_projection(statistics, sizes).apply(statistics)
        lines.append(_line(fit, "pooled1280", pooled, [pooled] * len(masks), masks, paintings))
        lines.append(_line(fit, "common512", look, looks, masks, paintings))
    return "\n".join(lines)


def _line(
    fit: str,
    name: str,
    seen: NDArray[np.float32],
    unseen: list[NDArray[np.float32]],
    masks: list[NDArray[np.bool_]],
    paintings: Paintings,
) -> str:
    everything = _figures(seen, paintings, np.ones(len(seen), bool))
    split = np.mean([_figures(vectors, paintings, ~mask) for vectors, mask in zip(unseen, masks, strict=True)], axis=0)
    columns = "  ".join(f"{value:.3f}" for value in everything), "  ".join(f"{value:.3f}" for value in split)
    return f"{fit:7} {name:11} | {columns[0]:26} | {columns[1]}"


def _figures(vectors: NDArray[np.float32], paintings: Paintings, mask: NDArray[np.bool_]) -> tuple[float, float, float]:
    styles, artists = paintings.styles[mask], paintings.artists[mask]
    same, other = measure_retrieval(vectors[mask], styles), measure_retrieval(vectors[mask], styles, groups=artists)
    return same.mean_average_precision, same.precision_at_1, other.mean_average_precision


def _read(folder: Path) -> Paintings:
    with (folder / "all_data_info.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Paintings(
        [folder / "images" / row["new_filename"] for row in rows],
        np.array([row["style"] for row in rows]),
        np.array([row["artist"] for row in rows]),
    )
