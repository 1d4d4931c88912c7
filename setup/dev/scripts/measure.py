"""Measure texts as X does: a JSON list of them in, one of measures out."""

import json
import sys
from pathlib import Path

# The package alone: its addon would ask for Odoo.
sys.path.insert(0, str(Path(sys.argv[1]) / "blog_ai_generator"))
from networks import measure  # noqa: E402
from networks.links import links_on_x  # noqa: E402

results = []
for text in json.load(sys.stdin):
    measured = measure("x", text)
    links = [text[span.start : span.end] for span in links_on_x(text)]
    results.append(
        {"length": measured.length, "valid": measured.is_valid, "links": links}
    )
json.dump(results, sys.stdout)
