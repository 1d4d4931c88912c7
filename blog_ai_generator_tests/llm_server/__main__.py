# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import runpy
import sys
from pathlib import Path

if __package__:
    from .cli import main

    sys.exit(main())

# Run by path: import the folder as a package of its own, since its parent needs Odoo.
sys.path[0] = str(Path(__file__).resolve().parents[1])
runpy.run_module("llm_server", run_name="__main__", alter_sys=True)
