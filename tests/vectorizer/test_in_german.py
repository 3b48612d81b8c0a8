"""What the network sees, and what became of pictures, as a German reader is told."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.translation import override

from gallery.models import Painting, Style
from tests.factories import make_painting
from tests.gallery.desk import CHANGE, LIST, action, address, as_it_is, messages, signed_in, unprepared  # noqa: F401
from tests.suggested import activate_labelled_model, suggest
from vectorizer.attempts import Failed, failure
from vectorizer.models import Attempt, EncoderModel
from vectorizer.suggestions import Suggestion

FAILED = "admin:vectorizer_attempt_changelist"
CUT_OFF = "“scan.png” is cut off: only a part of the picture could be read. Please upload the file again."

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unprepared")]


def german(user: User | None) -> Client:
    client = signed_in(user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "de"
    return client


def fail(painting: Painting, reason: str) -> Attempt:
    return Attempt.objects.create(image=painting.image, model=EncoderModel.current(), count=3, reason=reason)


@pytest.fixture
def draft() -> Painting:
    activate_labelled_model()
    painting = make_painting("Draft", state="draft")
    suggest(painting.image, style={"Impressionism": 0.62, "Realism": 0.31}, genre={"landscape": 0.95})
    return painting


def test_visitors_read_the_guesses_words_in_german_and_its_name_as_it_is() -> None:
    activate_labelled_model()
    painting = make_painting("Bridge")
    suggest(painting.image, style={"Impressionism": 0.62, "Realism": 0.31}, genre={"landscape": 0.95})
    text = german(None).get(painting.get_absolute_url()).text
    for words in (
        "Was das Netz sieht",
        "wahrscheinlich <em>Impressionism</em>",
        "sehr wahrscheinlich <em>landscape</em>",
    ):
        assert words in text
    assert "Der Katalog nennt keinen Stil." in text
    assert "Der Katalog nennt keine Gattung." in text


def test_a_suggestion_is_accepted_with_a_german_answer_and_an_english_history(draft: Painting, curator: User) -> None:
    data = as_it_is(draft) | {"_accept": "style:Impressionism"}
    response = german(curator).post(address(CHANGE, draft.pk), data, follow=True)
    assert messages(response) == [
        "Gesichert. Der Stil ist jetzt „Impressionism“, wie das Netz es vorgeschlagen hat (62\u00a0%)."
    ]
    version = draft.history.first()
    assert version.history_change_reason == "accepted the suggestion of knows-styles: style 62 %"


@pytest.mark.parametrize(
    ("pressed", "said"),
    [
        ("style:Realism", "Im Katalog steht „Baroque“: Ein Stil, der gesetzt ist, wird nicht überschrieben."),
        (
            "genre:Cubism",
            "„Cubism“ ist nicht mehr unter den Vorschlägen für die Gattung. Sehen Sie sie sich noch einmal an.",
        ),
    ],
)
def test_a_refusal_names_style_and_genre_in_their_own_sentences(
    pressed: str, said: str, draft: Painting, curator: User
) -> None:
    draft.style = Style.objects.create(name="Baroque")
    draft.save()
    data = as_it_is(draft, style=draft.style.pk) | {"_accept": pressed}
    assert messages(german(curator).post(address(CHANGE, draft.pk), data, follow=True)) == [said]


def test_how_far_pictures_are_and_why_one_failed_is_german_in_the_list(curator: User) -> None:
    painting = make_painting("Failed", live=False)
    fail(painting, CUT_OFF)
    cut_off = (
        "„scan.png“ ist abgeschnitten: Nur ein Teil des Bildes war lesbar. Bitte laden Sie die Datei noch einmal hoch."
    )
    for page in (address(LIST), address(CHANGE, painting.pk), address(FAILED)):
        assert cut_off in german(curator).get(page).text
        assert CUT_OFF in signed_in(curator).get(page).text
    assert '<span class="badge vectors-failed">gescheitert</span>' in german(curator).get(address(LIST)).text


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "1 Bild wird gleich noch einmal versucht."), (2, "2 Bilder werden gleich noch einmal versucht.")],
)
def test_retrying_counts_in_german(number: int, said: str, curator: User) -> None:
    paintings = [make_painting(f"Failed {n}", live=False) for n in range(number)]
    for painting in paintings:
        fail(painting, "")
    response = german(curator).post(address(LIST), action("vectorize_again", *paintings), follow=True)
    assert messages(response) == [said]


@pytest.mark.parametrize("problem", [FileNotFoundError("gone"), RuntimeError("odd")])
def test_a_reason_is_kept_in_english_whoever_was_at_work(problem: Exception) -> None:
    image = make_painting("Bridge").image
    english = failure(image, problem)
    with override("de"):
        assert failure(image, problem) == english
    assert isinstance(english, Failed)
    assert english.reason.endswith((".", ")."))


def test_the_api_knows_one_word_for_each_likelihood() -> None:
    guess = Suggestion(kind="style", label="Realism", confidence=0.004, sure_from=0.9)
    with override("de"):
        assert (guess.likelihood, guess.likelihood_label, guess.percent) == (
            "unlikely",
            "unwahrscheinlich",
            "unter 1\u00a0%",
        )
    assert guess.percent == "under 1\u00a0%"


def test_the_page_before_accepting_counts_in_german(curator: User, draft: Painting) -> None:
    suggest(draft.image, style={"Impressionism": 0.97})
    text: Any = german(curator).post(address(LIST), action("accept_sure", draft)).text
    assert ">1 Stil</h2>" in text
    assert "Impressionism: 1 Gemälde" in text
    assert "Als sicher gilt ein Vertrauen ab 90\u00a0%:" in text
