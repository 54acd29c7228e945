"""Sider under /logbog."""

from flask import Blueprint

bp = Blueprint("meetings", __name__, url_prefix="/logbog")
