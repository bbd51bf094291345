"""Charts as pictures inside the page: drawn with Altair, rendered to SVG here, so that no script is needed.

Each comes twice, for a wide and a narrow screen: one that is only scaled down cannot be read on a phone.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from publish.report.formats import business, words
from publish.report.source import Row

if TYPE_CHECKING:
    from publish.report.handoffs import Response

WIDE, NARROW = 560, 300
INK, QUIET, LINE = "#1c2430", "#5a6472", "#dfe3e8"
KEPT, BROKEN = "#1f5fae", "#c2500a"
VERDICT_COLOURS = {"accepted": "#1f5fae", "rejected": "#c2500a", "recycled": "#8a94a3", "pending": "#d9b44a"}
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
CONFIG: dict[str, Any] = {
    "font": FONT,
    "background": "transparent",
    "padding": {"left": 2, "right": 16, "top": 4, "bottom": 4},
    "view": {"stroke": None},
    "axis": {
        "labelColor": QUIET,
        "titleColor": QUIET,
        "titleFontWeight": "normal",
        "labelFontSize": 12,
        "titleFontSize": 12,
        "gridColor": LINE,
        "domainColor": "#9aa3af",
        "tickColor": "#9aa3af",
    },
    "legend": {
        "labelColor": INK,
        "labelFontSize": 12,
        "title": None,
        "orient": "top",
        "symbolType": "square",
    },
}


def response_chart(response: "Response") -> dict[str, Markup]:
    """How long first touches took, in eighths of the promise, with the promised line."""
    return _both(lambda width: _histogram(response, width))


def verdict_chart(months: list[Row]) -> dict[str, Markup]:
    """Handoffs by month, stacked by verdict."""
    return _both(lambda width: _stacked(months, width))


def response_picture(response: "Response") -> bytes:
    """The same as a PNG, for mail programs that draw no SVG."""
    return _png(_histogram(response, WIDE))


def verdict_picture(months: list[Row]) -> bytes:
    """The same as a PNG."""
    return _png(_stacked(months, WIDE))


def _histogram(response: "Response", width: int) -> Any:
    import altair as alt

    step = response.promised / 8
    rows = [
        {
            "from": row["bin"] * step,
            "to": (row["bin"] + 1) * step,
            "handoffs": row["handoffs"],
            "answer": "in time" if row["is_met"] else "late",
        }
        for row in response.bins
    ]
    ticks = [response.promised * n for n in (0, 1, 2, 3)]
    labels = ["0", business(response.promised), business(ticks[2]), f"≥ {business(ticks[3])}"]
    named = " : ".join(f"datum.value == {at} ? '{label}'" for at, label in zip(ticks, labels, strict=True))
    axis = alt.Axis(
        values=ticks,
        labelExpr=f"{named} : ''",
        grid=False,
        labelFlush=True,
        title="business time to the first touch",
    )
    colour = alt.Scale(domain=["in time", "late"], range=[KEPT, BROKEN])
    bars = (
        alt.Chart(_inline(rows))
        .mark_bar(binSpacing=1)
        .encode(
            x=alt.X("from:Q", bin="binned", axis=axis, scale=alt.Scale(domain=[0, 25 * step], nice=False)),
            x2="to:Q",
            y=alt.Y("handoffs:Q", axis=alt.Axis(title="leads", tickMinStep=1, tickCount=4)),
            color=alt.Color("answer:N", scale=colour),
        )
    )
    promised = alt.Chart(_inline([{"at": response.promised, "label": "promised"}]))
    rule = promised.mark_rule(color=INK, strokeDash=[4, 3], strokeWidth=1.5).encode(x="at:Q")
    label = promised.mark_text(align="left", dx=5, dy=8, color=INK, fontSize=12).encode(
        x="at:Q", y=alt.value(0), text="label:N"
    )
    return alt.layer(bars, rule, label).properties(width=width, height=190)


def _stacked(months: list[Row], width: int) -> Any:
    import altair as alt

    order = list(VERDICT_COLOURS)
    rows = [
        {"month": f"{row['month']:%b %Y}", "verdict": words(verdict), "handoffs": row[verdict], "order": n}
        for row in months
        for n, verdict in enumerate(order)
    ]
    named = [words(verdict) for verdict in order]
    return (
        alt.Chart(_inline(rows))
        .mark_bar(size=min(56, width // (2 * max(len(months), 1))))
        .encode(
            x=alt.X("month:O", sort=None, axis=alt.Axis(title=None, labelAngle=0 if width == WIDE else -45)),
            y=alt.Y("handoffs:Q", axis=alt.Axis(title="handoffs", tickMinStep=1, tickCount=4)),
            color=alt.Color("verdict:N", scale=alt.Scale(domain=named, range=list(VERDICT_COLOURS.values()))),
            order="order:O",
        )
        .properties(width=width, height=200)
    )


def _inline(rows: list[Row]) -> Any:
    return {"values": rows}


def _both(draw: Callable[[int], Any]) -> dict[str, Markup]:
    return {"wide": _svg(draw(WIDE)), "narrow": _svg(draw(NARROW))}


def _svg(chart: Any) -> Markup:
    import vl_convert

    drawn = vl_convert.vegalite_to_svg(chart.configure(**CONFIG).to_dict())
    return Markup(drawn)  # noqa: S704 -- vega escapes every text it draws; tests hold it to that


def _png(chart: Any) -> bytes:
    import vl_convert

    spec = chart.configure(**CONFIG | {"background": "#ffffff"}).to_dict()
    drawn: bytes = vl_convert.vegalite_to_png(spec, scale=2)
    return drawn
