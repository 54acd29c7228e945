"""Indlæsning: takes sheets of citizens, referrals, running courses, mentors and meetings into the system.

Used by caseworkers, team leaders, coordinators and the command line. A file passes a gate before any parser sees it
(`gate`, `package`), is read without guessing types (`reader`), each cell and row is checked (`cells`, `checking`),
compared with what is kept (`import_check.check`) and, when a person has seen that, taken in whole or not at all
(`service.apply`). Must never write before the preview, follow a link, keep an unknown column or show a CPR number.
"""
