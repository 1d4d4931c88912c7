"""The mailbox of `make run`."""

import smtplib
import subprocess
import sys
from email.message import EmailMessage

import pytest
from devkit.commands import run
from devkit.paths import SCRIPTS
from devkit.processes import free_port

sys.path.insert(0, str(SCRIPTS))

import mailbox_page


@pytest.fixture
def send(tmp_path):
    with mailbox_page.catching(tmp_path) as port:

        def send(subject, text="", html=""):
            message = EmailMessage()
            message["From"], message["To"] = "a@example.com", "b@example.com"
            message["Subject"] = subject
            message.set_content(text)
            if html:
                message.add_alternative(html, subtype="html")
            with smtplib.SMTP("127.0.0.1", port) as client:
                client.send_message(message)

        yield send


def test_an_email_is_listed_and_shown_as_html_and_text(send, tmp_path):
    send("Crème brûlée", "plain words", "<p>rich words</p>")
    (name,) = mailbox_page.names(tmp_path)
    listed = mailbox_page.page(tmp_path, "/")
    assert "Crème brûlée" in listed and "to b@example.com" in listed
    assert f'href="/{name}"' in listed
    assert "plain words" in mailbox_page.page(tmp_path, f"/{name}")
    assert "<p>rich words</p>" in mailbox_page.page(tmp_path, f"/{name}/html")


def test_an_email_is_markup_in_its_frame_alone(send, tmp_path):
    send("<script>1</script>", "<script>2</script>")
    (name,) = mailbox_page.names(tmp_path)
    for path in ("/", f"/{name}", f"/{name}/html"):
        assert "<script>" not in mailbox_page.page(tmp_path, path)
    assert "sandbox" in mailbox_page.page(tmp_path, f"/{name}")


def test_other_paths_are_no_emails(tmp_path):
    (tmp_path / "secret").write_text("x")
    assert "Nothing yet" in mailbox_page.page(tmp_path, "/")
    for path in ("/secret", "/../secret", "/1/html", "/1/2"):
        assert mailbox_page.page(tmp_path, path) is None


def test_old_emails_make_room_for_new_ones(send, tmp_path, monkeypatch):
    monkeypatch.setattr(mailbox_page, "MOST", 2)
    for subject in ("first", "second", "third"):
        send(subject)
    listed = mailbox_page.page(tmp_path, "/")
    assert "third" in listed and "second" in listed and "first" not in listed


def test_it_ends_with_the_program_that_started_it(tmp_path):
    """A killed `make run` leaves no mailbox behind, whose port the next one misses."""
    ports = [str(free_port()), str(free_port())]
    command = [sys.executable, str(SCRIPTS / "mailbox_page.py"), str(tmp_path), *ports]
    mailbox = subprocess.Popen(command, stdin=subprocess.PIPE)
    mailbox.stdin.close()  # the system does so at the end of the other program
    assert mailbox.wait(timeout=60) == 0


def test_make_run_gives_its_mailbox_an_input_that_ends(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "LOGS", tmp_path)
    given = {}

    def child(_words, **options):
        given.update(options)
        raise RuntimeError("started")

    monkeypatch.setattr(run, "child", child)
    with pytest.raises(RuntimeError), run.mailbox(tmp_path):
        pass
    assert given["stdin"] == subprocess.PIPE
