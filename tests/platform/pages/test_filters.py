"""The words of the templates, and every macro drawn once with a name missing being an error."""

import re
from dataclasses import fields
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import jinja2
import pytest
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired

from jobcenter_mentor.config import PACKAGE, resource_dir
from jobcenter_mentor.domain.law.facts import AgreementFacts, BudgetFacts, CitizenFacts, RequestFacts
from jobcenter_mentor.platform.pages import filters
from jobcenter_mentor.platform.pages.charts import bars_of, curve_of

DAY = date(2014, 10, 15)


@pytest.mark.parametrize(
    ("filter_name", "value", "words"),
    [
        ("dk_date", date(2014, 3, 12), "12.03.2014"),
        ("dk_date", None, ""),
        ("dk_date_short", DAY, "15.10."),
        ("dk_date_words", DAY, "15. oktober 2014"),
        ("dk_date_long", DAY, "onsdag den 15. oktober 2014"),
        ("month_words", DAY, "oktober 2014"),
        ("iso_week", DAY, "uge 42"),
        ("iso_week", date(2014, 12, 29), "uge 1"),
        ("kr", 123450, "1.234,50 kr."),
        ("kr", -5, "−0,05 kr."),
        ("kr", None, ""),
        ("amount", 100000000, "1.000.000,00"),
        ("kr_round", 1560000, "15.600 kr."),
        ("kr_round", -420050, "−4.201 kr."),
        ("kr_round", -49, "0 kr."),
        ("amount_round", 149, "1"),
        ("amount_round", 150, "2"),
        ("hours", 150, "2,5"),
        ("hours", 0, "0"),
        ("hours", -90, "−1,5"),
        ("hours", 105, "1,75"),
        ("percent", Decimal("0.50"), "50 %"),
        ("percent", "0.755", "76 %"),
        ("masked_cpr", "0304830000", "030483-****"),
        ("masked_cpr", "030483-0000", "030483-****"),
        ("initials", "Maja Jensen", "M.J."),
        ("initials", "Åse Marie van Holt", "Å.H."),
        ("initials", "Ali", "A."),
        ("initials", "", ""),
        ("ja_nej", True, "Ja"),
        ("ja_nej", False, "Nej"),
        ("ja_nej", None, "ved ikke"),
        ("days_left", -2, "2 dage over"),
        ("days_left", -1, "1 dag over"),
        ("days_left", 0, "i dag"),
        ("days_left", 1, "i morgen"),
        ("days_left", 6, "om 6 dage"),
        ("confidence", "prep", "bemærkninger"),
        ("confidence", "unconfirmed", "ikke bekræftet"),
        ("confidence", "local", "kommunens regel"),
        ("fact_name", "citizen.visitation", "visitation"),
        ("fact_value", "2014-08-25", "25.08.2014"),
        ("fact_value", False, "nej"),
        ("fact_value", None, "ikke oplyst"),
        ("fact_value", "personal", "personlige forhold"),
        ("fact_value", "match1", "matchgruppe 1"),
        ("fact_value", "INT", "intern social mentor"),
        ("fact_value", "en fri tekst", "en fri tekst"),
        ("fact_value", "3900.00", "3.900,00"),
        ("fact_value", 13, "13"),
        ("fact_value", ["2014-08-25", "2014-09-01"], "25.08.2014, 01.09.2014"),
        ("fact_value", {"start": "2014-08-25", "weeks": 13}, "første dag 25.08.2014, uger 13"),
        ("fact_value", (), "ingen"),
        ("sentence", "ret og pligt", "Ret og pligt"),
    ],
)
def test_a_value_is_written_as_danes_write_it(filter_name, value, words):
    assert filters.FILTERS[filter_name](value) == words


def test_an_estimate_of_hours_is_rounded():
    assert (filters.hours_round(105), filters.hours_round(105, places=1)) == ("2", "1,8")
    assert [filters.hours_round_words(minutes) for minutes in (40, 105)] == ["1 time", "2 timer"]
    assert [filters.hours_round_words(minutes, places=1) for minutes in (60, 105)] == ["1,0 time", "1,8 timer"]


def test_a_half_and_its_rest_make_the_whole_as_all_three_are_shown():
    whole, half = 303_096_100, 151_548_050
    told = (whole, half, filters.rest(whole, half))

    shown = [filters.amount_round(oere) for oere in told]

    assert shown == ["3.030.961", "1.515.481", "1.515.480"]


def test_the_mask_never_shows_the_serial_number():
    assert "1234" not in filters.masked_cpr("0304831234")


# --- charts ---------------------------------------------------------------------------------------------------------

ACTUAL = [(date(2014, 1, 31), 19_520_000), (DAY, 257_135_000)]
EXPECTED = [(date(2014, 12, 31), 339_000_000, 352_615_000, 367_000_000)]


def test_a_curve_stands_inside_its_axes_and_grows_upwards():
    curve = curve_of(ACTUAL, EXPECTED, 320_000_000, date(2014, 12, 5))

    places = [tuple(map(float, point.split(","))) for point in f"{curve.actual} {curve.band}".split()]

    assert all(curve.canvas.left <= x <= curve.canvas.right for x, _ in places)
    assert all(curve.canvas.top <= y <= curve.canvas.bottom for _, y in places)
    assert places[0] == (curve.canvas.left, curve.canvas.bottom)
    assert curve.limit_y < curve.today[1]


def test_the_axis_has_at_most_five_round_lines_above_the_largest_figure():
    curve = curve_of(ACTUAL, EXPECTED, 320_000_000)

    assert [label for _, label in curve.grid] == ["0", "1,0 mio.", "2,0 mio.", "3,0 mio.", "4,0 mio."]


def test_the_end_of_the_curve_is_named_to_the_nearest_hundred_thousand():
    curve = curve_of(ACTUAL, EXPECTED, 320_000_000)

    assert [label for _, label in curve.ends] == ["3,7 mio.", "3,5 mio.", "3,4 mio."]


def test_a_year_without_money_still_has_an_axis():
    curve = curve_of([(date(2014, 1, 2), 0)], [], None)

    assert curve.grid[-1][0] == curve.canvas.top
    assert (curve.expected, curve.band, curve.limit_y) == ("", "", None)


def test_a_frame_used_up_next_year_is_not_marked_in_this_year():
    assert curve_of(ACTUAL, EXPECTED, 320_000_000, date(2015, 1, 3)).used_up_x is None


def test_a_bar_above_the_frame_is_split_at_the_frame():
    bars, frame_at = bars_of([("Ramme", 100_00, "", "frame"), ("Bevilget", 125_00, "/x", "bar")], 100_00)

    assert frame_at == 78.8
    assert (bars[1].width, bars[1].over) == (78.8, 19.7)
    assert (bars[0].width, bars[0].over) == (78.8, 0)


# --- pages ----------------------------------------------------------------------------------------------------------


class _Referral(Form):
    name = StringField("Navn", [InputRequired("Skriv et navn.")], description="Som på brevet")
    answer = RadioField("Kan borgeren deltage?", [InputRequired("Vælg et svar.")], choices={"a": "Ja", "b": "Nej"})
    barriers = SelectMultipleField("Hvad står i vejen?", choices={"abuse": "Misbrug", "housing": "Bolig"})
    heard = BooleanField("Borgeren er hørt")


@pytest.fixture
def pages():
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(resource_dir("templates")), undefined=jinja2.StrictUndefined, autoescape=True
    )
    filters.register(env)
    env.globals.update(
        url_for=lambda endpoint, **values: f"/{endpoint}?{values}",
        csrf_token=lambda: "token",
        form_token=lambda: "once",
        csp_nonce=lambda: "nonce",
        get_flashed_messages=lambda **_: [("error", "Det gik galt"), ("message", "Gemt")],
        request=SimpleNamespace(endpoint="citizens.listing", view_args={}, args=MultiDict([("team", "1")])),
    )
    return env


@pytest.fixture
def wrong():
    form = _Referral(MultiDict([("barriers", "abuse")]))
    form.validate()
    return form


def assessment():
    findings = [
        SimpleNamespace(
            rule="lab2014.s93.who",
            question="Er borgeren aktivitetsparat?",
            answer=answer,
            answer_text=words,
            section="LAB § 93",
            facts={"visitation": "aktivitetsparat"},
            value=value,
            source="",
            confidence="text",
        )
        for answer, words, value in [(True, "Ja", 7), (None, "Uafklaret", None)]
    ]
    return SimpleNamespace(
        verdict="Skal gives.",
        findings=findings,
        deciding=findings,
        missing=["citizen.age"],
        warning_texts=["Timetallet er 0."],
    )


def draw(pages, source, **context):
    return pages.from_string(source).render(**context)


def test_the_frame_works_without_log_in(pages):
    page = draw(pages, '{% extends "layout.html" %}{% block title %}Log ind{% endblock %}')

    assert "<title>Log ind · Jobcenter Mentor</title>" in page
    assert page.count("<h1") == 1
    assert 'role="search"' not in page
    assert "Log ud" not in page


def test_the_frame_shows_menu_search_person_and_demo(pages):
    person = SimpleNamespace(is_authenticated=True, full_name="Lone Kjærgaard")

    page = draw(
        pages,
        '{% extends "layout.html" %}{% block title %}Min dag{% endblock %}',
        current_user=person,
        role_names="Sagsbehandler",
        municipality="Sønderå Kommune",
        demo_banner=DAY,
        menu=lambda: [("Min dag", "/", True), ("Borgere", "/borgere", False)],
        more=lambda: [("Penge", [("Ramme", "/ramme")])],
    )

    assert '<a href="/" aria-current="page">Min dag<' in page
    assert '<section aria-label="Penge"><b>Penge</b><a href="/ramme">Ramme</a></section>' in page
    assert "arbejdsdag onsdag den 15. oktober 2014" in page
    assert "Lone Kjærgaard" in page
    assert 'name="csrf_token" value="token"' in page
    assert "msg--stop" in page


def test_every_script_has_the_nonce_and_nothing_is_inline(pages):
    page = draw(pages, '{% extends "layout.html" %}{% block title %}Min dag{% endblock %}')

    assert page.count("<script") == page.count('nonce="nonce"')
    assert "style=" not in page
    assert " onclick" not in page


def test_an_error_stands_at_the_field_and_in_the_summary(pages, wrong):
    page = draw(
        pages,
        '{% from "macros/errors.html" import error_summary %}{% from "macros/fields.html" import text %}'
        "{{ error_summary(f) }}{{ text(f.name) }}",
        f=wrong,
    )

    assert '<a href="#name">Navn: Skriv et navn.</a>' in page
    assert '<a href="#answer">Kan borgeren deltage? Vælg et svar.</a>' in page
    assert 'aria-describedby="name-hint name-error"' in page
    assert 'aria-invalid="true"' in page


def test_a_form_without_errors_has_no_summary(pages):
    page = draw(pages, '{% from "macros/errors.html" import error_summary %}{{ error_summary(f) }}', f=_Referral())

    assert page.strip() == ""


def test_what_was_ticked_stays_ticked(pages, wrong):
    page = draw(
        pages,
        '{% from "macros/choices.html" import ticks %}{{ ticks(f.barriers, notes={"housing": "§ 85"}) }}',
        f=wrong,
    )

    assert 'type="checkbox" id="barriers-0" name="barriers" value="abuse" checked' in page
    assert 'value="housing">' in page
    assert "<small>§ 85</small>" in page


def test_text_from_people_is_escaped_in_tables(pages):
    page = draw(
        pages,
        '{% from "macros/tables.html" import table, tr, td %}'
        '{% call table("Borgere", ["Navn"]) %}{% call tr() %}{{ td(name, "first", name) }}{% endcall %}{% endcall %}',
        name="<b>x</b>",
    )

    assert "<b>x" not in page
    assert page.count("&lt;b&gt;x") == 2


def test_a_table_with_groups_and_totals_scrolls_and_has_a_caption(pages):
    page = draw(
        pages,
        '{% from "macros/sections.html" import section %}'
        '{% from "macros/tables.html" import table, body, foot, tr, td, th %}'
        '{% call section("h-team", "Fordelt", count=1, more="Åbn som Excel", more_url="/x") %}'
        '{% call table("Fordelt på team", ["Kr.", ("Leveret", "num"), ("Søjle", "hidden")], false, bodies=true) %}'
        '{% call body("Team", 1, span=3) %}{% call tr() %}{{ th("Unge") }}{{ td(96) }}{% endcall %}{% endcall %}'
        '{% call foot() %}{{ th("I alt") }}{{ td(96, "num", label="Leveret") }}{% endcall %}{% endcall %}{% endcall %}',
    )

    assert '<caption class="sr-only">Fordelt på team</caption>' in page
    assert '<span class="sr-only">Søjle</span>' in page
    assert 'scope="rowgroup" colspan="3"' in page
    assert 'data-label="Leveret:"' in page
    assert page.count("<tbody") == 1


def test_the_pager_keeps_the_filters_of_the_address(pages):
    page = draw(pages, '{% from "macros/pager.html" import pager %}{{ pager(2, 3) }}')

    assert "Side 2 af 3" in page
    assert "&#39;page&#39;: 3" in page
    assert page.count("&#39;team&#39;") == 2


def test_the_short_card_names_what_is_open_and_what_is_missing(pages):
    pages.globals["answer_words"] = lambda found: found.answer_text
    drawn = "{{ verdict(a) }}{{ checks(a) }}{{ watch(a) }}"

    page = draw(pages, '{% from "macros/assessment.html" import verdict, checks, watch %}' + drawn, a=assessment())

    assert "Skal gives." in page
    assert page.count('class="todo"') == 1
    assert "Mangler: alder" in page


@pytest.mark.parametrize(
    ("kind", "call", "seen"),
    [
        ("status", 'chip("ok", "Godkendt")', "#icon-success"),
        ("status", "days(-2)", "st--stop"),
        ("status", "days(0, law=false)", "st--warn"),
        ("status", "days(9)", "om 9 dage"),
        ("buttons", 'button("Gem", "save", name="act")', 'name="act"'),
        ("buttons", 'post_button("/x", "Slet", hidden={"id": 7})', 'name="id" value="7"'),
        ("buttons", 'link_button("Ny", "/ny", "plus", "primary")', "button-primary"),
        ("fields", 'number(f.name, width="s", **{"hx-get": "/x"})', 'hx-get="/x"'),
        ("fields", "decimal(f.name)", 'inputmode="decimal"'),
        ("fields", "date(f.name)", 'placeholder="dd-mm-åååå"'),
        ("fields", 'area(f.name, gap="Datoen mangler")', "Datoen mangler"),
        ("choices", "radios(f.answer)", 'type="radio" id="answer-1"'),
        ("choices", 'taps(f.answer, icons={"a": "persons"})', "#icon-persons"),
        ("choices", 'taps(f.barriers, "wrap", kind="checkbox")', 'type="checkbox" id="barriers-0"'),
        ("choices", "tick(f.heard)", "Borgeren er hørt"),
        ("entries", 'tally([(4, "frister", "#h", true)])', "is-stop"),
        ("sections", 'facts([("Målgruppe", "Kontanthjælp", "")])', "Kontanthjælp"),
        ("sections", 'empty("Ingen endnu.", "Ny henvisning", "/ny")', "Ny henvisning"),
        ("sections", 'sec_head("h", "Frister", count=0)', '<span class="count">0</span>'),
        ("entries", 'entry("Afslag, K.M.", "/a", "0 kr.", "2014-0899")', "2014-0899"),
        ("case", 'strip([{"label": "Timer", "main": "2,5", "lines": ["a"]}])', "<dt>Timer</dt>"),
        ("reveal", 'reveal("/vis")', 'method="post"'),
        ("reveal", 'revealed("Maja", "030483-0000")', "030483-0000"),
        ("case", 'tabs([("Overblik", "/", true)])', 'aria-current="true"'),
        ("weeks", 'weeks([(40, 90, "breach"), (43, none, "free")])', "Uge 40: 1 time og 30 minutter, kontaktbrud"),
        ("timeline", 'timeline([(day, "breach", "Møde", "sent")])', 'datetime="2014-10-15"'),
        ("page", 'crumbs([("Min dag", "/")], "M.J.")', 'aria-current="page"'),
        ("assessment", 'ledger("Pris", "52 t", ["2014"], [("Udgift", [625714], true)])', "6.257,14"),
        ("curve", 'curve("År", "ord", actual, expected, 320000000, day)', "Ramme 3.200.000 kr."),
        ("bars", 'bars("Ramme", [("Bevilget", 500, "/x", "bar")], 400)', "url(#hatch)"),
        ("bars", "mini(5, 0)", 'width="0%"'),
        ("bars", 'meter(98, 100, "98 %")', 'width="98.0%"'),
        (
            "heat",
            'heat("Timer", "1", [("uge 42", true)], [("A", "b", [("full", "5/5", "fuld", "/")])])',
            "fuld",
        ),
    ],
)
def test_each_macro_draws_what_it_is_given(pages, wrong, kind, call, seen):
    source = f'{{% import "macros/{kind}.html" as m with context %}}{{{{ m.{call} }}}}'

    page = draw(pages, source, f=wrong, day=DAY, actual=ACTUAL, expected=EXPECTED)

    assert seen in page
    assert "style=" not in page


@pytest.mark.parametrize("code", [400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503])
def test_an_error_page_says_what_to_do(pages, code):
    page = pages.get_template("platform/pages/error.html").render(code=code)

    assert page.count("<h1") == 1
    assert "Til forsiden" in page


def test_a_conflict_shows_both_versions(pages):
    page = pages.get_template("platform/pages/error.html").render(
        code=409, message="Ændret kl. 10.12.", versions=[("Dit", [("Timer", "2,0")]), ("Nu", [("Timer", "2,5")])]
    )

    assert "Ændret kl. 10.12." in page
    assert "<dd>2,0</dd>" in page
    assert "<dd>2,5</dd>" in page


def test_every_icon_a_template_names_is_in_the_sprite(pages):
    sprite = pages.get_template("macros/icons.html").module.sprite()
    texts = [path.read_text(encoding="utf-8") for path in resource_dir("templates").rglob("*.html")]
    named = {name for text in texts for name in re.findall(r'icon\("([a-z-]+)"', text)}

    assert "search" in named
    assert [name for name in sorted(named) if f'<symbol id="icon-{name}"' not in sprite] == []


def test_the_style_sheet_finds_its_fonts_and_icons():
    vendor = PACKAGE / "static" / "vendor" / "dkfds"
    css = (vendor / "css" / "dkfds.min.css").read_text(encoding="utf-8")
    named = {part.split(")")[0] for part in css.split("url(../")[1:]}
    kept = {name for name in named if name.endswith((".woff2", "IBMPlexSans-Regular.woff", ".svg"))}

    assert [name for name in sorted(kept) if not (vendor / name).is_file()] == []


@pytest.mark.parametrize("facts", [CitizenFacts, RequestFacts, AgreementFacts, BudgetFacts])
def test_every_fact_has_a_danish_name(facts):
    assert [one.name for one in fields(facts) if one.name not in filters.FACT_NAMES] == []
