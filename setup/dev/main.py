"""Start the command line, once `setup/dev/dev` has found a Python."""

from devkit.cli import main

if __name__ == "__main__":
    main()
