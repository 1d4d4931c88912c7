"""The benchmark's figures of the template database."""

from unittest.mock import MagicMock

import pytest
from devkit.commands import bench

LOG = "".join(f"Module {addon} loaded in 2.5s, 90 queries\n" for addon in bench.ADDONS)


@pytest.fixture
def made_in(monkeypatch, tmp_path):
    """Return the seconds in which each template was made, by its name."""
    seconds = {"used": 40.0}
    databases = MagicMock()
    databases.template.return_value = "used"
    databases.made_in.side_effect = lambda name: seconds.get(name, 0.0)
    databases.prime.side_effect = lambda _server, name, _modules: seconds.update(
        {name: 33.0}
    )
    for name, fake in {"databases": databases, "live": MagicMock()}.items():
        monkeypatch.setattr(bench, name, fake)
    monkeypatch.setattr(bench, "LOGS", tmp_path)
    (tmp_path / "load.log").write_text(LOG)
    return seconds


@pytest.mark.parametrize(
    ("used", "anew", "cold"),
    [
        pytest.param(40.0, False, 45.0, id="quick"),
        pytest.param(40.0, True, 33.0, id="full"),
        pytest.param(85.0, False, 90.0, id="quick, on a slow machine"),
        pytest.param(0.0, False, 33.0, id="quick, without a note"),
    ],
)
def test_a_quick_run_makes_no_template_that_is_there(made_in, used, anew, cold):
    made_in["used"] = used
    found = bench.template_seconds(None, MagicMock(prefix="site"), anew)
    assert (found["cold"], found["addons"]) == (cold, 5.0)
