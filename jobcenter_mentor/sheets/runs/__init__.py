"""Import sheets (indlæsning) of citizens, referrals, running courses, mentors and meetings.

Used by caseworkers, team leaders, coordinators and the command line. A file passes a gate before any parser sees it
(`gate`, `package`), is read without guessing types (`reader`), each cell and row is checked (`cells`, `row_check`),
compared with what is stored (`import_check.check`) and, when a person has seen that, imported whole or not at all
(`service.apply`). Must never write before the preview, follow a link, store an unknown column or show a CPR number.
"""
