# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def unknown_words(count: int) -> list[str]:
    """Return words of no language, each another one."""
    letters = "bcdfghjklm"
    return [f"z{letters[n // 10]}o{letters[n % 10]}q" for n in range(count)]
