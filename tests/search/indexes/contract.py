"""What every index must do, whatever it is made of: a subclass gives the fixtures `index` and `other`."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from gallery import publishing
from gallery.models import Artist, Attribution, Painting, Style
from search.filters import FACETS, Filters
from search.indexes.base import Hit, Index, Query, Target
from search.query import Sort
from search.words import Tier, parse
from tests.factories import give_vectors, go_live, make_image, make_painting, picture_bytes, unit
from vectorizer.models import EncoderModel, Vectors

FEATURES = ("common512", "palette")
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"


def query(**fields: Any) -> Query:
    return Query(model=EncoderModel.current(), **({"stop": 100} | fields))


def ids(index: Index, **fields: Any) -> list[int]:
    return [hit.id for hit in index.find(query(**fields)).hits]


def toward(seed: int, **weights: float) -> Target:
    """A target of random directions."""
    sizes = {feature.name: feature.dimensions for feature in EncoderModel.current().card.features}
    weights = weights or {FEATURES[0]: 1.0}
    return Target(vectors={name: unit(seed, sizes[name]) for name in weights}, weights=weights)


def by_hand(target: Target, paintings: Sequence[Painting]) -> list[tuple[int, float]]:
    """Ids and similarities in order, one painting at a time, as the contract's formula says."""
    found = []
    for painting in paintings:
        vectors = Vectors.objects.get(image=painting.live_image).features()
        squares = [
            weight * float(np.sum((vectors[name].astype(float) - target.vectors[name].astype(float)) ** 2))
            for name, weight in target.weights.items()
        ]
        distance = (sum(squares) / sum(target.weights.values())) ** 0.5
        found.append((painting.pk, round(1 / (1 + distance), 6)))
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def pairs(hits: Sequence[Hit]) -> list[tuple[int, float | None]]:
    return [(hit.id, hit.similarity) for hit in hits]


class IndexContract:
    """`index` is the one under test, `other` the same in another process, as far as it can tell."""

    @pytest.fixture
    def index(self) -> Index:
        raise NotImplementedError

    @pytest.fixture
    def other(self) -> Index:
        raise NotImplementedError

    def test_several_questions_are_answered_as_each_of_them_is(self, index: Index) -> None:
        for number in range(3):
            make_painting(str(number), style="Cubism" if number else None)
        targets = [query(target=toward(seed), order=Sort.SIMILARITY, stop=2) for seed in (1, 2)]
        queries = [*targets, query(filters=Filters(styles=("cubism",)), facets=True)]

        assert index.find_each(queries) == [index.find(each) for each in queries]
        assert index.find_each([]) == []

    # --- who is in it --------------------------------------------------------------------------------------------

    def test_an_empty_collection_has_nothing_to_find(self, index: Index) -> None:
        found = index.find(query(facets=True, target=toward(1), order=Sort.SIMILARITY))

        assert (found.hits, found.total, found.years) == ((), 0, None)
        assert dict(found.facets) == dict.fromkeys(FACETS, ())

    def test_only_what_is_public_and_has_vectors_is_found(self, index: Index) -> None:
        public = make_painting("Public")
        for state in (Painting.State.DRAFT, Painting.State.REVIEW, Painting.State.WITHDRAWN):
            make_painting(f"A {state}", state=state)
        make_painting("Not ready", live=False)
        make_painting("Vectors lost")
        Vectors.objects.filter(image__paintings__title="Vectors lost").delete()

        assert ids(index) == [public.pk]

    def test_a_painting_saved_in_another_process_is_in_the_next_answer(self, index: Index, other: Index) -> None:
        first = make_painting("First")
        assert ids(index) == ids(other) == [first.pk]

        second = make_painting("Second")

        assert ids(index) == [second.pk, first.pk]
        assert ids(other) == [second.pk, first.pk]

    def test_a_withdrawn_painting_is_gone_at_once(self, index: Index) -> None:
        kept, withdrawn = make_painting("Kept"), make_painting("Withdrawn")
        assert ids(index) == [withdrawn.pk, kept.pk]

        publishing.withdraw([withdrawn], by=None)

        assert ids(index) == [kept.pk]
        publishing.publish([withdrawn], by=None)
        assert ids(index) == [withdrawn.pk, kept.pk]

    def test_a_deleted_painting_is_gone_at_once(self, index: Index) -> None:
        kept, deleted = make_painting("Kept"), make_painting("Deleted")
        assert len(ids(index)) == 2

        deleted.delete()

        assert ids(index) == [kept.pk]

    def test_a_replaced_image_counts_only_once_it_is_ready(self, index: Index) -> None:
        near, far = unit(1, 512), unit(2, 512)
        painting = make_painting("Cleaned", vectors={"common512": far})
        target = Target(vectors={"common512": near}, weights={"common512": 1.0})
        before = index.find(query(target=target, order=Sort.SIMILARITY)).hits[0].similarity

        painting.image = make_image(number=77, name="cleaned.png")
        painting.save()
        give_vectors(painting.image, common512=near)
        assert index.find(query(target=target, order=Sort.SIMILARITY)).hits[0].similarity == before
        go_live(painting, common512=near)

        assert index.find(query(target=target, order=Sort.SIMILARITY)).hits[0].similarity == 1.0

    def test_vectors_of_another_model_are_never_mixed_in(self, index: Index) -> None:
        painting = make_painting("Only by the old model")
        current = EncoderModel.current()
        Vectors.objects.update(model=EncoderModel.objects.create(name="another", checksum="0"))
        painting.save()

        assert [hit.id for hit in index.find(Query(model=current, stop=10)).hits] == []

    # --- likeness ------------------------------------------------------------------------------------------------

    @pytest.mark.parametrize("weights", [{"common512": 1.0}, {"palette": 2.0}, {"common512": 0.25, "palette": 3.0}])
    def test_likeness_is_exact(self, index: Index, weights: dict[str, float]) -> None:
        paintings = [make_painting(f"Number {n}", number=n) for n in range(12)]
        index.find(query())
        paintings += [make_painting(f"Later {n}", number=n) for n in range(12, 16)]

        for seed in range(3):
            target = toward(seed, **weights)
            found = index.find(query(target=target, order=Sort.SIMILARITY, stop=9))
            assert pairs(found.hits) == by_hand(target, paintings)[:9]
            assert found.total == 16

    def test_the_same_vector_has_similarity_one_and_distance_zero(self, index: Index) -> None:
        vector = unit(5, 512)
        painting = make_painting("Itself", vectors={"common512": vector})
        make_painting("Another")

        target = Target(vectors={"common512": vector}, weights={"common512": 1.0})
        best = index.find(query(target=target, order=Sort.SIMILARITY)).hits[0]

        assert (best.id, best.similarity, best.distance) == (painting.pk, 1.0, 0.0)

    def test_shares_add_up_to_the_whole_distance(self, index: Index) -> None:
        make_painting("One")
        target = toward(3, common512=1.0, palette=3.0)
        (hit,) = index.find(query(target=target, order=Sort.SIMILARITY)).hits

        (single,) = index.find(query(target=toward(3, palette=1.0), order=Sort.SIMILARITY)).hits
        assert hit.distance is not None
        assert single.distance is not None
        assert sum(hit.shares.values()) == pytest.approx(1)
        assert hit.shares["palette"] == pytest.approx(0.75 * single.distance**2 / hit.distance**2)

    def test_equals_stand_in_the_order_of_their_ids(self, index: Index) -> None:
        vector = unit(9, 512)
        twins = [make_painting("Twin", vectors={"common512": vector}).pk for _ in range(6)]

        assert ids(index, target=toward(1), order=Sort.SIMILARITY) == twins
        assert ids(index, target=toward(1), order=Sort.SIMILARITY, start=2, stop=4) == twins[2:4]

    def test_the_examples_are_left_out_of_results_and_counts(self, index: Index) -> None:
        first, second = make_painting("One", style="Cubism"), make_painting("Two", style="Cubism")

        found = index.find(query(excluded=frozenset({first.pk}), facets=True))

        assert [hit.id for hit in found.hits] == [second.pk]
        assert (found.total, found.facets["style"][0].count) == (1, 1)

    def test_another_order_still_says_how_alike_each_is(self, index: Index) -> None:
        paintings = [make_painting(title) for title in ("Zebra", "Apple", "Melon")]
        target = toward(4)

        found = index.find(query(target=target, order=Sort.TITLE))

        assert [hit.id for hit in found.hits] == [paintings[1].pk, paintings[2].pk, paintings[0].pk]
        assert sorted(pairs(found.hits)) == sorted(by_hand(target, paintings))

    # --- filters and words ---------------------------------------------------------------------------------------

    @pytest.mark.parametrize("count", [1, 3, 16])
    def test_as_many_are_returned_as_match_however_rare(self, index: Index, count: int) -> None:
        rare = {make_painting(f"Rare {n}", genre="vanitas").pk for n in range(count)}
        for n in range(8):
            make_painting(f"Common {n}", genre="portrait")

        chosen = Filters(genres=("vanitas",))
        found = index.find(query(target=toward(1), order=Sort.SIMILARITY, filters=chosen, stop=16))

        assert {hit.id for hit in found.hits} == rare
        assert found.total == count

    def test_values_of_a_filter_are_alternatives_and_filters_all_count(self, index: Index) -> None:
        a = make_painting("A", style="Cubism", genre="portrait", artist="Anna", collection="North Wing")
        b = make_painting("B", style="Fauvism", genre="portrait", artist=("Bruno", "Anna"))
        c = make_painting("C", style="Cubism", genre="landscape", artist="Clara")
        d = make_painting("D")

        def those(**filters: Any) -> set[int]:
            return set(ids(index, filters=Filters(**filters)))

        assert those() == {a.pk, b.pk, c.pk, d.pk}
        assert those(styles=("cubism",)) == {a.pk, c.pk}
        assert those(styles=("cubism", "fauvism")) == {a.pk, b.pk, c.pk}
        assert those(styles=("cubism", "fauvism"), genres=("portrait",)) == {a.pk, b.pk}
        assert those(artists=("anna",)) == {a.pk, b.pk}
        assert those(artists=("bruno", "clara")) == {b.pk, c.pk}
        assert those(artists=("anna",), styles=("fauvism",)) == {b.pk}
        assert those(collections=("North Wing",)) == {a.pk}
        assert those(collections=("north wing",)) == set()
        assert those(styles=("no-such-style",)) == set()

    def test_medium_orientation_and_rights_narrow_down_and_are_counted_with_their_labels(self, index: Index) -> None:
        upright = make_image(picture_bytes(901, size=(40, 60)), name="upright.png")
        square = make_image(picture_bytes(902, size=(60, 58)), name="square.png")
        a = make_painting("A", medium="Oil on canvas", rights=CC0, image=upright)
        b = make_painting("B", medium="Oil on canvas", image=square)
        c = make_painting("C", medium="Tempera")

        def those(**filters: Any) -> set[int]:
            return set(ids(index, filters=Filters(**filters)))

        assert those(mediums=("Oil on canvas",)) == {a.pk, b.pk}
        assert those(mediums=("oil on canvas",)) == set()
        assert those(orientations=("portrait",)) == {a.pk}
        assert those(orientations=("square", "landscape")) == {b.pk, c.pk}
        assert those(orientations=("landscape",), mediums=("Oil on canvas",)) == set()
        assert those(rights=(CC0,)) == {a.pk}
        facets = index.find(query(facets=True, filters=Filters(mediums=("Oil on canvas",)))).facets
        shown = {name: [(count.label, count.count) for count in facets[name]] for name in facets}
        assert shown["medium"] == [("Oil on canvas", 2), ("Tempera", 1)]
        assert shown["orientation"] == [("Upright", 1), ("Square", 1)]
        assert shown["rights"] == [("CC0 1.0 (public domain dedication)", 1)]

    def test_years_match_spans_that_overlap(self, index: Index) -> None:
        early = make_painting("Early", first_year=1500, last_year=1520)
        late = make_painting("Late", first_year=1889, last_year=1889)
        ancient = make_painting("Ancient", first_year=-100, last_year=-50)
        undated = make_painting("Undated")

        def those(first: int | None = None, last: int | None = None) -> set[int]:
            return set(ids(index, filters=Filters(first_year=first, last_year=last)))

        assert those() == {early.pk, late.pk, ancient.pk, undated.pk}
        assert those(1520, 1889) == {early.pk, late.pk}
        assert those(1521, 1888) == set()
        assert those(1510, 1515) == {early.pk}
        assert those(first=1889) == {late.pk}
        assert those(last=1500) == {early.pk, ancient.pk}
        assert those(last=-100) == {ancient.pk}
        assert index.find(query()).years == (-100, 1889)

    def test_the_histogram_counts_by_the_middle_of_the_years_and_without_their_filter(self, index: Index) -> None:
        make_painting("Early", first_year=1501, last_year=1520, style="Icon")
        make_painting("Late", first_year=1889, last_year=1889, style="Cubism")
        make_painting("As late", first_year=1880, last_year=1901, style="Cubism")
        make_painting("Undated", style="Cubism")

        def spread(**asked: Any) -> dict[int, int]:
            histogram = index.find(query(facets=True, **asked)).histogram
            assert {(each.last - each.first + 1) for each in histogram} == {10}
            assert (histogram[0].first, histogram[-1].last) == (1500, 1909)
            return {each.first: each.count for each in histogram if each.count}

        assert spread() == {1510: 1, 1880: 1, 1890: 1}
        assert spread(filters=Filters(first_year=1890)) == spread()
        assert 1510 not in spread(filters=Filters(styles=("cubism",), last_year=1600))
        assert index.find(query()).histogram == ()

    def test_every_word_must_be_the_beginning_of_a_word_of_the_painting(self, index: Index) -> None:
        hay = make_painting("Wheat field with crows", artist="Vincent van Gogh", medium="Oil on canvas")
        ete = make_painting("L'Été à Düsseldorf", artist="Élodie Straße", object_number="INV 17-b", genre="landscape")

        def those(words: str) -> set[int]:
            return set(ids(index, words=parse(words)))

        assert those("wheat") == those("whe") == those("gogh wh") == those("canv") == {hay.pk}
        assert those("heat") == those("wheat dusseldorf") == those("whx") == set()
        assert those("été") == those("Düsse") == those("STRASSE") == those("17") == those("elo inv") == {ete.pk}
        assert those("landscape") == {ete.pk}

    def test_a_phrase_stands_side_by_side_in_one_field(self, index: Index) -> None:
        starry = make_painting("The Starry Night over the Rhône", artist="Vincent van Gogh")
        other = make_painting("Night with a Starry Sky", artist="Gogh Vincent", medium="Oil")

        def those(words: str) -> set[int]:
            return set(ids(index, words=parse(words)))

        assert those("starry night") == {starry.pk, other.pk}
        assert those('"starry night"') == those('"the starry night over the rhone"') == {starry.pk}
        assert those('"starry ni') == those("“starry night” gogh") == {starry.pk}
        assert those('"night starry"') == those('"rhone vincent"') == those('"starri night"') == set()

    def test_a_word_that_begins_no_word_stands_for_those_it_may_be_a_typing_error_of(self, index: Index) -> None:
        first = make_painting("Sunflowers", artist="Vincent van Gogh")
        second = make_painting("A sunflower", artist="Claude Monet")
        make_painting("Mondays", medium="Oil on canvas")

        def found(words: str) -> tuple[set[int], dict[str, tuple[str, ...]]]:
            answer = index.find(query(words=parse(words)))
            return {hit.id for hit in answer.hits}, dict(answer.corrections)

        assert found("sunflwers") == ({first.pk, second.pk}, {"sunflwers": ("sunflowers", "sunflower")})
        assert found("vincnet sunflow") == ({first.pk}, {"vincnet": ("vincent",)})
        assert found("monte") == ({second.pk}, {"monte": ("monet",)})
        assert found("mone") == ({second.pk}, {})
        assert found("nonet") == found("goh") == found("sunflowers tulips") == (set(), {})
        assert found("monte tulpis") == (set(), {"monte": ("monet",)})

    def test_no_correction_tells_of_a_painting_that_is_not_public(self, index: Index) -> None:
        make_painting("Harbour")
        hidden = make_painting("Clandestine")
        assert dict(index.find(query(words=parse("clandestime"))).corrections) == {"clandestime": ("clandestine",)}

        publishing.withdraw([hidden], by=None)

        answer = index.find(query(words=parse("clandestime")))
        assert (answer.total, dict(answer.corrections)) == (0, {})

    def test_renaming_an_artist_changes_the_words_and_labels_of_the_paintings(self, index: Index) -> None:
        painting = make_painting("Portrait", artist="Anna Alt")
        assert ids(index, words=parse("alt")) == [painting.pk]

        artist = Artist.objects.get()
        artist.name = "Anna Neu"
        artist.save()

        assert ids(index, words=parse("alt")) == []
        assert ids(index, words=parse("neu")) == [painting.pk]
        (count,) = index.find(query(facets=True)).facets["artist"]
        assert (count.value, count.label, count.count) == ("anna-alt", "Anna Neu", 1)

    def test_deleting_a_style_takes_it_from_the_paintings(self, index: Index) -> None:
        painting = make_painting("Guitar", style="Cubism")
        assert ids(index, filters=Filters(styles=("cubism",))) == [painting.pk]

        Style.objects.get().delete()

        found = index.find(query(facets=True))
        assert ([hit.id for hit in found.hits], found.facets["style"]) == ([painting.pk], ())
        assert ids(index, filters=Filters(styles=("cubism",))) == ids(index, words=parse("cubism")) == []

    def test_an_artist_of_two_roles_counts_once(self, index: Index) -> None:
        painting = make_painting("Restored by its painter", artist="Anna")
        Attribution.objects.create(painting=painting, artist=Artist.objects.get(), role=Attribution.Role.RESTORER)

        (count,) = index.find(query(facets=True)).facets["artist"]

        assert count.count == 1

    # --- relevance ------------------------------------------------------------------------------------------------

    def test_the_best_match_has_all_words_whole_in_its_title_or_its_artists_names(self, index: Index) -> None:
        genre = make_painting("Harbour", genre="seascapes", artist="Anna")
        beginning = make_painting("Seascapes", artist="Bruno")
        whole_elsewhere = make_painting("Harbour", genre="sea", artist="Anna")
        whole = make_painting("The sea", artist="Clara")
        newer = make_painting("Sea and sun", artist="Clara")
        make_painting("Forest")
        asked = {"words": parse("sea"), "order": Sort.RELEVANCE}

        in_order = [newer.pk, whole.pk, beginning.pk, whole_elsewhere.pk, genre.pk]
        assert ids(index, **asked) == in_order
        assert [id_ for n in (0, 2, 4) for id_ in ids(index, **asked, start=n, stop=n + 2)] == in_order
        assert index.find(query(words=parse("sea"), order=Sort.RELEVANCE)).worded == 5
        assert ids(index, words=parse("sea clara"), order=Sort.RELEVANCE) == [newer.pk, whole.pk]
        assert ids(index, words=parse('harbour "anna'), order=Sort.RELEVANCE) == [whole_elsewhere.pk, genre.pk]

    def test_only_those_of_some_tiers_can_be_asked_for(self, index: Index) -> None:
        make_painting("Harbour", genre="seascapes")
        beginning = make_painting("Seascapes")
        whole = make_painting("The sea")

        def those(*tiers: Tier) -> list[int]:
            return ids(index, words=parse("sea"), tiers=frozenset(tiers), order=Sort.RELEVANCE)

        assert those(Tier.NAME, Tier.NAME_BEGINNING) == [whole.pk, beginning.pk]
        assert those(Tier.NAME) == [whole.pk]
        assert those(Tier.WORD) == []
        assert len(those(Tier.BEGINNING)) == 1
        assert ids(index, words=parse("seascpaes"), tiers=frozenset({Tier.NAME})) == [beginning.pk]

    def test_without_words_the_best_match_is_the_most_alike_or_the_newest(self, index: Index) -> None:
        paintings = [make_painting(f"Number {n}") for n in range(5)]
        target = toward(3)

        assert pairs(index.find(query(target=target, order=Sort.RELEVANCE)).hits) == by_hand(target, paintings)
        assert ids(index, order=Sort.RELEVANCE) == [painting.pk for painting in reversed(paintings)]

    def test_words_and_likeness_are_fused_by_rank_and_words_leave_nothing_out(self, index: Index) -> None:
        plain = [make_painting(f"Field {n}", style="Cubism") for n in range(6)]
        harbours = [make_painting(f"Harbour {n}", style="Icon") for n in range(3)]
        named = make_painting("By the sea", collection="Harbour museum", style="Icon")
        target = toward(5)
        everything = by_hand(target, [*plain, *harbours, named])
        likeness = dict(everything)
        by_words = [id_ for id_, _ in by_hand(target, harbours)] + [named.pk]
        by_rank = {
            id_: 1 / (60 + rank) + (1 / (61 + by_words.index(id_)) if id_ in by_words else 0)
            for rank, (id_, _) in enumerate(everything, 1)
        }

        asked = {"target": target, "words": parse("harbour"), "order": Sort.RELEVANCE}
        found = index.find(query(**asked, facets=True))

        expected = sorted(by_rank, key=lambda id_: (-by_rank[id_], -likeness[id_], id_))
        assert pairs(found.hits) == [(id_, likeness[id_]) for id_ in expected]
        assert (found.total, found.worded) == (10, 4)
        assert [(count.value, count.count) for count in found.facets["style"]] == [("cubism", 6), ("icon", 4)]
        assert [id_ for n in (0, 4, 8) for id_ in ids(index, **asked, start=n, stop=n + 4)] == expected

    def test_filters_leave_out_what_is_fused(self, index: Index) -> None:
        make_painting("Harbour", style="Cubism")
        wanted = make_painting("Harbour", style="Icon")
        other = make_painting("Field", style="Icon")
        asked = {"target": toward(1), "words": parse("harbuor"), "filters": Filters(styles=("icon",))}

        found = index.find(query(**asked, order=Sort.RELEVANCE))

        assert [hit.id for hit in found.hits] == [wanted.pk, other.pk]
        assert (found.total, found.worded, dict(found.corrections)) == (2, 1, {"harbuor": ("harbour",)})
        assert ids(index, **asked, order=Sort.SIMILARITY) == [wanted.pk]
        assert ids(index, **asked, order=Sort.RELEVANCE, excluded=frozenset({wanted.pk})) == [other.pk]

    # --- counts and orders ---------------------------------------------------------------------------------------

    def test_a_facet_counts_as_if_its_own_filter_were_not_set(self, index: Index) -> None:
        make_painting("A", style="Cubism", genre="portrait", artist=("Anna", "Bruno"))
        make_painting("B", style="Cubism", genre="landscape", artist="Anna")
        make_painting("C", style="Fauvism", genre="portrait", collection="North Wing")
        make_painting("D", style="Icon")

        chosen = Filters(styles=("cubism",), genres=("portrait",))
        counts = {
            name: [(count.value, count.count) for count in facet]
            for name, facet in index.find(query(filters=chosen, facets=True)).facets.items()
        }

        assert counts == {
            "style": [("cubism", 1), ("fauvism", 1)],
            "genre": [("landscape", 1), ("portrait", 1)],
            "artist": [("anna", 1), ("bruno", 1)],
            "collection": [],
            "medium": [],
            "orientation": [("landscape", 1)],
            "rights": [],
        }

    def test_a_facet_lists_the_fifty_most_frequent_and_what_is_chosen(self, index: Index) -> None:
        for n in range(52):
            make_painting(f"Number {n}", style=f"Style {n:02}")
        make_painting("One more", style="Style 50")

        facet = index.find(query(filters=Filters(styles=("style-51", "unheard-of")), facets=True)).facets["style"]

        assert [(count.value, count.count) for count in facet[:2]] == [("style-50", 2), ("style-00", 1)]
        assert [(count.value, count.label, count.count) for count in facet[50:]] == [
            ("style-51", "Style 51", 1),
            ("unheard-of", "unheard-of", 0),
        ]

    @pytest.mark.parametrize("warm", [True, False])
    def test_every_order_holds_across_old_and_new_paintings(self, index: Index, warm: bool) -> None:
        old = [
            make_painting("Été", artist="Zoe", first_year=1900, last_year=1900),
            make_painting("apple", first_year=1500, last_year=1600),
            make_painting("Zebra", artist="Émile"),
        ]
        if warm:
            index.find(query())
        new = [
            make_painting("Banana", artist="Anna", first_year=1500, last_year=1500),
            make_painting("Apple", artist="Zoe", first_year=1950, last_year=1950),
        ]
        ete, apple, zebra = (painting.pk for painting in old)
        banana, second_apple = (painting.pk for painting in new)

        assert ids(index, order=Sort.NEWEST) == [second_apple, banana, zebra, apple, ete]
        assert ids(index, order=Sort.TITLE) == [apple, second_apple, banana, ete, zebra]
        assert ids(index, order=Sort.ARTIST) == [banana, zebra, second_apple, ete, apple]
        assert ids(index, order=Sort.OLDEST) == [banana, apple, ete, second_apple, zebra]
        assert ids(index, order=Sort.LATEST) == [second_apple, ete, apple, banana, zebra]

    @pytest.mark.parametrize("order", list(Sort))
    def test_pages_neither_overlap_nor_leave_anything_out(self, index: Index, order: Sort) -> None:
        everything = {make_painting("The same title", first_year=1900, last_year=1900).pk for _ in range(11)}
        target = toward(1) if order is Sort.SIMILARITY else None
        words = parse("same") if order is Sort.RELEVANCE else parse("")

        pages = [
            ids(index, words=words, target=target, order=order, start=start, stop=start + 4) for start in (0, 4, 8, 12)
        ]

        assert [len(page) for page in pages] == [4, 4, 3, 0]
        assert {id_ for page in pages for id_ in page} == everything

    def test_rebuilding_changes_no_answer(self, index: Index) -> None:
        for n in range(5):
            make_painting(f"Number {n}", style="Cubism")
        make_painting("A draft", state=Painting.State.DRAFT)
        asked = query(target=toward(1), order=Sort.SIMILARITY, facets=True)
        before = index.find(asked)

        assert index.rebuild(EncoderModel.current()) == 5
        assert index.find(asked) == before
