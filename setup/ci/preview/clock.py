"""Time, so that a test can let half an hour pass at once."""

import time


class Clock:
    def now(self) -> float:
        """Seconds since some moment."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)
