# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Break real servers while they write posts, and count what that costs.

``make faults`` plays the faults of :mod:`.matrix` in rounds: it asks for posts, lets a
fault happen while a provider is called for them, and looks at the posts, the calls and
the log afterwards.
"""
