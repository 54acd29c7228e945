"""Aktindsigt: 300 papers bound in order in one PDF with index and numbers, beside their bare merging.

The floor puts the pages of the same files after each other with pypdf, without index, numbers, left-out pages or texts
set in type. A page out of order, a left-out text in the file, and more than 30 seconds fail. Run it as
`python -m benchmarks.bench_access [--smoke]`.
"""

import io
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from time import perf_counter

from pypdf import PdfReader, PdfWriter

from benchmarks.measuring import Report, in_turn
from jobcenter_mentor.casework.access_requests.bundle import Bound, LeftOut, bind
from jobcenter_mentor.casework.access_requests.pdf_pages import AccessPaper, set_sheets
from jobcenter_mentor.casework.access_requests.records import Paper

DAY = date(2014, 1, 1)
MOMENT = datetime(2014, 1, 1, tzinfo=UTC)
SECRET = "Udeladt-kanarie"
LEFT_OUT = 5
"""One file of so many has its second page left out."""
MOST_SECONDS = 30


def files(number: int) -> list[bytes]:
    """Return files of three pages, each with a text of its own."""
    words = "Der er talt med borgeren om dagen, og det blev aftalt at prøve igen. " * 30
    made = []
    for one in range(number):
        texts = (f"Fil {one}", SECRET if one % LEFT_OUT == 0 else f"Fil {one} to", f"Fil {one} tre")
        writer = PdfWriter()
        for pages in set_sheets([AccessPaper(text, (), words) for text in texts], {}):
            for page in pages:
                writer.add_page(page)
        out = io.BytesIO()
        writer.write(out)
        made.append(out.getvalue())
    return made


def papers(number: int) -> list[Paper]:
    """Return papers, two files for each note."""
    return [
        Paper(
            "document",
            str(one),
            "Dokument",
            DAY + timedelta(days=one),
            f"Papir {one}",
            MOMENT,
            form="text" if one % 3 == 0 else "pdf",
            text="Et notat i journalen.\n" * 20,
        )
        for one in range(number)
    ]


def bound(some: Sequence[Paper], made: Sequence[bytes]) -> Bound:
    """Bind them as an answer does."""
    gone = [LeftOut("15b", "Handler om en anden.", (2,))]
    omissions = {one.key: gone for one in some if one.form == "pdf" and int(one.subject_id) % len(made) % LEFT_OUT == 0}
    return bind(
        some, omissions, lambda one: made[int(one.subject_id) % len(made)], title="Aktindsigt", lead=["Prøve"], on=DAY
    )


def floor(some: Sequence[Paper], made: Sequence[bytes]) -> None:
    """Put the pages of the same files after each other."""
    writer = PdfWriter()
    for one in some:
        if one.form == "pdf":
            writer.append(io.BytesIO(made[int(one.subject_id) % len(made)]))
    writer.write(io.BytesIO())


def check(done: Bound, number: int) -> None:
    """Fail where the order is another, or what was left out stands in the file."""
    reader = PdfReader(io.BytesIO(done.pdf))
    titles = [one.title for one in reader.outline if not isinstance(one, list)]
    assert titles == ["Indeks", *(f"{one + 1}. Papir {one}" for one in range(number))]
    assert SECRET not in "".join(page.extract_text() for page in reader.pages)


def main() -> None:
    """Make the files, bind them and print the ratio."""
    smoke = "--smoke" in sys.argv
    number, rounds = (40, 3) if smoke else (300, 5)
    made, some = files(20), papers(number)
    check(bound(some, made), number)

    def ours() -> float:
        start = perf_counter()
        bound(some, made)
        return perf_counter() - start

    def least() -> float:
        start = perf_counter()
        floor(some, made)
        return perf_counter() - start

    seconds = in_turn({"bound": ours, "merged": least}, rounds)
    report = Report("access", "S" if smoke else "full", rounds)
    ratio = report.add(f"{number} papers in one PDF", seconds["bound"], seconds["merged"])
    report.goal("F2 seconds", max(seconds["bound"]), at_most=MOST_SECONDS)
    report.goal("F2 ratio", ratio, at_most=12)
    report.finish(strict=not smoke)


if __name__ == "__main__":
    main()
