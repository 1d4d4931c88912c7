"""Measure texts as X does: read a JSON list of texts, print one of measures."""

import json
import sys
from pathlib import Path

# The package without its addon, which needs Odoo.
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
