# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Draw the charts of a run, with the promised bounds."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path
from typing import NamedTuple

from .figures import percentile
from .plan import BATCH, SECONDS_EACH, WIDTH
from .results import own_share

FOLDER = Path(__file__).parent / "charts"
OURS, PALE, IDEAL, PROMISE = "#714b67", "#cdb4c6", "#8f8f8f", "#b3261e"
ROLES = {
    "websocket": ("#b07c00", "-."),
    "master": ("#2b6f83", "--"),
    "worker": ("#4d4d4d", "-"),
    "pump": (OURS, "-"),
}
# Widths of lines that may coincide, the widest one drawn first.
NESTED = (6.0, 3.5, 1.2)
SIZE = (7.5, 3.6)  # inches
SETTINGS = {
    "svg.hashsalt": "blog_ai_generator",
    "svg.fonttype": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 11,
    # A background of its own keeps charts legible on dark pages.
    "savefig.facecolor": "white",
}


class Chart(NamedTuple):
    """A chart before it is drawn.

    :param title: what is measured
    :param description: the finding in words, for people who do not see the picture
    :param plot: called with matplotlib's axes
    """

    title: str
    description: str
    plot: Callable


def latency(raw: dict) -> Chart:
    shares = own_share(raw)
    added = (
        f"Odoo's own share: P50 {percentile(shares, 50):.0f} ms, "
        f"P99 {percentile(shares, 99):.0f} ms"
    )
    half, most = (percentile(raw["total"], percent) for percent in (50, 99))
    return Chart(
        f"Time from click to post: share of {len(shares)} posts done after so many "
        "seconds",
        f"Half of the posts are done after {half:.1f} s, 99 % after {most:.1f} s; "
        f"promised are 30 s and 60 s. {added}.",
        partial(plot_latency, raw, added),
    )


def plot_latency(raw: dict, added: str, axes) -> None:
    lines = (
        ("provider", PALE, NESTED[0], "the provider's answer"),
        ("total", OURS, NESTED[2], "click → post created"),
    )
    for name, color, width, label in lines:
        seconds = sorted(raw[name])
        percents = [100 * (nth + 1) / len(seconds) for nth in range(len(seconds))]
        axes.step(
            seconds, percents, where="post", color=color, linewidth=width, label=label
        )
    for percent, bound in ((50, 30), (99, 60)):
        axes.plot(bound, percent, "v", color=PROMISE)
        axes.annotate(
            f"promise: P{percent} < {bound} s",
            (bound, percent),
            xytext=(6, -12),
            textcoords="offset points",
            color=PROMISE,
        )
    axes.text(74, 12, added, ha="right")
    axes.set(xlabel="seconds", ylabel="% of the posts", xlim=(0, 75), ylim=(0, 104))
    axes.legend(loc=(0.56, 0.2), frameon=False)


def throughput(batches: list[dict]) -> Chart:
    last = [batch["ends"][-1] for batch in batches]
    ideal = -(-BATCH // WIDTH) * SECONDS_EACH
    return Chart(
        f"Posts created by one pump over time: {BATCH} posts of {SECONDS_EACH:g} s, "
        f"{WIDTH} in flight",
        f"{len(batches)} runs end after {min(last):.1f} to {max(last):.1f} s, where "
        f"{ideal:g} s are ideal.",
        partial(plot_throughput, batches, ideal),
    )


def plot_throughput(batches: list[dict], ideal: float, axes) -> None:
    waves = range(-(-BATCH // WIDTH))
    times = [0.0, *((wave + 1) * SECONDS_EACH for wave in waves)]
    counts = [0, *(min((wave + 1) * WIDTH, BATCH) for wave in waves)]
    axes.step(times, counts, where="post", color=IDEAL, label="ideal")
    styles = zip(NESTED, (PALE, "#a07f97", OURS), strict=True)
    for nth, (batch, (width, color)) in enumerate(
        zip(batches, styles, strict=False), 1
    ):
        done = range(1, len(batch["ends"]) + 1)
        axes.step(
            batch["ends"],
            done,
            where="post",
            color=color,
            linewidth=width,
            label=f"run {nth}",
        )
    bound = ideal / 0.95
    axes.axvline(
        bound, color=PROMISE, linestyle=":", label="our target:\n0.95 of the ideal"
    )
    axes.set(xlabel="seconds since the posts were queued", ylabel="posts created")
    axes.set(xlim=(0, None), ylim=(0, BATCH * 1.04))
    axes.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False)


def memory(processes: list[dict]) -> Chart:
    most = max(max(process["rss"]) for process in processes)
    return Chart(
        f"Memory (RSS) of each of {len(processes)} Odoo processes during the benchmark",
        f"No process takes more than {most:.0f} MB. Promised is less than 500 MB, our "
        "target is at most 180 MB.",
        partial(plot_memory, processes),
    )


def plot_memory(processes: list[dict], axes) -> None:
    number: Counter[str] = Counter()
    for process in sorted(processes, key=lambda it: list(ROLES).index(it["role"])):
        role = process["role"]
        number[role] += 1
        color, style = ROLES[role]
        # The second of a role is a thin line on the pale, wide one of the first.
        first = number[role] == 1 and role in ("worker", "pump")
        axes.plot(
            process["seconds"],
            process["rss"],
            color=color,
            linestyle=style,
            linewidth=NESTED[0] if first else NESTED[2],
            alpha=0.35 if first else 1,
            label=role if number[role] == 1 and not first else f"{role} {number[role]}",
        )
    axes.axhline(180, color=PROMISE, linewidth=0.7, label="our target:\n≤ 180 MB")
    sizes = [size for process in processes for size in process["rss"]]
    low, high = min(100, *sizes), max(185, *sizes)
    axes.set(xlabel="seconds", ylabel=f"MB (the axis starts at {low:.0f})")
    axes.set(xlim=(0, None), ylim=(low, high))
    axes.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False)


# Charts by the name of the raw samples that they show.
CHARTS: dict[str, Callable[..., Chart]] = {
    "latency": latency,
    "throughput": throughput,
    "memory": memory,
}


def draw(results: dict, folder: Path = FOLDER) -> None:
    """Write one SVG for each chart; equal results give equal files."""
    folder.mkdir(exist_ok=True)
    for name, make in CHARTS.items():
        if results["raw"].get(name):
            save(make(results["raw"][name]), folder / f"{name}.svg")


def save(chart: Chart, path: Path) -> None:
    # Imported only to draw: the titles are needed without matplotlib, too.
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    with matplotlib.rc_context(SETTINGS):
        figure, axes = pyplot.subplots(figsize=SIZE, layout="constrained")
        chart.plot(axes)
        axes.set_title(chart.title)
        figure.savefig(path, metadata={"Date": None, "Title": chart.title})
        pyplot.close(figure)
    text = path.read_text("utf-8")
    title = f"<title>{escape(chart.title, quote=False)}</title>"
    described = f"{title}\n <desc>{escape(chart.description, quote=False)}</desc>"
    # Linters accept no blanks at the end of a line.
    lines = text.replace(title, described, 1).splitlines()
    path.write_text("".join(f"{line.rstrip()}\n" for line in lines), "utf-8")
