"""Sider til log-ind og log-ud, og vejen hjem."""

from flask import Blueprint

bp = Blueprint("auth", __name__)
