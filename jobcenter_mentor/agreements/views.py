"""Sider under /aftaler."""

from flask import Blueprint

bp = Blueprint("agreements", __name__, url_prefix="/aftaler")
