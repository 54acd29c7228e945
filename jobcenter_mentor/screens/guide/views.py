"""Pages under /hjaelp: the guides, and one of them."""

from flask import Blueprint, render_template

from jobcenter_mentor.domain.kernel.errors import NotFound
from jobcenter_mentor.platform.access.policy import requires, roles_on
from jobcenter_mentor.platform.pages.door import acting_user, working_day
from jobcenter_mentor.screens.guide.guides import GUIDE_OF, GUIDES

bp = Blueprint("guide", __name__, url_prefix="/hjaelp")


@bp.get("")
@requires("home")
def index() -> str:
    """Show the guides, the user's own first, then the others."""
    own = list(dict.fromkeys(GUIDE_OF[role.role] for role in roles_on(acting_user(), working_day())))
    return render_template("screens/guide/index.html", own=own, guides=GUIDES)


@bp.get("/<slug>")
@requires("home")
def show(slug: str) -> str:
    """Show the guide of one role."""
    if slug not in GUIDES:
        raise NotFound("Vejledningen findes ikke.")
    return render_template(f"screens/guide/{slug}.html", title=GUIDES[slug])
