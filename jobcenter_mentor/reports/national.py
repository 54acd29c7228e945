"""Landstal: the columns 2012-2014, 2012, 2013 and 2014 of the evaluation (SFI 15:10, 2015), chapter 3.

Per cent of the citizens by the year of their first course; 2014 is to 27 April. Row labels as printed.
"""

YEARS = (2012, 2013, 2014)
SOURCE = "Evaluering af mentorordningen (SFI 15:10, 2015), kapitel 3"
CITIZENS = (43485, 15091, 19145, 9249)
MEAN_DAYS = 142.9
"""Mean length of a course 2012-2014; the evaluation prints no classes of length."""

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
