"""List the texts of the questionnaires that a language lacks (kommandoen `survey-languages`)."""

import click

from jobcenter_mentor.cli.installation import refuse
from jobcenter_mentor.figures.surveys.questions import DANISH, languages, missing, unknown


@click.command()
def survey_languages() -> None:
    """Vis, hvilke tekster i spørgeskemaerne der mangler på hvert sprog. Slutter med 1, når noget mangler."""
    faults = []
    for code, name in languages().items():
        if code == DANISH:
            continue
        lacks = [f"{code}: {key} mangler og vises på dansk" for key in missing(code)]
        lacks += [f"{code}: {key} bruges ikke" for key in unknown(code)]
        click.echo(f"{name} ({code}): {len(lacks)} fejl")
        faults += lacks
    if faults:
        refuse("\n".join(faults), 1)
