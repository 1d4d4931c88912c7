# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import sys
from pathlib import Path

if __package__:
    from .cli import main
else:
    # Run by path: make the folder importable as a package, without its parent,
    # which needs Odoo.
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    from llm_server.cli import main

sys.exit(main())
