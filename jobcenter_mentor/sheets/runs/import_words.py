"""Words for an import (indlæsningens ord): the report as lines, and the words for kinds, results and statuses."""

from collections.abc import Iterator
from typing import Any

from jobcenter_mentor.sheets.runs.import_check import ImportCheck

SHOWN = 200
"""How many errors a page or a terminal shows; the count gives the rest."""

STATUS = {
    "accept": "Filen kan importeres.",
    "accept_with_warning": "Filen kan importeres; læs bemærkningerne først.",
    "reject_rows": "Nogle rækker har fejl. Ret dem i arket, eller importér kun rækkerne uden fejl.",
    "reject_file": "Filen er afvist. Intet er læst.",
    "waiting": "Filen kontrolleres i baggrunden. Åbn siden igen om lidt.",
}


def taken_in_words(checked: ImportCheck) -> str:
    """Say what was imported (importeret), or which rows prevented it because they have changed."""
    if not checked.since:
        return counts_in_words(checked.report)
    named = ", ".join(str(finding.row) for finding in checked.since[:5])
    more = f" og {len(checked.since) - 5} til" if len(checked.since) > 5 else ""
    rows = "række" if len(checked.since) == 1 else "rækkerne"
    told = f"Intet er importeret: {rows} {named}{more} er ændret, siden arket blev kontrolleret."
    return f"{told} Se den nye kontrol, og importér igen."


def taught_in_words(count: int) -> str:
    """Say how many headings and values are remembered (husket)."""
    return "1 betydning er husket" if count == 1 else f"{count} betydninger er husket"


def report_lines(report: dict[str, Any]) -> Iterator[str]:
    """Yield the report as lines: the outcome, what is wrong (at most 200 of a kind) and the counts."""
    yield f"{report['file']}: {STATUS[report['status']]}"
    for heading, findings in (
        ("Fejl", [*report["file_errors"], *report["row_errors"]]),
        ("Bemærkninger", report["warnings"]),
    ):
        if findings:
            yield f"{heading} ({len(findings)}):"
        yield from (f"  {finding['message']}" for finding in findings[:SHOWN])
    yield counts_in_words(report)


def counts_in_words(report: dict[str, Any]) -> str:
    """Return the numbers of rows in words (antal rækker)."""
    rows = report["rows"]
    told = [
        f"{rows[name]} {one if rows[name] == 1 else many}"
        for name, one, many in (
            ("new", "ny", "nye"),
            ("changed", "ændret", "ændrede"),
            ("unchanged", "uændret", "uændrede"),
            ("rejected", "afvist", "afviste"),
        )
    ]
    counted = f"{rows['read']} {'række' if rows['read'] == 1 else 'rækker'} læst: {', '.join(told)}."
    return f"{counted} {'Importeret.' if report['applied'] else 'Intet er skrevet.'}"
