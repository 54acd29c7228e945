"""Sider under /bevillinger."""

from flask import Blueprint

bp = Blueprint("grants", __name__, url_prefix="/bevillinger")
