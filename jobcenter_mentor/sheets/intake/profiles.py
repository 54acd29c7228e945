"""Read the columns of each kind of sheet (profiler) strictly from `imports/KIND.yaml`."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import yaml

from jobcenter_mentor.config import resource_dir
from jobcenter_mentor.domain.kernel.errors import NotFound

KINDS = ("referrals", "courses", "mentors", "meetings", "invoices", "citizens")
TYPES = frozenset(
    {"cpr", "cvr", "text", "long_text", "choice", "choices", "list", "date", "hours", "amount", "number", "phone"}
) | {"email", "yes_no", "written_hours"}
YES_NO = {"yes": ["Ja", "Sand", "True", "Yes"], "no": ["Nej", "Falsk", "False", "No"]}
"""What Excel and databases write for yes and no, in Danish and English."""
_PROFILE_KEYS = {"kind", "title", "key", "columns"}


@dataclass(frozen=True)
class ProfileColumn:
    """A column (kolonne): `field` is its name in the code, `choices` maps each code to the names allowed in a cell.

    `optional` columns may be left out of the sheet; `may_be_empty` ones must be there, but not in every row. `longest`
    counts characters; `lowest` and `highest` are bounds in the unit typed (hours, kroner, whole numbers). `needed` says
    when the rules of the kind require a cell that may otherwise be empty.
    """

    heading: str
    field: str
    type: str
    optional: bool = False
    may_be_empty: bool = False
    choices: dict[str, list[str]] = dataclasses.field(default_factory=dict)
    longest: int = 4000
    lowest: int | None = None
    highest: int | None = None
    example: str = ""
    hint: str = ""
    needed: str = ""

    def __post_init__(self) -> None:
        if self.type == "yes_no" and not self.choices:
            object.__setattr__(self, "choices", YES_NO)
        if self.type not in TYPES or bool(self.choices) != (self.type in {"choice", "choices", "yes_no"}):
            raise ValueError(f"Profil: kolonnen {self.heading} har ukendt type eller forkerte valg.")

    @cached_property
    def names(self) -> dict[str, str]:
        """Return the code of each name that is allowed in a cell."""
        return {name: code for code, names in self.choices.items() for name in names}

    @cached_property
    def loose_names(self) -> dict[str, str]:
        """Return the code of each name folded by `loose`, and of the codes themselves."""
        return {loose(name): code for code, names in self.choices.items() for name in (*names, code)}


def loose(text: str) -> str:
    """Fold a choice: case, spaces, hyphens, a final full stop, and å written as aa."""
    folded = " ".join(text.casefold().replace("-", " ").split()).rstrip(".")
    return folded.replace("æ", "ae").replace("ø", "oe").replace("å", "aa")


@dataclass(frozen=True)
class SheetProfile:
    """The profile of a kind of sheet (profil): its columns in order and the fields that tell rows apart."""

    kind: str
    title: str
    key: tuple[str, ...]
    columns: tuple[ProfileColumn, ...]

    @property
    def required(self) -> list[str]:
        """Return the headings that must be there (obligatoriske overskrifter)."""
        return [column.heading for column in self.columns if not column.optional]

    def heading_of(self, name: str) -> str:
        """Return the heading of a field."""
        return self.column_of(name).heading

    def column_of(self, name: str) -> ProfileColumn:
        """Return the column of a field."""
        return next(column for column in self.columns if column.field == name)

    def with_values(self, values: Mapping[tuple[str, str], str]) -> "SheetProfile":
        """Return the profile with the municipality's own values: (field, value as written) to code."""
        columns = []
        for column in self.columns:
            own: dict[str, list[str]] = {code: [*names] for code, names in column.choices.items()}
            for (name, value), code in values.items():
                if name == column.field and code in own:
                    own[code].append(value)
            columns.append(dataclasses.replace(column, choices=own))
        return dataclasses.replace(self, columns=tuple(columns))

    def has(self, name: str) -> bool:
        """Tell whether sheets of this kind hold the field."""
        return any(column.field == name for column in self.columns)


@cache
def profile_of(kind: str) -> SheetProfile:
    """Return the profile of a kind (profil). Raises NotFound for an unknown kind, ValueError for a faulty profile."""
    if kind not in KINDS:
        raise NotFound(f"Ukendt slags ark: {kind}. Mulige: {', '.join(KINDS)}.")
    path = resource_dir("imports") / f"{kind}.yaml"
    read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    if set(read) != _PROFILE_KEYS or read["kind"] != kind:
        raise ValueError(f"Profilen {path.name} har ukendte eller manglende nøgler.")
    try:
        columns = tuple(ProfileColumn(**column) for column in read["columns"])
    except TypeError as error:
        raise ValueError(f"Profilen {path.name}: {error}") from error
    fields = [column.field for column in columns]
    if len(set(fields)) != len(fields) or not set(read["key"]) <= set(fields):
        raise ValueError(f"Profilen {path.name}: et felt står to gange, eller nøglen er ukendt.")
    return SheetProfile(kind, read["title"], tuple(read["key"]), columns)
