# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ..benchmark import figures_page
from ..benchmark import results as figures
from . import results


def publish(answer: dict, names: list[str]) -> None:
    """Replace the published rows that were played, and write the page of figures.

    :param names: of all faults, in their order; other rows are dropped
    """
    played = [it for it in answer["rows"] if not it["problem"]]
    rows = {it["name"]: it for it in (*results.load().get("rows", ()), *played)}
    results.save({**answer, "rows": [rows[name] for name in names if name in rows]})
    figures_page.write(figures.load())
