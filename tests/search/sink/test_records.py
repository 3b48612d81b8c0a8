"""What a record says, or why it says nothing."""

import pytest

from search.sink.records import LARGEST, Malformed, Record
from tests.search.sink import record
from vectorizer.documents import Message


def test_a_document_is_passed_on_untouched() -> None:
    body = b'{"title":"H\xc3\xa4fen","common512":[0.25]}'

    assert record(7, version=12, body=body).message() == Message(painting_id=7, version=12, body=body)


def test_a_record_without_a_value_is_a_tombstone() -> None:
    assert record(7, version=0, body=None).message() == Message(painting_id=7, version=0, body=None)


def test_a_document_in_several_lines_is_one() -> None:
    assert record(7, body=b' {\n "id": 7\n}\n').message().painting_id == 7


def test_the_last_of_several_headers_counts() -> None:
    twice = Record(
        topic="t", partition=0, offset=0, key=b"7", value=None, headers=(("version", b"1"), ("version", b"2"))
    )

    assert twice.message().version == 2


@pytest.mark.parametrize("body", [b"", b"[1]", b'"text"', b"12", b"{", b"}", b"null", b"{} trailing"])
def test_what_is_no_json_object_is_refused(body: bytes) -> None:
    with pytest.raises(Malformed, match="no JSON object"):
        record(7, body=body).message()


@pytest.mark.parametrize(
    "key", [b"", b"vermeer", b"-1", b"1.5", b"0", b" 7", "٣".encode(), b"%d" % (LARGEST + 1), b"9" * 400]
)
def test_a_key_that_is_no_id_is_refused(key: bytes) -> None:
    with pytest.raises(Malformed, match="The key is no number"):
        record(key).message()


@pytest.mark.parametrize("version", [b"", b"new", b"-1", b"1e3", b"%d" % (LARGEST + 1), b"\xff"])
def test_a_version_that_is_no_number_is_refused(version: bytes) -> None:
    with pytest.raises(Malformed, match="“version” is no number"):
        record(7, version=version).message()


def test_a_record_without_key_or_version_is_refused() -> None:
    with pytest.raises(Malformed, match="The key is missing"):
        record(None).message()
    with pytest.raises(Malformed, match="“version” is missing"):
        record(7, version=None).message()
