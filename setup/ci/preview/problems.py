"""What can go wrong; the exit code tells a pipeline which of these it was."""


class Problem(Exception):
    """One sentence that says what to do next."""

    code = 1
    meaning = ""


class BuildFailed(Problem):
    code = 1
    meaning = "the commit's own fault: the addons do not install, or do not work"


class Misconfigured(Problem):
    code = 2
    meaning = "a variable or an argument is missing or wrong"


class Refused(Problem):
    code = 3
    meaning = "a wrong secret, or a repository or branch that is not built there"


class TooLate(Problem):
    code = 4
    meaning = "not ready in time"


class Crowded(Problem):
    code = 5
    meaning = "Runboat has no room: its limits undeployed or stopped the build"


class Unreachable(Problem):
    code = 6
    meaning = "a service cannot be reached, or answers as no such service does"


KINDS = (BuildFailed, Misconfigured, Refused, TooLate, Crowded, Unreachable)
