# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Charts of a run, with what was promised drawn in."""

from pathlib import Path

import matplotlib

matplotlib.use("svg")

from matplotlib import pyplot  # noqa: E402

from .figures import percentile  # noqa: E402
from .plan import BATCH, SECONDS_EACH, WIDTH  # noqa: E402
from .results import own_share  # noqa: E402

FOLDER = Path(__file__).parent / "charts"
OURS, IDEAL, PROMISE = "#714b67", "#8f8f8f", "#b3261e"
SIZE = (7, 3.2)  # inches


def draw(results: dict, folder: Path = FOLDER) -> None:
    """One SVG for each chart; the same results give the same files."""
    folder.mkdir(exist_ok=True)
    raw = results["raw"]
    settings = {
        "svg.hashsalt": "blog_ai_generator",
        "svg.fonttype": "none",
        "axes.spines.top": False,
        "axes.spines.right": False,
    }
    with matplotlib.rc_context(settings):
        for name, chart in CHARTS.items():
            if raw.get(name):
                figure, axes = pyplot.subplots(figsize=SIZE, layout="constrained")
                chart(axes, raw[name])
                path = folder / f"{name}.svg"
                figure.savefig(path, metadata={"Date": None})
                pyplot.close(figure)
                # Editors and linters want no blanks at the end of a line.
                lines = path.read_text().splitlines()
                path.write_text("".join(f"{line.rstrip()}\n" for line in lines))


def latency(axes, raw: dict) -> None:
    """How many posts are there after so many seconds, of the provider and of us."""
    for name, colour, label in (
        ("provider", IDEAL, "the provider's answer"),
        ("total", OURS, "click → post created"),
    ):
        seconds = sorted(raw[name])
        shares = [100 * (nth + 1) / len(seconds) for nth in range(len(seconds))]
        axes.step(seconds, shares, where="post", color=colour, label=label)
    for percent, seconds in ((50, 30), (99, 60)):
        axes.plot(seconds, percent, "v", color=PROMISE)
        axes.annotate(
            f"promise: P{percent} < {seconds} s",
            (seconds, percent),
            xytext=(6, -12),
            textcoords="offset points",
            color=PROMISE,
        )
    shares = own_share(raw)
    axes.set_title(
        f"{len(shares)} posts; our own share: P50 {percentile(shares, 50):.0f} ms, "
        f"P99 {percentile(shares, 99):.0f} ms"
    )
    axes.set(xlabel="seconds", ylabel="% of the posts", xlim=(0, 75), ylim=(0, 104))
    axes.legend(loc="center right", frameon=False)


def throughput(axes, batches: list[dict]) -> None:
    """Posts stored over time, every batch, against the staircase that is ideal."""
    waves = range(-(-BATCH // WIDTH))
    times = [0.0, *((wave + 1) * SECONDS_EACH for wave in waves)]
    counts = [0, *(min((wave + 1) * WIDTH, BATCH) for wave in waves)]
    axes.step(times, counts, where="post", color=IDEAL, label="ideal")
    for nth, batch in enumerate(batches):
        done = range(1, len(batch["ends"]) + 1)
        label = "posts created" if nth == 0 else None
        axes.step(batch["ends"], done, where="post", color=OURS, label=label)
    limit = times[-1] / 0.95
    axes.axvline(limit, color=PROMISE, linestyle=":", label="0.95 of the ideal")
    axes.set_title(f"{BATCH} posts of {SECONDS_EACH:g} s, {WIDTH} in flight")
    axes.set(xlabel="seconds since they were queued", ylabel="posts")
    axes.set(xlim=(0, None), ylim=(0, BATCH * 1.04))
    axes.legend(loc="lower right", frameon=False)


def memory(axes, processes: list[dict]) -> None:
    """RSS of every Odoo process through the whole run."""
    colours = {
        "pump": OURS,
        "worker": IDEAL,
        "master": "#3f7f93",
        "websocket": "#c29200",
    }
    named = set()
    for process in processes:
        role = process["role"]
        label = None if role in named else role
        named.add(role)
        axes.plot(process["seconds"], process["rss"], color=colours[role], label=label)
    axes.axhline(500, color=PROMISE, linestyle=":", label="promise: < 500 MB")
    axes.axhline(180, color=PROMISE, linewidth=0.7, label="our target: ≤ 180 MB")
    axes.set_title("Memory of each Odoo process")
    axes.set(xlabel="seconds", ylabel="RSS in MB", xlim=(0, None), ylim=(0, 540))
    axes.legend(loc="center right", ncols=2, frameon=False)


# By the name of the raw samples that they show.
CHARTS = {"latency": latency, "throughput": throughput, "memory": memory}
