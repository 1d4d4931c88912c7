# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from odoo.addons.blog_ai_generator import llm

from .fixtures_llm import (
    LLMCase,
    good_fields,
    good_text,
    http_answer,
    openai_answer,
    refusal,
)

REQUEST = llm.ArticleRequest("Bees in the city")


class TestWriter(LLMCase):
    def test_a_topic_is_needed(self):
        for topic in ("", "  \n", "\u200b\u202e"):
            error = self.failure(self.account("x"), llm.ArticleRequest(topic))
            self.assertCode(error, "bad_request", "no_topic")
            self.assertEqual(error.calls, ())

    def test_a_model_is_needed(self):
        error = self.failure(self.account("http://127.0.0.1:9", model=" "))
        self.assertCode(error, "bad_request", "no_model")

    def test_an_unknown_protocol_is_a_bad_request(self):
        error = self.failure(self.account("http://127.0.0.1:9", protocol="telex"))
        self.assertCode(error, "bad_request", "protocol")

    def test_an_integrator_adds_a_protocol(self):
        class Mine(llm.Adapter):
            def complete(self, prompt, account, deadline):
                return llm.Reply(good_text(), llm.Usage(1, 2), model="mine")

        llm.register("mine", Mine())
        self.addCleanup(llm.PROTOCOLS.pop, "mine")
        account = self.account("", protocol="mine")
        answer = llm.write(REQUEST, account)
        self.assertEqual(answer.usage, llm.Usage(1, 2))
        self.assertEqual(answer.calls[0].model_answered, "mine")
        with self.assertRaises(llm.LLMError) as caught:
            llm.list_models(account)
        self.assertCode(caught.exception, "bad_request", "no_list")

    def test_an_answer_with_the_key_is_refused(self):
        key = "sk-live-0123456789"
        escaped = "".join(f"\\u{ord(char):04x}" for char in key)
        for spelled in (key, escaped):
            for name in ("title", "body", "linkedin"):
                text = good_text(**{name: good_fields()[name] + " KEY"})
                server = self.serve(openai_answer(text.replace("KEY", spelled)))
                error = self.failure(self.account(server, api_key=key))
                self.assertCode(error, "unusable", "key")
                self.assertNotIn(key, f"{error} {error.detail} {error.calls}")

    def test_an_answer_with_a_key_that_is_a_word_is_good(self):
        server = self.serve(openai_answer(good_text()))
        for key in ("bees", "", "neighbourhood", "none"):
            llm.write(REQUEST, self.account(server, api_key=key))

    def test_many_threads_share_nothing(self):
        server = self.serve(openai_answer(good_text()))
        account = self.account(server)
        with ThreadPoolExecutor(8) as pool:
            jobs = [pool.submit(llm.write, REQUEST, account) for _number in range(24)]
            answers = [job.result(timeout=30) for job in jobs]
        self.assertEqual(len({answer.article for answer in map(_frozen, answers)}), 1)
        self.assertEqual(len(server.requests), 24)


def _frozen(answer):
    """Return the answer with an article that can be put into a set."""
    return llm.Answer(repr(answer.article), answer.usage, answer.calls)


class TestConnectionCheck(LLMCase):
    def test_it_asks_as_an_article_does_for_the_shortest_answer(self):
        asked_for = ("max_completion_tokens", "reasoning_effort", "seed", "model")
        server = self.serve(openai_answer('{"text": "OK"}'), openai_answer(good_text()))
        account = self.account(
            server, preset="openai", thinking="none", options={"seed": 7}
        )
        (call,) = llm.check_connection(account).calls
        self.assertEqual((call.kind, call.outcome), ("test", "ok"))
        llm.write(REQUEST, account)
        test, article = (request.json for request in server.requests)
        for name in asked_for:
            self.assertEqual(test[name], article[name])
        kinds = [sent["response_format"]["type"] for sent in (test, article)]
        self.assertEqual(kinds, ["json_schema"] * 2)
        (message,) = test["messages"]
        self.assertLess(len(message["content"]), 60)

    def test_a_plan_that_is_too_small_for_an_article_fails_it(self):
        message = "on tokens per minute (TPM): Limit 8000, Requested 9123"
        server = self.serve(refusal(message, 413))
        with self.assertRaises(llm.LLMError) as caught:
            llm.check_connection(self.account(server, preset="groq"))
        self.assertCode(caught.exception, "bad_request", "plan")

    def test_an_answer_cut_off_while_thinking_counts(self):
        server = self.serve(openai_answer("", "length"))
        (call,) = llm.check_connection(self.account(server)).calls
        self.assertEqual((call.outcome, call.usage.tokens_out), ("ok", 1300))

    def test_an_answer_without_text_does_not_count(self):
        for text in ("", " \n", "\u200b"):
            server = self.serve(openai_answer(text))
            with self.assertRaises(llm.LLMError) as caught:
                llm.check_connection(self.account(server))
            self.assertCode(caught.exception, "unusable", "empty")
            (call,) = caught.exception.calls
            self.assertEqual((call.outcome, call.usage.tokens_out), ("unusable", 1300))

    def test_a_limit_that_thinking_used_up_is_not_repeated_without_one(self):
        message = (
            "Could not finish the message because max_tokens or model output limit was "
            "reached. Please try again with higher max_tokens."
        )
        server = self.serve(refusal(message))
        with self.assertRaises(llm.LLMError) as caught:
            llm.check_connection(self.account(server))
        self.assertCode(caught.exception, "truncated", "limit")
        self.assertEqual(len(server.requests), 1)

    def test_a_failure_raises_with_its_record(self):
        server = self.serve(http_answer({"error": "no"}, 401))
        with self.assertRaises(llm.LLMError) as caught:
            llm.check_connection(self.account(server))
        self.assertCode(caught.exception, "authentication")
        self.assertEqual([call.kind for call in caught.exception.calls], ["test"])


class TestModels(LLMCase):
    def test_names_come_sorted_and_clean(self):
        models = [{"id": "b"}, {"id": "a\n"}, {"id": "b"}, {"id": 5}, {}, None, "c"]
        server = self.serve(http_answer({"data": models}))
        self.assertEqual(llm.list_models(self.account(server)).names, ("a", "b"))
        self.assertEqual(
            (server.requests[0].method, server.requests[0].path), ("GET", "/v1/models")
        )

    def test_a_bare_list_counts(self):
        for models, names in (([{"id": "b"}, {"id": "a"}], ("a", "b")), ([], ())):
            server = self.serve(http_answer(models))
            self.assertEqual(llm.list_models(self.account(server)).names, names)

    def test_end_dates_and_limits_are_kept(self):
        models = [
            {"id": "luna", "shutdown_date": "2027-01-14"},
            {
                "id": "haiku",
                "retires_at": "2027-01-22T00:00:00Z",
                "lifecycle": "deprecated",
                "max_tokens": 64000,
                "max_input_tokens": 200000,
            },
            {
                "id": "router",
                "context_length": 131072,
                "top_provider": {"max_completion_tokens": 32768},
                "shutdown_date": None,
            },
            {"id": "odd", "shutdown_date": "soon", "max_tokens": "many"},
            {"id": "stamp", "shutdown_date": 1800000000, "max_model_len": 4096},
        ]
        server = self.serve(http_answer({"data": models}))
        listed = llm.list_models(self.account(server))
        self.assertEqual(listed.names, ("haiku", "luna", "odd", "router", "stamp"))
        self.assertEqual(
            listed.models,
            (
                llm.ModelInfo("haiku", "2027-01-22", 64000, 200000, "deprecated"),
                llm.ModelInfo("luna", "2027-01-14"),
                llm.ModelInfo("odd"),
                llm.ModelInfo("router", "", 32768, 131072),
                llm.ModelInfo("stamp", "2027-01-15", 0, 4096),
            ),
        )

    def test_no_model_has_to_be_chosen_yet(self):
        server = self.serve(http_answer({"data": []}))
        account = self.account(
            server, protocol="anthropic_messages", preset="anthropic", model=""
        )
        self.assertEqual(llm.list_models(account).names, ())

    def test_failures_are_the_same_as_elsewhere(self):
        for answer, code in (
            (http_answer({"error": "no"}, 401), "authentication"),
            (http_answer({"models": []}), "unusable"),
            (http_answer("<html>", 404), "bad_request"),
        ):
            with self.assertRaises(llm.LLMError) as caught:
                llm.list_models(self.account(self.serve(answer)))
            self.assertEqual(caught.exception.code, code)
            self.assertEqual(caught.exception.calls[0].kind, "models")


class TestStandalone(LLMCase):
    def test_it_runs_without_odoo_and_loads_markdown_late(self):
        addon = Path(llm.__file__).parents[1]
        code = (
            "import sys, llm\n"
            "assert not [n for n in sys.modules if n.split('.')[0] == 'odoo']\n"
            "assert not {'markdown_it', 'PIL'} & {*sys.modules}\n"
            "account = llm.Account('offline', '', '', 'sample', 'offline')\n"
            "print(llm.write(llm.ArticleRequest('Bees'), account).article.title)\n"
            "assert 'markdown_it' in sys.modules\n"
        )
        path = [str(addon), *(entry for entry in sys.path if entry)]
        done = subprocess.run(
            [
                sys.executable,
                "-B",
                "-c",
                f"import sys; sys.path[:0] = {path!r}\n{code}",
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("Bees", done.stdout)


class TestPrices(LLMCase):
    def test_a_price_comes_with_its_date_and_source(self):
        price = llm.list_price("openai", "gpt-6-luna")
        found = (price.tokens_in, price.tokens_cached, price.tokens_out)
        self.assertEqual(found, (0.10, 0.01, 0.50))
        self.assertEqual(price.date, "2026-11-29")
        self.assertTrue(price.source)
        self.assertIsNone(llm.list_price("anthropic", "claude-haiku-5-5").tokens_cached)

    def test_a_snapshot_costs_what_its_model_does(self):
        for preset, model, snapshot in (
            ("openai", "gpt-6-luna", "gpt-6-luna-2026-10-01"),
            ("anthropic", "claude-haiku-4-5", "claude-haiku-4-5-20251001"),
        ):
            price = llm.list_price(preset, model)
            self.assertEqual(llm.list_price(preset, snapshot), price)

    def test_what_nobody_knows_is_not_free_of_charge(self):
        for preset, model in (
            *(("openai", "gpt-6-luna-pro"), ("openai", ""), ("nobody", "gpt-6-luna")),
            *(("ollama", "gemma4"), ("compatible", "gpt-6-luna")),
        ):
            self.assertIsNone(llm.list_price(preset, model))

    def test_the_default_models_of_the_great_services_have_prices(self):
        for key in ("openai", "anthropic", "gemini", "mistral", "groq"):
            price = llm.list_price(key, llm.PRESETS[key].default_model)
            self.assertLess(0, price.tokens_in)
            self.assertLess(price.tokens_in, price.tokens_out)


class TestPresets(LLMCase):
    def test_every_provider_of_the_list_is_there(self):
        self.assertEqual(
            list(llm.PRESETS),
            "openai anthropic gemini mistral deepseek xai moonshot openrouter groq "
            "azure bedrock scaleway ovhcloud nebius ollama lmstudio vllm "
            "llamacpp compatible offline".split(),
        )

    def test_every_preset_can_be_used_as_it_is(self):
        for key, preset in llm.PRESETS.items():
            with self.subTest(key):
                self.assertEqual(preset.key, key)
                self.assertIn(preset.protocol, llm.PROTOCOLS)
                self.assertIn(
                    preset.schema_mode, ("json_schema", "json_object", "prompt")
                )
                local = preset.base_url.startswith("http://localhost:")
                remote = preset.base_url.startswith("https://")
                self.assertEqual(remote, preset.needs_key)
                self.assertTrue(local or remote or key in ("compatible", "offline"))
                self.assertFalse(preset.base_url.endswith("/"))
                self.assertEqual(bool(preset.key_url), preset.needs_key)
                self.assertIn(preset.thinking, llm.THINKING)
                self.assertFalse(llm.RESERVED_OPTIONS & preset.options.keys())
                for word in preset.placeholders:
                    self.assertIn(word, preset.base_url)

    def test_own_servers_are_asked_for_less_at_once_and_given_more_time(self):
        for key, preset in llm.PRESETS.items():
            local = preset.base_url.startswith("http://localhost:")
            with self.subTest(key):
                self.assertEqual(preset.is_own_server, local or key == "offline")
                if local:
                    self.assertEqual(
                        (preset.calls_at_once, preset.time_limit), (2, 600)
                    )
                else:
                    self.assertEqual(
                        (preset.calls_at_once, preset.time_limit), (16, 90)
                    )

    def test_the_free_plan_of_groq_takes_the_output_limit(self):
        # 8,000 tokens a minute, of which a prompt needs some 1,000.
        self.assertLessEqual(llm.PRESETS["groq"].max_output_tokens, 7000)

    def test_a_default_model_is_none_that_has_ended(self):
        ended = {"llama-3.3-70b-versatile", "deepseek-chat", "moonshot-v1-8k"}
        ending = {"gpt-4.1-mini", "gemini-2.5-flash", "llama3.1", "claude-haiku-4-5"}
        for preset in llm.PRESETS.values():
            self.assertNotIn(preset.default_model, ended | ending)

    def test_a_base_url_with_a_placeholder_is_refused_before_anything_is_sent(self):
        for key, word in (("azure", "RESOURCE"), ("bedrock", "REGION")):
            base_url = llm.PRESETS[key].base_url
            error = self.failure(self.account(base_url, preset=key))
            self.assertCode(error, "bad_request", "placeholder")
            self.assertEqual(error.values, {"name": word})
            with self.assertRaises(llm.LLMError) as caught:
                llm.list_models(self.account(base_url, preset=key))
            self.assertCode(caught.exception, "bad_request", "placeholder")
