# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
import time
from datetime import datetime, timedelta, timezone
from email.utils import formatdate

from requests.structures import CaseInsensitiveDict

from odoo.addons.blog_ai_generator.llm.waits import MAX_RETRY_AFTER, retry_after

from .fixtures_llm import LLMCase, http_answer


class TestRetryAfter(LLMCase):
    def seconds(self, body="", limited=True, **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return retry_after(CaseInsensitiveDict(headers), body, limited)

    def test_seconds_milliseconds_and_dates_are_understood(self):
        self.assertEqual(self.seconds(retry_after="30"), 30)
        self.assertEqual(self.seconds(Retry_After=" 1.5 "), 1.5)
        self.assertEqual(self.seconds(retry_after_ms="2500", retry_after="3"), 2.5)
        date = formatdate(time.time() + 60, usegmt=True)
        self.assertAlmostEqual(self.seconds(retry_after=date), 60, delta=5)

    def test_nonsense_is_no_wait_and_no_crash(self):
        for value in (
            *("", "soon", "-5", "nan", "inf", "1e99", "Mon, 99 Foo", "0\x1f"),
            *("\u0663", "5 parsecs", "s", "9999-99-99", "99999-01-01T00:00:00Z"),
        ):
            with self.subTest(value):
                self.assertIsNone(self.seconds(retry_after=value))
                self.assertIsNone(self.seconds(x_ratelimit_reset=value))

    def test_no_wait_and_the_past_leave_the_pause_to_us(self):
        past = "Mon, 01 Jan 2001 00:00:00 GMT"
        for value in ("0", "0.0", past, str(int(time.time()) - 60)):
            self.assertIsNone(self.seconds(retry_after=value))
        self.assertIsNone(self.seconds(retry_after_ms="0"))
        said = "Please try again in 20s."
        self.assertEqual(self.seconds(said, retry_after="0"), 20)

    def test_an_absurd_wait_is_bounded(self):
        self.assertEqual(self.seconds(retry_after="9" * 15), MAX_RETRY_AFTER)
        self.assertEqual(self.seconds(retry_after="999999d"), MAX_RETRY_AFTER)

    def test_the_delay_in_a_body_of_google_is_understood(self):
        wait = {"@type": "google.rpc.RetryInfo", "retryDelay": "34.5s"}
        body = json.dumps([{"error": {"code": 429, "details": [wait]}}])
        self.assertEqual(self.seconds(body), 34.5)

    def test_a_wait_in_words_is_understood(self):
        for words, seconds in (
            ("Rate limit reached. Please try again in 7m12.5s. Visit", 432.5),
            ("Used 5034, Requested 1443. Please try again in 4.77s.", 4.77),
            ("Please try again in 520ms.", 0.52),
            ("Please retry after 59 seconds.", 59),
            ("selected model, Try again in 5 seconds. Passed model=x", 5),
            ("try again in 1 hour", 3600),
            ("Please try again in 2 days", 172800),
            ("try again in a moment", None),
            ("try again in 5 ways", None),
        ):
            with self.subTest(words):
                body = json.dumps({"error": {"message": words}})
                self.assertEqual(self.seconds(body), seconds)

    def test_the_reset_of_a_limit_is_understood(self):
        for value, seconds in (
            ("7m12.5s", 432.5),
            ("2m59.56s", 179.56),
            ("1h0m5s", 3605),
            ("150ms", 0.15),
            ("12", 12),
        ):
            with self.subTest(value):
                self.assertAlmostEqual(
                    self.seconds(x_ratelimit_reset_tokens=value), seconds
                )
                self.assertAlmostEqual(self.seconds(x_ratelimit_reset=value), seconds)
        soon = time.time() + 40
        moment = datetime.now(timezone.utc) + timedelta(seconds=40)
        for value in (str(int(soon)), str(int(soon * 1000)), moment.isoformat()):
            with self.subTest(value):
                found = self.seconds(x_ratelimit_reset_requests=value)
                self.assertAlmostEqual(found, 40, delta=5)
        stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        found = self.seconds(anthropic_ratelimit_tokens_reset=stamp)
        self.assertAlmostEqual(found, 40, delta=5)

    def test_the_limit_that_is_used_up_counts_else_the_one_that_ends_first(self):
        resets = {
            "x_ratelimit_reset_requests": "2m59.56s",
            "x_ratelimit_reset_tokens": "7.66s",
        }
        self.assertEqual(self.seconds(**resets), 7.66)
        self.assertEqual(
            self.seconds(
                **resets,
                x_ratelimit_remaining_requests="0",
                x_ratelimit_remaining_tokens="3120",
            ),
            179.56,
        )

    def test_headers_about_limits_mean_nothing_with_another_failure(self):
        reset = {"x_ratelimit_reset_tokens": "6m0s"}
        self.assertIsNone(self.seconds(limited=False, **reset))
        server = self.serve(http_answer({"error": "no"}, 500, **reset))
        self.assertIsNone(self.failure(self.account(server)).retry_after)

    def test_the_reset_in_a_body_of_openrouter_is_understood(self):
        reset = str(int((time.time() + 40) * 1000))
        headers = {"X-RateLimit-Limit": "20", "X-RateLimit-Reset": reset}
        error = {"code": 429, "message": "x", "metadata": {"headers": headers}}
        found = self.seconds(json.dumps({"error": error}))
        self.assertAlmostEqual(found, 40, delta=5)

    def test_what_litellm_passes_on_counts(self):
        headers = CaseInsensitiveDict({"llm_provider-retry-after": "12"})
        self.assertEqual(retry_after(headers), 12)
        headers = {"llm_provider-x-ratelimit-reset-tokens": "1m1s"}
        self.assertEqual(retry_after(CaseInsensitiveDict(headers)), 61)

    def test_a_hostile_body_costs_no_time(self):
        for body in ("try again in " + "1m" * 500_000, "1 " * 1_000_000):
            started = time.monotonic()
            self.seconds(body)
            self.assertLess(time.monotonic() - started, 1)

    def test_the_error_carries_it(self):
        server = self.serve(http_answer({"error": "slow"}, 429, Retry_After="7"))
        error = self.failure(self.account(server))
        self.assertCode(error, "rate_limit")
        self.assertEqual(error.retry_after, 7)

    def test_a_wait_that_nobody_sits_out_is_named(self):
        for seconds, unit, count in (
            ("86400", "hours", "24"),
            ("30000", "hours", "8"),
            ("172800", "days", "2"),
            ("9" * 15, "days", "7"),
        ):
            server = self.serve(http_answer({"error": "x"}, 429, Retry_After=seconds))
            error = self.failure(self.account(server))
            self.assertCode(error, "rate_limit", unit)
            self.assertEqual(error.values, {"count": count})
