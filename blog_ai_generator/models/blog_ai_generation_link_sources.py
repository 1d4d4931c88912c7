# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from collections.abc import Callable

import psycopg2

from odoo import api, fields, models

from ..linking import ENGLISH, Page

_logger = logging.getLogger(__name__)

# Records of a source that are looked at: the newest ones.
LOOKED_AT = 300


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
        sources = self._blog_ai_link_sources().items()
        found = [
            self._read_source(model, domain, _page_of, lang)
            for model, domain in sources
        ]
        return [page for pages in found for page in pages or ()], None in found

    @api.model
    def _keys_in_sources(self, ids: dict[str, list[int]]) -> tuple[set[str], set[str]]:
        # The keys of pages that every visitor sees, and those of sources that fail.
        visible, failed = set(), set()
        for model, domain in self._blog_ai_link_sources().items():
            if model not in ids:
                continue
            wanted = [*domain, ("id", "in", ids[model])]
            found = self._read_source(model, wanted, _key_of)
            if found is None:
                failed.update(f"{model},{record_id}" for record_id in ids[model])
            visible.update(found or ())
        return visible, failed

    @api.model
    def _read_source(
        self, model: str, domain: list, read: Callable, lang: str = ENGLISH
    ) -> list | None:
        """Return what ``read`` makes of each record; None if the source fails.

        An addon's error must not end the claim or the store.
        """
        records = self.env[model].sudo().with_context(lang=lang)
        try:
            with self.env.cr.savepoint(flush=False):
                found = records.search(domain, order="id desc", limit=LOOKED_AT)
                return [read(record) for record in found]
        except psycopg2.OperationalError:
            raise
        except Exception:
            _logger.exception("Pages of %s cannot be read", model)
            return None


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
