# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The page of each network on which a person sends a text.

``static/src/social_copy/share.esm.js`` says the same to the browser.
"""

from urllib.parse import quote

from .measure import shared_text


def share_url(network: str, text: str, link: str, server: str = "") -> str:
    """Return the address that opens the network with the text filled in.

    :param server: of Mastodon; without it there is no address
    """
    whole = quote(shared_text(text, link), safe="")
    if network == "mastodon":
        return f"https://{server}/share?text={whole}" if server else ""
    pages = {
        "x": f"https://x.com/intent/post?text={whole}",
        "bluesky": f"https://bsky.app/intent/compose?text={whole}",
        # LinkedIn takes the link only.
        "linkedin": "https://www.linkedin.com/sharing/share-offsite/?url="
        + quote(link, safe=""),
    }
    return pages[network]
