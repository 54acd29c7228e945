"""The command `municipality`: who sends the letters (afsender)."""

import sys
from collections.abc import Callable
from dataclasses import asdict

import click

from jobcenter_mentor.casefile.letters import sender
from jobcenter_mentor.casefile.letters.sender import NAMES, Office
from jobcenter_mentor.cli.installation import at_work, print_json, refuse
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.platform.pages.contact_details import normal_email, normal_phone

CHECKED: dict[str, Callable[[str], str]] = {
    "phone": lambda typed: " ".join(normal_phone(typed)[at : at + 2] for at in (0, 2, 4, 6)),
    "email": normal_email,
}
"""The check of each fact that is stored in a standard form."""


@click.command()
@click.option("--name", help="Kommunens navn, fx »Sønderå Kommune«.")
@click.option("--unit", help="Jobcentret, der træffer afgørelserne, fx »Jobcenter Sønderå«.")
@click.option("--address", help="Postadressen. Klager sendes også hertil.")
@click.option("--phone", help="Telefonnummeret, borgeren kan ringe til: 8 cifre, evt. +45.")
@click.option("--email", help="E-mailadressen, borgeren kan skrive til.")
@click.option("--cvr", help="Kommunens CVR-nummer: 8 cifre.")
@click.option("--hours", help="Åbningstiden, fx »mandag-fredag kl. 9-15«.")
@click.option("--show", is_flag=True, help="Vis, hvad der står, uden at ændre noget.")
@click.option("--as", "as_user", help="Brugernavn; ellers kommandolinje.")
@click.option("--json", "as_json", is_flag=True, help="Svar som JSON.")
def municipality(show: bool, as_user: str | None, as_json: bool, **typed: str | None) -> None:
    """Skriv, hvem der sender brevene, eller vis det.

    Kun det, der nævnes, ændres. Ingen breve kan sendes, før navn, jobcenter, adresse og telefon er skrevet.
    """
    facts = {name: text for name, text in typed.items() if text is not None}
    if show and facts:
        refuse("Brug enten --show eller de oplysninger, der skal ændres, ikke begge dele.", 2)
    if not show and not facts:
        refuse("Nævn mindst én oplysning, fx --phone, eller brug --show. Se --help.", 2)
    with at_work(as_user) as (session, by, _):
        office = sender.set_facts(session, _checked(facts), by=by) if facts else sender.office(session)
    if as_json:
        print_json(asdict(office) | {"complaint_address": office.complaint_address, "missing": office.missing})
    else:
        click.echo("\n".join(_lines(office)))
    if office.missing:
        lacking = ", ".join(f"--{name}" for name in office.missing)
        click.echo(f"Der kan ikke sendes breve endnu. Mangler: {lacking}.", err=True)
    sys.exit(1 if office.missing else 0)


def _checked(facts: dict[str, str]) -> dict[str, str]:
    """Return phone and mail in the form they are stored in.

    Raises ValidationFailed naming every option that is wrong.
    """
    kept, wrong = dict(facts), list[str]()
    for name in CHECKED.keys() & facts.keys():
        try:
            kept[name] = CHECKED[name](facts[name])
        except ValidationFailed as error:
            wrong.append(f"--{name}: {error.message}")
    try:
        sender.check(kept)
    except ValidationFailed as error:
        wrong += [f"--{name}: {' '.join(words)}" for name, words in error.errors.items()]
    if wrong:
        refuse("\n".join(sorted(wrong)), 2)
    return kept


def _lines(office: Office) -> list[str]:
    """Write the facts for people, one a line."""
    told = asdict(office)
    return [f"{words[:1].upper()}{words[1:]}: {told[name] or 'ikke skrevet'}" for name, words in NAMES.items()]
