"""Input of `odoo shell`: write a post about TOPIC.

Without a topic, take the latest post, or write a first one. The last line printed is
JSON: the post, or the sentence that says why there is none.
"""

import json
import os
import time

FIRST_TOPIC = "How a small team keeps a blog alive"

generations = env["blog.ai.generation"]  # noqa: F821
topic = os.environ["TOPIC"]
begun = time.monotonic()
written = [("blog_ai_generation_id", "!=", False), ("is_published", "=", True)]
if not topic and (post := env["blog.post"].search(written, limit=1)):  # noqa: F821
    generation = post.blog_ai_generation_id
else:
    generation = generations.write_post(topic or FIRST_TOPIC, publish=True)
answer = {
    "title": generation.post_id.name,
    "path": generation.post_id.website_url,
    "tokens_in": generation.tokens_in,
    "tokens_out": generation.tokens_out,
    "milliseconds": round((time.monotonic() - begun) * 1000),
}
if not generation.post_id:
    answer = {"error": generation.error or f"It is {generation.state}."}
print(json.dumps(answer))
