"""Det, der var skrevet: shown in the words of the form, without what the user never saw."""

from jobcenter_mentor.platform.pages.typed import in_the_words_of_the_form


def test_answers_are_shown_by_label_and_choice_and_hidden_fields_are_left_out(app):
    sent = [("first_offer", "ja"), ("goal", "Emil tager bussen."), ("version", "3"), ("form_key", "k")]

    assert in_the_words_of_the_form(sent) == [
        ("Er det borgerens første tilbud i perioden?", "Ja"),
        ("Et konkret mål, der kan måles", "Emil tager bussen."),
    ]


def test_the_prefix_of_a_form_in_a_list_goes(app):
    sent = [("0b7573a4-d21e-4f4f-927e-e44790ae2a25-result", "Talt sammen.")]

    assert in_the_words_of_the_form(sent) == [("Resultat", "Talt sammen.")]


def test_a_form_nobody_knows_is_shown_as_it_was_sent():
    assert in_the_words_of_the_form([("ukendt", "Ord")]) == [("ukendt", "Ord")]


def test_the_id_behind_a_choice_is_never_shown():
    sent = [("mentor", "0b7573a4-d21e-4f4f-927e-e44790ae2a25"), ("reach", "team:3"), ("ukendt", "Ord")]

    assert in_the_words_of_the_form(sent) == [
        ("mentor", "valgt på listen"),
        ("reach", "valgt på listen"),
        ("ukendt", "Ord"),
    ]
