"""Draft → review → published → withdrawn."""

import pytest
from django.contrib.auth.models import AnonymousUser, User

from gallery import publishing
from gallery.models import Painting
from tests.factories import make_painting

pytestmark = pytest.mark.django_db
State = Painting.State

MOVES = {
    publishing.submit: State.REVIEW,
    publishing.publish: State.PUBLISHED,
    publishing.withdraw: State.WITHDRAWN,
    publishing.return_to_draft: State.DRAFT,
}


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", State)
def test_a_painting_moves_only_where_the_table_allows(move: object, state: State, curator: User) -> None:
    painting = make_painting(state=state)
    allowed = state in publishing.FROM[MOVES[move]]

    assert move([painting], by=curator) == int(allowed)

    painting.refresh_from_db()
    assert painting.state == (MOVES[move] if allowed else state)


def test_publishing_is_dated_and_stands_in_the_history_with_its_user(curator: User) -> None:
    painting = make_painting(state=State.DRAFT)
    publishing.publish([painting], by=curator)
    painting.refresh_from_db()
    assert painting.published_at is not None
    assert painting.history.first().history_user == curator
    assert painting.history.first().state == State.PUBLISHED


def test_a_published_painting_without_vectors_is_not_public_yet() -> None:
    painting = make_painting(live=False)
    assert not painting.is_public
    assert not Painting.objects.public().exists()


def test_only_those_who_work_on_the_catalogue_see_what_is_not_public(curator: User, contributor: User) -> None:
    draft = make_painting(state=State.DRAFT)
    visitor = User.objects.create_user("visitor", is_staff=False)
    for user, sees in ((AnonymousUser(), False), (visitor, False), (contributor, True), (curator, True)):
        assert (draft in Painting.objects.visible_to(user)) is sees


def test_a_withdrawn_painting_is_not_public() -> None:
    painting = make_painting()
    assert painting in Painting.objects.public()
    publishing.withdraw([painting], by=None)
    assert painting not in Painting.objects.public()
