# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Statements of requests: the forms and buttons that people use."""

from odoo.fields import Command

from .browser import specification
from .queries_posts import PostStages

# Fields of the form that the web client does not send when it saves.
READONLY = {
    "topic_id",
    "similar_to",
    "company_id",
    "available_models",
    "provider_warning",
}


class ClickStages(PostStages):
    """The requests of a person's browser."""

    def wizard(self) -> dict[str, list[str]]:
        """Use “Write a post” from its opening to the form that it leads to."""
        with self.committed(self.user_id) as env:
            spec = specification(env, "blog.ai.write", "form")
        call, topic = self.browser.call, self.topic()
        opened, texts = call("blog.ai.write", "onchange", [], {}, [], spec)
        stages = {"wizard_open": texts}
        values = {
            **{name: [] if name.endswith("_ids") else False for name in spec},
            **sent_back(opened["value"]),
            "blog_id": self.blog_id,
            "provider_id": self.provider_id,
            "topic": topic,
        }
        _changed, texts = call("blog.ai.write", "onchange", [], values, ["topic"], spec)
        stages["wizard_type"] = texts
        saved = {name: values[name] for name in values if name not in READONLY}
        _action, texts = call("blog.ai.write", "action_write_values", saved)
        return {**stages, "wizard_write": texts}

    def click(
        self, button: str, ids: list[int], model: str = "blog.ai.generation"
    ) -> list[str]:
        """Press a button of a form, or of a list with several records selected."""
        return self.browser.call(model, button, ids, route="call_button")[1]

    def drafts_to_review(self) -> list[int]:
        """Create a draft that the writer has to review; return its generation's id."""
        ids = self.ask(reviewer_id=self.user_id)
        self.store(ids)
        return ids

    def decide(self, wizard: str, button: str, **values) -> list[str]:
        """Open a reviewer's wizard, fill it in, and press its button."""
        generation = self.drafts_to_review()
        with self.committed(self.user_id) as env:
            spec = specification(env, wizard, "form")
        context = {"default_generation_id": generation[0]}
        call = self.browser.call
        texts = self.click(button, generation)
        texts += call(wizard, "onchange", [], {}, [], spec, context=context)[1]
        saved = {"generation_id": generation[0], **values}
        (record,), stored = call(
            wizard, "web_save", [], saved, specification={}, context=context
        )
        return texts + stored + self.click(button, [record["id"]], wizard)

    def retry_all_the_same(self, count: int) -> list[str]:
        """Confirm that topics which resemble others are written again."""
        generations = self.failed(count)
        with self.committed(self.user_id) as env:
            values = {"generation_ids": [Command.set(generations)]}
            wizard = env["blog.ai.retry"].create(values)
        return self.click("action_retry", wizard.ids, "blog.ai.retry")

    def paste(self, count: int) -> list[str]:
        """Add ``count`` topics, one a line, to the queue."""
        values = {
            "blog_id": self.blog_id,
            "lines": "\n".join(self.topic() for _line in range(count)),
        }
        (record,), stored = self.browser.call(
            "blog.ai.topic.paste", "web_save", [], values, specification={}
        )
        return stored + self.click("action_add", [record["id"]], "blog.ai.topic.paste")


def sent_back(value: dict) -> dict:
    """Return the values as the web client sends them back."""
    return {name: _sent_back(content) for name, content in value.items()}


def _sent_back(content):
    if isinstance(content, dict):
        return content["id"]
    if isinstance(content, list):
        return [command[:2] for command in content]
    return content
