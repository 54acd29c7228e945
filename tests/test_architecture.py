"""The house (arkitekturen): ten rooms and one direction, a closed list of file names, one commit, one clock.

Each test lists every breach with its place. `docs/architecture.md` says the same in words and one picture.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator

from jobcenter_mentor.app import create_app
from jobcenter_mentor.config import resource_dir
from tests.code import DOORS, MODULES, ROLES, STANDARD, TEMPLATES, Module, breaches, place_of
from tests.databases import a_config

ORDER = {
    "config": (),
    "domain": ("kernel", "forecast", "law", "matching", "accounts", "effect"),
    "platform": (
        *("clock", "faults", "logs", "database", "audit", "access", "pages", "law_figures", "workbook", "links"),
        *("drafts", "jobs", "messages"),
    ),
    "people": ("citizens", "suppliers", "mentors"),
    "casefile": ("exports", "journal", "letters", "documents", "followups"),
    "casework": (
        *("frames", "referrals", "grants", "assessments", "caseloads", "changes", "matching", "agreements"),
        *("meetings", "notices", "complaints", "access_requests", "duplicates"),
    ),
    "accounts": ("invoices", "claims"),
    "figures": ("reports", "report_builder", "quality", "budget", "surveys"),
    "sheets": ("intake", "undo", "kinds", "runs", "export"),
    "screens": (
        *("guide", "frame", "log_of_events", "users", "my_day", "citizen", "new_case", "course", "corps"),
        *("supplier_home", "calendar", "reports", "law", "readings"),
    ),
    "api": (),
    "app": (),
    "jobcenter_mentor_demo": (),
    "cli": (),
}
"""The rooms from the ground up, and the features of each: whatever stands later may look at what stands earlier."""
ROOMS = tuple(ORDER)
AT_THE_TOP = {"__init__": "config", "settings": "config"}
"""Single files that belong to a room."""

LIBRARIES = {
    "domain": {"holidays", "stdnum"},
    "models": {"sqlalchemy"},
    "service": {"sqlalchemy"},
    "schemas": {"marshmallow"},
    "forms": {"wtforms", "flask_wtf"},
    "door": {"flask", "flask_login", "flask_smorest", "flask_migrate", "marshmallow", "click", "waitress", "werkzeug"},
}
"""What each role may import beyond the standard library."""
EXTRA = {
    ("domain", "matching"): {"numpy"},
    ("domain", "forecast"): {"numpy"},
    ("platform", "law_figures"): {"yaml"},
    ("platform", "access"): {"yaml", "argon2"},
    ("people", "citizens"): {"phonenumbers", "email_validator"},
    ("casefile", "letters"): {"typst"},
    ("casefile", "documents"): {"filetype"},
    ("casefile", "followups"): {"icalendar"},
    ("casework", "matching"): {"numpy"},
    ("casework", "access_requests"): {"typst", "pypdf", "defusedxml"},
    ("accounts", "claims"): {"xlsxwriter"},
    ("figures", "reports"): {"pandas", "numpy", "xlsxwriter", "openpyxl"},
    ("figures", "report_builder"): {"xlsxwriter"},
    ("figures", "surveys"): {"yaml", "numpy"},
    ("sheets", "intake"): {"marshmallow", "python_calamine", "yaml", "xlsxwriter", "openpyxl", "defusedxml"},
    ("sheets", "kinds"): {"marshmallow"},
    ("sheets", "runs"): {"openpyxl", "xlsxwriter"},
    ("sheets", "export"): {"xlsxwriter"},
    ("cli", "main"): {"sqlalchemy", "yaml"},
    ("cli", "installation"): {"sqlalchemy"},
    ("cli", "server"): {"sqlalchemy"},
    ("api", "json_body"): {"webargs"},
    ("app",): {"flask_babel", "flask_wtf"},
    ("jobcenter_mentor_demo", "people"): {"stdnum"},
}
"""What the services of a feature may import besides."""
INFRASTRUCTURE = {
    *(("platform", name) for name in ("clock", "faults", "logs", "database", "pages", "workbook", "messages")),
    *(("platform", "jobs", name) for name in ("queue", "worker")),
    ("casefile", "exports"),
    ("screens", "frame"),
}
"""What is about the machine and not about the trade: it may use any library."""
GROUND = {
    *(("platform", "database"), ("platform", "clock"), ("platform", "workbook")),
    *(("platform", "pages", "filters"), ("platform", "pages", "contact_details"), ("config",)),
}
"""What of the infrastructure a model or a service may use."""


def role_of(parts: tuple[str, ...]) -> str:
    """Return the role that a file's place and name give it; a feature's other files are parts of its service."""
    if parts[0] == "domain":
        return "domain"
    if parts[0] in {"config", "settings", "__init__"}:
        return "frame"
    if parts[0] in {"api", "app", "cli", "jobcenter_mentor_demo"} or parts[-1] in DOORS:
        return "door"
    if any(parts[:length] in INFRASTRUCTURE for length in (2, 3)) and parts[-1] != "models":
        return "frame"
    return parts[-1] if parts[-1] in {"models", "schemas", "forms"} else "service"


def room_of(parts: tuple[str, ...]) -> str:
    """Return the room a file stands in."""
    return AT_THE_TOP.get(parts[0], parts[0])


def height_of(parts: tuple[str, ...]) -> tuple[int, int]:
    """Return how high a file stands: its room, and its feature's place in the room."""
    room = room_of(parts)
    features = ORDER[room]
    return ROOMS.index(room), features.index(parts[1]) if len(parts) > 1 and features else -1


def test_every_file_stands_in_a_room_and_a_feature_that_the_order_knows() -> None:
    def check(module: Module) -> Iterator[str]:
        room = room_of(module.parts)
        if room not in ORDER or (ORDER[room] and len(module.parts) > 1 and module.parts[1] not in ORDER[room]):
            yield f"{module.path}: no such room or feature"

    assert not breaches(check)


def test_nothing_looks_up() -> None:
    """The order holds for pages as for services: a page that shows several features stands in `screens`."""

    def check(module: Module) -> Iterator[str]:
        for node, target in module.own_imports():
            if height_of(target) > height_of(module.parts):
                yield module.at(node, f"imports {'.'.join(target)}, which stands above")

    assert not breaches(check)


def test_the_parts_of_the_domain_know_only_the_kernel() -> None:
    def check(module: Module) -> Iterator[str]:
        for node, target in module.own_imports():
            if module.parts[0] == "domain" and target[:2] not in {module.parts[:2], ("domain", "kernel"), ("domain",)}:
                yield module.at(node, f"imports {'.'.join(target)}")

    assert not breaches(check)


def test_templates_look_down_too() -> None:
    found = []
    for path in TEMPLATES:
        own = path.relative_to(resource_dir("templates")).with_suffix("").parts
        for name in re.findall(r"""["']([\w/]+)\.html["']""", path.read_text(encoding="utf-8")):
            target = tuple(name.split("/"))
            if target[0] in ORDER and (own[0] not in ORDER or height_of(target) > height_of(own)):
                found.append(f"{place_of(path)}: {name}")

    assert found == []


def test_no_table_is_fetched_by_its_name() -> None:
    """A lower feature asks for a higher one's table at a port; a higher feature imports the model."""
    by_name = re.compile(
        r"""\.tables\[|\.tables\.get\(|(?<![\w.])table\(\s*f?["']|_class_registry|relationship\(\s*["']"""
    )
    sql = re.compile(r"""\b(?:FROM|INTO|UPDATE|JOIN)\s+(?:\w+\.)?"?(\w+)""")

    def check(module: Module) -> Iterator[str]:
        for found in by_name.finditer(module.text):
            yield f"{module.path}:{module.text.count(chr(10), 0, found.start()) + 1}: {found.group()}"
        for node in ast.walk(module.tree):
            text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            for name in sql.findall(text):
                if owners.get(name, module.parts[:2]) != module.parts[:2]:
                    yield module.at(node, f"SQL names {name} of {'.'.join(owners[name])}")

    owners = {name: module.parts[:2] for module in MODULES for name in tables_of(module)}
    assert not breaches(check)


def tables_of(module: Module) -> Iterator[str]:
    """Give the names of the tables that a module maps."""
    return (name for name in re.findall(r'^    __tablename__ = "(\w+)"', module.text, re.M))


def test_no_circle_of_features() -> None:
    arrows: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for module in MODULES:
        for _, target in module.own_imports():
            if target[:2] != module.parts[:2]:
                arrows.setdefault(module.parts[:2], set()).add(target[:2])
    free: set[tuple[str, ...]] = set()
    while waiting := {name for name, targets in arrows.items() if name not in free and targets & arrows.keys() <= free}:
        free |= waiting

    assert set(arrows) - free == set()


def test_libraries_are_imported_by_the_roles_that_may() -> None:
    def check(module: Module) -> Iterator[str]:
        role = role_of(module.parts)
        if role not in LIBRARIES:
            return
        allowed = LIBRARIES[role] | EXTRA.get(module.parts[:2], set()) | STANDARD
        allowed |= {"sqlalchemy"} if module.parts[0] == "jobcenter_mentor_demo" else set()
        allowed |= {"jobcenter_mentor", "jobcenter_mentor_demo"}
        for node, name in module.imports():
            if name[0] not in allowed:
                yield module.at(node, f"a {role} imports {name[0]}")

    assert not breaches(check)


def test_models_and_services_know_no_pages() -> None:
    def check(module: Module) -> Iterator[str]:
        if (role := role_of(module.parts)) not in {"models", "service", "forms", "schemas"}:
            return
        for node, target in module.own_imports():
            wanted = role_of(target)
            on_the_ground = any(target[: len(place)] == place for place in GROUND)
            own_base = role == "forms" and target[:2] == ("platform", "pages")
            allowed = {"domain"} if role in {"forms", "schemas"} else {"domain", "models", "service", "schemas"}
            if not (wanted in allowed or on_the_ground or own_base):
                yield module.at(node, f"a {role} imports the {wanted} {'.'.join(target)}")

    assert not breaches(check)


def test_file_names_are_roles_or_stand_in_the_glossary() -> None:
    """The demo is apart: its files are named by what they make up."""
    known = glossary()
    own = [m for m in MODULES if m.path.name != "__init__.py" and m.parts[0] != "jobcenter_mentor_demo"]

    assert [m.path for m in own if m.name not in ROLES and m.name.replace("_", " ") not in known] == []


def test_a_module_name_that_is_no_role_stands_once() -> None:
    own = (module for module in MODULES if module.path.name != "__init__.py" and "demo" not in module.parts[0])
    names = Counter(module.name for module in own)

    assert [name for name, times in names.items() if times > 1 and name not in {*ROLES, "__init__"}] == []


def test_a_class_name_stands_once() -> None:
    names = Counter(
        node.name
        for module in MODULES
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and node.name not in {"Meta"}
    )

    assert {name: times for name, times in names.items() if times > 1} == {}


def glossary() -> set[str]:
    """Return the English terms of the glossary, in small letters."""
    text = (resource_dir("templates").parent / "docs" / "glossary.md").read_text(encoding="utf-8")
    return {term.strip().lower() for term in re.findall(r"^\| ([^|]+) \|", text, re.M)}


def test_only_the_doors_load_the_law() -> None:
    """A service is given the law with the municipality's own figures; loading it itself, it would miss them."""
    loaders = {"law", "law_known_on", "load_law"}

    def check(module: Module) -> Iterator[str]:
        if (role := role_of(module.parts)) == "door" or module.parts[:2] == ("platform", "law_figures"):
            return
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ImportFrom) and ".platform.law_figures." in (node.module or ""):
                for alias in node.names:
                    if alias.name in loaders:
                        yield module.at(node, f"a {role} loads the law")
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and called.attr in loaders and loads(module):
                yield module.at(node, f"a {role} loads the law by {ast.unparse(called)}")

    assert not breaches(check)


def test_no_door_takes_the_law_without_the_municipality_s_own_figures() -> None:
    """The national law alone is for what has no database (`assess`, `rules`, `import` without one) and for the demo."""

    def check(module: Module) -> Iterator[str]:
        national = {("platform", "law_figures"), ("screens", "law")}
        if module.parts[0] in {"cli", "jobcenter_mentor_demo"} or module.parts[:2] in national:
            return
        for node, target in module.own_imports():
            if target == ("platform", "law_figures", "loader"):
                yield module.at(node, "reads the national law")

    assert not breaches(check)


def loads(module: Module) -> bool:
    """Tell whether a module imports the loader or the service of the law."""
    return any(target[:2] == ("platform", "law_figures") for _, target in module.own_imports())


def test_one_place_commits() -> None:
    places = [
        module.parts
        for module in MODULES
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    ]

    assert set(places) == {("platform", "database", "db")}


def test_only_the_doors_read_the_clock() -> None:
    clocks = re.compile(r"\b(date\.today|datetime\.(now|today|utcnow)|time\.(time|monotonic|localtime|gmtime))$")

    def check(module: Module) -> Iterator[str]:
        if role_of(module.parts) not in {"domain", "models", "service", "forms", "schemas"}:
            return
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and clocks.search(ast.unparse(node)):
                yield module.at(node, f"reads the clock: {ast.unparse(node)}")

    assert not breaches(check)


def test_only_config_reads_the_environment() -> None:
    def check(module: Module) -> Iterator[str]:
        for node in ast.walk(module.tree):
            named = ast.unparse(node) if isinstance(node, ast.Attribute | ast.alias) else ""
            if named in {"os.environ", "os.getenv", "environ", "getenv"}:
                yield module.at(node, "reads the environment")

    assert {line.split(":")[0] for line in breaches(check).splitlines()} == {"jobcenter_mentor/config.py"}


def test_no_drawer_for_leftovers() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc"}

    assert [module.parts for module in MODULES if drawers & set(module.parts)] == []


def test_every_figure_that_code_asks_for_is_in_the_law() -> None:
    asked = re.compile(rf"({'|'.join(sorted({name.split('.')[0] for name in figures()}))})(\.\w+)+")
    readers = {"whole", "decimal", "flag", "text", "members", "source", "parameter"}

    def check(module: Module) -> Iterator[str]:
        for node in ast.walk(module.tree):
            inside = node.slice if isinstance(node, ast.Subscript) else None
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in readers:
                inside = next(iter(node.args), None)
            text = getattr(inside, "value", None)
            if isinstance(text, str) and asked.fullmatch(text) and text not in figures():
                yield module.at(node, f"the law has no {text}")

    assert not breaches(check)


def test_every_figure_of_the_law_is_used_by_code() -> None:
    constants = (node for module in MODULES for node in ast.walk(module.tree) if isinstance(node, ast.Constant))
    strings = {node.value for node in constants if isinstance(node.value, str)}
    stems = tuple(text for text in strings if re.fullmatch(r"[a-z]\w*\.(\w+\.)*", text))
    unused = [name for name in figures() if name not in strings and not name.startswith(stems)]

    assert unused == []


def figures() -> set[str]:
    """Return the names of all figures: their places under `rules/parameters/`."""
    folder = resource_dir("rules") / "parameters"
    return {".".join(path.relative_to(folder).with_suffix("").parts) for path in folder.rglob("*.yaml")}


def test_every_route_declares_its_action() -> None:
    app = create_app(a_config("sqlite://"))
    undeclared = {
        endpoint
        for endpoint, view in app.view_functions.items()
        if not hasattr(view, "action") and endpoint.split(".")[-1] != "static"
    }

    assert undeclared == set()
