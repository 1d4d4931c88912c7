# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Write FIGURES.md: every published figure, made from nothing but the results files."""

from pathlib import Path
from statistics import median

from ..faults import results as faults
from . import charts, cold_table, mutant_table, scale_tables
from .alternatives import table as alternatives
from .growth import report as growth
from .report import explained, shown

PATH = Path(__file__).parent / "FIGURES.md"
NOTE = (
    "<!-- Generated from results.json by `make bench` or `python -m "
    "blog_ai_generator_tests.benchmark.publish`: do not edit. -->"
)


def page(results: dict) -> str:
    parts = (
        NOTE,
        "# Figures",
        about(results),
        "## Promises and targets",
        *explained(results["targets"]),
        *(f"![{chart.title}](charts/{name}.svg)" for name, chart in drawn(results)),
        *alternatives.sections(results.get("alternatives", [])),
        *growth.sections(growth.load()),
        *cold_table.sections(cold_table.load()),
        *scale_sections(results["raw"]),
        *faults.sections(faults.load()),
        *mutant_table.sections(mutant_table.load()),
        "## Raw samples",
        "[results.json](results.json) has every sample, and under `history` the "
        "figures before and after\neach change that was made to reach a target.",
    )
    return "\n\n".join(parts) + "\n"


def rows(results: dict) -> list[dict]:
    """Return all rows that have a target, of whatever measurement."""
    grown = growth.load()
    return [
        *results["targets"],
        *(growth.rows(grown) if grown else []),
        *cold_table.rows(cold_table.load()),
    ]


def drawn(results: dict) -> list[tuple[str, charts.Chart]]:
    return [
        (name, make(results["raw"][name]))
        for name, make in charts.CHARTS.items()
        if results["raw"].get(name)
    ]


def about(results: dict) -> str:
    machine, versions = results["machine"], results["versions"]
    return "\n".join(
        (
            f"Measured on {results['date']} by `make bench`, commit "
            f"{results['commit']}:\n",
            f"- {machine['cores']} cores ({machine['processor']}), "
            f"{shown(machine['memory_gb'])} GB, load of other programs "
            f"{machine['load_before']}",
            f"- Odoo {versions['odoo']}, PostgreSQL {versions['postgresql']}, Python "
            f"{versions['python']}",
            "- the fake LLM server as provider, which answers after 8 to 25 s "
            "(log-normal) unless stated otherwise",
        )
    )


def scale_sections(raw: dict) -> list[str]:
    """Return what more pumps and nodes would write, and what a long queue costs."""
    if "pumps" not in raw:
        return []
    return [
        "## More pumps and nodes (simulated)",
        "Simulated from the measured times of one pump; *width* is the number of calls "
        "in flight of all\npumps together. A single node shares its "
        f"{raw['pumps']['cores']} cores with PostgreSQL; four nodes, with one pump "
        "each,\nuse a PostgreSQL on a machine of its own.",
        scale_tables.markdown(scale_tables.table(raw["pumps"])),
        "The same model beside a measurement on this machine, which also runs "
        "PostgreSQL and the fake LLM\nserver; the provider answers at once, and two "
        "pumps may have twice the calls in flight:",
        scale_tables.markdown_check(scale_tables.check(raw["pumps"])),
        "## A long queue",
        "\n".join(map(claimed, raw["claims"])),
    ]


def claimed(claims: dict) -> str:
    short, long = median(claims["short_ms"]), median(claims["long_ms"])
    return (
        f"- Claiming {claims['room']} of {claims['backlog']:,} queued posts takes "
        f"{shown(long)} ms; with no others queued, {shown(short)} ms."
    )


def write(results: dict, path: Path = PATH) -> None:
    path.write_text(page(results), "utf-8")
