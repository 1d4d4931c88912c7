# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Publish results: results.json, charts, FIGURES.md and the figures in README.

``python -m blog_ai_generator_tests.benchmark.publish`` makes all of them again from the
samples in results.json, for example after a change of a text or a chart.
"""

from . import charts, figures_page, report, results


def publish(answer: dict) -> None:
    """Replace what is published.

    :param answer: as ``results.load`` returns it, with or without a history
    """
    results.publish(answer)
    charts.draw(answer)
    show(answer)


def show(answer: dict) -> None:
    """Write FIGURES.md, and the figures in README."""
    figures_page.write(answer)
    report.write_readme(answer, figures_page.rows(answer))


def main() -> None:
    published = results.load()
    found = results.values(published["raw"])
    publish({**published, "targets": results.rows(found)})


if __name__ == "__main__":
    main()
