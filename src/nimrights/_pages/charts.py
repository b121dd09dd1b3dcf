"""Drawings as SVG text: the same bytes every time, with words for those who do not see them.

They are drawn by matplotlib, an extra; whoever shows a drawing shows its figures in a table too.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape
from typing import Any, Final

from nimrights._safe import clean
from nimrights.exceptions import MissingExtra

#: colours that colour-blind people can tell apart (Okabe and Ito), and patterns for those who see none
_COLOURS: Final = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#8c8c8c", "#d55e00")
_PATTERNS: Final = ("", "//", "", "xx", "\\\\", "", "--")
_INK, _SOFT, _EMPTY, _FULL = "#1a1a1a", "#595959", "#e6eaee", "#0b4f8a"
_ROW: Final = 0.34  # inches
_WIDTH: Final = 8.4
_WORDS_WIDTH: Final = 44  # characters of a label before it is broken
_STEPS: Final = 3

#: rows of a ladder: heading -> name, number of steps taken (``None``: not on the ladder), and what that is called
Ladder = Mapping[str, Sequence[tuple[str, int | None, str]]]


def can_draw() -> bool:
    """Say whether the library that draws is installed."""
    try:
        import matplotlib  # noqa: F401, ICN001, PLC0415 - an extra
    except ImportError:
        return False
    return True


@contextmanager
def _settings(name: str) -> Iterator[None]:
    """Draw alike every time, whatever the user's settings are, and read nothing in a text as mathematics."""
    try:
        import matplotlib as mpl  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtra("matplotlib", "charts") from error
    ours = {"svg.hashsalt": name, "svg.fonttype": "none", "text.parse_math": False, "hatch.linewidth": 0.7}
    with mpl.rc_context({**mpl.rcParamsDefault, "backend": mpl.rcParams["backend"], **ours}):
        yield


def bars(name: str, title: str, alt: str, labels: Sequence[str], series: Mapping[str, Sequence[int]]) -> str:
    """Draw a lying bar for each label, made of a piece for each of *series*. *name* keeps its ids apart."""
    with _settings(name):
        return _svg(_bars(title, labels, series), name, title, alt)


def _bars(title: str, labels: Sequence[str], series: Mapping[str, Sequence[int]]) -> Any:  # noqa: ANN401
    figure = _figure(1.3 + _ROW * max(1, len(labels)) + 0.24 * ((len(series) + 2) // 3), laid_out=True)
    axes = figure.add_subplot()
    left = [0] * len(labels)
    places = range(len(labels))
    for number, (said, values) in enumerate(series.items()):
        kind = number % len(_COLOURS)
        axes.barh(
            places, values, left=left, height=0.72, label=said, color=_COLOURS[kind], hatch=_PATTERNS[kind],
            edgecolor="white", linewidth=0.8,
        )  # fmt: skip
        left = [sum(pair) for pair in zip(left, values, strict=True)]
    for place, total in zip(places, left, strict=True):
        axes.text(total, place, f" {total}", va="center", fontsize=9, color=_INK)
    axes.set_yticks(places, [textwrap.fill(label, _WORDS_WIDTH) for label in labels], fontsize=9)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_xlim(0, max([*left, 1]) * 1.08)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.tick_params(length=0, labelsize=9)
    axes.grid(axis="x", color="#d5d5d5", linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)
    figure.suptitle(title, x=0.01, ha="left", fontsize=12, fontweight="bold", color=_INK)
    if len(series) > 1:
        figure.legend(loc="outside lower left", ncols=3, frameon=False, fontsize=9)
    return figure


def ladder(name: str, title: str, alt: str, steps: Sequence[str], groups: Ladder) -> str:
    """Draw for each row how many of the three *steps* are filled, under the headings of *groups*."""
    with _settings(name):
        return _svg(_ladder(title, steps, groups), name, title, alt)


def _ladder(title: str, steps: Sequence[str], groups: Ladder) -> Any:  # noqa: ANN401
    count = sum(map(len, groups.values()))
    height = 0.85 + _ROW * (count + 1.15 * len(groups))
    figure = _figure(height, laid_out=False)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_xlim(0, _WIDTH)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    axes.text(0.1, 0.3, title, fontsize=12, fontweight="bold", color=_INK, va="center")
    start, wide = 4.1, 0.95
    for number, step in enumerate(steps):
        middle = start + wide * (number + 0.45)
        axes.text(middle, 0.66, step, fontsize=8, color=_SOFT, ha="center", va="center")
    top = 0.78
    for heading, rows in groups.items():
        axes.text(0.1, top + 0.25, heading, fontsize=9.5, fontweight="bold", color=_INK, va="center")
        top += _ROW * 1.15
        for said, reached, state in rows:
            _rung(axes, top, (start, wide), (said, reached, state))
            top += _ROW
    return figure


def _rung(axes: Any, top: float, places: tuple[float, float], row: tuple[str, int | None, str]) -> None:  # noqa: ANN401
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - an extra

    start, wide = places
    said, reached, state = row
    words = textwrap.fill(said, _WORDS_WIDTH + 8)
    middle = top + _ROW / 2
    axes.text(0.2, middle, words, fontsize=8, color=_INK, va="center", linespacing=1.05)
    for number in range(_STEPS):
        filled = reached is not None and number < reached
        colour = "white" if reached is None else _FULL if filled else _EMPTY
        line = "#b5bcc2" if reached is None else "white"
        axes.add_patch(
            Rectangle((start + wide * number, top + 0.05), wide * 0.92, _ROW - 0.1, facecolor=colour, edgecolor=line,
                      linewidth=0.8, linestyle=":" if reached is None else "-")
        )  # fmt: skip
    axes.text(start + wide * _STEPS + 0.06, middle, state, fontsize=8, color=_INK, va="center")


def _figure(height: float, *, laid_out: bool) -> Any:  # noqa: ANN401 - the library's
    from matplotlib.figure import Figure  # noqa: PLC0415 - an extra

    return Figure(figsize=(_WIDTH, height), layout="constrained" if laid_out else None)


def _svg(figure: Any, name: str, title: str, alt: str) -> str:  # noqa: ANN401 - the library's
    """Give the drawing as one ``svg`` element with a title and a description; nothing in it tells when."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG  # noqa: PLC0415 - an extra

    out = io.BytesIO()
    none = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    FigureCanvasSVG(figure).print_svg(out, metadata=none)
    text = out.getvalue().decode()
    text = text[text.index("<svg") :]
    # several drawings stand in one page, so ids carry the name
    text = re.sub(r'\bid="', f'id="{name}-', text)
    text = re.sub(r'(href="#|url\(#)', rf"\1{name}-", text)
    opening, rest = text[: text.index(">")], text[text.index(">") + 1 :]
    return (
        f'{opening} role="img" aria-labelledby="{name}-title {name}-desc">\n'
        f'<title id="{name}-title">{escape(clean(title))}</title>\n'
        f'<desc id="{name}-desc">{escape(clean(alt))}</desc>{rest}'
    )
