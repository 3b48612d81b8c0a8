"""Beside the curator's form: the same file, and what looks alike, drafts included."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User

from search import similar
from search.templatetags.duplicates import duplicates
from tests.factories import give_vectors, make_painting, unit
from tests.gallery.desk import CHANGE, address, signed_in
from vectorizer.encoder import ArtifactError
from vectorizer.models import EncoderModel

pytestmark = pytest.mark.django_db


def looks(seed: int) -> dict[str, object]:
    return {feature.name: unit(seed, feature.dimensions) for feature in EncoderModel.current().card.features}


def test_the_same_file_under_another_painting_is_pointed_out(curator: User) -> None:
    first = make_painting("Bridge", state="withdrawn")
    second = make_painting("Bridge again", image=first.image, state="draft")
    text = signed_in(curator).get(address(CHANGE, second.pk)).text
    assert "The very same file is the picture of" in text
    assert f'<a href="{address(CHANGE, first.pk)}">Bridge</a> (withdrawn)' in text


def test_look_alikes_are_shown_with_their_similarity_drafts_included(curator: User) -> None:
    shown = make_painting("Bridge", vectors=looks(1))
    make_painting("Draft of the bridge", state="draft", vectors=looks(1))
    make_painting("Another", vectors=looks(2))
    near = duplicates(shown)["near"]
    assert (near[0]["painting"].title, near[0]["percent"]) == ("Draft of the bridge", "100\u00a0%")
    assert int(near[1]["percent"].split()[0]) < 60
    text = signed_in(curator).get(address(CHANGE, shown.pk)).text
    assert "100\u00a0% alike, draft" in text
    assert "Another" in text


def test_a_hundred_per_cent_is_kept_for_the_very_same(monkeypatch: pytest.MonkeyPatch) -> None:
    painting = make_painting("Bridge")
    match = similar.Match(painting=painting, similarity=0.9999, distance=0.0001, shares={})
    monkeypatch.setattr(similar, "duplicates_of", lambda image, limit: (match,))
    assert duplicates(painting)["near"][0]["percent"] == "99\u00a0%"


def test_the_form_of_a_picture_without_vectors_says_so(curator: User) -> None:
    painting = make_painting("Bridge", live=False)
    assert "not ready to be compared" in signed_in(curator).get(address(CHANGE, painting.pk)).text


def test_without_an_artifact_the_form_opens_all_the_same(curator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise ArtifactError(Path("nowhere"), "no artifact")

    painting = make_painting("Bridge")
    monkeypatch.setattr(similar, "duplicates_of", missing)
    assert signed_in(curator).get(address(CHANGE, painting.pk)).status_code == 200


def test_a_draft_that_got_vectors_before_it_went_live_counts(curator: User) -> None:
    shown = make_painting("Bridge", vectors=looks(1))
    waiting = make_painting("Waiting", live=False, state="draft")
    give_vectors(waiting.image, **looks(1))
    assert [match["painting"] for match in duplicates(shown)["near"]] == [waiting]
