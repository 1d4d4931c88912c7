"""Locks between the commands of one checkout; the kernel frees those of a dead one."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from .paths import DEV
from .steps import say


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Hold the lock `name` exclusively; print a line while waiting for it."""
    with opened(name) as lock:
        if not taken(lock):
            say(f"-> waiting for another command in this checkout ({name})")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def opened(name: str) -> IO[str]:
    DEV.mkdir(exist_ok=True)
    return (DEV / f"{name}.lock").open("a+")


def taken(lock: IO[str]) -> bool:
    """Take `lock` exclusively if no other command holds it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def shared(lock: IO[str]) -> None:
    fcntl.flock(lock, fcntl.LOCK_SH)
