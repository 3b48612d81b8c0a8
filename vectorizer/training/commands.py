"""What each command of `python -m vectorizer.training` does; each returns what to print."""

import logging
import shlex
from argparse import Namespace
from collections.abc import Callable, Mapping

from vectorizer.encoder import ArtifactError, check
from vectorizer.training.export import ExportError
from vectorizer.training.fine_tuning import Tuning
from vectorizer.training.heads import DEFAULT_RECIPE
from vectorizer.training.report import MARKDOWN_FILE
from vectorizer.training.study import study as measure_table
from vectorizer.training.summary import left_out, summary
from vectorizer.training.torch_archive import ArchiveError
from vectorizer.training.train import Run, export_final, export_folds, fit_all_folds, report

FAILURES = (ArchiveError, ArtifactError, ExportError, OSError, ValueError)
"""Each says in a sentence what was wrong."""


def run(options: Namespace) -> str:
    """Raises one of FAILURES."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logging.getLogger("vectorizer.training").setLevel(logging.INFO)
    if beside := getattr(options, "beside", None):
        check(beside)  # now, not when all folds are fitted
    return COMMANDS[options.command](options)


def train(options: Namespace) -> str:
    fitted = fit_all_folds(_run(options))
    evaluation, verdicts = report(fitted, options.report, options.beside)
    if options.fold_artifacts:
        export_folds(fitted, options.fold_artifacts, evaluation)
    card = export_final(fitted, options.out, evaluation)
    last = f"Wrote {card.name} to {options.out}; {options.report / MARKDOWN_FILE} says more."
    return "\n".join([summary(evaluation), "", *verdicts, last])


def export(options: Namespace) -> str:
    fitted = fit_all_folds(_run(options))
    if options.fold_artifacts:
        export_folds(fitted, options.fold_artifacts)
    card = export_final(fitted, options.out)
    return "\n".join([*left_out(fitted.lessons.left_out), f"Wrote {card.name} to {options.out}."])


def evaluate(options: Namespace) -> str:
    fitted = fit_all_folds(_run(options))
    evaluation, verdicts = report(fitted, options.report, options.beside)
    if options.fold_artifacts:
        export_folds(fitted, options.fold_artifacts, evaluation)
    return "\n".join([summary(evaluation), "", *verdicts, f"{options.report / MARKDOWN_FILE} says more."])


def study(options: Namespace) -> str:
    return measure_table(options.paths, options.table, cache=options.cache, seed=options.seed)


def _run(options: Namespace) -> Run:
    return Run(
        paths=tuple(options.paths),
        cache=options.cache,
        folds=options.folds,
        seed=options.seed,
        tuning=Tuning() if options.fine_tune else None,
        command=_command(options),
        recipe=DEFAULT_RECIPE,
    )


def _command(options: Namespace) -> str:
    """How to do this again, without telling where on this machine things lie."""
    words = ["python", "-m", "vectorizer.training", options.command, *(path.resolve().name for path in options.paths)]
    words += ["--out", options.out.resolve().name] if "out" in options else []
    words += ["--folds", str(options.folds), "--seed", str(options.seed)]
    return shlex.join(words + (["--fine-tune"] if options.fine_tune else []))


COMMANDS: Mapping[str, Callable[[Namespace], str]] = {
    "train": train,
    "export": export,
    "evaluate": evaluate,
    "study": study,
}
