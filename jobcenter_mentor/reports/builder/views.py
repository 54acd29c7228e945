"""Sider under /rapporter/byg."""

from flask import Blueprint

bp = Blueprint("builder", __name__, url_prefix="/rapporter/byg")
