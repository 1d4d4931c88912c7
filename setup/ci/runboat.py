"""The preview of a merge request: `python setup/ci/runboat.py --help`."""

import sys

from preview.cli import main

if __name__ == "__main__":
    sys.exit(main())
