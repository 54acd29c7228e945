"""Mentorstøtte i et kommunalt jobcenter: from a referral to a lawful grant, a mentor, held meetings and a report."""

from importlib.metadata import version

VERSION = version("jobcenter-mentor")
