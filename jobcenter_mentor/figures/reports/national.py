"""The country's figures (landstal): columns 2012-2014, 2012, 2013 and 2014 of the evaluation, chapter 3.

The source is SFI 15:10, 2015. Per cent of the citizens by the year of their first course; 2014 is to 27 April. Row
labels as printed.
"""

from datetime import date

YEARS = (2012, 2013, 2014)
SOURCE = "Evaluering af mentorordningen (SFI 15:10, 2015), kapitel 3"
CITIZENS = (43485, 15091, 19145, 9249)
SINCE = date(2012, 1, 1)
"""A first course is the first that began from this day on; earlier ones do not count."""

Row = tuple[float, float, float, float]

SUPPORT: dict[str, Row] = {
    "Selvforsørgelse": (4.9, 5.6, 5.2, 3.2),
    "SU": (2.0, 2.2, 1.9, 1.8),
    "A-dagpenge": (3.0, 6.1, 1.9, 0.4),
    "Kontant- og uddannelseshjælp": (69.3, 61.0, 70.2, 80.7),
    "Revalidering og forrevalidering": (3.2, 4.3, 3.1, 1.7),
    "Sygedagpenge": (9.8, 11.1, 10.7, 6.0),
    "Ledighedsydelse": (3.2, 4.3, 3.1, 2.0),
    "Fleksjob": (3.2, 4.5, 2.6, 2.1),
    "Ressourceforløb": (0.7, 0.0, 0.8, 1.9),
    "Førtidspension og skånejob": (0.3, 0.6, 0.3, 0.1),
    "Andre forsørgelsesydelser": (0.3, 0.3, 0.4, 0.2),
}
"""Table 3.1."""

AGE: dict[str, Row] = {
    "Under 16 år": (0.2, 0.2, 0.3, 0.0),
    "16-19 år": (10.0, 11.9, 10.2, 6.5),
    "20-24 år": (20.2, 22.4, 19.4, 18.3),
    "25-29 år": (15.3, 14.4, 15.3, 16.8),
    "30-34 år": (9.9, 10.1, 10.1, 9.2),
    "35-39 år": (10.3, 10.1, 10.5, 10.0),
    "40-44 år": (10.0, 9.7, 10.0, 10.5),
    "45-49 år": (9.9, 8.8, 9.9, 11.5),
    "50-54 år": (7.6, 6.7, 7.8, 8.5),
    "55-59 år": (5.1, 4.7, 5.0, 6.1),
    "60-64 år": (1.5, 0.9, 1.4, 2.7),
    "Over 64 år": (0.0, 0.0, 0.0, 0.1),
}
"""Table 3.3."""
AGE_MEAN: Row = (34.0, 32.9, 34.0, 35.7)
AGE_MEDIAN: Row = (32.0, 30.0, 32.0, 34.0)

SEX: dict[str, Row] = {
    "Mænd": (50.1, 50.4, 49.8, 50.1),
    "Kvinder": (49.9, 49.6, 50.2, 49.9),
}
"""Table 3.4."""

MATCH_GROUP: dict[str, Row] = {
    "Ikke matchkategoriseret": (5.3, 6.1, 4.9, 4.6),
    "Matchgruppe 1: Jobklar": (24.7, 31.7, 23.7, 15.2),
    "Matchgruppe 2: Indsatsklar": (57.6, 56.6, 60.5, 53.4),
    "Matchgruppe 3: Midlertidigt passiv": (12.5, 5.6, 11.0, 26.9),
}
"""Table 3.7."""

FORM: dict[str, Row] = {
    "Individuel mentor": (95.8, 95.2, 95.4, 97.7),
    "Pladsmentor": (4.2, 4.8, 4.6, 2.3),
}
"""Table 3.10."""

HOURS: dict[str, Row] = {
    "0 timer eller uoplyst": (1.4, 0.3, 1.0, 3.9),
    "0,01-1 timer": (23.3, 18.0, 18.4, 41.7),
    "1,01-2 timer": (29.5, 26.5, 33.3, 26.9),
    "2,01-3 timer": (16.3, 16.6, 18.0, 12.3),
    "3,01-4 timer": (5.8, 6.8, 6.2, 3.6),
    "4,01-5 timer": (15.0, 19.1, 15.2, 8.1),
    "5,01-10 timer": (5.9, 9.0, 5.4, 2.2),
    "Over 10 timer": (2.8, 3.9, 2.6, 1.3),
}
"""Table 3.11."""
HOURS_MEAN: Row = (3.4, 4.0, 3.4, 2.4)
HOURS_MEDIAN: Row = (2.0, 3.0, 2.0, 2.0)

PLACE_HOURS: dict[str, Row] = {
    "0 timer eller uoplyst": (0.5, 0.6, 0.5, 0.5),
    "0,01-1 timer": (11.7, 6.6, 15.4, 13.4),
    "1,01-2 timer": (28.1, 26.9, 28.7, 29.6),
    "2,01-3 timer": (13.1, 12.4, 12.4, 18.5),
    "3,01-4 timer": (5.1, 4.9, 5.2, 5.6),
    "4,01-5 timer": (21.7, 29.7, 16.3, 17.1),
    "5,01-10 timer": (7.1, 7.1, 6.6, 9.3),
    "Over 10 timer": (12.7, 12.0, 14.9, 6.0),
}
"""Table 3.12; hours are those of the mentor's function, not of the single citizen."""
PLACE_HOURS_MEAN: Row = (5.5, 5.8, 5.5, 4.6)
PLACE_HOURS_MEDIAN: Row = (3.0, 4.0, 3.0, 3.0)

DURATION: dict[str, Row] = {
    "1-30 dage": (13.7, 17.6, 13.2, 8.5),
    "31-60 dage": (12.8, 14.7, 13.8, 7.5),
    "61-90 dage": (16.7, 14.9, 17.9, 17.1),
    "91-120 dage": (16.8, 16.0, 17.0, 18.0),
    "121-150 dage": (5.1, 5.2, 5.7, 3.9),
    "151-180 dage": (6.6, 4.6, 5.9, 10.9),
    "181-210 dage": (13.1, 6.5, 9.4, 31.5),
    "211-360 dage": (8.6, 10.0, 10.7, 1.8),
    "Over 360 dage": (6.7, 10.6, 6.5, 0.9),
}
"""Table 3.13, sub-courses with no day between joined."""
DURATION_MEAN: Row = (142.9, 162.8, 134.3, 128.2)
DURATION_MEDIAN: Row = (92.0, 91.0, 92.0, 117.0)
