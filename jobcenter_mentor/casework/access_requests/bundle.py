"""Binds the papers into one PDF with an index, in order, with a sheet in the place of each page that is left out."""

import io
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pypdf import PageObject, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from jobcenter_mentor.casework.access_requests.pdf_pages import (
    UNREADABLE,
    AccessPaper,
    Unreadable,
    alone,
    docx_text,
    read_pdf,
    set_index,
    set_sheets,
    set_stamps,
)
from jobcenter_mentor.casework.access_requests.records import Paper
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.domain.law.access import GROUNDS, INTERNAL, section_words
from jobcenter_mentor.platform.pages.filters import dk_date

FROM_THE_LEFT, FROM_THE_FOOT = 20, 8
"""Where the number is printed on a page, in points."""
AS_TEXT = "Word-dokumentet er gjort til ren tekst. Billeder og opstilling er ikke med."
GONE = "Filen er fjernet fra sagen og findes ikke længere."
Contents = Callable[[Paper], bytes]


@dataclass(frozen=True)
class LeftOut:
    """What is left out (udeladt): all of a paper (no `pages`) or some of its pages, by which section and why."""

    section: str
    reason: str
    pages: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """Return what is left out and why, as the asker reads it."""
        why = f" {self.reason}" if self.reason else ""
        return f"Udeladt efter {section_words(self.section)}: {GROUNDS[self.section]}.{why}"


@dataclass(frozen=True)
class Bound:
    """The bound PDF, its number of pages, and how many papers are in it with all, some and none of their pages.

    `seal` is the digest of what it was made of, so that it is given only while that is what was proposed.
    """

    pdf: bytes
    pages: int
    whole: int
    partly: int
    left_out: int
    seal: str = ""

    @property
    def outcome(self) -> str:
        """Return the outcome: full, partly or none."""
        if not self.partly and not self.left_out:
            return "full"
        return "partly" if self.whole or self.partly else "none"


@dataclass
class _Leaf:
    """One paper on its way into the PDF: its pages, where typeset sheets are given by their number."""

    paper: Paper
    pages: list[PageObject | int] = field(default_factory=list)
    gone: int = 0
    note: str = ""

    @property
    def is_left_out(self) -> bool:
        return self.gone == len(self.pages)


class _Binder:
    """Gathers the pages of all papers; everything typeset is rendered at once at the end."""

    def __init__(self, contents: Contents, omissions: Mapping[tuple[str, str], Sequence[LeftOut]]) -> None:
        self.contents, self.omissions = contents, omissions
        self.sheets: list[AccessPaper] = []
        self.images: dict[str, bytes] = {}
        self.leaves: list[_Leaf] = []
        self.wrong: list[str] = []

    def add(self, paper: Paper) -> None:
        leaf, left_out = _Leaf(paper), self.omissions.get(paper.key, ())
        self.leaves.append(leaf)
        whole = next((one for one in left_out if not one.pages), None)
        if paper.is_internal:
            whole = LeftOut(INTERNAL, "")
        if whole is not None:
            leaf.gone, leaf.note = 1, whole.words
            facts = (("Dato", dk_date(paper.day)), ("Slags", paper.kind))
            leaf.pages.append(self._sheet(AccessPaper(f"Nr. {len(self.leaves)}: udeladt", facts, whole.words)))
            return
        try:
            self._open(paper, leaf, left_out)
        except Unreadable as error:
            self.wrong.append(f"»{paper.title}« af {dk_date(paper.day)}: {error}.")

    def _open(self, paper: Paper, leaf: _Leaf, left_out: Sequence[LeftOut]) -> None:
        title, facts = f"Nr. {len(self.leaves)}: {paper.title}", (("Dato", dk_date(paper.day)), *paper.facts)
        if paper.form == "pdf":
            self._pages(leaf, left_out, read_pdf(self.contents(paper)).pages)
        elif paper.form in {"jpg", "png"}:
            name = f"{len(self.leaves)}.{paper.form}"
            one, self.images[name] = AccessPaper(title, facts, image=name), self.contents(paper)
            leaf.pages.append(self._sheet(one))
        elif paper.form == "docx":
            text = docx_text(self.contents(paper))
            leaf.pages.append(self._sheet(AccessPaper(title, (*facts, ("Bemærk", AS_TEXT)), text)))
        else:
            text = GONE if paper.form == "removed" else paper.text
            leaf.note = GONE if paper.form == "removed" else ""
            leaf.pages.append(self._sheet(AccessPaper(title, facts, text)))

    def _pages(self, leaf: _Leaf, left_out: Sequence[LeftOut], pages: Sequence[PageObject]) -> None:
        by_page = {number: one for one in left_out for number in one.pages}
        beyond = [number for number in by_page if number > len(pages)]
        if beyond:
            raise Unreadable(f"der er kun {len(pages)} sider, så side {beyond[0]} kan ikke udelades")
        for number, page in enumerate(pages, 1):
            gone = by_page.get(number)
            if gone is None:
                leaf.pages.append(alone(page))
                continue
            title = f"Nr. {len(self.leaves)}: side {number} af {len(pages)} er udeladt"
            leaf.pages.append(self._sheet(AccessPaper(title, (("Papir", leaf.paper.title),), gone.words)))
            leaf.gone += 1
        if left_out:
            leaf.note = " ".join(f"Side {', '.join(map(str, one.pages))}: {one.words}" for one in left_out)

    def _sheet(self, one: AccessPaper) -> int:
        self.sheets.append(one)
        return len(self.sheets) - 1


def bind(
    papers: Sequence[Paper],
    omissions: Mapping[tuple[str, str], Sequence[LeftOut]],
    contents: Contents,
    *,
    title: str,
    lead: Sequence[str],
    on: date,
) -> Bound:
    """Bind the papers in one PDF. Raises ValidationFailed that names every file that can't be read."""
    binder = _Binder(contents, omissions)
    for paper in papers:
        binder.add(paper)
    set_in_type = _set(binder)
    if binder.wrong:
        told = "Papirerne kan ikke samles. Erstat filen, eller udelad den: "
        raise ValidationFailed(told + " ".join(binder.wrong))
    pages = [
        [page for one in leaf.pages for page in (set_in_type[one] if isinstance(one, int) else [one])]
        for leaf in binder.leaves
    ]
    index = _index(binder.leaves, [len(some) for some in pages], title, [*lead, f"Samlet {dk_date(on)}."])
    counts = Counter("left_out" if leaf.is_left_out else "partly" if leaf.gone else "whole" for leaf in binder.leaves)
    pdf, number = _written(index, pages, binder.leaves, title)
    return Bound(pdf, number, counts["whole"], counts["partly"], counts["left_out"])


def _set(binder: _Binder) -> list[list[PageObject]]:
    """Typeset all sheets at once; where an image fails, find which, and leave its place empty."""
    try:
        return set_sheets(binder.sheets, binder.images)
    except Unreadable:
        for leaf in binder.leaves:
            for sheet in (binder.sheets[one] for one in leaf.pages if isinstance(one, int)):
                try:
                    if sheet.image:
                        set_sheets([sheet], {sheet.image: binder.images[sheet.image]})
                except Unreadable as error:
                    binder.wrong.append(f"»{leaf.paper.title}« af {dk_date(leaf.paper.day)}: {error}.")
        return []


def _index(leaves: Sequence[_Leaf], lengths: Sequence[int], title: str, lead: Sequence[str]) -> list[PageObject]:
    """Typeset the index until its page numbers, which its own length moves, are right."""
    before = 1
    while True:
        rows, first = [], before + 1
        for number, (leaf, length) in enumerate(zip(leaves, lengths, strict=True), 1):
            paper, last = leaf.paper, first + length - 1
            name = "" if leaf.is_left_out else paper.title
            words = "\n".join(filter(None, (name, leaf.note)))
            span = f"{first}" if first == last else f"{first}-{last}"
            rows.append([f"{number}", dk_date(paper.day), paper.kind, words, span])
            first = last + 1
        pages = set_index(title, lead, rows)
        if len(pages) == before:
            return pages
        before = max(before, len(pages))


def _written(
    index: Sequence[PageObject], pages: Sequence[Sequence[PageObject]], leaves: Sequence[_Leaf], title: str
) -> tuple[bytes, int]:
    """Write the PDF with its numbers and its list of contents; nothing in it says who made it."""
    total = len(index) + sum(map(len, pages))
    words = [f"Side {number} af {total}" for number in range(1, len(index) + 1)]
    for number, some in enumerate(pages, 1):
        words += [
            f"Side {len(words) + place} af {total} · nr. {number}, side {place} af {len(some)}"
            for place in range(1, len(some) + 1)
        ]
    stamps, writer = set_stamps(words), PdfWriter()
    places = iter(zip([*index, *(page for some in pages for page in some)], stamps, strict=True))
    for some, name in [(index, "Indeks"), *zip(pages, _names(leaves), strict=True)]:
        first = len(writer.pages)
        for _ in some:
            _add(writer, *next(places))
        writer.add_outline_item(title=name, page_number=first)
    writer.metadata = {"/Title": title}
    writer.root_object[NameObject("/Lang")] = TextStringObject("da-DK")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue(), total


def _names(leaves: Sequence[_Leaf]) -> list[str]:
    return [f"{number}. {'udeladt' if leaf.is_left_out else leaf.paper.title}" for number, leaf in enumerate(leaves, 1)]


def _add(writer: PdfWriter, page: PageObject, stamp: PageObject) -> None:
    """Add a page, the right way up, with its number at the foot. Raises ValidationFailed where it can't be rendered."""
    try:
        added = writer.add_page(page)
        if added.rotation:
            added.transfer_rotation_to_content()
        left, foot = float(added.mediabox.left), float(added.mediabox.bottom)
        added.merge_translated_page(stamp, left + FROM_THE_LEFT, foot + FROM_THE_FOOT)
        added.compress_content_streams()
    except UNREADABLE as error:
        raise ValidationFailed("En fil er beskadiget og kan ikke samles. Gem den igen, og erstat den.") from error
