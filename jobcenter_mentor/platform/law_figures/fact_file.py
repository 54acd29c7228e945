"""Read cases from a YAML or JSON file (sagsfil) to plain values, without guessing types."""

from __future__ import annotations

import re
from typing import Any, TextIO

import yaml

from jobcenter_mentor.domain.kernel.errors import DomainError

_GUESSED = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float")


class CaseFileRejected(DomainError):
    """The whole file of cases cannot be read (sagsfil afvist)."""

    code = "case_file"


class _PlainLoader(yaml.SafeLoader):
    """YAML without guesses: dates and decimals stay text, 2:30 is no number, 010 is not eight, no name twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Read names and values. Raises CaseFileRejected on a name that stands twice."""
        seen = set()
        for key, _ in node.value:
            if str(key.value) in seen:
                raise CaseFileRejected(f"Linje {key.start_mark.line + 1}: »{key.value}« står to gange i samme sag.")
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


_PlainLoader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag not in _GUESSED]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"-?(?:0|[1-9][0-9]{0,17})$"), list("-0123456789")
)


def read_cases(file: TextIO) -> list[Any]:
    """Read the cases (sager) of a file; one case gives a list of one. Raises CaseFileRejected, in Danish."""
    try:
        given = yaml.load(file, _PlainLoader)  # noqa: S506 - a safe loader that guesses less
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise CaseFileRejected(f"Filen kan ikke læses som YAML eller JSON: {error}") from error
    if not isinstance(given, dict | list):
        raise CaseFileRejected("Filen skal indeholde en sag eller en liste af sager.")
    return given if isinstance(given, list) else [given]
