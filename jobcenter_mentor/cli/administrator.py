"""Make the first user of an installation, or let an administrator in again (kommandoen `administrator`)."""

import click

from jobcenter_mentor.cli.installation import at_work
from jobcenter_mentor.platform.access import service
from jobcenter_mentor.platform.access.actor import Actor


@click.command()
@click.argument("username")
@click.option("--name", default="", help="Administratorens navn. Skal med, når brugeren er ny.")
@click.password_option(prompt="Adgangskode", confirmation_prompt="Adgangskoden igen", help="Mindst 10 tegn.")
def administrator(username: str, name: str, password: str) -> None:
    """Opret en administrator (USERNAME), eller giv en administrator en ny adgangskode.

    Teams og andre brugere oprettes derefter på siden Drift.
    """
    with at_work(None) as (session, by, today):
        user = service.make_administrator(session, username, name, password, actor=Actor(by, today))
        said = f"{user.full_name} er administrator og logger ind som {user.username} med adgangskoden."
    click.echo(said)
