# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# Visitors have seen these translations, which are not among those that wait for a
# person to answer for them: somebody has.
EXAMINED = """
    UPDATE blog_post post
       SET blog_ai_translated_langs = (
               SELECT jsonb_agg(lang ORDER BY lang)
                 FROM (SELECT unnest(found.langs) AS lang
                        UNION
                       SELECT jsonb_array_elements_text(
                                  post.blog_ai_translated_langs)) langs),
           blog_ai_examined_langs = (
               SELECT jsonb_agg(lang ORDER BY lang)
                 FROM (SELECT unnest(found.langs) AS lang
                        UNION
                       SELECT jsonb_array_elements_text(
                                  post.blog_ai_examined_langs)) langs)
      FROM (SELECT translated.id, array_agg(generation.lang) AS langs
              FROM blog_ai_generation generation
              JOIN blog_post translated ON translated.id = translated_post_id
             WHERE generation.kind = 'translation' AND generation.state = 'done'
               AND generation.review_state NOT IN ('pending', 'rejected')
               AND NOT COALESCE(
                       translated.blog_ai_translated_langs ? generation.lang, FALSE)
             GROUP BY translated.id) found
     WHERE found.id = post.id
"""


def migrate(cr, version):
    cr.execute(EXAMINED)
