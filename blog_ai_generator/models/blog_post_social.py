# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import replace
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .. import llm, networks
from ..llm import social_networks
from ..llm.social import social_prompt
from ..llm.text import cut
from ..messages import Message
from ..sections import text_of

NETWORKS = [(key, known.name) for key, known in social_networks.NETWORKS.items()]
# Models of texts for networks, with their short links.
COPIES = ("blog.post.social", "blog.post.social.translation")
# Characters: more than any network accepts, few enough to measure at each keystroke.
MAX_TEXT = 10_000
# Invisible characters. X refuses a text with one of them (twitter-text,
# ``invalid_chars_group``), and PostgreSQL refuses the first.
UNSEEN = str.maketrans("", "", "\0\ufeff\ufffe\uffff")


class BlogPostSocial(models.Model):
    """The text that announces one post on one network, without its link.

    The link is counted but not stored: it follows on a line of its own.
    """

    _name = "blog.post.social"
    _description = "Social Copy"
    _order = "post_id, id"
    _rec_name = "network"

    post_id = fields.Many2one(
        "blog.post", required=True, ondelete="cascade", index=True
    )
    network = fields.Selection(NETWORKS, required=True)
    text = fields.Text(required=True)
    is_edited = fields.Boolean(
        "Edited by a Person",
        readonly=True,
        help="Changed since it was written with the post.",
    )
    link = fields.Char(compute="_compute_link")
    server = fields.Char(
        compute="_compute_limit",
        help="The Mastodon server where the company has its account.",
    )
    limit = fields.Integer(compute="_compute_limit")
    length = fields.Integer(  # pylint: disable=attribute-deprecated
        compute="_compute_length", help="As the network counts, with the link."
    )
    excess = fields.Integer(
        compute="_compute_length", help="Characters to cut from the text."
    )
    is_too_long = fields.Boolean(compute="_compute_length")
    warning = fields.Char(compute="_compute_warning")

    _one_a_network = models.Constraint(
        "UNIQUE (post_id, network)",
        "This post has a text for that network already. Change that one.",
    )

    @api.depends("network", "code", "post_id.website_absolute_url")
    def _compute_link(self):
        for copy in self:
            link = copy._address()
            if link and copy.network:
                link = networks.shared_link(copy.network, link)
            copy.link = link

    @api.model
    def _prepare_link(self, _post, _network: str) -> dict:
        """Return what the link of a post's text for a network depends on."""
        return {}

    def _address(self) -> str:
        return self._page_url()

    def _page_url(self) -> str:
        """Return the address of the page to which the link leads."""
        # While a post is edited, its saved record has the address, if any.
        return self.post_id._origin.website_absolute_url

    def _announced_post(self):
        post = self.post_id._origin
        return post._blog_ai_in(post.sudo()._blog_ai_text_lang())

    @api.depends("network", "post_id.blog_id")
    def _compute_limit(self):
        for copy in self:
            copy.limit = copy._limit() if copy.network else 0
            copy.server = copy.network == "mastodon" and (
                copy.post_id._blog_ai_company().blog_ai_mastodon_server
            )

    @api.depends("network", "text", "link", "limit")
    def _compute_length(self):
        for copy in self:
            measure = copy._measure(copy.text)
            copy.length = measure.length
            copy.excess = measure.excess
            copy.is_too_long = not measure.is_valid

    @api.depends("is_too_long", "excess")
    @api.depends_context("lang")
    def _compute_warning(self):
        for copy in self:
            if not copy.is_too_long:
                copy.warning = False
            elif copy.excess == 1:
                copy.warning = self.env._("Too long to be sent: cut 1 character.")
            else:
                copy.warning = self.env._(
                    "Too long to be sent: cut %s characters.", copy.excess
                )

    @api.constrains("text")
    def _check_text(self):
        for copy in self:
            if len(copy.text) > MAX_TEXT:
                raise ValidationError(
                    self.env._(
                        "The text for %(network)s has more than %(limit)s characters, "
                        "which no network accepts. Shorten it.",
                        network=dict(NETWORKS)[copy.network],
                        limit=MAX_TEXT,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._check_one_a_network(vals_list)
        return super().create([self._prepare_text(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._prepare_text(vals) if "text" in vals else vals)

    @api.model
    def _check_one_a_network(self, vals_list: list[dict]) -> None:
        """Refuse a second text for a network.

        PostgreSQL would refuse it too, but its error does not name the network.
        """
        posts = [vals.get("post_id") for vals in vals_list]
        present = self.sudo().search([("post_id", "in", posts)])
        taken = {(copy.post_id.id, copy.network) for copy in present}
        for vals in vals_list:
            key = post, network = vals.get("post_id"), vals.get("network")
            if key in taken:
                raise ValidationError(
                    self.env._(
                        "This post has a text for %(network)s already. Change that "
                        "one, or remove it first.",
                        network=dict(NETWORKS).get(network, network),
                    )
                )
            taken.add(key)

    def _prepare_text(self, vals: dict) -> dict:
        text = (vals.get("text") or "").translate(UNSEEN) or False
        return {**vals, "text": text, **({} if self.env.su else {"is_edited": True})}

    @api.model
    def write_again(self, post_id: int, network: str, present: str) -> dict:
        """Let a provider propose a new text for a post; the text is not changed.

        :param present: the text on the screen; the proposal must differ from it
        :return: ``id`` of the ``blog.ai.ask`` that will have the ``text``: plain text
            without URLs that fits the network with the post's link
        :raises UserError: with what went wrong and what to do
        """
        post = self.env["blog.post"].browse(post_id)
        post.check_access("write")
        self.check_access("write")
        self._check_network(network)
        values = {"post_id": post_id, "network": network, "text": present}
        return self.new({**values, **self._prepare_link(post, network)})._write_again()

    @api.model
    def _check_network(self, network: str) -> None:
        known = dict(NETWORKS)
        if network not in known:
            raise UserError(
                self.env._(
                    "Blog AI writes no text for “%(network)s”. It knows %(known)s.",
                    network=network,
                    known=", ".join(known.values()),
                )
            )

    def _write_again(self) -> dict:
        request = self._prepare_request()
        question = partial(write_fitting, request, self.link or "", self.limit)
        octets = social_prompt(request, 0).octets
        return self.post_id._blog_ai_ask("social", question, octets)

    def _prepare_request(self) -> llm.SocialRequest:
        generation = self.post_id.sudo().blog_ai_generation_id
        website = self.post_id.blog_id.website_id or self.env["website"]
        own = not generation._lang_obstacle(generation.lang) and generation.lang
        lang = own or website.default_lang_id.code or self.env.lang
        post = self.post_id.with_context(lang=lang)
        beside = self._measure(".")
        room = beside.limit - beside.length
        if room <= 0:
            raise UserError(
                self.env._(
                    "The address of the post alone is too long for %(network)s. "
                    "Shorten it under “Optimize SEO” on the website.",
                    network=dict(NETWORKS)[self.network],
                )
            )
        return llm.SocialRequest(
            topic=post.name,
            network=self.network,
            room=room,
            language=lang or "en_US",
            blog_name=post.blog_id.name,
            teaser=post.teaser or "",
            article=text_of(post.content or ""),
            present=self.text or "",
            voice=generation._voice_version()._voice(),
        )

    def _shorten(self) -> list[Message]:
        """Cut texts that are too long with their link, which the model did not know.

        :return: a note for each, as for other corrections of an answer
        """
        long = self.filtered(lambda copy: copy.text and copy.is_too_long)
        for copy in long:
            copy.text = fitting(copy.network, copy.text, copy.link, copy.limit)
        return [Message("note.social_cut", {"network": copy.network}) for copy in long]

    def _limit(self) -> int:
        self.ensure_one()
        if self.network == "mastodon":
            return self.post_id._blog_ai_company().blog_ai_mastodon_limit
        return networks.RULES[self.network].budgets[0].limit

    def _share_url(self) -> str:
        return networks.share_url(
            self.network, self.text or "", self.link or "", self.server or ""
        )

    def _measure(self, text: str) -> networks.Measure:
        self.ensure_one()
        if not self.network:
            return networks.Measure(0, 0, 0, True)
        text = (text or "")[:MAX_TEXT]
        return networks.measure(self.network, text, self.link or "", self.limit)


def write_fitting(
    request: llm.SocialRequest,
    link: str,
    limit: int,
    account: llm.Account,
    cancellation: llm.Cancellation,
) -> llm.SocialCopy:
    copy = llm.write_social(request, account, cancellation)
    return replace(copy, text=fitting(request.network, copy.text, link, limit))


def fitting(network: str, text: str, link: str, limit: int) -> str:
    """Return ``text`` cut at a word so that the network accepts it with ``link``.

    One character is left if no text fits beside the link.
    """
    shorter, room = text, len(text)
    while room > 1 and (
        excess := networks.measure(network, shorter, link, limit).excess
    ):
        room -= excess
        shorter = cut(text, room)
    return shorter
