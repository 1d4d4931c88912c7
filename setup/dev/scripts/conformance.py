"""Print twitter-text's vectors for today's rules: weights and links of version 3.

The groups for rules that X has replaced are left out: 140 characters, and emoji that
are counted by their parts.
"""

import json
import sys
from pathlib import Path

from ruamel.yaml import YAML

WEIGHTS = (
    "WeightedTweetsWithDiscountedEmojiCounterTest",
    "UnicodeDirectionalMarkerCounterTest",
)
LINKS = (
    "urls",
    "urls_with_indices",
    "urls_with_directional_markers",
    "tco_urls_with_params",
)

validate, extract = (
    YAML(typ="safe").load(Path(path).read_text(encoding="utf-8"))["tests"]
    for path in sys.argv[1:]
)
cases = [
    {
        "why": case["description"],
        "text": case["text"],
        "expected": {
            "length": case["expected"]["weightedLength"],
            "valid": case["expected"]["valid"],
        },
    }
    for group in WEIGHTS
    for case in validate[group]
]
cases += [
    {
        "why": case["description"],
        "text": case["text"],
        "expected": {
            "links": [
                link["url"] if isinstance(link, dict) else link
                for link in case["expected"]
            ]
        },
    }
    for group in LINKS
    for case in extract[group]
]
json.dump(cases, sys.stdout)
