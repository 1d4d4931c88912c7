# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
LAST_TESTS = """
    UPDATE blog_ai_provider provider
       SET last_test = test.outcome, last_test_at = test.create_date
      FROM (SELECT DISTINCT ON (provider_id) provider_id, outcome, create_date
              FROM blog_ai_call
             WHERE kind = 'test' AND outcome != 'pending'
          ORDER BY provider_id, id DESC) test
     WHERE test.provider_id = provider.id AND provider.last_test IS NULL
"""


def migrate(cr, version):
    """Store the result of the last connection test, which was searched before."""
    cr.execute(LAST_TESTS)
