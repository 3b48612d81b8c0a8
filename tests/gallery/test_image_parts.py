"""info.json and the tiles that it names, by address: who sees what."""

from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from PIL import Image as Pillow

from gallery import images, originals, publishing, rendering, renditions, tiles
from gallery.models import Image, Painting
from tests.factories import make_image, make_painting, picture_bytes

pytestmark = pytest.mark.django_db

State = Painting.State
LARGE = (2400, 1300)
FIRST_TILE, LAST_TILE = "0,0,512,512/512,512", "2048,1024,352,276/352,276"


def tiled_painting(**fields: Any) -> Painting:
    """A painting whose picture is large, with its renditions and tiles, as the worker leaves it."""
    painting = make_painting("Large", image=make_image(picture_bytes(3, size=LARGE, format="JPEG")), **fields)
    image = painting.image
    with originals.open_image(image) as file:
        picture = images.open_rgb(file, image.name, originals.limits())
    rendering.render_tiles(image, picture)
    rendering.render(image, picture, [320])
    Image.objects.filter(pk=image.pk).update(widths=[320], tile_side=tiles.SIDE)
    painting.refresh_from_db()
    return painting


def base(painting: Painting) -> str:
    return f"/paintings/{painting.pk}/images/{painting.image.sha256[:16]}"


def part(painting: Painting, region_and_size: str = FIRST_TILE) -> str:
    return f"{base(painting)}/{region_and_size}/0/default.jpg"


def info(painting: Painting) -> str:
    return f"{base(painting)}/info.json"


class TestInfo:
    def test_it_describes_what_there_is_by_its_own_address(self, client: Client) -> None:
        painting = tiled_painting()

        response = client.get(info(painting))

        described = response.json()
        assert described["id"] == f"http://testserver{base(painting)}"
        assert (described["width"], described["height"]) == LARGE
        assert described["tiles"] == [{"width": 512, "height": 512, "scaleFactors": [1]}]
        assert response.headers["Content-Type"] == tiles.MEDIA_TYPE
        assert response.headers["Cache-Control"] == "private, max-age=3600"
        assert response.headers["Access-Control-Allow-Origin"] == "*"

    def test_all_that_it_names_is_there(self, client: Client) -> None:
        painting = tiled_painting()
        described = client.get(info(painting)).json()
        sizes = [f"full/{size['width']},{size['height']}" for size in described["sizes"]]
        named = [
            f"{tile.x},{tile.y},{tile.width},{tile.height}/{tile.size[0]},{tile.size[1]}"
            for tile in tiles.every(*LARGE)
        ]
        for each in ("full/max", *sizes, *named):
            address = f"{described['id']}/{each}/0/default.jpg".removeprefix("http://testserver")
            assert client.get(address).status_code == 200, each

    def test_of_a_small_picture_it_names_sizes_alone(self, client: Client) -> None:
        painting = make_painting("Small")
        described = client.get(info(painting)).json()
        assert described["sizes"] == [{"width": 64, "height": 48}]
        assert "tiles" not in described

    def test_it_takes_one_query(self, client: Client, django_assert_num_queries: Any) -> None:
        painting = make_painting("Small")
        address = info(painting)
        with django_assert_num_queries(1):
            client.get(address)

    def test_before_there_is_any_rendition_there_is_none(self, client: Client, curator: User) -> None:
        painting = make_painting("Unready", live=False)
        client.force_login(curator)
        assert client.get(info(painting)).status_code == 404


class TestTile:
    @pytest.mark.parametrize(("which", "size"), [(FIRST_TILE, (512, 512)), (LAST_TILE, (352, 276))])
    def test_it_is_sent_with_headers_to_keep_it(self, client: Client, which: str, size: tuple[int, int]) -> None:
        painting = tiled_painting()

        response = client.get(part(painting, which))

        assert response.headers["Content-Type"] == "image/jpeg"
        assert response.headers["Cache-Control"] == "private, max-age=3600"
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert Pillow.open(BytesIO(b"".join(response))).size == size
        again = client.get(part(painting, which), headers={"if-none-match": response.headers["ETag"]})
        assert again.status_code == 304

    def test_it_takes_one_query(self, client: Client, django_assert_num_queries: Any) -> None:
        painting = tiled_painting()
        address = part(painting)
        with django_assert_num_queries(1):
            client.get(address)

    def test_behind_a_proxy_the_proxy_sends_the_file(self, client: Client, settings: Any) -> None:
        painting = tiled_painting()
        settings.X_ACCEL_PREFIX = "/protected/"
        sent = client.get(part(painting)).headers["X-Accel-Redirect"]
        assert rendering.storage().exists(sent.removeprefix("/protected/"))

    @pytest.mark.parametrize(
        "which",
        [
            "0,0,512,512/256,256",
            "7,0,512,512/512,512",
            "2560,0,512,512/512,512",
            "full/2048,1109",
            "full/full",
            "square/max",
            "..,..,..,../512,512",
        ],
    )
    def test_what_does_not_exist_is_not_found(self, client: Client, which: str) -> None:
        assert client.get(part(tiled_painting(), which)).status_code == 404

    def test_other_rotations_qualities_formats_and_images_are_not_found(self, client: Client) -> None:
        painting = tiled_painting()
        good, sha = part(painting), painting.image.sha256[:16]
        for bad in (
            good.replace("/0/default", "/90/default"),
            good.replace("default", "gray"),
            good.replace(".jpg", ".webp"),
            good.replace(sha, "0" * 16),
            good.replace(sha, sha[:15]),
            info(painting).replace(sha, "%" * 16),
        ):
            assert client.get(bad).status_code == 404, bad

    def test_while_tiles_are_lacking_none_is_named_and_none_is_found(self, client: Client) -> None:
        painting = tiled_painting()
        Image.objects.update(tile_side=0)
        assert "tiles" not in client.get(info(painting)).json()
        assert client.get(part(painting)).status_code == 404

    def test_a_lost_file_is_not_found_and_noted(self, client: Client, caplog: pytest.LogCaptureFixture) -> None:
        painting = tiled_painting()
        rendering.storage().delete(painting.image.tile_path("0-0-512-512_512-512.jpg"))
        assert client.get(part(painting)).status_code == 404
        assert "is not in the store" in caplog.text


class TestWhoSeesThem:
    @pytest.mark.parametrize("state", [State.DRAFT, State.REVIEW, State.WITHDRAWN])
    def test_of_an_unpublished_painting_they_are_there_for_the_staff_alone(
        self, client: Client, contributor: User, state: str
    ) -> None:
        painting = tiled_painting(state=state)
        for path in (info(painting), part(painting), part(painting, "full/max")):
            assert client.get(path).status_code == 404

        client.force_login(contributor)
        for path in (info(painting), part(painting), part(painting, "full/max")):
            response = client.get(path)
            assert response.status_code == 200
            assert response.headers["Cache-Control"] == "private, no-cache"
            assert "Access-Control-Allow-Origin" not in response.headers

    def test_staff_without_the_permission_see_what_visitors_see(self, client: Client) -> None:
        client.force_login(User.objects.create_user("porter", is_staff=True))
        assert client.get(info(tiled_painting(state=State.DRAFT))).status_code == 404

    def test_withdrawing_a_painting_takes_them_away(self, client: Client) -> None:
        painting = tiled_painting()
        publishing.withdraw([painting], by=None)
        assert [client.get(path).status_code for path in (info(painting), part(painting))] == [404, 404]

    def test_another_paintings_tiles_are_not_found_under_a_public_one(self, client: Client) -> None:
        public, draft = make_painting("Public"), tiled_painting(state=State.DRAFT)
        assert client.get(part(draft).replace(f"/{draft.pk}/", f"/{public.pk}/")).status_code == 404


def test_the_size_of_a_rendition_is_the_one_that_info_names() -> None:
    for size in ((2400, 1301), (1001, 4003), (333, 1000)):
        picture = Pillow.new("RGB", size)
        widths = renditions.widths(*size)
        described = tiles.Info(address="", width=size[0], height=size[1], widths=widths, side=0).document()
        made = {(one.width, one.height) for one in renditions.make(picture, widths)}
        assert made == {(each["width"], each["height"]) for each in described["sizes"]}
