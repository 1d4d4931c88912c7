# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Put code samples aside while the text around them is mended."""

import re
from collections.abc import Iterator

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_LIST_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s")
_CODE_SPAN = re.compile(r"(?<!`)(`{1,3})(?!`)([^\n]{1,300}?)(?<!`)\1(?!`)")
# Private-use characters mark a placeholder; those of the text itself are removed.
_OPEN, _CLOSE = "\ue000", "\ue001"
_PLACEHOLDER = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_PRIVATE = re.compile(f"[{_OPEN}{_CLOSE}]")


class Code:
    """The code samples and code spans of a Markdown text.

    :ivar text: the text with a placeholder for each of them
    """

    def __init__(self, body: str) -> None:
        self._samples: list[str] = []
        lines = _PRIVATE.sub("", body).split("\n")
        runs = ((is_code, "\n".join(run)) for is_code, run in _runs(lines) if run)
        self.text = "\n".join(
            self._placeholder(run) if is_code else _CODE_SPAN.sub(self._span, run)
            for is_code, run in runs
        )

    def _placeholder(self, sample: str) -> str:
        self._samples.append(sample)
        return f"{_OPEN}{len(self._samples) - 1}{_CLOSE}"

    def _span(self, match: re.Match[str]) -> str:
        return self._placeholder(match[0])

    def put_back(self, text: str) -> str:
        return _PLACEHOLDER.sub(lambda match: self._samples[int(match[1])], text)


def _runs(lines: list[str]) -> Iterator[tuple[bool, list[str]]]:
    run: list[str] = []
    fence, in_list, before = "", False, ""
    for line in lines:
        match = FENCE.match(line)
        if fence:
            run.append(line)
            if match and match[1].startswith(fence) and not match[2].strip():
                yield True, run
                run, fence = [], ""
        elif match:
            yield False, run
            run, fence = [line], match[1]
        elif line.startswith(("    ", "\t")) and not before.strip() and not in_list:
            yield False, run
            yield True, [line]
            run, line = [], ""
        else:
            run.append(line)
            if line.strip():
                in_list = bool(_LIST_ITEM.match(line)) or (in_list and line[:1] == " ")
        before = line
    yield bool(fence), run
