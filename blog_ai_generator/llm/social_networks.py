# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The networks for which a post gets a copy: the one list of them.

``networks/`` says how each of them counts, and on which page a text is sent.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Network:
    """The name and the limits of a network.

    :param asked: characters that the model is asked for
    :param limit: characters that are kept, on X weighted ones; they leave room for the
        link that is added
    :param hint: what the prompt says of a key that does not explain itself
    :param nicknames: what models call such a text as well, in lower case
    """

    name: str
    asked: int
    limit: int
    hint: str = ""
    nicknames: tuple[str, ...] = ()


# Networks by their keys in an answer, in the order of the prompt.
NETWORKS = {
    "x": Network(
        "X",
        220,
        250,
        "post for X, ",
        ("tweet", "twitter", "twitter post"),
    ),
    "bluesky": Network("Bluesky", 230, 250),
    "mastodon": Network("Mastodon", 350, 450, nicknames=("toot",)),
    "linkedin": Network("LinkedIn", 450, 1300),
}
