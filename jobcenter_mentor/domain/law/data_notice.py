"""The notice to a citizen about the use of personal data, by the law of the day (GDPR art. 13-14).

Before 25 May 2018 persondataloven (§§ 28-29) required it. Both acts are cited from general knowledge: their wording is
not among the sources of the rules.
"""

from __future__ import annotations

from datetime import date

GDPR_FROM = date(2018, 5, 25)
LAWS_2018 = (
    "databeskyttelsesforordningens artikel 6, stk. 1, litra e, og artikel 9, stk. 2, litra f, sammen med "
    "databeskyttelseslovens §§ 6, 7 og 11"
)
LAWS_2000 = "persondatalovens § 6, stk. 1, nr. 6, § 7, stk. 2, nr. 4, og § 11"
Notice = tuple[tuple[str, str], ...]


def notice_on(day: date, *, municipality: str, reach: str) -> Notice:
    """Return headings and texts; `reach` is how to contact the office by phone, mail or both."""
    return (
        ("Hvem har ansvaret?", _controller(day, municipality, reach)),
        (
            "Hvad bruger vi oplysningerne til?",
            "Vi bruger dem til at afgøre, om du kan få en mentor. Får du en mentor, bruger vi dem også til at give "
            "støtten, følge op på den og betale for den. En medarbejder afgør sagen, aldrig en maskine.",
        ),
        (
            "Hvilke oplysninger har vi?",
            "Vi har dit navn og CPR-nummer. Vi kan også have din adresse, oplysninger om din ydelse og din situation, "
            "og det kan være oplysninger om dit helbred. De kommer fra dig, fra kommunens egne sager og fra "
            "CPR-registret. De kan også komme fra andre, vi taler med om din sag, for eksempel din mentor.",
        ),
        (
            "Hvem kan se dem?",
            "Dine sagsbehandlere, lederen og mentoren ser det, de skal bruge. Arbejder mentoren for et firma, ser "
            "firmaet det, der er nødvendigt for støtten. Sender vi en klage videre, får den, der afgør klagen, sagen.",
        ),
        (
            "Hvad siger loven?",
            f"Vi bruger oplysningerne efter {LAWS_2018 if day >= GDPR_FROM else LAWS_2000}. Opgaven står i lov om en "
            "aktiv beskæftigelsesindsats, og efter retssikkerhedslovens § 10 skal vi oplyse sagen, før vi afgør den. "
            "Vil du ikke give os oplysninger, afgør vi sagen ud fra det, vi ved.",
        ),
        (
            "Hvor længe gemmer vi dem?",
            "Vi gemmer oplysningerne, mens sagen er åben, og fem år efter at den er lukket. Oplysninger om betaling "
            "gemmer vi fem år efter regnskabsåret. Vi kan skulle gemme noget længere, hvis der er en klage eller en "
            "retssag, eller hvis det skal i arkiv.",
        ),
        ("Hvad er dine rettigheder?", _rights(day, reach)),
    )


def _controller(day: date, municipality: str, reach: str) -> str:
    said = f"{municipality} har ansvaret for dine oplysninger. Du kan få fat i os på {reach}."
    if day < GDPR_FROM:
        return said
    return f"{said} Samme sted kan du bede om at tale med kommunens databeskyttelsesrådgiver."


def _rights(day: date, reach: str) -> str:
    complain = "Du kan klage til Datatilsynet, www.datatilsynet.dk."
    ask = f"Kontakt os på {reach}."
    if day < GDPR_FROM:
        return f"Du kan få dine oplysninger at se, få fejl rettet og gøre indsigelse. {ask} {complain}"
    return (
        "Du kan få dine oplysninger at se og få fejl rettet. Du kan gøre indsigelse, og du kan bede os om at bruge "
        f"færre af dem. I nogle tilfælde kan de slettes. {ask} {complain}"
    )
