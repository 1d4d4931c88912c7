# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import os
import socket
import tempfile
import time
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.llm import transport

from .fixtures_llm import LLMCase, good_text, http_answer, openai_answer
from .fixtures_llm.slow import (
    SOON,
    drip,
    dripping_body,
    dripping_header,
)
from .fixtures_llm.tls import SecureServer, self_signed


@tagged("post_install", "-at_install", "blog_ai_alone")
class TestConnection(LLMCase):
    def test_nothing_is_left_open_after_good_calls(self):
        with self.nothing_left_open():
            server = self.serve(openai_answer(good_text()))
            for _number in range(5):
                llm.write(llm.ArticleRequest("Bees"), self.account(server))
            server.close()

    def test_a_closed_port_says_that_nothing_answers(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        error = self.failure(self.account(f"http://127.0.0.1:{port}"))
        self.assertCode(error, "connection", "refused")
        self.assertTrue(error.retryable)

    def test_an_unknown_host_says_that_its_name_was_not_found(self):
        for raised, code, reason in (
            (socket.gaierror(-2, "Name or service not known"), "connection", "dns"),
            (UnicodeError("label too long"), "bad_request", "base_url"),
        ):
            lookup = patch.object(transport.socket, "getaddrinfo", side_effect=raised)
            with lookup:
                error = self.failure(self.account("http://localhost:9"))
            self.assertCode(error, code, reason)

    def test_plain_http_behind_https_is_a_matter_of_tls(self):
        def answer_in_plain_text(connection, server):
            connection.recv(65536)
            connection.sendall(http_answer("speak HTTP", 400))

        url = self.serve(answer_in_plain_text).url.replace("http:", "https:")
        self.assertCode(self.failure(self.account(url)), "connection", "tls")

    def test_another_kind_of_server_is_no_language_model(self):
        error = self.failure(self.account(self.serve(b"SSH-2.0-OpenSSH_9.2\r\n")))
        self.assertCode(error, "unusable", "no_api")

    def test_an_early_end_is_a_closed_connection(self):
        whole = openai_answer(good_text())
        chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{}"
        for sent in (b"", whole[:-20], chunked):
            with self.subTest(sent=sent[:40]):
                error = self.failure(self.account(self.serve(sent)))
                self.assertCode(error, "connection", "closed")

    def test_a_redirect_is_not_followed(self):
        target = self.serve(openai_answer(good_text()))
        server = self.serve(http_answer(b"", 307, Location=target.url))
        error = self.failure(self.account(server))
        self.assertCode(error, "bad_request", "redirect")
        self.assertIn(target.url, error.detail)
        self.assertFalse(target.requests)

    def test_an_endless_answer_is_dropped_at_the_size_cap(self):
        def flood(connection, server):
            server.read_request(connection)
            drip(connection, server, b"HTTP/1.1 200 OK\r\n\r\n", b" " * 1_000_000)

        error = self.failure(self.account(self.serve(flood)))
        self.assertCode(error, "unusable", "too_big")

    def test_a_base_url_that_is_none_is_refused_before_anything_is_sent(self):
        for url in (
            "",
            "api.example.com/v1",
            "ftp://api.example.com",
            "https://",
            "https://user:secret@api.example.com/v1",
            "https://api.example.com/v1?key=secret",
            "https://api.example.com:99999/v1",
            "https://[::1/v1",
            "http://exa mple.com/v1",
        ):
            with self.subTest(url):
                error = self.failure(self.account(url))
                self.assertCode(error, "bad_request", "base_url")
                self.assertNotIn("secret", error.detail)

    def test_options_that_are_no_json_are_a_bad_request(self):
        for value in (float("nan"), object()):
            account = self.account("http://127.0.0.1:9", options={"top_p": value})
            self.assertCode(self.failure(account), "bad_request")

    def test_answers_arrive_over_tls_when_the_certificate_is_trusted(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        certificate = self_signed(folder.name)

        def behave(connection, server):
            server.read_request(connection)
            connection.sendall(openai_answer(good_text()))

        server = SecureServer(behave, certificate)
        self.addCleanup(server.close)
        self.assertCode(self.failure(self.account(server)), "connection", "tls")
        with patch.dict(os.environ, REQUESTS_CA_BUNDLE=certificate):
            answer = llm.write(llm.ArticleRequest("Bees"), self.account(server))
            self.assertTrue(answer.article.title)
            server.behave = dripping_body
            started = time.monotonic()
            error = self.failure(self.account(server, deadline=0.5))
        self.assertCode(error, "timeout")
        self.assertLess(time.monotonic() - started, SOON)

    def test_a_proxy_of_the_environment_is_used(self):
        proxy = self.serve(openai_answer(good_text()))
        with patch.dict(
            os.environ, http_proxy=proxy.url[:-3], no_proxy="", NO_PROXY=""
        ):
            # The name has to pass the guard of the tests, which know this host.
            llm.write(llm.ArticleRequest("Bees"), self.account("http://localhost:9/v1"))
        path = proxy.requests[0].path
        self.assertEqual(path, "http://localhost:9/v1/chat/completions")

    def test_a_dripping_proxy_does_not_outlive_the_deadline(self):
        proxy = self.serve(dripping_header)
        started = time.monotonic()
        with patch.dict(
            os.environ, https_proxy=proxy.url[:-3], no_proxy="", NO_PROXY=""
        ):
            account = self.account("https://localhost:9/v1", deadline=0.3)
            error = self.failure(account)
        self.assertCode(error, "timeout")
        self.assertLess(time.monotonic() - started, SOON)


class TestKey(LLMCase):
    def headers_of(self, **changes):
        server = self.serve(openai_answer("OK"))
        llm.check_connection(self.account(server, **changes))
        return server.requests[0].headers

    def test_the_key_goes_into_the_header_of_the_preset(self):
        headers = self.headers_of(preset="openai")
        self.assertEqual(headers["authorization"], "Bearer sk-secret-0123456789")
        headers = self.headers_of(preset="anthropic")
        self.assertEqual(headers["x-api-key"], "sk-secret-0123456789")
        self.assertNotIn("authorization", headers)
        self.assertEqual(headers["anthropic-version"], "2023-06-01")

    def test_a_provider_that_takes_no_key_gets_none(self):
        headers = self.headers_of(preset="offline")
        self.assertNotIn("sk-secret-0123456789", " ".join(headers.values()))

    def test_netrc_neither_replaces_nor_adds_a_key(self):
        with tempfile.NamedTemporaryFile("w", suffix="netrc") as netrc:
            netrc.write("machine 127.0.0.1 login someone password else\n")
            netrc.flush()
            with patch.dict(os.environ, NETRC=netrc.name):
                headers = self.headers_of()
                self.assertEqual(
                    headers["authorization"], "Bearer sk-secret-0123456789"
                )
                self.assertNotIn("authorization", self.headers_of(api_key=""))

    def test_blanks_around_a_pasted_key_do_no_harm(self):
        headers = self.headers_of(api_key=" sk-secret-0123456789\n")
        self.assertEqual(headers["authorization"], "Bearer sk-secret-0123456789")

    def test_a_key_that_cannot_be_a_header_is_refused_before_anything_is_sent(self):
        server = self.serve(openai_answer("OK"))
        for key in ("sk-a\r\nX-Evil: 1", "sk-\u0431\u0432\u0433", "sk-\xe9", "sk-\x00"):
            error = self.failure(self.account(server, api_key=key))
            self.assertCode(error, "authentication", "malformed")
        self.assertFalse(server.requests)

    def test_a_provider_that_needs_a_key_is_not_asked_without_one(self):
        server = self.serve(openai_answer("OK"))
        error = self.failure(self.account(server, preset="openai", api_key=" "))
        self.assertCode(error, "authentication", "missing")
        self.assertFalse(server.requests)

    def test_a_server_that_asks_for_a_key_has_not_refused_one(self):
        server = self.serve(http_answer({"error": {"message": "Unauthorized"}}, 401))
        for key, reason in (("", "missing"), ("sk-0123456789", "")):
            error = self.failure(self.account(server, api_key=key))
            self.assertCode(error, "authentication", reason)
