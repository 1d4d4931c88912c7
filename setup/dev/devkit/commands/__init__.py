"""One module a command: the docstring's first line is its help, `run` its entry."""
