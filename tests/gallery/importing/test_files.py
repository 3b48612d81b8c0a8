import os
import unicodedata

import pytest

from gallery.importing.files import FileRefused, find_image


def test_a_file_is_found_in_the_first_folder_that_has_it(collection):
    beside = collection.picture("a.png")
    below = collection.picture("images/a.png")

    assert find_image("a.png", collection.path) == beside
    assert find_image("a.png", collection.path, (below.parent, collection.path)) == below


def test_windows_slashes_and_both_spellings_of_accents_are_understood(collection):
    picture = collection.picture(unicodedata.normalize("NFD", "images/château.png"))

    assert find_image("images\\château.png", collection.path) == picture


def test_a_link_that_stays_inside_is_followed(collection):
    collection.picture("images/a.png")
    (collection.path / "b.png").symlink_to("images/a.png")

    assert find_image("b.png", collection.path).read_bytes() == (collection.path / "images/a.png").read_bytes()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "no image file is named"),
        ("https://example.org/a.png", "is an address"),
        ("file:///etc/passwd", "is an address"),
        ("data:image/png;base64,AAAA", "is an address"),
        ("//server/share/a.png", "is an address"),
        ("\\\\server\\share\\a.png", "is an address"),
        ("/etc/passwd", "is an absolute path"),
        ("C:\\pictures\\a.png", "is an absolute path"),
        ("a\0.png", "control character"),
        ("a\n.png", "control character"),
        ("missing.png", "there is no file “missing.png”"),
        ("x" * 5000, "there is no file"),
        ("../outside.png", "lies outside"),
        ("images/../../outside.png", "lies outside"),
        ("..\\outside.png", "lies outside"),
        ("link.png", "lies outside"),
        ("linked/outside.png", "lies outside"),
        ("circle.png", "there is no file"),
        ("images", "is not a file"),
        ("pipe.png", "is not a file"),
    ],
)
def test_what_is_no_file_of_the_collection_is_refused(collection, name, reason):
    (collection.path.parent / "outside.png").write_bytes(b"secret")
    collection.picture("images/a.png")
    (collection.path / "link.png").symlink_to(collection.path.parent / "outside.png")
    (collection.path / "linked").symlink_to(collection.path.parent)
    (collection.path / "circle.png").symlink_to("circle.png")
    os.mkfifo(collection.path / "pipe.png")

    with pytest.raises(FileRefused, match=reason):
        find_image(name, collection.path)
