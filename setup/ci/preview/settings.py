"""The environment variables; README.md explains them."""

import re
from collections.abc import Mapping

from .problems import Misconfigured

DEFAULTS = {"RUNBOAT_INIT_SECONDS": "1500", "RUNBOAT_START_SECONDS": "300"}
SECRET = re.compile(r"TOKEN|SECRET|PASSW|_KEY|JWT", re.IGNORECASE)
SHORTEST_SECRET = 6  # characters; a shorter one would mask ordinary words


class Settings:
    def __init__(self, environ: Mapping[str, str]):
        self._environ = environ

    def __getitem__(self, name: str) -> str:
        return self._environ.get(name, "").strip() or DEFAULTS.get(name, "")

    def required(self, name: str) -> str:
        if value := self[name]:
            return value
        where = "set it among the project's CI/CD variables, masked if it is secret"
        if name.startswith("CI_"):
            where = "GitLab sets it in the pipelines of merge requests"
        raise Misconfigured(f"{name} is not set: {where}.")

    def number(self, name: str) -> int:
        value = self.required(name)
        if not re.fullmatch(r"[1-9][0-9]{0,8}", value):
            raise Misconfigured(f"{name} is {value!r}: set it to a positive number.")
        return int(value)

    @property
    def commit(self) -> str:
        # In a pipeline of merged results CI_COMMIT_SHA cannot be fetched later.
        pushed = self["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"]
        return pushed or self.required("CI_COMMIT_SHA")

    def secrets(self) -> list[str]:
        """Return every value that must not be shown, longest first."""
        named = {value for name, value in self._environ.items() if SECRET.search(name)}
        long = (value for value in named if len(value) >= SHORTEST_SECRET)
        return sorted(long, key=len, reverse=True)
