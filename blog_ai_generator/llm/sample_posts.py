# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whole articles of the offline writer, for the topics that people meet first.

They are the posts of a new site, and the example that the forms give. For any other
topic, the texts of :mod:`.sample` are put together.
"""

from typing import NamedTuple


class SamplePost(NamedTuple):
    """An article as a person would write it; ``social`` is by the name of a network."""

    title: str
    teaser: str
    body: str
    description: str
    keywords: tuple[str, ...]
    social: dict[str, str]


NOTICE = (
    "> **Sample article.** This text comes with the offline writer, which works "
    "without a language model. Connect a provider to have texts of your own written."
)
FURTHER = "Read on: {links}."

WINTER = SamplePost(
    "What a bicycle needs before the first frost",
    "Salt, wet leaves and dark mornings are hard on a bicycle. An hour in autumn and "
    "five things to look at will carry it through to spring.",
    """\
The first cold morning always comes on a day when there is no time for it. The lock is \
stiff, the light is dim, and the brakes sing at the first crossing. None of this is \
bad luck. A bicycle that goes through the winter without trouble has usually had one \
quiet hour in October, and hardly any money.

## Light, before anything else

From November on, most people ride to work and back in the dark. Wipe the lamps, \
because road dirt takes away more light than an old battery does. Then walk once \
around the bicycle and look for the reflectors: front, rear, pedals and both wheels. A \
dynamo needs no thought at all. If you ride with battery lamps, put the charger next \
to the one of your telephone, and let both of them become one habit.

## Tyres with something left on them

Wet leaves are as slippery as ice, and they come first. A tyre whose tread has gone \
flat in the middle will not hold on them.

- Press the sides together: fine cracks mean that the rubber is old.
- Look for splinters, and pick them out before they work their way in.
- Ride with a little less pressure than in summer, but stay above the lower figure \
that is printed on the side.

## Brakes that you can trust in the rain

Rim brakes need longer to bite when the rims are wet, so pads should not be down to \
their last millimetre. Most pads have a groove, and once it has gone, so should the \
pad. With disc brakes, squeeze the lever: if it comes close to the handlebar, have \
them looked at. Cables that move stiffly now will be stuck at five degrees below zero.

## A chain that is fed little and often

Salt is what ruins a chain. Rinse it off with a bucket of lukewarm water, dry the \
chain with a rag, and give each link a drop of oil made for wet weather. Wipe off what \
you can see afterwards, for the oil belongs inside. Twice a month is enough for a \
daily ride; after a night of gritting lorries, do it the same evening.

## Where it spends the night

A dry shed is best and a roof will do. Do not carry a cold, wet bicycle into a heated \
room every evening, because the water that forms then finds the places that no rag \
reaches. And put two drops of oil into the lock. You will think of them kindly, one \
morning in January.""",
    "Get a bicycle ready for winter in one hour: lights, tyres, brakes, chain and the "
    "right place for the night, explained step by step.",
    (
        "bicycle in winter",
        "winter cycling checklist",
        "bicycle chain and salt",
        "winter tyres for bicycles",
        "bicycle lights",
    ),
    {
        "x": "One hour in October, and your bicycle gets through the winter: five "
        "things to look at before the first frost.",
        "bluesky": "Road dirt takes more light from a lamp than an old battery does. "
        "That, and four other things to do before the first frost.",
        "mastodon": "Salt ruins chains, wet leaves are as slippery as ice, and cold "
        "cables get stuck. We wrote down what we look at in the workshop before the "
        "first frost. What is on your list?",
        "linkedin": "Riding to work all winter takes no special bicycle. It takes one "
        "hour in autumn: lights, tyres, brakes, chain and a dry place for the night. "
        "We wrote down how we go about it in the workshop.",
    },
)

COMMUTING = SamplePost(
    "Choosing a bicycle for the daily ride to work",
    "The best bicycle for the way to work is the one you still like to take on a wet "
    "Tuesday. Four questions to ask before you try the first one.",
    """\
In the shop, every bicycle is light. Nobody carries a laptop there, the floor is dry, \
and the nearest hill is the door step. A good choice therefore begins at home, with \
the way to work and an honest look at the weather. These are the questions we ask \
before we fetch a bicycle from the rack.

## How far, and how flat?

Up to five kilometres on level ground, nearly anything will do, and the simplest \
bicycle will give you the least trouble. Between five and fifteen, gears and a good \
sitting position begin to matter. Beyond that, or with a real hill in between, think \
about a motor: not because you could not do without, but because you will then ride on \
the days when you would have taken the car.

## What comes along?

| You carry | It helps to have |
| --- | --- |
| a bag for the day | a rear rack with side bags |
| a child | a low step-through frame and a strong stand |
| a week's shopping | a front rack that is fixed to the frame |
| nothing but keys | no rack at all, and mudguards |

A rucksack looks like the easy way, until the first warm day in May. Weight belongs on \
the bicycle, as low down as it can be.

## Where does it stand at night?

A bicycle that has to be carried down to the cellar should weigh less than fifteen \
kilos. One that stands in the street wants a good lock, and it may look a little \
plain. If you take it on the train, measure the space there first, since handlebars \
are wider than people think.

## Who looks after it?

Hub gears and belt drives cost more to buy and ask for very little. Derailleurs are \
lighter and cheaper, and like a few minutes of care each month. Neither is better. The \
question is whether you would enjoy those minutes or keep putting them off.

## Then try it, for longer than a minute

Sit on it until you have stopped thinking about it. Hands, neck and knees should be at \
ease after ten minutes, not just the first one. Take your own bag with you, look for \
the next hill, and brake hard once where nobody is behind you. If you come back late \
and in a good mood, it is the right one.""",
    "How to choose a commuter bicycle: distance, luggage, parking and upkeep decide "
    "more than the price. Four questions to ask before a test ride.",
    (
        "commuter bicycle",
        "choosing a bicycle",
        "cycling to work",
        "hub gears or derailleur",
        "bicycle test ride",
    ),
    {
        "x": "In the shop, every bicycle is light. Four questions to ask before you "
        "buy one for the way to work.",
        "bluesky": "The right bicycle for the way to work is the one you still like on "
        "a wet Tuesday. Here is how we find it with our customers.",
        "mastodon": "How far, how flat, what comes along and who looks after it? Four "
        "questions decide which bicycle suits the way to work. Which one did you "
        "forget to ask?",
        "linkedin": "A bicycle for the way to work is chosen at home and not in the "
        "shop: by distance, luggage, the place where it stands, and the care it gets. "
        "These are the four questions that we ask before any test ride.",
    },
)

CHAIN = SamplePost(
    "How to clean a bicycle chain in ten minutes",
    "A clean chain runs quietly, shifts better and lasts twice as long. All it takes "
    "is a rag, a brush, some oil, and ten minutes a month.",
    """\
Most chains do not wear out, they are ground down. Dust sticks to old oil, and the two \
of them make a fine paste that works like sandpaper on every link and every tooth. The \
remedy is cheap, needs no stand, and fits between coming home and supper.

## What you need

- an old cotton rag, and a second one for the end
- a small stiff brush; a toothbrush will do
- washing-up liquid and warm water
- chain oil, which is thinner than you would guess

Leave the engine oil in the garage, as it is too thick to get inside. And spare the \
chain the pressure washer, which drives water to where you cannot get it out again.

## Ten minutes, in order

1. **Wipe.** Hold the dry rag around the lower run of the chain and turn the pedals \
backwards, twenty times. Half of the dirt is gone now.
2. **Brush.** Dip the brush into the soapy water and go along the links, then over the \
sprockets and the two small wheels behind them.
3. **Rinse and dry.** Pour a little clear water over it and wipe until the rag stays \
clean. Then wait as long as it takes to put the kettle on.
4. **Oil.** Put one drop on each roller, on the inner side, while you slowly turn the \
pedals. One round is enough.
5. **Wait, then wipe again.** After a few minutes the oil has crept in. What is still \
on the outside would only gather dust, so take it off.

## How often?

Once a month in dry weather, every other week in the wet, and on the same evening \
after salt or sand. Your ears will tell you, too: a chain that chirps has been dry for \
too long, and one that grinds is dirty.

## When cleaning no longer helps

Chains grow longer as their pins wear. A gauge costs little and shows it within \
seconds. Change the chain in time, and the sprockets will outlive several of them; \
wait too long, and all of it has to go at once. If you have no gauge, come by, for \
looking costs nothing.""",
    "Clean and oil a bicycle chain in five steps and ten minutes. What you need, what "
    "to leave alone, how often to do it and when a new chain is due.",
    (
        "clean a bicycle chain",
        "bicycle chain oil",
        "bicycle chain care",
        "when to change a chain",
        "bicycle maintenance at home",
    ),
    {
        "x": "Wipe, brush, dry, oil, wipe again: a clean chain in ten minutes, without "
        "a stand or special tools.",
        "bluesky": "Most chains do not wear out, they are ground down. Ten minutes a "
        "month make all the difference.",
        "mastodon": "A chain that chirps is dry, and one that grinds is dirty. Five "
        "steps and ten minutes put both right, with a rag and an old toothbrush. How "
        "often do you get round to it?",
        "linkedin": "Small care beats large repairs: ten minutes a month with a rag "
        "and a brush double the life of a bicycle chain. These are the five steps that "
        "we show everyone in the workshop.",
    },
)

SOURDOUGH = SamplePost(
    "Five ways to keep a sourdough starter alive",
    "A starter forgives nearly everything except being forgotten in the warm. Five "
    "habits for bakers who have other things on their mind.",
    """\
A sourdough starter is a small household of yeasts and bacteria. It needs flour, water \
and a temperature that suits it, and it tells you quite clearly when one of them is \
missing. These five habits keep it going, even for people who bake once a fortnight.

## 1. Let it rest in the fridge

At room temperature a starter wants food once or twice a day. In the fridge it slows \
down, and once a week will do. Feed it, leave it out for an hour until the first \
bubbles show, then close the jar loosely and put it on the middle shelf.

## 2. Feed it by weight

Weigh equal parts of old starter, flour and water: 50 grams of each are plenty. With a \
spoon, the mixture gets wetter from week to week without anybody noticing. Whatever is \
left over goes into pancakes, crackers or the compost.

## 3. Give it a flour that it knows

Any flour works, and a change does no harm if it is gradual. Wholemeal rye wakes up a \
tired starter, because it brings along more of what the yeasts live on. Move over in \
three or four feedings, not all at once.

## 4. Read the signs

| You see or smell | It means | You do |
| --- | --- | --- |
| a grey liquid on top | it is hungry | stir it in or pour it off, then feed |
| a smell of nail varnish | it is very hungry | feed twice a day for two days |
| hardly any bubbles | it is cold or tired | put it in a warmer place, add rye |
| pink streaks or fuzz | it has gone bad | throw it away and clean the jar |

Only the last line is the end. All the others look worse than they are.

## 5. Keep a spare

Spread two spoonfuls of lively starter thinly on baking paper and let them dry for a \
day. Crumble the flakes into a jar with a lid. In a dark cupboard they keep for \
months, and three days of warm water and flour bring them back. You will sleep better \
on your next holiday, and you have something to give away.""",
    "Keep a sourdough starter healthy with five simple habits: rest in the fridge, "
    "feeding by weight, the right flour, clear signs and a dry spare.",
    (
        "sourdough starter",
        "feeding a sourdough starter",
        "sourdough in the fridge",
        "dry sourdough starter",
        "grey liquid on a starter",
    ),
    {
        "x": "Grey liquid on your sourdough starter? It is only hungry. Five habits "
        "that keep it alive.",
        "bluesky": "A starter forgives nearly everything except being forgotten in the "
        "warm. Five habits for people who bake once a fortnight.",
        "mastodon": "Fridge, scales, rye, a look at the signs, and a dry spare in the "
        "cupboard: that is all it takes to keep a sourdough starter alive. What is the "
        "oldest one you know?",
        "linkedin": "Good routines are short. Keeping a sourdough starter alive takes "
        "five of them, from feeding by weight to a dry spare in the cupboard. For "
        "anyone who bakes only now and then.",
    },
)

POSTS = (WINTER, COMMUTING, CHAIN, SOURDOUGH)


def find(topic: str) -> SamplePost | None:
    """Return the article about a topic, however it ends and whatever its case."""
    wanted = topic.casefold().rstrip(" .!?")
    return next((post for post in POSTS if post.title.casefold() == wanted), None)
