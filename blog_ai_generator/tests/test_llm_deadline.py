# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import socket
import threading
import time
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.llm import transport

from .fixtures_llm import LLMCase, good_text, http_answer, openai_answer
from .fixtures_llm.slow import (
    SOON,
    dripping_body,
    dripping_body_without_length,
    dripping_chunks,
    dripping_header,
    endless_continue,
    silent,
)


def dropping(case):
    """Return the address of a host that answers no attempt to connect."""
    # A full backlog drops connections on Linux, as a firewall would.
    listener = socket.create_server(("127.0.0.1", 0), backlog=0)
    case.addCleanup(listener.close)
    address = listener.getsockname()
    for _number in range(2):
        filler = socket.socket()
        case.addCleanup(filler.close)
        filler.setblocking(False)
        filler.connect_ex(address)
    return f"http://127.0.0.1:{address[1]}/v1"


@tagged("post_install", "-at_install", "blog_ai_alone")
class TestDeadline(LLMCase):
    def assertCutOff(self, url):
        """Check that a call with a short deadline ends as a timeout, and early."""
        started = time.monotonic()
        error = self.failure(self.account(url, deadline=0.3))
        elapsed = time.monotonic() - started
        self.assertCode(error, "timeout")
        self.assertLess(elapsed, SOON)
        self.assertGreaterEqual(elapsed, 0.3)
        self.assertEqual([call.outcome for call in error.calls], ["timeout"])
        self.assertGreaterEqual(error.calls[0].milliseconds, 300)

    def test_a_silent_server_does_not_outlive_the_deadline(self):
        self.assertCutOff(self.serve(silent).url)

    def test_a_dripping_server_does_not_outlive_the_deadline(self):
        for behave in (
            dripping_body,
            dripping_body_without_length,
            dripping_chunks,
            dripping_header,
            endless_continue,
        ):
            with self.subTest(behave.__name__), self.nothing_left_open():
                server = self.serve(behave)
                self.assertCutOff(server.url)
                server.close()

    def test_a_tls_handshake_that_never_comes_does_not_outlive_the_deadline(self):
        with self.nothing_left_open():
            server = self.serve(silent)
            self.assertCutOff(server.url.replace("http:", "https:"))
            server.close()

    def test_a_host_that_drops_packets_does_not_outlive_the_deadline(self):
        self.assertCutOff(dropping(self))

    def test_all_addresses_of_a_host_share_one_deadline(self):
        server = self.serve(silent)
        port = int(server.url.rsplit(":", 1)[1].split("/")[0])
        info = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))
        with patch.object(transport.socket, "getaddrinfo", return_value=[info] * 50):
            self.assertCutOff(server.url)

    def test_a_deadline_in_the_past_sends_nothing(self):
        server = self.serve(openai_answer(good_text()))
        error = self.failure(self.account(server, deadline=0))
        self.assertCode(error, "timeout")
        self.assertFalse(server.requests)

    def test_the_repeated_call_has_no_deadline_of_its_own(self):
        def refuse_then_keep_silent(connection, server):
            server.read_request(connection)
            if len(server.requests) > 1:
                server.stopping.wait()
            text = {"error": {"message": "unknown field response_format"}}
            connection.sendall(http_answer(text, 400))

        server = self.serve(refuse_then_keep_silent)
        started = time.monotonic()
        # Time enough for the refusal, on a busy machine too.
        error = self.failure(self.account(server, deadline=2))
        self.assertLess(time.monotonic() - started, SOON)
        outcomes = [call.outcome for call in error.calls]
        self.assertEqual(outcomes, ["bad_request", "timeout"])


@tagged("post_install", "-at_install", "blog_ai_alone")
class TestCancellation(LLMCase):
    def assertCancelled(self, url):
        """Check that a call ends soon after another thread has cancelled it."""
        cancellation = llm.Cancellation()
        timer = threading.Timer(0.2, cancellation.cancel, ["Enough."])
        timer.start()
        started = time.monotonic()
        error = self.failure(self.account(url, deadline=60), cancellation=cancellation)
        elapsed = time.monotonic() - started
        timer.join()
        self.assertCode(error, "cancelled")
        self.assertEqual(error.detail, "Enough.")
        self.assertFalse(error.retryable)
        self.assertEqual([call.outcome for call in error.calls], ["cancelled"])
        self.assertGreaterEqual(elapsed, 0.15)
        self.assertLess(elapsed, 1.0)

    def test_a_call_is_cancelled_at_any_moment(self):
        for behave in (silent, dripping_header, dripping_body, dripping_chunks):
            with self.subTest(behave.__name__), self.nothing_left_open():
                server = self.serve(behave)
                self.assertCancelled(server.url)
                server.close()

    def test_a_tls_handshake_is_cancelled(self):
        self.assertCancelled(self.serve(silent).url.replace("http:", "https:"))

    def test_a_connection_that_is_not_there_yet_is_cancelled(self):
        self.assertCancelled(dropping(self))

    def test_a_call_that_was_cancelled_before_sends_nothing(self):
        server = self.serve(openai_answer(good_text()))
        cancellation = llm.Cancellation()
        cancellation.cancel("Too late.")
        error = self.failure(self.account(server), cancellation=cancellation)
        self.assertCode(error, "cancelled")
        self.assertFalse(server.requests)

    def test_a_call_that_ends_with_the_server_says_so(self):
        cancellation = llm.Cancellation()
        cancellation.cancel("The server stopped.", "stopped")
        error = self.failure(
            self.account(self.serve(silent)), cancellation=cancellation
        )
        self.assertCode(error, "stopped")
        self.assertFalse(error.retryable)
        self.assertEqual([call.outcome for call in error.calls], ["stopped"])

    def test_a_call_that_has_ended_is_not_cancelled_any_more(self):
        cancellation = llm.Cancellation()
        server = self.serve(openai_answer(good_text()))
        with self.nothing_left_open():
            llm.write(llm.ArticleRequest("Bees"), self.account(server), cancellation)
            cancellation.cancel("Too late.")
            server.close()
