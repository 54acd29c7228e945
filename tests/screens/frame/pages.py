"""En side, som den læses: its title, its links, its fields with the names they have, and the ids that stand twice."""

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

FIELDS = frozenset({"input", "select", "textarea"})
NAMED_BY_THEMSELVES = frozenset({"hidden", "submit", "button", "reset", "image"})


@dataclass
class Field:
    """A field of a form: its id, and the name that it brings with it or gets from a label around it."""

    shown: str
    id: str = ""
    name: str = ""


@dataclass(repr=False)
class Page(HTMLParser):
    """A page of HTML, read once."""

    html: str
    title: str = ""
    heading: str = ""
    links: list[str] = field(default_factory=list)
    ids: Counter[str] = field(default_factory=Counter)
    fields: list[Field] = field(default_factory=list)
    labels: Counter[str] = field(default_factory=Counter)
    inside: list[str] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        """Read it."""
        super().__init__()
        self.within: list[Field] | None = None
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note ids, links, labels and fields."""
        told = {name: text or "" for name, text in attrs}
        self.ids.update([told["id"]] if "id" in told else [])
        if tag in {"title", "h1"}:
            self.inside.append(tag)
        if tag == "a" and "href" in told:
            self.links.append(told["href"])
        self.links += [told[name] for name in ("hx-get",) if name in told]
        if tag == "label":
            self.labels.update([told["for"]] if "for" in told else [])
            self.within, self.spoken = [], ""
        if tag in FIELDS and told.get("type") not in NAMED_BY_THEMSELVES:
            name = told.get("aria-label", "") or told.get("aria-labelledby", "")
            one = Field(f"<{tag} name={told.get('name')} id={told.get('id')}>", told.get("id", ""), name)
            self.fields.append(one)
            if self.within is not None:
                self.within.append(one)

    def handle_endtag(self, tag: str) -> None:
        """Leave title, heading or label."""
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()
        if tag == "label" and self.within is not None:
            for one in self.within:
                one.name = one.name or self.spoken
            self.within = None

    def handle_data(self, data: str) -> None:
        """Read title, heading and all text; text inside a label names the fields inside it."""
        self.text += data
        if "title" in self.inside:
            self.title += data
        if "h1" in self.inside:
            self.heading += data
        if self.within is not None:
            self.spoken += data.strip()

    @property
    def nameless(self) -> list[str]:
        """Fields without a name of their own: none, or one that a label shares with another field's id."""
        return [one.shown for one in self.fields if not one.name and not (one.id and self.labels[one.id] == 1)]

    @property
    def twice(self) -> list[str]:
        """Ids that stand more than once."""
        return [name for name, times in self.ids.items() if times > 1]
