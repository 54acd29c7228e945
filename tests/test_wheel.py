"""Hjulet: the built wheel, unpacked far from the checkout, finds law, templates and import profiles."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]

LOOK_AROUND = """
import json
import jobcenter_mentor
from jobcenter_mentor.app import create_app
from jobcenter_mentor.config import PACKAGE, Config, resource_dir
from jobcenter_mentor.platform.law_figures.loader import law

def count(folder, pattern):
    return len(list(folder.rglob(pattern)))

app = create_app(Config(database_url="sqlite://", secret_key="x", cpr_keys=("x",), cpr_index_key="x", testing=True))
print(json.dumps({
    "package": jobcenter_mentor.__file__,
    "figures": count(resource_dir("rules") / "parameters", "*.yaml"),
    "cases": count(resource_dir("rules") / "cases", "*.yaml"),
    "sources": count(resource_dir("rules") / "sources", "*"),
    "wording": count(resource_dir("rules") / "wording", "*.yaml"),
    "profiles": count(resource_dir("imports"), "*.yaml"),
    "templates": len(app.jinja_env.list_templates(["html"])),
    "letters": count(resource_dir("templates"), "*.typ"),
    "migrations": count(PACKAGE / "migrations" / "versions", "0*.py"),
    "statics": count(PACKAGE / "static", "*.*"),
    "law": len(law().names()),
    "style_sheet": app.test_client().get("/static/app.css").status_code,
}))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the wheel's content, as pip installs it."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    build = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run([*pip, *build], check=True)
    (wheel,) = folder.glob("*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", str(folder / "site"), str(wheel)], check=True)
    return folder / "site"


@pytest.fixture(scope="module")
def found(installed: Path) -> dict[str, Any]:
    """Return what a program outside the checkout sees of the installed package."""
    program = f"import sys; sys.path.insert(0, {str(installed)!r})\n{LOOK_AROUND}"
    run = subprocess.run([sys.executable, "-c", program], cwd=installed, check=True, capture_output=True, text=True)
    seen: dict[str, Any] = json.loads(run.stdout)
    return seen


def test_the_package_is_the_installed_one(found: dict[str, Any], installed: Path) -> None:
    assert Path(found["package"]).is_relative_to(installed)


@pytest.mark.parametrize(
    ("what", "folder", "pattern"),
    [
        ("figures", "rules/parameters", "*.yaml"),
        ("cases", "rules/cases", "*.yaml"),
        ("sources", "rules/sources", "*"),
        ("wording", "rules/wording", "*.yaml"),
        ("profiles", "imports", "*.yaml"),
        ("templates", "templates", "*.html"),
        ("letters", "templates", "*.typ"),
        ("migrations", "jobcenter_mentor/migrations/versions", "0*.py"),
        ("statics", "jobcenter_mentor/static", "*.*"),
    ],
)
def test_the_wheel_brings_all_that_the_checkout_has(
    found: dict[str, Any], what: str, folder: str, pattern: str
) -> None:
    expected = len(list((ROOT / folder).rglob(pattern)))

    assert found[what] == expected > 0


def test_the_installed_app_reads_the_law_and_serves_its_style_sheet(found: dict[str, Any]) -> None:
    assert found["law"] == found["figures"]
    assert found["style_sheet"] == 200
