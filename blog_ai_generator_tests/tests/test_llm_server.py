# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Test the fake LLM server itself."""

import random
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from types import SimpleNamespace

import requests

from odoo.tests import tagged

from odoo.addons.blog_ai_generator import networks
from odoo.addons.blog_ai_generator.llm.prompt import ANSWER_KEYS

from .. import llm_server
from ..llm_server import LLMServer, behaviours
from ..llm_server.composer import FIELDS, LIMITS, Composer
from .llm_case import KEY, FakeLLMCase


@tagged("post_install", "-at_install")
class TestLlmServer(FakeLLMCase):
    """A wrong double would make all tests that use it worthless."""

    def post(self, path="chat/completions", headers=(), server=None, **changes):
        body = {
            "model": "good",
            "messages": [{"role": "user", "content": "Topic: Cats"}],
            **changes,
        }
        headers = {"Authorization": f"Bearer {KEY}", **dict(headers)}
        url = f"{(server or self.llm).url}/{path}"
        return requests.post(url, json=body, headers=headers, timeout=10)

    def post_anthropic(self, **changes):
        headers = {"x-api-key": KEY, "anthropic-version": "2023-06-01"}
        return self.post("messages", headers, **{"max_tokens": 4096, **changes})

    def test_it_writes_each_field_that_is_asked_for(self):
        self.assertEqual(FIELDS, ANSWER_KEYS)
        self.assertEqual({*Composer("Cats").article()}, {*FIELDS})
        allowed = {key: rule.budgets[0].limit for key, rule in networks.RULES.items()}
        self.assertEqual(LIMITS, allowed)

    def test_openai_requests_are_checked(self):
        schema = {"type": "object", "properties": {"a": {}}, "required": []}
        for changes in (
            {"wonder": 1},
            {"model": ""},
            {"messages": []},
            {"messages": [{"role": "robot", "content": "x"}]},
            {"messages": [{"role": "user", "content": ""}]},
            {"stream": True},
            {"max_tokens": 5, "max_completion_tokens": 5},
            {"response_format": {"type": "json_object"}},
            {"response_format": {"type": "json_schema", "json_schema": {}}},
            {
                "response_format": {
                    "type": "json_schema",
                    "json_schema": {"name": "a", "strict": True, "schema": schema},
                }
            },
        ):
            with self.subTest(changes=changes):
                answer = self.post(**changes)
                self.assertEqual(answer.status_code, 400)
                self.assertEqual(
                    answer.json()["error"]["type"], "invalid_request_error"
                )
        self.assertEqual(self.post("unknown").status_code, 404)

    def test_anthropic_requests_are_checked(self):
        for changes in (
            {"wonder": 1},
            {"max_tokens": None},
            {"messages": [{"role": "system", "content": "x"}]},
            {"messages": [{"role": "assistant", "content": "x"}]},
            {"output_config": {"format": {"type": "json_object"}}},
        ):
            with self.subTest(changes=changes):
                answer = self.post_anthropic(**changes)
                self.assertEqual(answer.status_code, 400)
                self.assertEqual(answer.json()["type"], "error")
        self.assertEqual(
            self.post("messages", {"x-api-key": KEY}, max_tokens=9).status_code, 400
        )
        self.assertEqual(self.post("messages", max_tokens=9).status_code, 401)

    def test_it_records_what_it_got(self):
        self.post_anthropic(model="fenced")
        (call,) = self.llm.wait_for_requests(1)
        self.assertEqual((call.method, call.path), ("POST", "/v1/messages"))
        self.assertEqual((call.key, call.topic), (KEY, "Cats"))
        self.assertEqual((call.model, call.body["max_tokens"]), ("fenced", 4096))
        self.assertEqual(call.headers["anthropic-version"], "2023-06-01")
        self.assertEqual((call.status, call.nth), (200, 1))

    def test_a_connection_is_used_again(self):
        connection = HTTPConnection(self.llm.root.removeprefix("http://"), timeout=10)
        self.addCleanup(connection.close)
        connection.connect()
        first = connection.sock
        for _time in range(3):
            headers = {"Authorization": f"Bearer {KEY}"}
            connection.request("GET", "/v1/models", headers=headers)
            self.assertIn(b"good", connection.getresponse().read())
            self.assertIs(connection.sock, first)

    def test_behaviours_are_joined_by_a_plus_sign(self):
        answer = self.post(model="reasoning+fenced+latency-0")
        self.assertIn("```", answer.json()["choices"][0]["message"]["content"])
        usage = answer.json()["usage"]["completion_tokens_details"]
        self.assertEqual(usage["reasoning_tokens"], 512)

    def test_a_key_can_choose_the_behaviour_of_a_real_model(self):
        headers = {"Authorization": "Bearer as-quota"}
        self.assertEqual(self.post(headers=headers, model="gpt-4.1").status_code, 429)
        self.assertEqual(self.post(model="gpt-4.1").status_code, 200)

    def test_ninety_percent_of_the_latencies_lie_between_the_two_given(self):
        waited = []
        call = SimpleNamespace(rng=random.Random(7), wait=waited.append)
        for _time in range(2000):
            behaviours.apply("lognormal-8-25", call)
        inside = sum(8 <= seconds <= 25 for seconds in waited)
        self.assertAlmostEqual(inside / len(waited), 0.9, delta=0.02)

    def test_the_seed_makes_it_repeatable(self):
        texts = []
        for seed in (1, 1, 2):
            with LLMServer(seed) as server:
                answer = self.post(server=server).json()["choices"][0]["message"]
                texts.append((answer["content"], server.requests[0].rng.random()))
        self.assertEqual(texts[0], texts[1])
        self.assertNotEqual(texts[0], texts[2])

    def test_calls_are_released_once_so_many_are_there_at_once(self):
        with ThreadPoolExecutor() as people:
            calls = [people.submit(self.post, model="hold") for _person in range(2)]
            other = people.submit(self.post, model="hold+good")
            self.llm.release_together("hold", 2)
            self.assertEqual([call.result().status_code for call in calls], [200] * 2)
            self.llm.wait_until(lambda: self.llm.in_flight == 1)
            self.assertFalse(other.done())
            self.llm.release()

    def test_calls_that_are_too_few_are_not_released(self):
        with ThreadPoolExecutor() as people:
            people.submit(self.post, model="hold")
            with self.assertRaises(TimeoutError):
                self.llm.release_together("hold", 2, timeout=0.01)
            self.llm.wait_for_requests(1)
            self.assertEqual(self.llm.in_flight, 1)
            self.llm.release()

    def test_later_calls_go_on_too_until_they_are_held_again(self):
        with ThreadPoolExecutor() as people:
            first = people.submit(self.post, model="hold")
            self.llm.wait_for_requests(1)
            self.llm.release_all()
            self.assertEqual(first.result().status_code, 200)
            self.assertEqual(self.post(model="hold").status_code, 200)
            self.llm.hold()
            held = people.submit(self.post, model="hold")
            self.llm.wait_for_requests(3)
            with self.assertRaises(TimeoutError):
                self.llm.wait_until(lambda: not self.llm.in_flight, timeout=0.1)
            self.llm.release()
            self.assertEqual(held.result().status_code, 200)

    def test_a_call_that_was_released_takes_its_time(self):
        with ThreadPoolExecutor() as people:
            people.submit(self.post, model="hold+latency-0.2")
            (call,) = self.llm.wait_for_requests(1)
            self.llm.release()
            self.llm.wait_until(lambda: not self.llm.in_flight)
        self.assertGreaterEqual(call.seconds, 0.2)

    def test_a_wait_that_is_in_vain_says_what_came(self):
        self.post()
        with self.assertRaisesRegex(TimeoutError, "has had 1 calls, 0 of them"):
            self.llm.wait_for_requests(2, timeout=0.01)

    def test_it_serves_this_machine_only(self):
        with self.assertRaisesRegex(ValueError, "not a loopback address"):
            LLMServer(host="0.0.0.0")

    def test_it_runs_from_the_command_line_until_it_is_interrupted(self):
        folder = Path(llm_server.__file__).parent
        # The option -S hides all packages that are not part of Python.
        command = [sys.executable, "-S", folder, "--port=0"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.kill)
        url, *help_ = iter(process.stdout.readline, "Stop with Ctrl-C.\n")
        url = f"{url.strip()}/models"
        headers = {"Authorization": f"Bearer {KEY}"}
        models = requests.get(url, headers=headers, timeout=10).json()["data"]
        process.send_signal(signal.SIGINT)
        report, _errors = process.communicate(timeout=10)
        self.assertEqual(process.returncode, 0)
        self.assertIn("/v1/models  -  -  200", report)
        self.assertGreater(len(models), 50)
        for model in models:
            self.assertIn(f"  {model['id']}  ", "".join(help_))

    def test_the_command_line_refuses_an_address_of_the_network(self):
        folder = Path(llm_server.__file__).parent
        done = subprocess.run(
            [sys.executable, folder, "--host=0.0.0.0"],
            capture_output=True,
            check=False,
            text=True,
        )
        self.assertEqual(done.returncode, 1)
        self.assertIn("not a loopback address", done.stderr)
