"""Sider under /opfoelgning."""

from flask import Blueprint

bp = Blueprint("followups", __name__, url_prefix="/opfoelgning")
