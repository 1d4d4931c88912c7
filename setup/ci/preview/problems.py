"""The kinds of failure; the exit code tells a pipeline which one it was."""


class Problem(Exception):
    """One sentence that says what to do next."""


class BuildFailed(Problem):
    code = 1


class Misconfigured(Problem):
    code = 2


class Refused(Problem):
    code = 3


class TooLate(Problem):
    code = 4


class Crowded(Problem):
    code = 5


class Unreachable(Problem):
    code = 6
