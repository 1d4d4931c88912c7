# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from collections.abc import Callable

import psycopg2

from odoo import api, fields, models

from ..linking import ENGLISH, Page

_logger = logging.getLogger(__name__)

# Records of a source that are looked at: the newest ones.
LOOKED_AT = 300
NEWEST_FIRST = "id desc"


class BlogAiGenerationLinkSources(models.Model):
    """Pages of other models that posts may link to."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _blog_ai_link_sources(self) -> dict[str, list]:
        """Return the models whose pages are offered beside posts, with a domain.

        The domain finds the records that every visitor sees. The models have ``name``,
        ``website_url`` and ``website_id``. Other addons may add some.
        """
        published = [("is_published", "=", True)]
        sources = {
            "product.template": [("sale_ok", "=", True), *published],
            "event.event": [
                ("date_end", ">=", fields.Datetime.now()),
                ("website_visibility", "=", "public"),
                *published,
            ],
        }
        # Asked for at run time: website_sale and website_event may not be installed.
        return {
            model: domain
            for model, domain in sources.items()
            if model in self.env and "website_url" in self.env[model]._fields
        }

    @api.model
    def _other_pages(self, lang: str) -> tuple[list[Page], bool]:
        """Return pages of other models, and whether a source has failed."""
        found = self._read_sources(self._blog_ai_link_sources(), _pages_of, lang)
        pages = [page for pages in found.values() for page in pages or ()]
        return pages, None in found.values()

    @api.model
    def _keys_in_sources(self, ids: dict[str, list[int]]) -> tuple[set[str], set[str]]:
        # The keys of pages that every visitor sees, and those of sources that fail.
        visible, failed = set(), set()
        wanted = {
            model: [*domain, ("id", "in", ids[model])]
            for model, domain in self._blog_ai_link_sources().items()
            if model in ids
        }
        for model, found in self._read_sources(wanted, _keys_of).items():
            if found is None:
                failed.update(f"{model},{record_id}" for record_id in ids[model])
            visible.update(found or ())
        return visible, failed

    @api.model
    def _read_sources(
        self, sources: dict[str, list], read: Callable, lang: str = ENGLISH
    ) -> dict[str, list | None]:
        """Return what ``read`` finds by the domain of each model; None if it fails.

        An addon's error must not end the claim or the store. One savepoint serves all
        sources; if one of them fails, each is read for itself.
        """
        if not sources:
            return {}
        models = self.sudo().with_context(lang=lang).env
        try:
            with self.env.cr.savepoint(flush=False):
                return {
                    model: read(models[model], domain)
                    for model, domain in sources.items()
                }
        except psycopg2.OperationalError:
            raise
        except Exception:
            if len(sources) == 1:
                _logger.exception("Pages of %s cannot be read", *sources)
                return dict.fromkeys(sources)
        found = {}
        for model, domain in sources.items():
            found |= self._read_sources({model: domain}, read, lang)
        return found


def _keys_of(model, domain: list) -> list[str]:
    found = model.search(domain, order=NEWEST_FIRST, limit=LOOKED_AT)
    return [_key_of(record) for record in found]


def _pages_of(model, domain: list) -> list[Page]:
    # One statement: what an address is made of differs from model to model.
    found = model.search_fetch(domain, order=NEWEST_FIRST, limit=LOOKED_AT)
    return [_page_of(record) for record in found]


def _key_of(record) -> str:
    return f"{record._name},{record.id}"


def _page_of(record) -> Page:
    company = record.company_id.id if "company_id" in record._fields else 0
    return Page(
        _key_of(record),
        record.name,
        record.website_url,
        record.website_id.id or 0,
        company or 0,
    )
