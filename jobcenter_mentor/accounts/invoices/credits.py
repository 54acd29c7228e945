"""Credit notes and corrections (kreditnotaer): a released line is lowered by a line of its own, never changed.

A credit note's line comes from the sender and is matched and released as any other; a correction is the
municipality's own, made by one and released by another. What is paid, the chain, the frame and the next claim follow.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, lazyload

from jobcenter_mentor.accounts.invoices.invoice_line import Judged
from jobcenter_mentor.accounts.invoices.models import Invoice, PayLine
from jobcenter_mentor.casework.frames import month_sums
from jobcenter_mentor.domain.kernel.errors import InvalidTransition, ValidationFailed
from jobcenter_mentor.domain.kernel.hours import hours_words
from jobcenter_mentor.domain.kernel.money import divide_half_away, format_kroner
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.locks import lock

CHUNK = 500


class Credited:
    """The lines that the credits among some rows may be for, read and locked at once."""

    def __init__(self, session: Session, cvrs: Iterable[str], citizen_ids: Iterable[int]) -> None:
        self.lines: dict[tuple[str, int], list[PayLine]] = defaultdict(list)
        self.taken: Counter[int] = Counter()
        self.taken_minutes: Counter[int] = Counter()
        senders, ids = sorted(set(cvrs)), sorted(set(citizen_ids))
        for first in range(0, len(ids), CHUNK):
            wanted = (
                select(PayLine)
                .join(Invoice, Invoice.id == PayLine.invoice_id)
                .where(Invoice.cvr.in_(senders), PayLine.citizen_id.in_(ids[first : first + CHUNK]))
                .where(PayLine.corrects_id.is_(None))
                .order_by(PayLine.id)
                .options(lazyload(PayLine.invoice))
            )
            for line in session.scalars(wanted.with_for_update(of=PayLine)):
                self.lines[_invoice(line).cvr, line.citizen_id].append(line)

    def find(self, key: tuple[str, int], number: str, item: str, days: tuple[date, date]) -> list[PayLine]:
        """Return the lines a credit may be for: the sender's for the citizen, of the kind and the days it says."""
        return [
            line
            for line in self.lines[key]
            if (not number or _invoice(line).number == number)
            and (line.item, line.first_day, line.last_day) == (item, *days)
        ]

    def take(self, line: PayLine, amount: int, minutes: int, kept: PayLine | None) -> dict[str, str]:
        """Take a credit (positive øre and minutes) off a line's rest; return what is wrong, by field.

        `kept` is the credit as it was taken in before: what it holds is free again.
        """
        own = (-kept.amount, -kept.minutes) if kept is not None and kept.rejected_on is None else (0, 0)
        rest = line.rest + own[0] - self.taken[line.id]
        left = line.minutes - line.credited_minutes + own[1] - self.taken_minutes[line.id]
        if errors := _too_much(line, amount, minutes, rest, left):
            return errors
        self.taken[line.id] += amount
        self.taken_minutes[line.id] += minutes
        return {}


def choose(found: Sequence[PayLine]) -> tuple[PayLine | None, str]:
    """Return the one line a credit is for; else None and what is in the way."""
    usable = [line for line in found if line.released_on is not None]
    if len(usable) == 1:
        return usable[0], ""
    if usable:
        numbers = ", ".join(sorted(_invoice(line).number for line in usable))
        return None, f"Flere fakturaer passer ({numbers}). Skriv i »Krediterer faktura«, hvilken kreditnotaen er til."
    if not found:
        return None, NOTHING
    number = _invoice(found[0]).number
    if all(line.rejected_on for line in found):
        return None, f"Linjen på faktura {number} er afvist og bliver ikke betalt. Der er intet at kreditere."
    return None, f"Linjen på faktura {number} er ikke frigivet til betaling. Send den rettede linje under samme nummer."


NOTHING = (
    "Der er ingen linje at kreditere: ingen faktura fra afsenderen har en linje for borgeren med samme periode og art. "
    "Skriv periode og art som på fakturaen."
)


def tie(session: Session, judged: Sequence[Judged]) -> None:
    """Tie each line of a credit note to the released line it lowers, or say why it can't be."""
    notes = [one for one in judged if one.row.is_credit and one.citizen is not None and not one.errors]
    known = Credited(session, [one.row.cvr for one in notes], [one.citizen.id for one in notes if one.citizen])
    for one in notes:
        row, citizen = one.row, one.citizen
        if citizen is None or (one.kept is not None and one.kept.corrects_id is None):
            one.refuse("invoice", "Linjen er tidligere sendt uden minus. Giv kreditnotaen sit eget nummer.")
            continue
        found = known.find((row.cvr, citizen.id), row.credits, row.item, (row.first_day, row.last_day))
        if one.kept is not None:
            found = [line for line in found if line.id == one.kept.corrects_id]
        line, hindrance = choose(found)
        if line is None:
            one.refuse("amount", hindrance)
            continue
        for name, text in known.take(line, -row.amount, -row.minutes, one.kept).items():
            one.refuse(name, text)
        one.corrects, one.grant, one.mentor_id = line, line.grant, line.mentor_id


def require_correctable(line: PayLine) -> None:
    """Refuse to lower what can't be lowered. Raises InvalidTransition."""
    if line.corrects_id is not None:
        raise InvalidTransition("En kreditnota eller rettelse kan ikke selv rettes. Ret den linje, den sætter ned.")
    if line.released_on is None:
        raise InvalidTransition("Kun en linje, der er frigivet til betaling, kan rettes. Afvis den i stedet.")


def hours_in_proportion(line: PayLine, amount: int) -> int:
    """Return the minutes that belong to so many øre of what is left of a line."""
    left = line.minutes - line.credited_minutes
    return divide_half_away(left * min(amount, line.rest), line.rest) if line.rest > 0 else left


def correct(session: Session, line: PayLine, *, amount: int, minutes: int | None, reason: str, actor: Actor) -> PayLine:
    """Lower a released line by so many øre and minutes; another person has to release the correction.

    Minutes are None where nobody has said them: a line with hours is not lowered in silence about them.
    Raises InvalidTransition for a line that isn't released, ValidationFailed without a reason, without an amount,
    without its hours, and for more than the line still holds.
    """
    lock(session, line)
    require_correctable(line)
    left = line.minutes - line.credited_minutes
    errors = _too_much(line, amount, minutes or 0, line.rest, left)
    if minutes is None and left and not errors:
        said = hours_words(hours_in_proportion(line, amount))
        errors["minutes"] = f"Sig også timerne. I forhold til beløbet er det {said}; skriv 0, hvis timerne er rigtige."
    minutes = minutes or 0
    if amount <= 0:
        errors["amount"] = "Skriv, hvor mange kroner linjen skal rettes ned."
    if minutes < 0:
        errors["minutes"] = "Skriv timerne uden minus."
    if not reason.strip() or len(reason) > 500:
        errors["note"] = "Skriv, hvorfor linjen rettes, højst 500 tegn."
    if errors:
        raise ValidationFailed(
            "Linjen er ikke rettet. Ret de markerede felter.", errors={name: [text] for name, text in errors.items()}
        )
    made = PayLine(
        kind="correction",
        corrects_id=line.id,
        supplier_id=line.supplier_id,
        grant_id=line.grant_id,
        citizen_id=line.citizen_id,
        mentor_id=line.mentor_id,
        first_day=line.first_day,
        last_day=line.last_day,
        minutes=-minutes,
        hourly_price=line.hourly_price,
        amount=-amount,
        item=line.item,
        entered_by_id=actor.user.id,
        entered_on=actor.day,
        matched_by_id=actor.user.id,
        matched_on=actor.day,
        note=reason.strip(),
    )
    session.add(made)
    session.flush()
    session.refresh(line)
    if line.grant_id is not None:
        month_sums.keep(session, line.grant_id)
    audit.record(
        session,
        by=actor.user,
        action="invoice.enter",
        subject="pay_line",
        subject_id=made.public_id,
        citizens=[line.citizen_id],
        detail={"corrects": line.public_id},
    )
    return made


def corrections_of(session: Session, line: PayLine) -> Sequence[PayLine]:
    """Return the credit notes and corrections of a line, in the order they came."""
    return session.scalars(select(PayLine).where(PayLine.corrects_id == line.id).order_by(PayLine.id)).all()


def _too_much(line: PayLine, amount: int, minutes: int, rest: int, left: int) -> dict[str, str]:
    """Return what is wrong where more is taken off a line than it still holds."""
    if rest <= 0:
        return {"amount": "Linjen er allerede krediteret fuldt ud."}
    errors = {}
    if amount > rest:
        said = f"{format_kroner(amount)} kr., men der er kun {format_kroner(rest)} kr. tilbage af linjen"
        errors["amount"] = f"Der krediteres {said}{_on_invoice(line)}."
    if minutes > left:
        said = f"{hours_words(minutes)}, men der er kun {hours_words(left)} tilbage af linjen"
        errors["minutes"] = f"Der krediteres {said}{_on_invoice(line)}."
    return errors


def _on_invoice(line: PayLine) -> str:
    return f" på faktura {line.invoice.number}" if line.invoice else ""


def _invoice(line: PayLine) -> Invoice:
    if line.invoice is None:
        raise AssertionError("en fakturalinje uden faktura")
    return line.invoice
