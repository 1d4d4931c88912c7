"""`make pictures` takes all pictures of the documents, of what the first site has."""

import re

from devkit.commands import pictures
from devkit.paths import SCRIPTS

TAKEN = re.compile(r'(?:Shot\(\s*|folder, )"(\w+)"')


def text_of(script: str) -> str:
    return (SCRIPTS / f"{script}.py").read_text("utf-8")


def test_each_picture_of_the_addon_is_taken():
    taken = set(TAKEN.findall(text_of("pictures")))
    shown = {path.stem for path in pictures.FOLDER.glob("*.png")} - {"icon"}
    assert taken == shown


def test_the_posts_that_are_shown_are_those_of_the_first_site():
    wanted = re.findall(r'^(?:FROST|LOCK) = "(.+)"$', text_of("pictures"), re.MULTILINE)
    assert len(wanted) == 2
    for name in wanted:
        assert f'"{name}"' in text_of("first_posts")
        assert f'"{name}"' in text_of("picture_posts")
