"""Taking suggestions into the catalogue, whoever asks for it: the admin, or a program."""

import pytest
from django.contrib.auth.models import User

from gallery.models import Genre, Painting, Style
from tests.factories import make_painting
from tests.suggested import activate_labelled_model, suggest
from vectorizer import accepting
from vectorizer.accepting import NotAccepted
from vectorizer.models import EncoderModel

pytestmark = pytest.mark.django_db


@pytest.fixture
def model() -> EncoderModel:
    return activate_labelled_model()


def test_who_may_not_change_the_painting_accepts_nothing(model: EncoderModel, contributor: User) -> None:
    painting = make_painting()
    suggest(painting.image, genre={"portrait": 0.9})
    Genre.objects.create(name="portrait")
    with pytest.raises(NotAccepted, match="may not change this painting"):
        accepting.accept(painting, "genre", "portrait", by=contributor)


def test_a_painting_that_was_read_earlier_brings_no_old_fields_back(model: EncoderModel, curator: User) -> None:
    painting = make_painting("Old title")
    suggest(painting.image, genre={"portrait": 0.9})
    Painting.objects.filter(pk=painting.pk).update(title="New title")
    accepted = accepting.accept(painting, "genre", "portrait", by=curator)
    assert accepted.percent == "90\u00a0%"
    painting.refresh_from_db()
    assert (painting.title, painting.genre.name) == ("New title", "portrait")


def test_a_term_that_is_added_has_a_history_too(model: EncoderModel, curator: User) -> None:
    painting = make_painting()
    suggest(painting.image, style={"Realism": 0.9})
    accepting.accept(painting, "style", "Realism", by=curator)
    assert Style.objects.get().history.get().history_user == curator


def test_the_forecast_comes_true(model: EncoderModel, curator: User) -> None:
    for number, label in enumerate(("Realism", "Realism", "Baroque")):
        suggest(make_painting(f"Painting {number}").image, style={label: 0.95}, genre={"portrait": 0.92})
    Style.objects.create(name="REALISM")
    every = Painting.objects.all()
    style, genre = accepting.forecast(every, by=curator)
    assert (style.number, dict(style.given), style.new) == (3, {"Realism": 2, "Baroque": 1}, {"Baroque"})
    assert style.wrong == pytest.approx(0.15)
    assert (style.level, style.percent) == (0.9, "90\u00a0%")
    assert genre.wrong == pytest.approx(0.24)
    assert accepting.accept_sure(every, by=curator) == {"style": 3, "genre": 3}
    assert sorted(Style.objects.values_list("name", flat=True)) == ["Baroque", "REALISM"]
    assert accepting.accept_sure(every, by=curator) == {"style": 0, "genre": 0}


def test_many_paintings_are_accepted_in_parts(
    model: EncoderModel, curator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accepting, "PAINTINGS_AT_ONCE", 2)
    for number in range(5):
        suggest(make_painting(f"Painting {number}").image, style={"Realism": 0.95})
    assert accepting.accept_sure(Painting.objects.all(), by=curator) == {"style": 5, "genre": 0}
    assert Style.objects.count() == 1


def test_what_the_model_is_never_sure_of_is_not_accepted_however_confident_it_is(curator: User) -> None:
    activate_labelled_model(sure={"genre": 0.8})
    painting = make_painting()
    suggest(painting.image, style={"Realism": 0.99}, genre={"portrait": 0.85})
    style, genre = accepting.forecast(Painting.objects.all(), by=curator)
    assert (style.level, style.percent, style.number) == (None, "", 0)
    assert (genre.level, genre.number) == (0.8, 1)
    assert accepting.accept_sure(Painting.objects.all(), by=curator) == {"genre": 1}
    painting.refresh_from_db()
    assert (painting.style, painting.genre.name) == (None, "portrait")
