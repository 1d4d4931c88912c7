"""Count X's published vectors, fetched or in FOLDER: … conformance FOLDER.

They are twitter-text's own, on no package registry, and not ours to pass on; so they
are read from its repository, or from a folder that contains them. Our counters in
Python and in JavaScript must both agree with them.
"""

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from ..paths import BIN, DEV, PYTHON, ROOT, SCRIPTS
from ..steps import Missing, captured, say, step
from ..tools import tool
from ..workspace import prepare_tools

# The last version, 3.1.0, with later corrections.
COMMIT = "30e2430d90cff3b46393ea54caf511441983c260"
SOURCE = f"https://raw.githubusercontent.com/twitter/twitter-text/{COMMIT}/conformance"
FILES = ("validate.yml", "extract.yml")
FOLDER = DEV / "twitter-text"
# The vectors on which our counters differ, and why.
KNOWN = {
    "Handle invalid characters": "X refuses U+FFFE and similar characters; saving "
    "removes them from the copy, so no text with them is ever counted",
}


def run(folder: str = "") -> int:
    prepare_tools()
    return compare(folder)


def compare(folder: str) -> int:
    """Print how many agree; 1 if one differs that is not among `KNOWN`.

    :param folder: `conformance` of a checkout of twitter-text; empty to fetch it
    :raise Missing: the vectors could not be read
    """
    cases = json.loads(
        printed([tool("python"), SCRIPTS / "conformance.py", *files(folder)])
    )
    counters = {
        "Python": [PYTHON, SCRIPTS / "measure.py", ROOT],
        "JavaScript": [BIN / "node", SCRIPTS / "measure.mjs", ROOT],
    }
    return max(agrees(name, command, cases) for name, command in counters.items())


def agrees(name: str, command: list, cases: list[dict]) -> int:
    texts = json.dumps([case["text"] for case in cases])
    results = json.loads(printed(command, input=texts))
    differing = list(differences(cases, results))
    say(f"{name}: {len(cases) - len(differing)} of {len(cases)} vectors agree")
    for why, difference in differing:
        say(f"   {why}: {KNOWN.get(why, difference)}")
    return int(any(why not in KNOWN for why, _difference in differing))


def differences(cases: list[dict], results: list[dict]) -> Iterator[tuple[str, str]]:
    for case, result in zip(cases, results, strict=True):
        expected = case["expected"]
        if any(result[key] != value for key, value in expected.items()):
            yield case["why"], f"{result} instead of {expected}"


def printed(command: list, **options) -> str:
    done = captured([str(word) for word in command], **options)
    if done.returncode:
        raise Missing(f"The vectors could not be run: {done.stderr.strip()}")
    return done.stdout


def files(folder: str) -> list[Path]:
    paths = [Path(folder or FOLDER) / name for name in FILES]
    if folder and (missing := [path for path in paths if not path.is_file()]):
        raise Missing(
            f"{missing[0]} does not exist: give the folder conformance of a checkout "
            "of twitter-text."
        )
    if not folder:
        fetch(paths)
    return paths


def fetch(paths: list[Path]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with step("twitter-text's vectors"):
        for path in paths:
            if path.is_file():
                continue
            try:
                with urllib.request.urlopen(
                    f"{SOURCE}/{path.name}", timeout=60
                ) as file:
                    path.write_bytes(file.read())
            except OSError as error:
                raise Missing(
                    f"{SOURCE} could not be read ({error}). Check the network "
                    "(HTTPS_PROXY), or give the folder conformance of a checkout of "
                    "twitter-text: setup/dev/dev conformance FOLDER"
                ) from None
