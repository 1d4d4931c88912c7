# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Thinking, the answer's format and options: what is sent, and what is taken back."""

from odoo.addons.blog_ai_generator import llm

from .fixtures_llm import (
    LLMCase,
    anthropic_answer,
    good_text,
    http_answer,
    openai_answer,
)

REQUEST = llm.ArticleRequest("Bees in the city")


class WireCase(LLMCase):
    """Look at the body of a request, or of its repetition after a refusal."""

    def sent(self, preset, message="", **changes):
        """Return the last body; ``message`` is the refusal of the first one."""
        protocol = llm.PRESETS[preset].protocol
        good = anthropic_answer if protocol == "anthropic_messages" else openai_answer
        answers = [good(good_text())]
        if message:
            answers.insert(0, http_answer({"error": {"message": message}}, 400))
        server = self.serve(*answers)
        account = self.account(server, preset=preset, protocol=protocol, **changes)
        self.repairs = llm.write(REQUEST, account).article.repairs
        self.assertEqual(len(server.requests), len(answers))
        return server.requests[-1].json

    def assertSent(self, fields, *arguments, **changes):
        sent = self.sent(*arguments, **changes)
        self.assertEqual({name: sent.get(name) for name in fields}, fields)


class TestThinking(WireCase):
    def test_the_providers_default_is_to_send_nothing(self):
        for preset in llm.PRESETS.values():
            if preset.protocol == "offline":
                continue
            sent = self.sent(preset.key)
            for name in ("reasoning_effort", "thinking", "chat_template_kwargs"):
                self.assertNotIn(name, sent)
            self.assertNotIn("effort", sent.get("output_config", {}))

    def test_each_service_gets_the_level_in_its_words(self):
        for preset, level, fields in (
            ("openai", "none", {"reasoning_effort": "none"}),
            ("openai", "medium", {"reasoning_effort": "medium"}),
            ("gemini", "low", {"reasoning_effort": "low"}),
            ("mistral", "low", {"reasoning_effort": "none"}),
            ("mistral", "high", {"reasoning_effort": "high"}),
            ("groq", "none", {"reasoning_effort": "low"}),
            ("moonshot", "medium", {"reasoning_effort": "high"}),
            ("compatible", "low", {"reasoning_effort": "low"}),
            (
                "deepseek",
                "none",
                {"thinking": {"type": "disabled"}, "reasoning_effort": None},
            ),
            (
                "deepseek",
                "high",
                {"thinking": {"type": "enabled"}, "reasoning_effort": "high"},
            ),
            (
                "llamacpp",
                "none",
                {"chat_template_kwargs": {"enable_thinking": False}},
            ),
            (
                "vllm",
                "low",
                {
                    "chat_template_kwargs": {
                        "enable_thinking": True,
                        "reasoning_effort": "low",
                    }
                },
            ),
            ("anthropic", "none", {"thinking": {"type": "disabled"}}),
        ):
            with self.subTest(preset=preset, level=level):
                self.assertSent(fields, preset, thinking=level)

    def test_an_effort_and_a_schema_travel_in_one_field_of_anthropic(self):
        sent = self.sent("anthropic", thinking="low")
        self.assertEqual(sent["output_config"]["effort"], "low")
        self.assertEqual(sent["output_config"]["format"]["type"], "json_schema")
        self.assertNotIn("thinking", sent)

    def test_a_refused_level_is_left_out_and_noted(self):
        for preset, message, name in (
            ("openai", "Unrecognized argument: reasoning_effort", "reasoning_effort"),
            ("gemini", "This model only works in thinking mode.", "reasoning_effort"),
            ("deepseek", "unknown field `thinking`", "thinking"),
            (
                "llamacpp",
                "invalid type for chat_template_kwargs",
                "chat_template_kwargs",
            ),
            ("anthropic", "thinking.type: Input should be 'enabled'", "thinking"),
        ):
            with self.subTest(preset):
                self.assertNotIn(name, self.sent(preset, message, thinking="none"))
                self.assertIn(
                    llm.Note("parameter_omitted", {"name": name}), self.repairs
                )

    def test_a_model_that_cannot_stop_thinking_thinks_as_little_as_it_can(self):
        message = (
            "Unsupported value: 'reasoning_effort' does not support 'none' with this "
            "model. Supported values are: 'low', 'medium', and 'high'."
        )
        self.assertSent({"reasoning_effort": "low"}, "openai", message, thinking="none")
        note = llm.Note(
            "parameter_replaced", {"name": "reasoning_effort none", "other": "low"}
        )
        self.assertEqual(self.repairs, (note,))

    def test_the_effort_of_anthropic_stays_when_the_schema_goes(self):
        for message, left in (
            ("output_config.format: not supported on this model", {"effort": "low"}),
            ("This model does not support structured outputs", {"effort": "low"}),
            ("output_config: Extra inputs are not permitted", None),
        ):
            with self.subTest(message):
                sent = self.sent("anthropic", message, thinking="low")
                self.assertEqual(sent.get("output_config"), left)
                self.assertTrue(self.repairs)

    def test_the_schema_of_anthropic_stays_when_the_effort_goes(self):
        message = "This model does not support the effort parameter."
        sent = self.sent("anthropic", message, thinking="low")
        self.assertEqual([*sent["output_config"]], ["format"])
        note = llm.Note("parameter_omitted", {"name": "output_config.effort"})
        self.assertEqual(self.repairs, (note,))


class TestAnswerFormat(WireCase):
    def test_the_account_decides_over_the_preset(self):
        for preset, answer_format, kind in (
            ("compatible", "auto", "json_schema"),
            ("deepseek", "auto", "json_object"),
            ("deepseek", "json_schema", "json_schema"),
            ("openai", "json_object", "json_object"),
        ):
            with self.subTest(preset=preset, answer_format=answer_format):
                sent = self.sent(preset, answer_format=answer_format)
                self.assertEqual(sent["response_format"]["type"], kind)
        for preset in ("openai", "anthropic"):
            sent = self.sent(preset, answer_format="text")
            self.assertFalse({"response_format", "output_config"} & sent.keys())
        self.assertNotIn(
            "output_config", self.sent("anthropic", answer_format="json_object")
        )

    def test_a_server_that_takes_only_objects_gets_one(self):
        message = "'response_format.type' must be 'json_object' or 'text'"
        sent = self.sent("compatible", message)
        self.assertEqual(sent["response_format"], {"type": "json_object"})


class TestOptions(WireCase):
    def test_no_option_changes_what_is_asked_for_or_what_it_may_cost(self):
        options = dict.fromkeys(llm.RESERVED_OPTIONS, 1)
        for preset in ("openai", "anthropic"):
            self.assertEqual(self.sent(preset, options=options), self.sent(preset))

    def test_an_option_wins_over_the_fields(self):
        sent = self.sent(
            "openai",
            thinking="none",
            options={"reasoning_effort": "high", "response_format": None, "seed": 7},
        )
        self.assertEqual((sent["reasoning_effort"], sent["seed"]), ("high", 7))
        self.assertNotIn("response_format", sent)
