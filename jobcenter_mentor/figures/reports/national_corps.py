"""The country's figures for mentors (landstal): tables 4.1 and 4.5 of the evaluation (SFI 15:10, 2015).

They use the codes of the mentors' own table. Each row is privately employed, municipally employed etc., and all: per
cent in the groups, otherwise the unit named. A telephone survey of August 2014 with at least 282 mentors; how well it
represents all mentors is unknown.
"""

SOURCE = "Evaluering af mentorordningen (SFI 15:10, 2015), kapitel 4"
Row = tuple[float, float, float]

WORK_AREA: dict[str, Row] = {
    "jobcentre": (0, 29, 13),
    "municipal": (0, 51, 24),
    "private": (100, 0, 53),
    "education": (0, 5, 2),
    "state": (0, 5, 2),
    "other": (0, 8, 4),
    "outside": (0, 3, 1),
}
SEX: dict[str, Row] = {"M": (58, 33, 46), "K": (42, 67, 54)}
EDUCATION: dict[str, Row] = {
    "none": (10, 4, 7),
    "apprentice": (35, 16, 26),
    "trade": (10, 10, 10),
    "short": (11, 8, 10),
    "medium": (25, 50, 37),
    "long": (10, 12, 11),
}
MAIN_OCCUPATION: Row = (19, 44, 31)
COURSE: Row = (30, 40, 35)
COURSE_HOURS_MEAN: Row = (38, 37, 38)
COURSE_HOURS_MEDIAN: Row = (21, 22, 21)
WORK_YEARS: Row = (28, 28, 28)
MENTOR_YEARS: Row = (6, 5, 6)
CITIZENS_MEAN: Row = (24, 38, 31)
"""Citizens mentored 2012-2014; the running text gives 31 for the municipally employed, the table 38."""
CITIZENS_MEDIAN: Row = (5, 25, 10)

CONTACT_HOURS: Row = (14.0, 18.2, 16.1)
FACE_HOURS: Row = (10.5, 14.3, 12.3)
CONTACT_HOURS_PER_CITIZEN: Row = (4.5, 2.4, 3.5)
FACE_HOURS_PER_CITIZEN: Row = (4.1, 2.0, 3.1)
"""Table 4.5, hours a week; per citizen is a rough figure: hours divided by the usual number of citizens at once."""
