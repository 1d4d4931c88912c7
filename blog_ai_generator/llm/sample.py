# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The texts of the offline writer.

``{q}`` is the topic in quotation marks, in Markdown; ``{topic}`` is the topic as a
sentence, in plain text; ``{blog}`` is the name of the blog. The texts must suit any
topic, so they are about how people deal with it rather than about the thing.
"""

MARK = "Sample article."
NOTICE = (
    f"> **{MARK}** The offline writer put this text together without a "
    "language model, to show what a finished post looks like. Connect a provider to "
    "have a real one written."
)
NOTICE_LANGUAGE = (
    " It knows English only, so this text is not in {language}, the language asked for."
)
# Stands in front of the first text of a page that has room for it.
TRANSLATION = (
    "Sample translation into {language}: the offline writer knows no other language, "
    "so these are the original texts. Connect a provider to have them translated."
)

REFRESH = (
    "Sample proposal: the offline writer knows nothing of what has changed since, and "
    "shows another text for the first section."
)

ANGLES = (
    "a practical guide",
    "the first steps",
    "what really matters",
    "a calm introduction",
    "the short way in",
    "seen from close up",
)

TEASERS = (
    "{topic} What to settle first, what can wait, and how to notice that it works.",
    "{topic} Which detours to skip, and what to have ready for the first week.",
    "{topic} The questions that come up again and again, with answers that can be "
    "tried out tomorrow.",
    "{topic} Small steps, honest checks and no jargon, for people who have other work "
    "to do as well.",
)

INTROS = (
    """\
Some subjects look simple until somebody asks a second question. {q} is one of them. A \
first answer comes easily; the details arrive later, usually on a Friday afternoon. \
This article takes the calm route: it starts with what matters to the person in front \
of you, works through the choices that are hard to undo, and leaves the rest for \
another day. You need not be a specialist to follow it. Ten quiet minutes, something \
to write on and one real case to think of while you read are enough.""",
    """\
Ask five colleagues about {q} and you will hear six opinions, each backed by a story \
from last year. That is no reason to give up. It is a reason to sort the stories: \
which of them were luck, which were habit, and which would work again? What follows is \
such a sorting. It comes without big words, because big words rarely survive the first \
customer, and it keeps to things that a small team can try out with what it already \
has.""",
    """\
There is a moment when a subject stops being somebody else's job and lands on your own \
desk. If {q} has just landed on yours, welcome. The good news is that you are not the \
first, and that most of what went wrong for others went wrong in the same three or \
four places. We will visit those places one by one, with a lamp. By the end you should \
know what to do next, what to leave alone, and whom to ask about the part that stays \
dark.""",
    """\
Good advice on {q} is easy to find and hard to use. It tends to assume more time, more \
people and tidier cupboards than anyone has. So this text starts from the other end: \
from an ordinary week, with the phone ringing and half of the team on holiday. What \
can be done then, in which order, and how would you notice that it helped? Everything \
that needs ideal conditions was left out, and what remained fits on a few pages.""",
)

# Heading, text. Each of some hundred words and readable in any order.
SECTIONS = (
    (
        "Start with the question behind the question",
        """\
Nobody wakes up with {q} on their mind. People want something to become easier, \
quicker, safer or simply nicer, and this is the name they have for it. So before you \
explain anything, find out what set them off. Was it a complaint, a plan, a thing they \
saw elsewhere? One honest sentence is worth more than a form with twenty fields.

A simple habit helps: write the sentence down in the words of the person who said it, \
and read it again before every decision. If a step does not bring that sentence any \
closer to being true, it can wait. You will be surprised how much can wait.""",
    ),
    (
        "Three things to settle early",
        """\
Most choices can be changed later for the price of an afternoon. These three cannot, \
which is why they come first:

1. **Who decides.** One name, not a committee. Others may advise, and will.
2. **What counts as done.** Describe it so that an outsider could check it by looking, \
without asking you.
3. **What is out of bounds.** Money, hours, promises already made to somebody. Limits \
that are known on the first day are rarely a problem; limits discovered on the last \
day always are.

Put the three answers on a single page and show it to whoever will have to live with \
the result. If they nod too quickly, ask them to explain it back to you.""",
    ),
    (
        "A plan for the first week",
        """\
A week is long enough to learn something and short enough to forgive.

- **Monday:** talk to two people who deal with the matter every day. Listen more than \
you explain.
- **Tuesday:** try the smallest version that could possibly be of use, even if it is \
made of paper.
- **Wednesday:** let somebody else use it while you watch. Keep your hands in your \
pockets.
- **Thursday:** mend the one thing that hurt most, and only that.
- **Friday:** write half a page about what you know now and did not know on Monday.

The half page is the real result. It turns a hunch about {q} into something that \
another person can build on, even when you are away.""",
    ),
    (
        "Mistakes that are easy to avoid",
        """\
The first is to copy what worked next door, down to the last detail. Their reasons are \
not your reasons; borrow the idea and leave the details.

The second is to begin with the tool. A tool is an answer, and it pays to have the \
question first. Whoever buys the cupboard before counting the cups will own a very \
good cupboard.

The third is quieter: doing everything at once because everything seems related. It \
is. But a change that touches ten things cannot tell you which of the ten made the \
difference. Change one, look, then change the next. It feels slower for a week and \
faster for the rest of the year.""",
    ),
    (
        "Questions we keep hearing",
        """\
### Is it worth the effort for a small team?

Usually yes, because small teams feel every wasted hour. Start with the part that \
annoys the most people most often, and stop there for a while.

### How long until it shows?

Longer than you hope and sooner than you fear. If nothing at all has moved after a \
month, the aim was probably too vague to be noticed, so sharpen it before working \
harder.

### Do we need outside help with {q}?

Only for what you would otherwise do once in ten years. For the rest, an hour with \
somebody who has made the mistakes already is better than a week of reading.""",
    ),
    (
        "Before and after, side by side",
        """\
It helps to picture the difference in everyday scenes, not in diagrams.

| When … | Before | After |
| --- | --- | --- |
| somebody asks a question | three people search | one page answers it |
| a colleague is ill | work stops | work slows down |
| something goes wrong | blame travels | a note gets written |
| a new person starts | "watch and learn" | a first task on day one |

None of the rows needs a budget. Each needs a person who cares for it and a fixed \
hour in which to do so. If you can only afford one row this month, take the one that \
made you smile in recognition.""",
    ),
    (
        "How to tell that it works",
        """\
Figures are useful, but they arrive late. Long before them come small signs that \
anyone can see. Questions change: instead of "how does this work?" people ask "could \
it also do that?" Meetings get shorter, because half of the points have been settled \
on the way. Somebody you never trained explains the matter correctly to somebody you \
never met.

Pick two such signs for {q} and agree on when you will look for them. Then really \
look, together, for a quarter of an hour. If they are missing, do not explain it away. \
Go back to the step you were least sure of; it knows the reason.""",
    ),
    (
        "A checklist for the wall",
        """\
Print it, cross out what does not apply, and add the two lines that only you can know.

- The aim fits into one sentence, and that sentence is on the wall too.
- One person decides, and everyone knows who it is.
- The smallest useful version has been tried by somebody who did not build it.
- There is a way back, and it has been walked at least once.
- What we learned is written where the next person will look first.
- A date is set on which we will ask whether all of this is still worth it.

> A list like this does not make anyone clever. It only makes sure that tired people \
do not forget what rested people knew.""",
    ),
    (
        "Who should be at the table",
        """\
Fewer people than you would invite, and one more than you would think of. You need \
somebody who does the work every day, somebody who pays for it, and somebody who has \
to clean up when it fails. That is often two people, sometimes one.

The extra chair belongs to a newcomer. Newcomers ask why things are done in a certain \
way, and "because we always have" sounds different once it is said aloud. Give that \
chair a real voice, not a notepad.

Keep the group together until everyone has the same picture of {q}, and until that \
picture has met its first real day. Then most of them can go back to what they do \
best.""",
    ),
    (
        "When to leave it alone",
        """\
There are good reasons to do nothing, and it is fair to say so. If the present way is \
clumsy but everyone knows it by heart, and if nothing larger depends on it, your time \
may be worth more elsewhere. The same holds in weeks when a move, an audit or the \
busy season already asks for all the attention there is.

Leaving something alone is a decision, though, not an oversight. Note down why, and \
what would have to change for you to think again. Half a year later that note will \
save you the same discussion, or start it at exactly the right moment.""",
    ),
)

CLOSINGS = (
    (
        "What to take with you",
        """\
If you remember one thing about {q}, let it be the order: first the person, then the \
aim, then the smallest step, and only then the tool. Everything else is a matter of \
practice. Choose one section of this page, try it this week, and tell somebody how it \
went. That conversation will teach you more than the next article, even one of ours \
on {blog}.""",
    ),
    (
        "The next small step",
        """\
You could read more about {q}, and one day you should. Today, something smaller will \
do: pick the sentence above that you disagreed with and find out whether you were \
right. Ten minutes, one colleague, one honest answer. We collect such answers on \
{blog}, because they are where the next useful article comes from.""",
    ),
    (
        "In short",
        """\
{q} asks for less courage than people think and for a little more patience than they \
would like. Settle what is hard to undo, try what is easy to undo, and write down what \
you find. If the result is plain enough to be explained in the corridor, you are done, \
and {blog} will gladly hear how you got there.""",
    ),
)

FURTHER = "Further reading: {links}."

SOCIAL = {
    "x": (
        "{topic} Fewer opinions, more order: what to settle first, what can wait, and "
        "how to tell that it works.",
        "{topic} Start with the question behind the question. The rest gets "
        "surprisingly small.",
        "{topic} One week, one page, one honest look: a down-to-earth way in.",
    ),
    "bluesky": (
        "{topic} We wrote down what we wish somebody had told us on the first day. It "
        "fits on a few pages.",
        "{topic} No jargon, just a few steps that a small team can try this week.",
        "{topic} Everybody has a story about it. We sorted ours, so that you can skip "
        "the detours.",
    ),
    "mastodon": (
        "New on our blog: {topic} Which choices are hard to undo, which ones are not, "
        "and why the smallest version teaches you the most. What was the detour you "
        "would spare others?",
        "{topic} It does not need ideal conditions. Our new article starts from an "
        "ordinary week, with the phone ringing, and asks what can be done then.",
        "{topic} We tried to write about it the way you would explain it in the "
        "corridor: plainly, with the mistakes left in. Tell us what we missed.",
    ),
    "linkedin": (
        "{topic} It lands on somebody's desk every week, often without a manual. Our "
        "new article collects what helps then: three things to settle early, a plan "
        "for the first days, and small signs that show whether it works. Which step "
        "was the hardest in your team?",
        "{topic} What do small teams do differently when it goes well? They decide who "
        "decides, try the smallest useful version, and write half a page about it. The "
        "new article shows how, without big words.",
        "{topic} Most mistakes happen in the same few places. We visited them one by "
        "one and noted what to do instead. A short read for anyone who would rather "
        "begin than prepare.",
    ),
}

DESCRIPTIONS = (
    "{topic} What to settle first, what can wait, a plan for the first week and a "
    "checklist to keep.",
    "{topic} Common questions, mistakes to avoid, and small signs that show it works.",
    "{topic} Practical steps for small teams, honest checks and answers to frequent "
    "questions.",
)

# Behind the subject, then on their own.
KEYWORDS_ABOUT = ("tips", "checklist")
KEYWORDS = ("first steps", "practical tips")
# Words in front of the subject of a title: “Five ways to keep a starter alive”.
OPENINGS = (
    r"(?:how|why|when|where|what|which)\b(?: (?:to|do|does|can|should|is|are|a|an|the"
    r"|i|we|you|not))*",
    r"(?:the )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve)"
    r"(?: \w+){1,4}? (?:to|for|of|that|about|before|with)",
    r"(?:an? |the )?(?:practical |short |complete |beginner's )?"
    r"(?:guide|introduction) to",
)
# Verbs that come next, and do not belong to the subject either.
VERBS = (
    r"(?:keep|choose|choosing|find|finding|make|making|get|getting|write|writing|plan"
    r"|planning|start|starting|use|using|care|caring|prepare|preparing|do|doing|look"
    r"|looking|buy|buying|clean|cleaning)(?: for| with| after)? "
)
ARTICLES = r"(?:an?|the|your|our|my) "
# No phrase ends with one of them.
JOINTS = r"(?: (?:an?|the|and|or|of|to|for|in|on|at|with|from|by|your|our))+$"
