"""What `setup/dev/dev` runs, once it has found a Python."""

from devkit.commands import main

if __name__ == "__main__":
    main()
