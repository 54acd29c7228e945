"""Telefon og e-mail: read in the ways people write them, refused with the rule."""

import pytest

from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.platform.pages.contact_details import EMAIL_RULE, PHONE_RULE, checked_email, checked_phone


@pytest.mark.parametrize("text", ["20304050", "20 30 40 50", "+45 20304050", "0045 20 30 40 50", " 20304050 "])
def test_a_phone_number_is_kept_as_eight_digits(text):
    assert checked_phone(text) == "20304050"


@pytest.mark.parametrize("text", ["", "1234567", "123456789", "ring til mig", "2030405a", "+46 20304050", "2" * 30_000])
def test_a_wrong_phone_number_is_refused_with_the_rule(text):
    with pytest.raises(ValidationFailed) as refused:
        checked_phone(text)

    assert refused.value.errors == {"phone": [PHONE_RULE]}


@pytest.mark.parametrize("text", ["00000000", "+45 11111111", "12345678"])
def test_a_placeholder_is_no_phone_number(text):
    with pytest.raises(ValidationFailed, match="ligner ikke et rigtigt nummer"):
        checked_phone(text)


def test_an_email_is_kept_in_normal_form():
    assert checked_email(" Samira@Example.DK ") == "samira@example.dk"


@pytest.mark.parametrize("text", ["", "samira", "a@b.dk, c@d.dk", "a@b.dk\nBcc: c@d.dk", "a" * 30_000 + "@b.dk"])
def test_a_wrong_email_is_refused(text):
    with pytest.raises(ValidationFailed) as refused:
        checked_email(text)

    assert refused.value.errors == {"email": [EMAIL_RULE]}


def test_a_placeholder_is_no_email():
    with pytest.raises(ValidationFailed, match="ligner ikke en rigtig adresse"):
        checked_email("ikke@opgivet.dk")


@pytest.mark.parametrize("text", ["m\u0430il@example.dk", "bo@ex\u0430mple.dk", "b\u03bf.holm@example.dk"])
def test_an_address_that_mixes_alphabets_is_told(text):
    with pytest.raises(ValidationFailed, match="flere alfabeter"):
        checked_email(text)


@pytest.mark.parametrize("text", ["bo@rødgrød.dk", "søren@example.dk", "почта@пример.рф"])
def test_an_address_in_one_alphabet_is_taken_as_it_is(text):
    assert checked_email(text) == text


@pytest.mark.parametrize("text", ["\uff12\uff10\uff13\uff10\uff14\uff10\uff15\uff10", "2030405٠"])
def test_digits_of_another_set_are_told_and_not_taken_silently(text):
    with pytest.raises(ValidationFailed, match="andet tegnsæt"):
        checked_phone(text)
