# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import datetime
import ipaddress
import os
import socket
import ssl
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.llm import transport

from .fixtures_llm import LLMCase, Server, good_text, http_answer, openai_answer

# Requests have a timeout of at least 10 s in these tests: what ends earlier than
# this was ended by the deadline.
SOON = 5.0


def drip(connection, server, start, piece):
    """Send ``start`` and then ``piece`` again and again until the client hangs up."""
    connection.sendall(start)
    while not server.stopping.wait(0.02):
        connection.sendall(piece)


def dripping_body(connection, server):
    server.read_request(connection)
    drip(connection, server, b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n", b" ")


def dripping_body_without_length(connection, server):
    server.read_request(connection)
    drip(connection, server, b"HTTP/1.1 200 OK\r\n\r\n{}", b" ")


def dripping_chunks(connection, server):
    server.read_request(connection)
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    drip(connection, server, head, b"1\r\n \r\n")


def dripping_header(connection, server):
    server.read_request(connection)
    drip(connection, server, b"HTTP/1.1 200 OK\r\nX-Slow: ", b"a")


def endless_continue(connection, server):
    server.read_request(connection)
    drip(connection, server, b"", b"HTTP/1.1 100 Continue\r\n\r\n")


def silent(connection, server):
    server.stopping.wait()


def self_signed(folder):
    """A certificate for 127.0.0.1 that is its own authority, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "loopback")])
    now = datetime.datetime.now(datetime.timezone.utc)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    key_id = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    usage = dict.fromkeys(
        (
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, key_cert_sign=True, **usage), True
        )
        .add_extension(key_id, False)
        .sign(key, hashes.SHA256())
    )
    path = Path(folder) / "loopback.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return str(path)


class SecureServer(Server):
    scheme = "https"

    def __init__(self, behave, certificate):
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate)
        super().__init__(behave)

    def wrap(self, connection):
        return self._context.wrap_socket(connection, server_side=True)


class TestDeadline(LLMCase):
    def assertCutOff(self, url):
        """A call with a short deadline ends as a timeout, and early."""
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
        # A full backlog drops connections on Linux, as a firewall would.
        listener = socket.create_server(("127.0.0.1", 0), backlog=0)
        self.addCleanup(listener.close)
        address = listener.getsockname()
        for _number in range(2):
            filler = socket.socket()
            self.addCleanup(filler.close)
            filler.setblocking(False)
            filler.connect_ex(address)
        self.assertCutOff(f"http://127.0.0.1:{address[1]}/v1")

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
