#!/usr/bin/env bash
# Expected: lxml.html.tostring() writes attributes as they were read, apart from & and quotation marks.
# Seen: in href, src, action and the name of a link it percent-encodes blanks and letters outside ASCII.
# "{{ object.get_url() }}" becomes "{{%20object.get_url()%20}}", and the link #日本 loses its target. A title stays as it is.
# Why it matters: an addon that parses an email template or a post, changes one tag and writes it back
# breaks placeholders that it never touched. method="xml" leaves them alone but writes <img/>.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check lxml==6.1.3
timeout 60 venv/bin/python - <<'PY'
import lxml.etree
import lxml.html

SOURCE = '<p><a name="日本" href="{{ object.get_url() }}" title="{{ object.get_url() }}">post</a><img src="/blog/ガイド"></p>'
EXPECTED = SOURCE
SEEN = (
    '<p><a name="%E6%97%A5%E6%9C%AC" href="{{%20object.get_url()%20}}" title="{{ object.get_url() }}">post</a>'
    '<img src="/blog/%E3%82%AC%E3%82%A4%E3%83%89"></p>'
)
tree = lxml.html.fromstring(SOURCE)
html = lxml.html.tostring(tree, encoding="unicode")
xml = lxml.html.tostring(tree, encoding="unicode", method="xml")
print("lxml", lxml.etree.__version__, "libxml2", lxml.etree.LIBXML_VERSION)
print("Expected:   ", EXPECTED)
print("method=html:", html)
print("method=xml: ", xml)
assert html == SEEN, "the behaviour has changed"
assert '"日本"' in xml and 'href="{{ object.get_url() }}"' in xml and "/blog/ガイド" in xml, "the behaviour has changed"
PY
