"""The claim as an Excel workbook: a sheet with the lines, one with live sums by account, one that explains the columns.

Amounts are numbers in kroner. Refund and own cost of a line, and every sum, are formulas over the rows of the lines.
"""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jobcenter_mentor.accounts.claims.service import AccountSum, kind_words
from jobcenter_mentor.accounts.invoices.models import Claim, ClaimLine
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.workbook import SAFE, write_definitions

HEADS = (
    "Linje-id",
    "Betalingslinje-id",
    "Sag",
    "Fra",
    "Til",
    "Regnskabsår",
    "Konto",
    "Ramme",
    "Regel",
    "Sats",
    "Udgift",
    "Berettiget",
    "Grundlag",
    "Refusion",
    "Egen udgift",
    "Rettelse til",
    "Begrundelse",
)
DEFINITIONS = (
    ("Linje-id", "Refusionslinjens id i systemet. Linjen kan slås op på opgørelsens side."),
    ("Betalingslinje-id", "Id på den faktura- eller lønlinje, udgiften kommer fra."),
    ("Sag", "Forløbets sagsnummer."),
    ("Fra og til", "De dage, udgiften hører til. En linje over nytår er delt på årene efter dage."),
    ("Konto", "Kontoen i kommunens regnskab. Tom, hvor ingen konto er bekræftet for året."),
    ("Ramme", "Den ramme, udgiften hører under. Målgruppen er fastholdt fra aftalens indgåelse."),
    ("Regel", "Reglens nummer i regelkataloget (Regler og kilder)."),
    ("Sats", "Statens andel af grundlaget."),
    ("Udgift", "Det, der er frigivet til betaling, i kroner."),
    ("Berettiget", "Den del af udgiften, der kan indgå. Transport, kørsel, sygdom og overhead er 0 fra 2020."),
    (
        "Grundlag",
        "Den del af det berettigede, der er plads til i årets ramme. Rammen begrænser udgiften, ikke refusionen.",
    ),
    (
        "Refusion",
        "Sats gange grundlag. Øren afrundes i årets løbende sum, så linjerne altid summer til årets refusion.",
    ),
    ("Egen udgift", "Udgift minus refusion."),
    ("Rettelse til", "Id på den linje i en tidligere, lukket opgørelse, som rettes. Beløbene er forskelle."),
)


def workbook(claim: Claim, accounts: Sequence[AccountSum], municipality: str, *, actor: Actor) -> bytes:
    """Return the workbook of a claim as .xlsx."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, SAFE | {"in_memory": True}) as book:
        look, sums, lines = _Look(book), book.add_worksheet("Opgørelse"), book.add_worksheet("Linjer")
        last_row = _write_lines(lines, [line for one in accounts for line in one.lines], look)
        _write_sums(sums, claim, accounts, last_row, look)
        head = [
            ("Rapport", f"Refusionsopgørelse, {municipality}"),
            ("Periode", f"{claim.first_day:%d.%m.%Y} til {claim.last_day:%d.%m.%Y}, begge dage med"),
            ("Population", "Linjer, der var frigivet og ikke opgjort før, og som brugeren har adgang til."),
            ("Lavet", f"{actor.day:%d.%m.%Y} af {actor.user.full_name}"),
        ]
        write_definitions(book, [*head, *DEFINITIONS])
    return stream.getvalue()


class _Look:
    """The formats of the workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.head: Format = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self.bold: Format = book.add_format({"bold": True, "font_size": 14})
        self.money: Format = book.add_format({"num_format": "#,##0.00"})
        self.total: Format = book.add_format({"num_format": "#,##0.00", "bold": True, "top": 1})
        self.percent: Format = book.add_format({"num_format": "0 %"})
        self.day: Format = book.add_format({"num_format": "dd-mm-yyyy"})


def _write_lines(sheet: Worksheet, lines: Sequence[ClaimLine], look: _Look) -> int:
    """Write one row a line and return the number of the last row, as Excel counts."""
    sheet.write_row(0, 0, HEADS, look.head)
    sheet.freeze_panes(1, 3)
    sheet.set_column(0, 1, 38)
    sheet.set_column(2, 9, 13)
    sheet.set_column(10, 14, 14)
    sheet.set_column(15, 16, 24)
    for row, line in enumerate(lines, start=1):
        _write_line(sheet, row, line, look)
    sheet.autofilter(0, 0, max(1, len(lines)), len(HEADS) - 1)
    return max(2, len(lines) + 1)


def _write_line(sheet: Worksheet, row: int, line: ClaimLine, look: _Look) -> None:
    pay = line.pay_line
    texts = (line.public_id, pay.public_id, pay.grant.case_number if pay.grant else "")
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text)
    sheet.write_datetime(row, 3, line.first_day, look.day)
    sheet.write_datetime(row, 4, line.last_day, look.day)
    sheet.write_number(row, 5, line.year)
    for column, text in enumerate((line.account, kind_words(line.frame_kind, line.year), line.rule), start=6):
        sheet.write_string(row, column, text)
    sheet.write_number(row, 9, Decimal(line.rate_percent) / 100, look.percent)
    for column, ore in enumerate((line.cost, line.eligible, line.base, line.refund), start=10):
        sheet.write_number(row, column, Decimal(ore) / 100, look.money)
    own = Decimal(line.cost - line.refund) / 100
    sheet.write_formula(row, 14, f"=K{row + 1}-N{row + 1}", look.money, own)
    sheet.write_string(row, 15, line.corrects.public_id if line.corrects else "")
    sheet.write_string(row, 16, line.reason)


def _write_sums(sheet: Worksheet, claim: Claim, accounts: Sequence[AccountSum], last_row: int, look: _Look) -> None:
    """Write one row an account with SUMIFS over the lines, and a total that adds the rows."""
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 28)
    sheet.set_column(2, 8, 15)
    sheet.write_string(0, 0, f"Refusionsopgørelse {claim.first_day:%d.%m.%Y}-{claim.last_day:%d.%m.%Y}", look.bold)
    closed = f"Lukket {claim.closed_on:%d.%m.%Y}" if claim.closed_on else "Udkast, ikke lukket"
    sheet.write_string(1, 0, closed)
    heads = ("Konto", "Ramme", "Regnskabsår", "Sats", "Udgift", "Berettiget", "Grundlag", "Refusion", "Egen udgift")
    sheet.write_row(3, 0, heads, look.head)
    row = 4
    for row, one in enumerate(accounts, start=4):
        sheet.write_string(row, 0, one.account)
        sheet.write_string(row, 1, kind_words(one.kind, one.year))
        sheet.write_number(row, 2, one.year)
        sheet.write_number(row, 3, Decimal(one.rate_percent) / 100, look.percent)
        for column, name in enumerate(("cost", "eligible", "base", "refund"), start=4):
            letter = "KLMN"[column - 4]
            sheet.write_formula(
                row, column, _sum_of(letter, row + 1, last_row), look.money, Decimal(one.total(name)) / 100
            )
        own = Decimal(one.total("cost") - one.total("refund")) / 100
        sheet.write_formula(row, 8, f"=E{row + 1}-H{row + 1}", look.money, own)
    _write_total(sheet, accounts, row + 1, look)


def _write_total(sheet: Worksheet, accounts: Sequence[AccountSum], row: int, look: _Look) -> None:
    sheet.write_string(row, 0, "I alt", look.head)
    totals = [sum(one.total(name) for one in accounts) for name in ("cost", "eligible", "base", "refund")]
    totals.append(totals[0] - totals[3])
    for column, total in enumerate(totals, start=4):
        letter = "EFGHI"[column - 4]
        sheet.write_formula(row, column, f"=SUM({letter}5:{letter}{row})", look.total, Decimal(total) / 100)


def _sum_of(letter: str, row: int, last_row: int) -> str:
    """Return the formula that sums a column of the lines with the account, frame, year and rate of a row."""

    def column(name: str) -> str:
        return f"Linjer!${name}$2:${name}${last_row}"

    same = "".join(
        f"*({column(theirs)}={ours}{row})" for theirs, ours in (("G", "A"), ("H", "B"), ("F", "C"), ("J", "D"))
    )
    return f"=SUMPRODUCT({column(letter)}{same})"
