"""Mentorstøtte i et kommunalt jobcenter: from a referral to a lawful grant, a mentor, held meetings and a report."""
