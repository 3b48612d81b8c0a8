from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gallery.dates import LONGEST_TEXT, Span, UnknownDate, parse

NEXT_YEAR = date.today().year + 1


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1889", 1889, 1889),
        ("-500", -500, -500),
        ("-500–-400", -500, -400),
        ("-500 to 100", -500, 100),
        ("c. 1665", 1660, 1670),
        ("c.1665", 1660, 1670),
        ("c1665", 1660, 1670),
        ("ca 1500", 1495, 1505),
        ("about 1500", 1495, 1505),
        ("~1500", 1495, 1505),
        ("1889?", 1884, 1894),
        ("1889 (?)", 1884, 1894),
        ("probably 1650", 1645, 1655),
        ("1889–90", 1889, 1890),
        ("1889-1890", 1889, 1890),
        ("1889 -- 1890", 1889, 1890),
        ("1503/1506", 1503, 1506),
        ("1503/6", 1503, 1506),
        ("1503–04", 1503, 1504),
        ("c. 1500–1510", 1495, 1515),
        ("1500–c. 1510", 1500, 1515),
        ("between 1600 and 1610", 1600, 1610),
        ("between c. 1600 and c. 1610", 1595, 1615),
        ("from 1600 to 1610", 1600, 1610),
        ("1600 until 1610", 1600, 1610),
        ("1889 or 1890", 1889, 1890),
        ("1889 or 90", 1889, 1890),
        ("1642, reworked 1650", 1642, 1650),
        ("1642 (reworked 1650)", 1642, 1650),
        ("1503–06, reworked until 1517", 1503, 1517),
        ("begun 1642; completed 1650", 1642, 1650),
        ("signed and dated 1642", 1642, 1642),
        ("[1642]", 1642, 1642),
        ("MDCXLII", 1642, 1642),
        ("900–1000", 900, 1000),
        ("98–117", 98, 117),
    ],
)
def test_years_and_ranges_are_understood(text, first, last):
    assert parse(text) == Span(first_year=first, last_year=last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("17th century", 1601, 1700),
        ("17th-century", 1601, 1700),
        ("the seventeenth century", 1601, 1700),
        ("C17", 1601, 1700),
        ("17th c.", 1601, 1700),
        ("XVII century", 1601, 1700),
        ("early 17th century", 1601, 1633),
        ("mid-17th century", 1634, 1667),
        ("late 17th century", 1668, 1700),
        ("early to mid-17th century", 1601, 1667),
        ("mid- to late 17th century", 1634, 1700),
        ("mid–late 17th century", 1634, 1700),
        ("first half of the 16th century", 1501, 1550),
        ("2nd half 16th century", 1551, 1600),
        ("third quarter of the 19th century", 1851, 1875),
        ("last third of the 19th century", 1868, 1900),
        ("16th century, second half", 1551, 1600),
        ("turn of the 20th century", 1891, 1910),
        ("15th–16th century", 1401, 1600),
        ("15th or 16th century", 1401, 1600),
        ("late 15th–early 16th century", 1468, 1533),
        ("late 15th century to early 16th century", 1468, 1533),
        ("c. 17th century", 1596, 1705),
        ("1920s", 1920, 1929),
        ("the 1880's", 1880, 1889),
        ("early 1920s", 1920, 1922),
        ("late 1880s", 1887, 1889),
        ("1880s–90s", 1880, 1899),
        ("1880–90s", 1880, 1899),
        ("1600s", 1600, 1699),
    ],
)
def test_centuries_and_decades_are_understood(text, first, last):
    assert parse(text) == Span(first_year=first, last_year=last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("before 1700", 1675, 1700),
        ("prior to 1700", 1675, 1700),
        ("no later than 1700", 1675, 1700),
        ("until 1700", 1675, 1700),
        ("1700 or earlier", 1675, 1700),
        ("before c. 1700", 1670, 1705),
        ("shortly before 1700", 1675, 1700),
        ("after 1650", 1650, 1675),
        ("1650 or later", 1650, 1675),
        ("1640–1650 or later", 1640, 1675),
        ("after 1650, before 1660", 1650, 1660),
        ("after 1650 and before 1660", 1650, 1660),
        ("after 1650 before 1660", 1650, 1660),
    ],
)
def test_open_dates_reach_a_generation(text, first, last):
    assert parse(text) == Span(first_year=first, last_year=last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("500 BC", -500, -500),
        ("500 B.C.", -500, -500),
        ("BC 500", -500, -500),
        ("c. 300 BCE", -305, -295),
        ("500–400 BC", -500, -400),
        ("500 BC–400", -500, -400),
        ("27 BC–AD 14", -27, 14),
        ("AD 79", 79, 79),
        ("79 CE", 79, 79),
        ("1st century BC", -100, -1),
        ("early 5th century BC", -500, -468),
        ("2nd century BC–1st century AD", -200, 100),
        ("c. 3 AD", -3, 8),
        ("490s BC", -499, -490),
    ],
)
def test_years_before_christ_are_negative_and_there_is_no_year_0(text, first, last):
    assert parse(text) == Span(first_year=first, last_year=last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("um 1500", 1495, 1505),
        ("vers 1880", 1875, 1885),
        ("circa 1500", 1495, 1505),
        ("17. Jahrhundert", 1601, 1700),
        ("2. Hälfte des 17. Jh.", 1651, 1700),
        ("Anfang 17. Jahrhundert", 1601, 1633),
        ("zwischen 1600 und 1610", 1600, 1610),
        ("vor 1700", 1675, 1700),
        ("1920er Jahre", 1920, 1929),
        ("300 v. Chr.", -300, -300),
        ("XVIIe siècle", 1601, 1700),
        ("1ère moitié du XVIIIe siècle", 1701, 1750),
        ("première moitié du XVIIIe siècle", 1701, 1750),
        ("entre 1600 et 1610", 1600, 1610),
        ("après 1650", 1650, 1675),
        ("300 av. J.-C.", -300, -300),
        ("XVII secolo", 1601, 1700),
        ("sec. XVII", 1601, 1700),
        ("sec. XVI–XVII", 1501, 1700),
        ("prima metà del XVI secolo", 1501, 1550),
        ("prima del 1700", 1675, 1700),
        ("Seicento", 1601, 1700),
        ("dal 1600 al 1610", 1600, 1610),
        ("17e eeuw", 1601, 1700),
        ("eerste helft 17de eeuw", 1601, 1650),
        ("omstreeks 1650", 1645, 1655),
    ],
)
def test_german_french_italian_and_dutch_are_understood(text, first, last):
    assert parse(text) == Span(first_year=first, last_year=last)


@pytest.mark.parametrize(
    "text",
    [
        "1890-05-12",
        "1890-05-12 00:00:00",
        "12 May 1890",
        "May 12, 1890",
        "12th of May 1890",
        "12.5.1890",
        "12/05/1890",
        "05/1890",
        "May 1890",
        "May–June 1890",
        "12–15 May 1890",
        "Spring 1890",
        "mai 1890",
        "12. März 1890",
        "août 1890",
        "in June of 1890",
    ],
)
def test_days_months_and_seasons_count_as_their_year(text):
    assert parse(text) == Span(first_year=1890, last_year=1890)


def test_months_of_two_years_make_a_range():
    assert parse("June 1889 – May 1890") == Span(first_year=1889, last_year=1890)
    assert parse("winter 1888–89") == Span(first_year=1888, last_year=1889)


@pytest.mark.parametrize("text", ["", "  ", "n.d.", "undated", "Unknown", "s.d.", "?", "–"])
def test_what_says_that_there_is_no_date_has_no_years(text):
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1890–1880", "ends before it begins"),
        ("1890–85–80", "ends before it begins"),
        ("1889-05", "ends before it begins"),
        ("late 17th to early 17th century", "ends before it begins"),
        ("teatime", "“teatime” is not a word of a date"),
        ("1889 in Arles", "“arles” is not a word of a date"),
        ("17th", "“century” is missing"),
        ("XVII", "“century” is missing"),
        ("1889 1890", "“1890” does not follow"),
        ("1889–", "second year of the range is missing"),
        ("c.", "a year is missing at its end"),
        ("before –", "a year is missing"),
        ("painted in", "names no year"),
        ("3500", "lies in the future"),
        ("31st century", "lies in the future"),
        ("4000 BC", "earlier than 3000 BC"),
        ("0", "there is no year"),
        ("1925s", "does not begin a decade"),
        ("3rd half of the 16th century", "there is no “3 half”"),
        ("before 1500–1510", "a range follows"),
        ("1,650", "do not go together"),
        ("5–1890", "do not go together"),
        ("§ 1650", "“§” is not a word of a date"),
        ("1650 " * 100, f"longer than {LONGEST_TEXT}"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_reason_and_examples(text, reason):
    with pytest.raises(UnknownDate) as refusal:
        parse(text)
    assert reason in str(refusal.value)
    assert "17th century" in str(refusal.value)


def test_what_goes_on_ends_next_year():
    next_year = date.today().year + 1
    assert parse("21st century") == Span(first_year=2001, last_year=next_year)
    assert parse(f"c. {next_year}") == Span(first_year=next_year - 5, last_year=next_year)
    assert parse("before 3000 BC") == Span(first_year=-3000, last_year=-3000)


@given(st.integers(-3000, NEXT_YEAR).filter(bool))
def test_every_plain_year_is_itself(year):
    assert parse(str(year)) == Span(first_year=year, last_year=year)


WORDS = (
    "c. ca about 1889 90 1650 17th 3rd XVII 1920s century half quarter early mid late before after between and or – - "
    "/ , ( ) ? BC AD -500 um siècle Jh. reworked May 12 0 of the last first neg5 99999 ² é"
)
SOME_WORDS = st.lists(st.sampled_from(WORDS.split()), max_size=8)


@given(st.one_of(st.text(max_size=60), SOME_WORDS.map(" ".join), SOME_WORDS.map("".join)))
def test_any_text_is_understood_as_years_in_order_or_refused_by_name(text):
    try:
        span = parse(text)
    except UnknownDate as refusal:
        assert str(refusal).startswith("The date “")
    else:
        assert span is None or -3000 <= span.first_year <= span.last_year <= date.today().year + 1
