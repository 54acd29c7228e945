"""Tests that each case has one answer, and an unreadable case stops no other."""

from jobcenter_mentor.domain.law.verdict import answer_cases
from jobcenter_mentor.platform.law_figures import loader


def test_each_case_is_answered_in_the_order_given() -> None:
    cases = [{"id": "a", "date": "2014-05-05"}, "ingen sag", {"id": "b", "date": "2009-12-31"}, {"id": "a", "datum": 1}]

    undecided, no_case, no_law, unknown = answer_cases(cases, loader.law())

    assert (undecided["id"], undecided["outcome"]) == ("a", "undecided")
    assert (no_case["id"], no_case["error"]["code"]) == (None, "validation_failed")
    assert no_law == {
        "id": "b",
        "error": {"code": "not_in_force", "message": "Loven for denne dag er endnu ikke lagt ind.", "errors": {}},
    }
    assert set(unknown["error"]["errors"]) == {"datum"}


def test_an_age_that_nobody_has_is_refused_at_its_field() -> None:
    oldest, too_old = answer_cases(
        [{"date": "2014-05-05", "citizen": {"age": 100}}, {"date": "2014-05-05", "citizen": {"age": 101}}], loader.law()
    )

    assert oldest["outcome"] == "undecided"
    assert too_old["error"]["errors"] == {"citizen.age": ["Skal være et helt tal fra 0 til 100."]}
