# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Test photos of Unsplash over a socket."""

import logging
from dataclasses import replace

from odoo.tests import tagged

from odoo.addons.blog_ai_generator import pictures

from .llm_case import KEY, FakeLLMCase, search_of


@tagged("post_install", "-at_install")
class TestPhotos(FakeLLMCase):
    def fails(self, key, reason):
        with self.assertRaises(pictures.PhotoError) as caught:
            pictures.find_photo(search_of(self.llm, key=key))
        self.assertEqual(caught.exception.reason, reason)
        self.assertNotIn(key, repr(caught.exception))

    def test_a_photo_comes_with_the_name_and_the_page_of_who_made_it(self):
        photo = pictures.find_photo(search_of(self.llm))
        self.assertEqual(pictures.mimetype_of(photo.raw), "image/jpeg")
        self.assertEqual(photo.photographer, "Ada Cloud")
        self.assertRegex(photo.link, r"^https://unsplash\.com/@adacloud\?utm_source=")

    def test_its_use_is_reported_and_the_key_goes_to_the_service_alone(self):
        pictures.find_photo(search_of(self.llm))
        search, file, report = self.llm.requests
        self.assertIn("query=Bread+%26+butter", search.query)
        self.assertIn("orientation=landscape", search.query)
        self.assertEqual(report.path, "/unsplash/photos/photo-1/download")
        self.assertEqual((search.key, file.key, report.key), (KEY, "", KEY))
        self.assertNotIn(KEY, search.query + file.query + report.query)

    def test_four_photos_are_found_and_the_use_of_one_is_reported_alone(self):
        search = search_of(self.llm)
        photos = pictures.find_photos(search, 4)
        self.assertEqual(len({photo.raw for photo in photos}), 4)
        self.assertEqual(len(self.llm.requests), 5)
        pictures.report_use(search, photos[2].use)
        report = self.llm.requests[-1]
        self.assertEqual(report.path, "/unsplash/photos/photo-3/download")
        self.assertEqual(report.key, KEY)

    def test_a_file_that_does_not_come_in_time_costs_no_other_one(self):
        search = search_of(self.llm, key="as-photo-slow")
        photos = pictures.find_photos(replace(search, seconds=1.0), 4)
        self.assertEqual([bool(photo.raw) for photo in photos], [False, *[True] * 3])
        self.assertEqual(photos[0].photographer, "Ada Cloud")

    def test_a_photo_whose_file_does_not_come_is_none(self):
        search = replace(search_of(self.llm, key="as-photo-slow"), seconds=1.0)
        with self.assertRaises(pictures.PhotoError) as caught:
            pictures.find_photo(search)
        self.assertEqual(caught.exception.reason, "failed")

    def test_a_use_is_reported_to_the_service_alone(self):
        pictures.report_use(search_of(self.llm), f"{self.llm.root}/elsewhere")
        self.assertFalse(self.llm.requests)

    def test_nothing_is_found(self):
        self.fails("as-photo-none", "none")

    def test_a_file_on_another_server_is_not_fetched(self):
        self.fails("as-photo-elsewhere", "failed")
        self.assertEqual(len(self.llm.requests), 1)

    def test_a_key_that_is_no_header_is_sent_and_logged_nowhere(self):
        key = "pasted\nin-two-lines"
        with self.assertLogs("odoo.addons.blog_ai_generator", logging.INFO) as logs:
            self.fails(key, "key")
        self.assertNotIn("in-two-lines", "".join(logs.output))
        self.assertFalse(self.llm.requests)

    def test_each_failure_has_its_reason(self):
        self.fails("bad-key-123456", "key")
        self.fails("as-rate-limit", "limit")
        self.fails("as-error-500", "failed")
        self.fails("as-disconnect", "failed")
