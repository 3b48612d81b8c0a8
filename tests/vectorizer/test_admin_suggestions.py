"""Suggestions on the curators' desk: beside the fields, one click, the list's filter, and several at once."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gallery import journal
from gallery.models import Change, Genre, Painting, Style
from tests.factories import make_painting
from tests.gallery.desk import (
    ADD,
    CHANGE,
    LIST,
    action,
    address,
    as_it_is,
    file,
    filled,
    messages,
    signed_in,
    unprepared,
)
from tests.suggested import activate_labelled_model, suggest
from vectorizer.models import EncoderModel, Vectors

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unprepared")]
__all__ = ["unprepared"]

HISTORY = "admin:gallery_painting_history"


@pytest.fixture
def model(db: None) -> EncoderModel:
    return activate_labelled_model()


@pytest.fixture
def draft(model: EncoderModel) -> Painting:
    """A draft without style and genre, of which the network has an opinion."""
    painting = make_painting("Draft", state="draft")
    suggest(painting.image, style={"Impressionism": 0.62, "Realism": 0.2}, genre={"landscape": 0.95})
    return painting


def press(user: User, painting: Painting, suggestion: str, **changes: Any) -> Any:
    data = as_it_is(painting, **changes) | {"_accept": suggestion}
    return signed_in(user).post(address(CHANGE, painting.pk), data, follow=True)


def form(user: User, painting: Painting) -> str:
    return str(signed_in(user).get(address(CHANGE, painting.pk)).text)


# Beside the fields


def test_the_first_three_stand_beside_the_fields_with_their_confidence(draft: Painting, curator: User) -> None:
    text = form(curator, draft)
    places = [text.index(f'value="style:{label}"') for label in ("Impressionism", "Realism", "Post-Impressionism")]
    assert places == sorted(places)
    assert 'value="style:Baroque"' not in text
    assert text.count('name="_accept"') == 6
    assert '<span class="percent">62\u00a0%</span>' in text


def test_what_is_set_has_guesses_beside_it_and_no_buttons(model: EncoderModel, curator: User) -> None:
    painting = make_painting(style="Realism", genre="Landscape")
    suggest(painting.image, style={"Impressionism": 0.62})
    text = form(curator, painting)
    assert "beside what is set" in text
    assert "Impressionism" in text
    assert 'name="_accept"' not in text


def test_a_model_without_labels_leaves_the_form_and_the_list_as_they_were(curator: User, settings: Any) -> None:
    settings.ENCODER_ARTIFACT = "lite0-stats512"
    painting = make_painting()
    assert "network" not in form(curator, painting)
    assert "network" not in signed_in(curator).get(address(LIST)).text
    assert "accept_sure" not in signed_in(curator).get(address(LIST)).text


def test_the_form_for_a_new_painting_suggests_nothing(draft: Painting, curator: User) -> None:
    assert "network" not in signed_in(curator).get(address(ADD)).text


def test_without_probabilities_nothing_is_suggested(draft: Painting, curator: User) -> None:
    Vectors.objects.update(probabilities=b"")
    assert "network" not in form(curator, draft)


def test_the_form_and_the_list_open_though_the_model_is_damaged(
    draft: Painting, curator: User, caplog: pytest.LogCaptureFixture
) -> None:
    EncoderModel.objects.update(checksum="0" * 64)
    client = signed_in(curator)
    assert client.get(address(CHANGE, draft.pk)).status_code == 200
    assert client.get(address(LIST), {"suggested": "style"}).status_code == 200
    assert "No suggestions beside painting" in caplog.text


def test_what_a_contributor_may_not_change_has_no_buttons(model: EncoderModel, contributor: User) -> None:
    painting = make_painting()
    suggest(painting.image, style={"Impressionism": 0.62})
    assert 'name="_accept"' not in form(contributor, painting)


# One click


def test_one_click_sets_the_style_and_says_so(draft: Painting, curator: User) -> None:
    before = journal.position()
    response = press(curator, draft, "style:Impressionism", title="A new title")
    draft.refresh_from_db()
    assert draft.style == Style.objects.get(name="Impressionism")
    assert draft.title == "A new title"
    assert draft.genre is None
    assert messages(response) == ["Saved. The style is “Impressionism” now, as the network suggested (62\u00a0%)."]
    change = Change.objects.get(pk__gt=before)
    assert (change.painting_id, change.user) == (draft.pk, curator)
    version = draft.history.first()
    assert version.history_user == curator
    assert version.history_change_reason == "accepted the suggestion of knows-styles: style 62 %"
    assert version.history_change_reason in signed_in(curator).get(address(HISTORY, draft.pk)).text


def test_a_term_that_is_there_is_used_however_it_is_written(draft: Painting, curator: User) -> None:
    term = Style.objects.create(name="impressionism,")
    Style.objects.create(name="IMPRESSIONISM")
    press(curator, draft, "style:Impressionism")
    draft.refresh_from_db()
    assert draft.style == term
    assert Style.objects.count() == 2


def test_what_was_set_is_not_overwritten(model: EncoderModel, curator: User) -> None:
    painting = make_painting(style="Realism")
    suggest(painting.image, style={"Impressionism": 0.62})
    response = press(curator, painting, "style:Impressionism", style=painting.style_id)
    painting.refresh_from_db()
    assert painting.style.name == "Realism"
    assert messages(response) == ["The catalogue says “Realism”: a style that is set is not overwritten."]
    assert not Style.objects.filter(name="Impressionism").exists()


def test_what_a_colleague_has_set_since_the_form_was_opened_stays(draft: Painting, curator: User) -> None:
    stale = as_it_is(draft)
    Painting.objects.filter(pk=draft.pk).update(style=Style.objects.create(name="Realism"))
    response = signed_in(curator).post(
        address(CHANGE, draft.pk), stale | {"_accept": "style:Impressionism"}, follow=True
    )
    draft.refresh_from_db()
    assert draft.style.name == "Realism"
    assert "The catalogue says “Realism”" in messages(response)[0]


def test_what_is_chosen_in_the_form_counts_more_than_the_button(draft: Painting, curator: User) -> None:
    chosen = Style.objects.create(name="Realism")
    press(curator, draft, "style:Impressionism", style=chosen.pk)
    draft.refresh_from_db()
    assert draft.style == chosen


@pytest.mark.parametrize(
    ("pressed", "words"),
    [
        ("style:Baroque", "not among the suggestions"),
        ("style:", "not among the suggestions"),
        ("genre:Impressionism", "not among the suggestions"),
        ("title:Impressionism", "Nothing is suggested for “title”"),
        ("", "Nothing is suggested for “”"),
    ],
)
def test_what_was_not_suggested_is_not_accepted(pressed: str, words: str, draft: Painting, curator: User) -> None:
    response = press(curator, draft, pressed)
    assert words in messages(response)[0]
    draft.refresh_from_db()
    assert (draft.style, draft.genre) == (None, None)
    assert not Style.objects.exists()


def test_a_form_with_a_mistake_accepts_nothing(draft: Painting, curator: User) -> None:
    response = press(curator, draft, "style:Impressionism", title="")
    assert 'value="style:Impressionism"' in response.text
    draft.refresh_from_db()
    assert draft.style is None


def test_a_new_painting_has_no_suggestion_to_accept(model: EncoderModel, curator: User) -> None:
    data = filled(picture=file(1)) | {"_accept": "style:Impressionism"}
    response = signed_in(curator).post(address(ADD), data, follow=True)
    assert "not among the suggestions" in messages(response)[0]
    assert Painting.objects.get().style is None


def test_a_contributor_accepts_what_the_catalogue_knows(draft: Painting, contributor: User) -> None:
    Genre.objects.create(name="Landscape")
    press(contributor, draft, "genre:landscape")
    draft.refresh_from_db()
    assert draft.genre.name == "Landscape"


def test_a_contributor_adds_no_style_by_accepting(draft: Painting, contributor: User) -> None:
    assert 'value="style:Impressionism"' not in form(contributor, draft)
    assert "a curator can add it" in form(contributor, draft)
    response = press(contributor, draft, "style:Impressionism")
    assert "Ask a curator" in messages(response)[0]
    assert not Style.objects.exists()


def test_a_contributor_changes_nothing_that_is_published(model: EncoderModel, contributor: User) -> None:
    painting = make_painting(title="Published")
    suggest(painting.image, genre={"landscape": 0.95})
    Genre.objects.create(name="landscape")
    assert press(contributor, painting, "genre:landscape").status_code == 403
    painting.refresh_from_db()
    assert painting.genre is None


def test_looking_changes_nothing(draft: Painting, curator: User) -> None:
    signed_in(curator).get(address(CHANGE, draft.pk), {"_accept": "style:Impressionism"})
    draft.refresh_from_db()
    assert draft.style is None


# The list


@pytest.fixture
def several(model: EncoderModel) -> dict[str, Painting]:
    """Two of which the network is sure, one of which it isn't, one with a style, and a published one."""
    paintings = {name: make_painting(name, state="draft") for name in ("Sure", "Surer", "Unsure")}
    paintings["Named"] = make_painting("Named", style="Realism", genre="portrait", state="draft")
    paintings["Published"] = make_painting("Published")
    for name, confidence in (("Sure", 0.91), ("Surer", 0.97), ("Unsure", 0.5), ("Named", 0.99), ("Published", 0.95)):
        suggest(paintings[name].image, style={"Impressionism": confidence}, genre={"portrait": 0.5})
    return paintings


def test_the_filter_shows_paintings_without_style_of_which_the_network_is_sure(
    several: dict[str, Painting], curator: User
) -> None:
    def shown(value: str) -> set[str]:
        answer = signed_in(curator).get(address(LIST), {"suggested": value})
        return {painting.title for painting in answer.context["cl"].result_list}

    assert shown("style") == {"Sure", "Surer", "Published"}
    assert shown("genre") == set()
    assert shown("nonsense") == set(several)


def test_the_list_needs_no_more_queries_for_more_paintings(several: dict[str, Painting], curator: User) -> None:
    client = signed_in(curator)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address(LIST), {"suggested": "style"})
        return len(captured)

    queries()
    few = queries()
    for number in range(5):
        suggest(make_painting(f"More {number}").image, style={"Realism": 0.95})
    assert queries() == few


def test_the_action_first_says_what_it_would_do(several: dict[str, Painting], curator: User) -> None:
    text = signed_in(curator).post(address(LIST), action("accept_sure", *several.values())).text
    assert "Of the 5 paintings that you chose" in text
    assert ">3 styles</h2>" in text
    assert "Impressionism: 3 paintings" in text
    assert "new in the catalogue" in text
    assert "a confidence of 90\u00a0% or more" in text
    assert "most likely none of the 3 will be wrong" in text  # 0.09 + 0.03 + 0.05
    assert "never sure" not in text
    assert "genre</h2>" not in text
    assert not Painting.objects.filter(style__name="Impressionism").exists()


def test_confirmed_the_action_accepts_what_it_said(several: dict[str, Painting], curator: User) -> None:
    data = action("accept_sure", *several.values()) | {"confirmed": "yes"}
    response = signed_in(curator).post(address(LIST), data, follow=True)
    assert messages(response) == ["Accepted: 3 styles and 0 genres."]
    styles = dict(Painting.objects.values_list("title", "style__name"))
    sure = dict.fromkeys(("Sure", "Surer", "Published"), "Impressionism")
    assert styles == {"Unsure": None, "Named": "Realism", **sure}
    version = several["Sure"].history.first()
    assert (version.history_user, version.history_change_reason[-10:]) == (curator, "style 91 %")
    assert {change.user for change in Change.objects.order_by("-id")[:3]} == {curator}


def test_all_of_the_list_can_be_accepted_at_once(several: dict[str, Painting], curator: User) -> None:
    client = signed_in(curator)
    data = action("accept_sure", several["Sure"]) | {"select_across": "1"}
    preview = client.post(address(LIST), data)
    assert "3 styles" in preview.text
    assert '<input type="hidden" name="select_across" value="1">' in preview.text
    client.post(address(LIST), data | {"confirmed": "yes"})
    assert Painting.objects.filter(style__name="Impressionism").count() == 3


def test_both_kinds_are_accepted_with_one_version(several: dict[str, Painting], curator: User) -> None:
    painting = several["Sure"]
    suggest(painting.image, style={"Impressionism": 0.95}, genre={"landscape": 0.96})
    before = painting.history.count()
    data = action("accept_sure", painting) | {"confirmed": "yes"}
    response = signed_in(curator).post(address(LIST), data, follow=True)
    assert messages(response) == ["Accepted: 1 style and 1 genre."]
    painting.refresh_from_db()
    assert (painting.style.name, painting.genre.name) == ("Impressionism", "landscape")
    assert painting.history.count() == before + 1


def test_nothing_sure_is_nothing_to_confirm(several: dict[str, Painting], curator: User) -> None:
    response = signed_in(curator).post(address(LIST), action("accept_sure", several["Unsure"]), follow=True)
    assert messages(response) == ["There is no suggestion that is sure enough for what these lack."]


def test_a_contributor_accepts_several_only_of_what_is_theirs_to_change(
    several: dict[str, Painting], contributor: User
) -> None:
    data = action("accept_sure", *several.values()) | {"confirmed": "yes"}
    client = signed_in(contributor)
    client.post(address(LIST), data)
    assert not Painting.objects.filter(style__name="Impressionism").exists()  # no style that a contributor could add
    Style.objects.create(name="Impressionism")
    client.post(address(LIST), data)
    accepted = Painting.objects.filter(style__name="Impressionism").values_list("title", flat=True)
    assert set(accepted) == {"Sure", "Surer"}


def test_a_withdrawn_confidence_is_looked_at_again_when_it_is_confirmed(
    several: dict[str, Painting], curator: User
) -> None:
    painting = several["Sure"]
    signed_in(curator).post(address(LIST), action("accept_sure", painting))
    suggest(painting.image, style={"Impressionism": 0.4})
    signed_in(curator).post(address(LIST), action("accept_sure", painting) | {"confirmed": "yes"})
    painting.refresh_from_db()
    assert painting.style is None


# What the network is never sure of

NEVER_SURE = "This model is never sure enough of a style; look at each one."


@pytest.fixture
def never_sure_of_a_style(db: None) -> Painting:
    """A painting that lacks both, of which the network, for all its confidence, can be believed the genre alone."""
    activate_labelled_model(sure={"genre": 0.8})
    painting = make_painting("Draft", state="draft")
    suggest(painting.image, style={"Impressionism": 0.99}, genre={"landscape": 0.85})
    return painting


def test_the_action_says_which_kind_it_leaves_and_accepts_the_other(
    never_sure_of_a_style: Painting, curator: User
) -> None:
    client, painting = signed_in(curator), never_sure_of_a_style
    preview = client.post(address(LIST), action("accept_sure", painting)).text
    assert ">1 genre</h2>" in preview
    assert "a confidence of 80\u00a0% or more" in preview
    assert NEVER_SURE in preview
    assert "style</h2>" not in preview
    response = client.post(address(LIST), action("accept_sure", painting) | {"confirmed": "yes"}, follow=True)
    assert messages(response) == ["Accepted: 1 genre.", NEVER_SURE]
    painting.refresh_from_db()
    assert (painting.style, painting.genre.name) == (None, "landscape")


def test_where_only_a_style_is_missing_the_action_says_why_there_is_nothing_to_do(
    never_sure_of_a_style: Painting, curator: User
) -> None:
    Painting.objects.update(genre=Genre.objects.create(name="landscape"))
    response = signed_in(curator).post(address(LIST), action("accept_sure", never_sure_of_a_style), follow=True)
    assert messages(response) == ["There is no suggestion that is sure enough for what these lack.", NEVER_SURE]


def test_a_model_that_is_never_sure_accepts_nothing_by_itself(curator: User) -> None:
    activate_labelled_model(sure={})
    painting = make_painting(state="draft")
    suggest(painting.image, style={"Impressionism": 0.99}, genre={"landscape": 0.99})
    data = action("accept_sure", painting) | {"confirmed": "yes"}
    response = signed_in(curator).post(address(LIST), data, follow=True)
    never = "This model is never sure enough of a style or a genre; look at each one."
    assert messages(response) == ["Accepted: nothing.", never]
    page = signed_in(curator).get(address(LIST), {"suggested": "style"})
    assert "the network is sure" not in page.text
    assert len(page.context["cl"].result_list) == 1


def test_the_filter_offers_only_kinds_that_the_network_is_ever_sure_of(
    never_sure_of_a_style: Painting, curator: User
) -> None:
    client = signed_in(curator)
    text = client.get(address(LIST)).text
    assert "genre missing, the network is sure" in text
    assert "style missing, the network is sure" not in text
    assert not client.get(address(LIST), {"suggested": "style"}).context["cl"].result_list
    assert len(client.get(address(LIST), {"suggested": "genre"}).context["cl"].result_list) == 1


def test_the_form_warns_of_a_high_percentage_that_can_not_be_believed(
    never_sure_of_a_style: Painting, curator: User
) -> None:
    text = form(curator, never_sure_of_a_style)
    assert "this model is never sure of a style" in text
    assert "never sure of a genre" not in text
    press(curator, never_sure_of_a_style, "style:Impressionism")  # a curator who has looked
    never_sure_of_a_style.refresh_from_db()
    assert never_sure_of_a_style.style.name == "Impressionism"
