"""Landstal: the shares of "Evaluering af mentorordningen" (SFI 15:10, 2015), tables 3.1, 3.3, 3.4, 3.7, 3.10, 3.11.

Per cent of persons by the year of the first course, 2013 and 2014 (2014 to 27 April). Row labels as printed.
"""

from typing import NamedTuple


class Shares(NamedTuple):
    """Andele i procent: the columns 2013 and 2014."""

    first: float
    second: float

    def of(self, year: int) -> float:
        """Andelen i et år."""
        return self.first if year == 2013 else self.second


CASH = "Kontant- og uddannelseshjælp"

SUPPORT = {
    "Selvforsørgelse": Shares(5.2, 3.2),
    "SU": Shares(1.9, 1.8),
    "A-dagpenge": Shares(1.9, 0.4),
    CASH: Shares(70.2, 80.7),
    "Revalidering og forrevalidering": Shares(3.1, 1.7),
    "Sygedagpenge": Shares(10.7, 6.0),
    "Ledighedsydelse": Shares(3.1, 2.0),
    "Fleksjob": Shares(2.6, 2.1),
    "Ressourceforløb": Shares(0.8, 1.9),
    "Førtidspension og skånejob": Shares(0.3, 0.1),
    "Andre forsørgelsesydelser": Shares(0.4, 0.2),
}
"""Table 3.1: benefit in the week the course starts."""

AGE = {
    (14, 15): Shares(0.3, 0.0),
    (16, 19): Shares(10.2, 6.5),
    (20, 24): Shares(19.4, 18.3),
    (25, 29): Shares(15.3, 16.8),
    (30, 34): Shares(10.1, 9.2),
    (35, 39): Shares(10.5, 10.0),
    (40, 44): Shares(10.0, 10.5),
    (45, 49): Shares(9.9, 11.5),
    (50, 54): Shares(7.8, 8.5),
    (55, 59): Shares(5.0, 6.1),
    (60, 64): Shares(1.4, 2.7),
    (65, 66): Shares(0.0, 0.1),
}
"""Table 3.3: age at the start of the course, both ends included; the first and last row are open in the source."""

SEX = {"M": Shares(49.8, 50.1), "K": Shares(50.2, 49.9)}
"""Table 3.4."""

MATCH_GROUP = {None: 4.9, 1: 23.7, 2: 60.5, 3: 11.0}
"""Table 3.7, 2013: match group at the end of the start quarter; abolished in 2014."""

FORM = {"individual": Shares(95.4, 97.7), "place": Shares(4.6, 2.3)}
"""Table 3.10: individual or place mentor."""

HOURS = {
    (0, 0): Shares(1.0, 3.9),
    (1, 60): Shares(18.4, 41.7),
    (61, 120): Shares(33.3, 26.9),
    (121, 180): Shares(18.0, 12.3),
    (181, 240): Shares(6.2, 3.6),
    (241, 300): Shares(15.2, 8.1),
    (301, 600): Shares(5.4, 2.2),
    (601, 10080): Shares(2.6, 1.3),
}
"""Table 3.11: minutes a week at the start, individual mentor; the source's classes are "0,01-1 timer" and so on."""

ACTIVITY_READY_2014 = 73
"""Figure 3.1: per cent activity-ready among courses started in 2014."""
