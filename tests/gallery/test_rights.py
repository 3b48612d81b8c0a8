import pytest
from hypothesis import given
from hypothesis import strategies as st

from gallery import rights

BY_SA = "https://creativecommons.org/licenses/by-sa/4.0/"
MARK = "https://creativecommons.org/publicdomain/mark/1.0/"
IN_COPYRIGHT = "http://rightsstatements.org/vocab/InC/1.0/"


@pytest.mark.parametrize(
    ("spelling", "uri"),
    [
        (BY_SA, BY_SA),
        ("http://creativecommons.org/licenses/by-sa/4.0", BY_SA),
        ("https://www.creativecommons.org/licenses/by-sa/4.0/deed.en", BY_SA),
        ("https://creativecommons.org/licenses/by-sa/4.0/legalcode.pt-br", BY_SA),
        ("creativecommons.org/licenses/BY-SA/4.0/", BY_SA),
        (" CC BY-SA 4.0 ", BY_SA),
        ("cc-by-sa-4.0", BY_SA),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("Public domain", MARK),
        ("https://creativecommons.org/publicdomain/mark/1.0/deed.de?ref=chooser#x", MARK),
        ("https://rightsstatements.org/page/InC/1.0/?language=en", IN_COPYRIGHT),
        ("https://rightsstatements.org/vocab/inc/1.0/", IN_COPYRIGHT),
        ("InC", IN_COPYRIGHT),
        ("In Copyright", IN_COPYRIGHT),
        ("", ""),
        ("  ", ""),
    ],
)
def test_every_spelling_of_a_statement_becomes_its_one_address(spelling, uri):
    assert rights.normalise(spelling) == uri


@pytest.mark.parametrize(
    "text",
    [
        "https://creativecommons.org/licenses/by/9.0/",
        "https://creativecommons.org/licenses/by/3.0/de/",
        "https://example.org/licenses/by/4.0/",
        "https://creativecommons.org.example.org/licenses/by/4.0/",
        "CC BY",
        "all rights reserved",
        "javascript:alert(1)",
    ],
)
def test_an_unknown_statement_is_refused_with_a_sentence_that_names_it(text):
    assert not rights.is_known(text)
    with pytest.raises(rights.UnknownRights, match="is not a rights statement") as refusal:
        rights.normalise(text)
    assert text in str(refusal.value)


def test_labels_are_for_people():
    assert rights.label(BY_SA) == "CC BY-SA 4.0 (Attribution-ShareAlike)"
    assert rights.label(IN_COPYRIGHT) == "In Copyright"
    assert rights.label("") == ""
    assert rights.label("https://example.org/own-rules") == "https://example.org/own-rules"


def test_all_twelve_statements_and_all_versions_are_there():
    assert len(rights.GROUPS["RightsStatements.org"]) == 12
    assert len(rights.GROUPS["Creative Commons"]) == 6
    assert rights.label("https://creativecommons.org/licenses/nd-nc/1.0/").startswith("CC ND-NC 1.0")


def test_the_choices_offer_each_statement_once_and_nothing_first():
    offered = [uri for _, group in rights.CHOICES[1:] for uri, _ in group]
    assert rights.CHOICES[0] == ("", "not stated")
    assert len(offered) == len(set(offered)) == len(rights.LABELS)


@pytest.mark.parametrize("uri", rights.LABELS)
def test_a_statements_own_address_and_label_lead_back_to_it(uri):
    assert rights.normalise(uri) == rights.normalise(rights.LABELS[uri]) == uri
    assert rights.is_known(uri)


@given(st.text(max_size=80))
def test_any_text_is_known_or_refused_by_name(text):
    if rights.is_known(text):
        assert rights.label(text)
    elif text.strip():
        with pytest.raises(rights.UnknownRights):
            rights.normalise(text)
