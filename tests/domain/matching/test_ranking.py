"""Tests of the points, sentences and hard limits of a match."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcenter_mentor.domain.matching.pairs import Need, Offer
from jobcenter_mentor.domain.matching.ranking import rank, score, why_behind

START = date(2014, 10, 20)
NEED = Need(
    mentor_type="INT",
    minutes_per_week=120,
    start=START,
    tasks=("out_of_bed",),
    barriers=("abuse",),
    approved_price=30000,
)
OFFER = Offer(
    key=1,
    name="Samira Haddad",
    mentor_type="INT",
    free=180,
    available=1080,
    active_from=date(2013, 1, 1),
    competences=("misbrug",),
    price=30000,
)

needs = st.builds(
    Need,
    mentor_type=st.sampled_from(["INT", "VIRK", "FRIV"]),
    minutes_per_week=st.integers(0, 600),
    start=st.just(START),
    tasks=st.lists(st.sampled_from(["out_of_bed", "letters", "discharge"]), unique=True).map(tuple),
    barriers=st.lists(st.sampled_from(["abuse", "mental", "debt"]), unique=True).map(tuple),
    wishes=st.sampled_from(["", "kvinde, helst om aftenen", "erfaring med autisme"]),
    language=st.sampled_from(["", "arabisk"]),
    language_needed=st.booleans(),
    approved_price=st.sampled_from([None, 0, 30000]),
)
offers = st.builds(
    Offer,
    key=st.integers(1, 10_000),
    name=st.sampled_from(["Anders Riis", "Birgit Lund", "Yusuf Demir"]),
    mentor_type=st.sampled_from(["INT", "EKST", "FRIV"]),
    free=st.integers(-600, 1200),
    available=st.integers(0, 1200),
    active_from=st.sampled_from([date(2013, 1, 1), date(2015, 1, 1)]),
    languages=st.sampled_from([(), ("arabisk",)]),
    competences=st.sampled_from([(), ("misbrug",), ("autisme", "gæld")]),
    sex=st.sampled_from(["", "K", "M"]),
    price=st.sampled_from([None, 0, 30000, 42500]),
    citizens=st.integers(0, 20),
)


def test_a_fitting_mentor_says_hours_type_and_experience():
    fit = score(NEED, OFFER)

    assert fit.reasons[:3] == ("3 t ledig om ugen", "intern social mentor, som bevilget", "erfaring med misbrug")
    assert fit.against == ()
    assert fit.blocked == ()


def test_a_full_mentor_is_told_and_not_hidden():
    fit = score(NEED, replace(OFFER, free=0, later=((date(2014, 11, 3), 0), (date(2014, 11, 10), 120))))

    assert fit.blocked == ("ingen ledige timer i uge 43 (18 af 18 t er aftalt); plads fra uge 46",)
    assert fit.must_be_mended == ()


@pytest.mark.parametrize(("free", "blocks"), [(119, True), (120, False)])
def test_hours_block_just_below_what_is_needed(free, blocks):
    assert bool(score(NEED, replace(OFFER, free=free)).blocked) is blocks


def test_hours_that_are_booked_later_in_the_course_block_with_their_week():
    booked_from = (date(2014, 12, 1), 1080, 60)

    fit = score(replace(NEED, last=date(2015, 1, 11)), replace(OFFER, ahead=(booked_from,)))

    assert fit.blocked == ("kun 1 t ledig i uge 49 (17 af 18 t er aftalt)",)
    assert not score(replace(NEED, last=date(2014, 11, 30)), replace(OFFER, ahead=(booked_from,))).blocked


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ahead": ((date(2014, 12, 1), 0, 0),)}, "har ingen aftalte timer fra uge 49"),
        ({"active_to": date(2014, 12, 31)}, "stopper som mentor 31.12.2014"),
        ({"away": (date(2014, 11, 3), date(2014, 11, 9), "ferie")}, "ferie 03.11.2014–09.11.2014"),
    ],
)
def test_what_comes_after_the_start_counts_against_but_does_not_block(changes, words):
    fit = score(replace(NEED, last=date(2015, 1, 11)), replace(OFFER, **changes))

    assert words in fit.against
    assert not fit.blocked


def test_experience_that_the_mentor_has_told_of_counts_as_a_competence_does():
    told = score(NEED, replace(OFFER, competences=(), experience=("abuse",)))

    assert told.points == score(NEED, OFFER).points > score(NEED, replace(OFFER, competences=())).points


def test_a_language_that_is_needed_blocks_and_one_that_is_wished_counts_against():
    needed = replace(NEED, language="arabisk", language_needed=True)
    wished = replace(needed, language_needed=False)

    assert score(needed, OFFER).blocked == ("taler ikke arabisk",)
    assert score(wished, OFFER).against == ("taler ikke arabisk",)
    assert "taler arabisk" in score(needed, replace(OFFER, languages=("arabisk",))).reasons


def test_placeholder_contact_must_be_mended_first():
    fit = score(NEED, replace(OFFER, flaws=("Telefonnummer mangler.",)))

    assert fit.must_be_mended == ("Telefonnummer mangler.",)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"away": (START, date(2014, 11, 14), "orlov")}, "orlov 20.10.2014–14.11.2014, når forløbet begynder"),
        ({"active_from": date(2014, 10, 21)}, "begynder først som mentor 21.10.2014"),
        ({"active_to": date(2014, 10, 19)}, "stopper som mentor 19.10.2014"),
    ],
)
def test_a_mentor_who_is_not_there_at_the_start_is_blocked(changes, words):
    assert score(NEED, replace(OFFER, **changes)).blocked == (words,)


@pytest.mark.parametrize(
    ("wishes", "changes", "reason"),
    [
        ("kvinde", {"sex": "K"}, "kvinde, som ønsket"),
        ("helst om aftenen", {"evenings": True}, "kan mødes om aftenen"),
        ("erfaring med autisme", {"competences": ("autisme",)}, "erfaring med autisme"),
    ],
)
def test_a_wish_that_is_met_is_a_reason(wishes, changes, reason):
    assert reason in score(replace(NEED, wishes=wishes), replace(OFFER, **changes)).reasons


def test_the_wrong_type_and_a_high_price_count_against():
    fit = score(NEED, replace(OFFER, mentor_type="EKST", price=42500))

    assert "ekstern leverandør; bevilget er intern social mentor" in fit.against
    assert "425,00 kr. i timen, 125,00 kr. over det godkendte" in fit.against
    assert fit.points < score(NEED, OFFER).points


def test_an_earlier_mentor_and_the_same_area_lift_the_points():
    known = score(replace(NEED, place="Havnegade 1, Nordby"), replace(OFFER, knows_since=2013, area="Nordby"))

    assert {"kender borgeren fra 2013", "arbejder i borgerens område, Nordby"} <= set(known.reasons)
    assert known.points == score(NEED, OFFER).points + 15 + 6


def test_the_runner_up_lost_on_what_parts_the_two_most():
    other = score(NEED, replace(OFFER, key=2, competences=()))

    assert why_behind(score(NEED, OFFER), other) == "ingen erfaring med misbrug"


def test_the_runner_up_with_fewer_hours_is_compared():
    other = score(NEED, replace(OFFER, free=120))

    assert why_behind(score(NEED, replace(OFFER, free=480)), other) == "2 t ledig om ugen mod 8 t ledig om ugen"


def test_a_runner_up_who_lost_on_nothing_says_so():
    better = score(NEED, replace(OFFER, knows_since=2013))

    assert why_behind(score(NEED, OFFER), score(NEED, OFFER)) == "lige mange point"
    assert why_behind(score(NEED, OFFER), better) == "fik flere point; valget har sin egen begrundelse"


def test_a_blocked_runner_up_lost_on_its_limit():
    assert why_behind(score(NEED, OFFER), score(NEED, replace(OFFER, free=60))).startswith("kun 1 t ledig i uge 43")


@pytest.mark.long
@given(needs, offers, st.integers(0, 600))
def test_more_free_hours_never_lower_the_points(need, offer, more):
    assert score(need, replace(offer, free=offer.free + more)).points >= score(need, offer).points


@pytest.mark.long
@given(needs, st.lists(offers, max_size=8, unique_by=lambda offer: offer.key), st.randoms())
def test_the_ranking_does_not_depend_on_the_order_given(need, some, random):
    shuffled = random.sample(some, len(some))

    assert rank(need, some) == rank(need, shuffled)


@pytest.mark.long
@given(needs, offers)
def test_an_unblocked_mentor_has_three_reasons_and_comes_before_a_blocked_one(need, offer):
    fit = score(need, offer)
    full = replace(offer, key=0, name="A", free=-1)

    assert fit.blocked or len(fit.reasons) >= 3
    assert fit.blocked or rank(need, [full, offer])[0][0] == offer
