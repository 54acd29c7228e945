"""Return where the marks of curves and bars (diagrammer) stand, for the SVG of the macro files.

Amounts are whole øre; places are SVG units or per cent, rounded to a tenth. Nothing here knows what is counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
MILLION = 100_000_000


@dataclass(frozen=True)
class Canvas:
    """The canvas (tegneflade): size and the box of the axes, in SVG units; a narrow one for the phone."""

    year: int
    top_value: int
    narrow: bool

    @property
    def width(self) -> int:
        """Return the width."""
        return 358 if self.narrow else 790

    @property
    def height(self) -> int:
        """Return the height."""
        return 320 if self.narrow else 340

    @property
    def left(self) -> int:
        """Return the left edge of the axes."""
        return 30 if self.narrow else 66

    @property
    def right(self) -> int:
        """Return the right edge of the axes."""
        return self.width - (10 if self.narrow else 66)

    @property
    def bottom(self) -> int:
        """Return the lower edge of the axes."""
        return self.height - (28 if self.narrow else 30)

    top = 18

    def x(self, day: date) -> float:
        """Return the place of a day, at its evening; the day before 1 January is the left edge."""
        days = (date(self.year, 12, 31) - date(self.year - 1, 12, 31)).days
        part = (day - date(self.year - 1, 12, 31)).days / days
        return round(self.left + (self.right - self.left) * part, 1)

    def y(self, value: int) -> float:
        """Return the place of an amount."""
        return round(self.bottom - (self.bottom - self.top) * value / self.top_value, 1)

    def point(self, day: date, value: int) -> str:
        """Return a point as SVG writes it."""
        return f"{self.x(day)},{self.y(value)}"


@dataclass(frozen=True)
class Curve:
    """A curve (kurve): everything the macro draws, already placed."""

    canvas: Canvas
    grid: list[tuple[float, str]]
    months: list[tuple[float, float, str]]
    actual: str
    expected: str
    band: str
    limit_y: float | None
    today: tuple[float, float]
    used_up_x: float | None
    ends: list[tuple[float, str]]


def curve_of(
    actual: Sequence[tuple[date, int]],
    expected: Sequence[tuple[date, int, int, int]],
    limit: int | None,
    used_up: date | None = None,
    narrow: bool = False,
) -> Curve:
    """Return the curve of a year: `actual` is (day, sum since 1 January), `expected` (day, low, middle, high), øre.

    The last actual point is today. `limit` is the frame, `used_up` the day the expected curve crosses it.
    """
    today, so_far = actual[-1]
    ahead = [(today, so_far, so_far, so_far), *expected]
    step = _step(max([limit or 0, so_far, *(high for _, _, _, high in expected)]), most=4)
    highest = max([limit or 0, so_far, *(high for _, _, _, high in ahead)])
    lines = -(-highest // step) or 1
    canvas = Canvas(today.year, step * lines, narrow)
    start = (date(today.year - 1, 12, 31), 0)
    upper = [canvas.point(day, high) for day, _, _, high in ahead]
    lower = [canvas.point(day, low) for day, low, _, _ in reversed(ahead)]
    return Curve(
        canvas=canvas,
        grid=[(canvas.y(step * line), _axis_words(step * line, narrow)) for line in range(lines + 1)],
        months=[_month(canvas, month, narrow) for month in range(1, 13)],
        actual=" ".join(canvas.point(day, value) for day, value in [start, *actual]),
        expected=" ".join(canvas.point(day, middle) for day, _, middle, _ in ahead) if expected else "",
        band=" ".join(upper + lower) if expected else "",
        limit_y=None if limit is None else canvas.y(limit),
        today=(canvas.x(today), canvas.y(so_far)),
        used_up_x=None if used_up is None or used_up.year != today.year else canvas.x(used_up),
        ends=_ends(canvas, expected),
    )


def _step(highest: int, most: int) -> int:
    """Return the distance between lines: 1, 2 or 5 times a power of ten, at most `most` lines."""
    unit = 100
    while True:
        for factor in (1, 2, 5):
            if unit * factor * most >= highest:
                return unit * factor
        unit *= 10


def _axis_words(value: int, narrow: bool) -> str:
    if value == 0:
        return "0"
    millions = f"{value / MILLION:.1f}".replace(".", ",")
    if value % (MILLION // 10) == 0:
        return millions if narrow else f"{millions} mio."
    if narrow:
        return f"{value // 100_000} t."
    return f"{value // 100:,}".replace(",", ".")


def _month(canvas: Canvas, month: int, narrow: bool) -> tuple[float, float, str]:
    """Return a month's tick, the place of its name, and the name."""
    first = date(canvas.year, month, 1)
    last = date(canvas.year, month + 1, 1) if month < 12 else date(canvas.year + 1, 1, 1)
    begin, end = (canvas.x(date.fromordinal(day.toordinal() - 1)) for day in (first, last))
    name = MONTHS[month - 1]
    return begin, round((begin + end) / 2, 1), name[0] if narrow else name


def _ends(canvas: Canvas, expected: Sequence[tuple[date, int, int, int]]) -> list[tuple[float, str]]:
    """Return high, middle and low at the end of the year, placed apart so that the figures can be read."""
    if not expected or canvas.narrow:
        return []
    _, low, middle, high = expected[-1]
    at = canvas.y(middle)
    if low == high:
        return [(round(at + 4.5, 1), _end_words(middle))]
    places = (min(canvas.y(high), at - 16), at, max(canvas.y(low), at + 16))
    return [
        (round(place + 4.5, 1), _end_words(value)) for place, value in zip(places, (high, middle, low), strict=True)
    ]


def _end_words(value: int) -> str:
    """Return the nearest hundred thousand kroner where the figure is that large, otherwise whole kroner."""
    tenth = MILLION // 10
    return _axis_words((value + tenth // 2) // tenth * tenth if value >= MILLION else value, narrow=False)


@dataclass(frozen=True)
class Bar:
    """A bar (søjle): width in per cent of the drawing, and the part above the frame."""

    label: str
    value: int
    url: str
    kind: str
    width: float
    over: float


def bars_of(rows: Sequence[tuple[str, int, str, str]], limit: int | None = None) -> tuple[list[Bar], float | None]:
    """Return the bars and the frame's place in per cent: `rows` are (label, øre, url, kind), kind bar/light/frame."""
    widest = max([limit or 0, 1, *(value for _, value, _, _ in rows)])
    frame_at = None if limit is None else _share(limit, widest)
    bars = []
    for label, value, url, kind in rows:
        within = value if limit is None else min(value, limit)
        bars.append(Bar(label, value, url, kind, _share(within, widest), _share(value - within, widest)))
    return bars, frame_at


def _share(value: int, widest: int) -> float:
    return round(98.5 * max(value, 0) / widest, 1)


@dataclass(frozen=True)
class WeekCurves:
    """Coming weeks (uger frem): two lines with their bands, the week names, and the lines across; SVG units."""

    width: int
    height: int
    left: int
    right: int
    grid: list[tuple[float, str]]
    weeks: list[tuple[float, str]]
    first: tuple[str, str]
    second: tuple[str, str]


def weeks_of(
    names: Sequence[str],
    first: Sequence[tuple[int, int, int]],
    second: Sequence[tuple[int, int, int]],
    narrow: bool = False,
) -> WeekCurves:
    """Return the curves of some weeks: each line is (low, middle, high) a week in minutes; the axis is whole hours."""
    width, left = (358, 34) if narrow else (790, 46)
    right, top, bottom = width - 10, 14, 260
    highest = max([60, *(high for _, _, high in (*first, *second))])
    step = 60 * (_step(-(-highest // 60) * 100, most=4) // 100)
    lines = -(-highest // step)
    across = [round(left + (right - left) * n / max(1, len(names) - 1), 1) for n in range(len(names))]

    def up(minutes: int) -> float:
        return round(bottom - (bottom - top) * minutes / (step * lines), 1)

    def drawn(rows: Sequence[tuple[int, int, int]]) -> tuple[str, str]:
        upper = [f"{x},{up(high)}" for x, (_, _, high) in zip(across, rows, strict=True)]
        lower = [f"{x},{up(low)}" for x, (low, _, _) in zip(across, rows, strict=True)]
        middle = [f"{x},{up(value)}" for x, (_, value, _) in zip(across, rows, strict=True)]
        return " ".join(middle), " ".join(upper + lower[::-1])

    shown = [(x, name) for n, (x, name) in enumerate(zip(across, names, strict=True)) if not narrow or n % 3 == 0]
    grid = [(up(step * line), f"{step * line // 60:,}".replace(",", ".")) for line in range(lines + 1)]
    return WeekCurves(width, bottom + 28, left, right, grid, shown, drawn(first), drawn(second))
