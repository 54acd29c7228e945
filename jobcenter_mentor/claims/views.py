"""Sider under /ramme."""

from flask import Blueprint

bp = Blueprint("claims", __name__, url_prefix="/ramme")
