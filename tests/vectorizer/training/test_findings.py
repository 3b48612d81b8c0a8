"""What the measuring leaves in a card."""

from pathlib import Path

from tests.vectorizer.training.unseen import held_out
from vectorizer.training.findings import findings_of
from vectorizer.training.measuring import measure


def test_the_artifact_of_a_fold_knows_nothing_of_that_fold(tmp_path: Path) -> None:
    evaluation = measure(held_out(tmp_path))
    thresholds, style = evaluation.thresholds["look"], evaluation.suggestions["style"]

    found, final = findings_of(evaluation, fold=1), findings_of(evaluation)

    assert found.thresholds == {"look": thresholds.similarities_by_fold[1]}
    assert found.temperatures["style"] == style.temperatures_by_fold[1]
    assert final.thresholds == {"look": thresholds.similarities} != found.thresholds
    assert final.temperatures["style"] == style.temperature != found.temperatures["style"]
