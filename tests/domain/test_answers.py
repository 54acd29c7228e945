"""Svar på sager: one answer for each case, and a case that can't be read stops no other."""

from jobcenter_mentor.domain.answers import answer_cases
from jobcenter_mentor.rules import loader


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
