"""Sider under /rammer."""

from flask import Blueprint

bp = Blueprint("frames", __name__, url_prefix="/rammer")
