# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Compose the sample article that the server answers with.

Sentences are drawn from a stock by a random generator that is seeded with the topic:
equal topics give equal articles. In a sentence ``[a|b]`` is a choice and ``{topic}`` is
the topic.
"""

import random
import re

# Characters that each network allows, by the field of its copy.
LIMITS = {"x": 280, "bluesky": 300, "mastodon": 500, "linkedin": 3000}
FIELDS = (
    "title",
    "teaser",
    "body",
    "seo_title",
    "seo_description",
    "keywords",
    *LIMITS,
)

# Enough for about 800 words of body in six sections, opening and closing included.
WORDS_IN_A_SECTION = 112

OPENING = """
Most teams meet {topic} on a [busy|quiet|rainy] day, when nobody has time to read a
manual. This article is for the person who has to [decide|act] anyway and would like to
do it well. It explains what matters, what can wait, and how to tell the difference
[early|in time]. Nothing here needs a large budget, and most of it can be tried [this
week|before Friday]. We wrote down what [customers|colleagues|readers] asked us most
often, and what worked for them.
"""

SECTIONS = {
    "Why it matters [now|today]": """
The cost of waiting is [rarely|seldom] visible at first, because small losses hide in
ordinary days. A late answer, a wasted trip or a lost order looks like bad luck until
someone counts them. Once the numbers are on one page, the [discussion|conversation]
changes within minutes. People stop arguing about taste and begin to ask which step
should come first. That is why {topic} deserves a [clear|named] owner and an hour in the
calendar every week. Markets move, prices change and rules are updated, yet the basic
question stays the same. Who benefits, how soon, and what would we [notice|miss] if we
did nothing at all? A team that can answer this in two sentences is already ahead of
most others. The rest is steady work, and steady work is easier to plan than a
[rescue|sudden repair]. Customers feel the result long before they could name the reason
for it.
""",
    "[A first step|Where to begin]": """
Start with one case that is small enough to finish and real enough to teach something.
Write down how it is done today, including the [odd|awkward] parts that nobody likes to
mention. Then ask the people who do the work which part they would remove first. Their
answer is [usually|often] cheaper and quicker than the plan drawn up in a meeting. Agree
on a date, on a result that can be seen, and on a way back. A way back takes away fear,
and without fear people report problems [early|sooner]. Keep the old method running
beside the new one until the numbers are [convincing|stable]. When the trial ends, tell
everyone what happened, the [failures|surprises] included. Honest notes from a small
trial are worth more than a polished promise. Choose the second case so that it differs
from the first in one respect only.
""",
    "What it [costs|takes] in daily work": """
Money is only one part of the bill, and often it is not the largest one. Attention is
scarce, so plan for the hours in which [normal|other] work will be slower. A good rule
is to reserve half a day per person for learning and questions. Prices should be
compared over [three|two] years, with support, training and leaving included. Ask every
supplier how to get your data out again, and ask for it in writing. If the answer is
long, the way out will [probably|surely] be long as well. Some savings appear at once,
others need a full season before they show. Note which is which, or the first
[quarter|month] will disappoint for no good reason. A modest reserve keeps a small
surprise from turning into a large delay. Whoever signs the invoice should also see the
benefit in the same report.
""",
    "The people [involved|behind it]": """
Every change lands on somebody's desk, and that person should hear about it first.
Explain the reason before the method, because a reason is easier to [remember|share].
Skilled colleagues may worry that their experience will count for less than before. Show
them where judgement is still needed, for it always [is|will be]. New colleagues need a
written path with three or four stations and a name to call. Short sessions work better
than a long day, above all when they end with practice. Invite the [sceptics|critics]
early; they find the weak spots that supporters overlook. Thank them in public when they
were right, and fix what they found. A quiet room, a little time and a patient neighbour
solve more than a hotline. After [six|eight] weeks the new way should feel ordinary,
which is the best sign of all.
""",
    "[Common mistakes|Mistakes to avoid]": """
The first mistake is to change five things at once and learn nothing from any of them.
The second is to measure only what is [easy|convenient] and then to believe the result.
Another is to copy a neighbour whose customers, seasons and prices are quite different.
Large launches attract attention, but [attention|applause] does not repair a weak
process. Some teams stop after the first success, just before the real gains would
arrive. Others never stop a trial that has plainly failed, since nobody [wants|likes] to
say so. Set the condition for stopping in advance, while everyone is still calm. Do not
hide a problem behind a new tool, because it will be there next [spring|year]. Be
careful with advice that fits on a poster, ours included. When two experts disagree, ask
both of them what would change their mind.
""",
    "How to [measure|follow] progress": """
Pick three figures, write down how each one is counted, and leave them alone for a
season. One should show the result, one the effort, and one the [mood|patience] of the
people involved. Look at them on the same weekday, for twenty minutes, with the same
small group. A simple table is enough; a [dashboard|chart] can come later if somebody
really reads it. Compare with last year rather than last week, unless the business has
no seasons. When a figure moves, ask for the story behind it before you [praise|blame]
anyone. Sometimes the cause is a holiday, a new form or a single large order. Keep the
raw notes, for they settle many arguments about {topic} a year later. Share the figures
with [suppliers|partners] who can act on them, and ask for theirs. If nothing has moved
after a season, change the plan and not the figures.
""",
}

CHECKLIST = """
One owner, one date and one page that says what success looks like
A short list of the [cases|people] that come first
Two hours of training before the first day
A weekly look at three agreed figures
A way back that has been tried at least once
Written answers to the five questions that [customers|users] ask most
A note of what was learned, shared with everyone
"""

CLOSING = """
In the end, {topic} is less about tools than about habits that survive a [hard|long]
week. Begin small, count honestly, and let the people who do the work shape the next
step. A year from now you will be glad to have started with [one|a single] page today.
If you try one idea from this article, let it be the short weekly look at your figures.
"""

IDEAS = """
Hedgehogs behind compost heaps
Lanterns along garden paths
Strawberries climbing old ladders
Rain barrels that never freeze
Cats among seedlings
Winter moths on ivy
Wheelbarrows with wooden handles
Nettle soup and other weeds
Frogs without ponds
Greenhouses made from windows
Tulips forgotten since autumn
Robins at breakfast
Shears sharpened by hand
Moonlight flowers
Walnut ink
Snails as guests
Balcony potatoes
Bulbs beneath lawns
Hammocks between plums
Seeds kept in envelopes
"""

GERMAN = """
Wer heute einen Betrieb führt, hat selten genug Zeit für die Dinge, die wirklich wichtig
sind. Deshalb lohnt es sich, mit einem kleinen Versuch zu beginnen und ihn ehrlich
auszuwerten. Die meisten Fehler entstehen nicht aus Faulheit, sondern weil niemand die
Frage gestellt hat. Ein guter Plan passt auf eine Seite und wird von denen verstanden,
die ihn umsetzen sollen. Auch die Kosten gehören auf diese Seite, und zwar die des
dritten Jahres ebenso wie die des ersten. Am Ende zählt, ob die Kundinnen und Kunden den
Unterschied bemerken und gern wiederkommen.
"""


class Composer:
    """One article in the making; all randomness comes from ``rng``."""

    def __init__(self, topic: str, seed: int = 0):
        self.topic = topic
        self.short = cut(topic, 40)
        self.rng = random.Random(f"{seed}/{topic}")

    def article(self) -> dict[str, str]:
        """Return all ``FIELDS``: about 800 words of body and matching texts.

        Lengths in characters: SEO title 50 to 60, SEO description 140 to 156; the
        social texts stay below the limit of their network.
        """
        name = self.short
        angle = self._say("[a practical guide|what really helps|a calm first step]")
        return {
            "title": f"{self.topic}: {angle}",
            "teaser": self._say(
                "What {topic} asks of a [small|busy] team, what it gives back, and "
                "how to find out within [a season|three months] whether it suits you."
            ),
            "body": self._body(),
            "seo_title": fill(
                f"{name}:",
                "a practical guide for small teams and busy shops everywhere",
                50,
            ),
            "seo_description": fill(
                self._say("{topic}, explained for [busy|small] teams:"),
                "what it costs, how to start with one small trial, which errors to "
                "avoid, and how to see from three simple figures that it works well",
                140,
            ),
            "keywords": ", ".join(
                (name.lower(), "small business", "planning", "teamwork", "checklist")
            ),
            "x": self._say(
                "[Thinking about|Curious about] {topic}? Start with one small trial, "
                "three figures and a way back. Here is how we would do it."
            ),
            "bluesky": self._say(
                "A calm look at {topic}: what it costs, who should be [asked|heard] "
                "first, and which mistake nearly everyone makes once."
            ),
            "mastodon": self._say(
                "We wrote about {topic} without the big words: a first step for this "
                "week, a short checklist, and three figures that tell you whether it "
                "[works|helps]. #SmallBusiness"
            ),
            "linkedin": self._say(
                "Most teams meet {topic} on a busy day. Our new article shows how to "
                "begin with one real case, what to budget besides money, and how to "
                "tell after [a season|three months] whether it was worth it. Which "
                "figure would you follow first?"
            ),
        }

    def german(self) -> dict[str, str]:
        """Return an article in German, whatever language was requested."""
        sentences = split_sentences(GERMAN)
        body = "\n\n".join(
            " ".join(self.rng.sample(sentences, len(sentences))) for _ in range(9)
        )
        texts = {field: self.rng.choice(sentences) for field in FIELDS}
        texts.update(body=body, title=f"{self.topic}: was wirklich hilft")
        texts["seo_title"] = fill(f"{self.short}:", "was den Betrieb weiter bringt", 50)
        return texts

    def ideas(self, count: int) -> list[dict[str, str]]:
        """Return ideas that share no word, always the same ones."""
        return [
            {"title": title, "angle": f"What {title.lower()} need, for beginners."}
            for title in IDEAS.strip().splitlines()[:count]
        ]

    def outline(self, count: int) -> list[str]:
        """Return headings that an article of this composer could have."""
        return [self._say(heading) for heading in [*SECTIONS, "In short"][:count]]

    def new_version(self) -> dict[str, object]:
        """Return another text for the first section of a post."""
        text = self._paragraph(CLOSING)
        why = "The first section is older than what customers ask today."
        return {"why": why, "sections": [{"number": 1, "text": text}]}

    def _body(self) -> str:
        sections = list(SECTIONS.items())
        self.rng.shuffle(sections)
        blocks = [self._paragraph(OPENING)]
        for heading, bank in sections:
            blocks.append(f"## {self._say(heading)}")
            blocks.extend(self._paragraphs(bank))
        blocks.append(f"## {self._say('[A checklist|In short]')}")
        items = self.rng.sample(CHECKLIST.strip().splitlines(), 5)
        blocks.append("\n".join(f"- {self._say(item)}" for item in items))
        blocks.append(self._paragraph(CLOSING))
        return "\n\n".join(blocks)

    def _paragraphs(self, bank: str) -> list[str]:
        """Draw sentences, in their order, until the section is long enough."""
        sentences = split_sentences(bank)
        while words(sentences) > WORDS_IN_A_SECTION:
            sentences.remove(self.rng.choice(sentences[2:]))
        middle = len(sentences) // 2
        return [
            self._say(" ".join(part))
            for part in (sentences[:middle], sentences[middle:])
        ]

    def _paragraph(self, bank: str) -> str:
        sentences = split_sentences(bank)
        sentences.remove(self.rng.choice(sentences[1:]))
        return self._say(" ".join(sentences))

    def _say(self, text: str) -> str:
        chosen = re.sub(
            r"\[([^]]+)\]",
            lambda found: self.rng.choice(found[1].split("|")),
            text,
        )
        return chosen.replace("{topic}", self.short)


def split_sentences(bank: str) -> list[str]:
    return re.split(r"(?<=[.?]) ", " ".join(bank.split()))


def words(sentences: list[str]) -> int:
    return sum(len(sentence.split()) for sentence in sentences)


def cut(text: str, limit: int) -> str:
    """Shorten to ``limit`` characters, between words where there are any."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    return head.rsplit(" ", 1)[0] if " " in head else head


def fill(start: str, tail: str, at_least: int) -> str:
    """Add words of ``tail`` to ``start`` until it has ``at_least`` characters.

    No word of a tail has more than 9 characters: the result is at most 9 characters
    longer than requested.
    """
    for word in tail.split():
        if len(start) >= at_least:
            break
        start = f"{start} {word}"
    return start


def translated(texts: dict[str, str]) -> dict[str, str]:
    """Return the texts with each word written backwards, in no known language."""
    return {
        key: re.sub(r"[^\W\d_]+", lambda word: word[0][::-1].capitalize(), text)
        for key, text in texts.items()
    }
