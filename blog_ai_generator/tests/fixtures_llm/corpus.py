"""Answers in twelve languages, in the shapes in which models of today write them."""

import json
import re
from collections import Counter
from textwrap import indent

# Title; three headings; label; term in quotes; three items; question: by language.
WORDS = {
    "en": 'Bees in the city: a guide|What it costs|First steps|In short|Cost:|"clean"'
    "|a hive|a roof|some flowers|Do bees sting?",
    "fr": "Des abeilles en ville : un guide|Ce que cela coûte|Premiers pas|En bref"
    "|Coût\xa0:|«\xa0propre\xa0»|une ruche|un toit|des fleurs"
    "|Les abeilles piquent-elles\xa0?",
    "de": "Bienen in der Stadt: ein Leitfaden|Was es kostet|Erste Schritte|Kurz gesagt"
    "|Kosten:|„sauber“|ein Kasten|ein Dach|ein paar Blumen|Stechen Bienen?",
    "es": "Abejas en la ciudad: una guía|Lo que cuesta|Primeros pasos|En resumen|Coste:"
    "|«limpio»|una colmena|un tejado|unas flores|¿Pican las abejas?",
    "pt": "Abelhas na cidade: um guia|Quanto custa|Primeiros passos|Em resumo|Custo:"
    "|“limpo”|uma colmeia|um telhado|umas flores|As abelhas picam?",
    "it": "Api in città: una guida|Quanto costa|Primi passi|In breve|Costo:|«pulito»"
    "|un'arnia|un tetto|dei fiori|Le api pungono?",
    "nl": "Bijen in de stad: een gids|Wat het kost|Eerste stappen|Kort gezegd|Kosten:"
    "|“schoon”|een kast|een dak|wat bloemen|Steken bijen?",
    "pl": "Pszczoły w mieście: poradnik|Ile to kosztuje|Pierwsze kroki|W skrócie|Koszt:"
    "|„czysty”|ul|dach|kilka kwiatów|Czy pszczoły żądlą?",
    "ru": "Пчёлы в городе: руководство|Сколько это стоит|Первые шаги|Коротко|Цена:"
    "|«чисто»|улей|крыша|немного цветов|Жалят ли пчёлы?",
    "ja": "街の蜜蜂：はじめての手引き|費用について|最初の一歩|まとめ|費用：|「重要」|"
    "巣箱"
    "|屋根|少しの花|蜂は刺しますか？",
    "zh": "城市里的蜜蜂：入门指南|需要多少费用|第一步|总结|费用：|“重点”|一个蜂箱|一个"
    "屋顶"
    "|一些花|蜜蜂会蜇人吗？",
    "ko": "도시의 꿀벌: 안내서|비용은 얼마인가|첫걸음|요약|비용:|'중요'|벌통 하나|지붕"
    " 하나"
    "|꽃 조금|벌은 쏘나요?",
}
# Sentences of their own: those of other tests repeat themselves.
PROSE = {
    "ru": "Пчёлы хорошо чувствуют себя в городе, и это хорошая новость для всех "
    "нас. На крышах многих домов стоят ульи, которые дают мёд с ранней весны "
    "до позднего лета. Если вы хотите помочь им, сажайте цветы, которые долго "
    "цветут, и не используйте яд в саду. Начать с маленького ящика на балконе "
    "нетрудно. Соседи тоже попросят у вас немного мёда, потому что он "
    "вкусный. Зимой пчёлам нужен покой и достаточно еды.",
    "zh": "蜜蜂在城市里过得很好，这对我们大家都是好消息。在许多房子的屋顶上都有蜂箱，"
    "从早春到"
    "夏末都能产蜜。如果您想帮助它们，请种植花期长的花，不要在花园里使用农药。从阳台上"
    "的一个"
    "小箱子开始并不难，邻居们也会向您要一些蜂蜜。城市里的花比许多田野还要多，所以蜂蜜"
    "的味道"
    "很特别。冬天蜜蜂需要安静，也需要足够的食物。",
    "ja": "蜜蜂は街の中でも元気に暮らしていて、これは私たちみんなにとって良い知らせで"
    "す。多くの"
    "家の屋上には巣箱があり、早春から夏の終わりまで蜂蜜がとれます。蜜蜂を助けたいなら"
    "、長く"
    "咲く花を植えて、庭で農薬を使わないでください。ベランダの小さな箱から始めるのは難"
    "しく"
    "ありません。隣の人もきっと少し分けてほしいと言うでしょう。冬の間は静かにしておく"
    "ことが"
    "大切です。",
    "ko": "꿀벌은 도시에서도 잘 지내며 이것은 우리 모두에게 좋은 소식입니다. 많은 집의"
    " 지붕 위에는 "
    "이른 봄부터 늦은 여름까지 꿀을 주는 벌통이 있습니다. 꿀벌을 돕고 싶다면 오래 피는"
    " 꽃을 심고 "
    "정원에서 농약을 쓰지 마세요. 발코니의 작은 상자로 시작하는 것은 어렵지 않습니다. "
    "이웃들도 "
    "꿀을 조금 달라고 할 것입니다. 겨울에는 조용히 두는 것이 중요하고 먹이도 충분해야 "
    "합니다.",
}
_BLOCK = re.compile(r"<(h[2-6]|p|li|td|th)>(.*?)</\1>", re.DOTALL)
_MARKS = re.compile(
    r"\*\*|__\w|(?:^|\n)\s*#{1,6}\s?\w|(?:^|\n)\s*[•●]|\[\^|\[[ x]\]|```"
    r"|==\w|\$\$|\\[()\[\]]"
    r"|【\d|oaicite|\[!\w|\[\[?toc|&amp;#?\w+;"
)


class Shapes:
    """The same article in one language, in many shapes.

    :param prose: some 80 words in several sentences
    """

    def __init__(self, code: str, prose: str) -> None:
        self.code, prose = code, PROSE.get(code, prose)
        self.title, self.h1, self.h2, self.h3, *rest = WORDS[code].split("|")
        self.label, self.term, self.a, self.b, self.c, self.question = rest
        cuts = [m.end() for m in re.finditer(r"[.!?](?=\s)|[。！？]", prose)]
        middle = cuts[len(cuts) // 2]
        self.first, self.second = prose[:middle].strip(), prose[middle:].strip()
        self.items = f"- {self.a}\n- {self.b}\n- {self.c}"

    def all(self) -> dict[str, str]:
        """Return the text of each answer by the name of its shape."""
        bodies = {
            name[5:]: getattr(self, name)() for name in dir(self) if name[:5] == "body_"
        }
        answers = {name: self.answer(body) for name, body in bodies.items()}
        good = self.answer(self._sections())
        draft = json.dumps({"title": self.h1, "body": self.first})
        return answers | {
            "json_thoughts": f"Let me think. {draft} Better:</think>\n{good}",
            "json_broken": f"```json\n{good[:-1]},\n}}\n```",
            "json_twice": json.dumps(good),
        }

    def answer(self, body: str) -> str:
        fields = {
            "title": self.title,
            "teaser": self.first,
            "body": body,
            "seo_title": self.title,
            "seo_description": self.first,
            "keywords": f"{self.a}, {self.b}, {self.c}",
            **dict.fromkeys(("x", "bluesky", "mastodon", "linkedin"), self.first[:120]),
        }
        return json.dumps(fields, ensure_ascii=False)

    def _sections(self, *, mark: str = "## ", end: str = "") -> str:
        return (
            f"{self.first}\n\n{mark}{self.h1}{end}\n\n{self.second}\n\n"
            f"{mark}{self.h2}{end}\n\n{self.items}\n\n{mark}{self.h3}{end}\n\n{self.c}."
        )

    def body_plain(self) -> str:
        return self._sections()

    def body_title_heading(self) -> str:
        return f"# {self.title}\n\n{self._sections()}"

    def body_title_bold(self) -> str:
        return f"**{self.title}**\n\n{self._sections()}"

    def body_title_label(self) -> str:
        return f"Title: {self.title}\n\n{self._sections()}"

    def body_title_other_marks(self) -> str:
        title = self.title.replace(":", " –").replace("：", "—")
        return f"## {title}!\n\n{self._sections()}"

    def body_headings_low(self) -> str:
        return self._sections(mark="### ") + f"\n\n##### {self.a}\n\n{self.b}."

    def body_headings_bold(self) -> str:
        return self._sections(mark="**", end="**")

    def body_headings_bold_too(self) -> str:
        return self._sections(mark="## **", end="**")

    def body_headings_tight(self) -> str:
        return self._sections(mark="##")

    def body_bullets(self) -> str:
        return self._sections().replace("- ", "• ")

    def body_labels(self) -> str:
        body = self._sections()
        return f"{body}\n\n- **{self.label}**{self.a}\n- **{self.label}** {self.b}"

    def body_quoted(self) -> str:
        glue = "" if self.code in ("ja", "zh", "ko") else " "
        return f"{self._sections()}\n\n{self.a}{glue}**{self.term}**{glue}{self.b}"

    def body_loose_bold(self) -> str:
        return f"{self._sections()}\n\n** {self.a} ** {self.b} **{self.c} **"

    def body_table_and_tasks(self) -> str:
        table = f"| {self.h1} | {self.h2} |\n| --- | --- |\n| **{self.a}** | {self.b} |"
        tasks = f"- [ ] {self.a}\n- [x] {self.b}\n\n1. {self.a}\n2. {self.b}"
        return f"{self._sections()}\n\n{table}\n\n{tasks}"

    def body_questions(self) -> str:
        faq = f"**{self.question}**\n\n{self.a}.\n\n**{self.question}**\n{self.b}."
        return f"{self._sections()}\n\n## {self.question}\n\n{faq}\n\n> {self.c}"

    def body_code(self) -> str:
        code = "```markdown\n# x\n**y** [^1] $$z$$\n• w\n```"
        return f"{self._sections()}\n\n{code}\n\n`**x**` {self.c}."

    def body_fence(self) -> str:
        return f"```markdown\n{self._sections()}\n```"

    def body_indented(self) -> str:
        return indent(self._sections(), "    ")

    def body_chat(self) -> str:
        offer = "Let me know if you would like me to adjust the tone!"
        start = f"Sure! Here is the article:\n\n## {self.h1}"
        return f"{start}\n\n{self._sections()}\n\n---\n\n{offer}"

    def body_marks(self) -> str:
        return (
            f"[[toc]]\n\n{self._sections()}【4†source】\n\n{self.a}.[^1] =={self.b}== "
            f":contentReference[oaicite:0]{{index=0}} \\(a^2\\) $$x_1$$\n\n"
            f"> [!NOTE]\n> {self.c}\n\n[^1]: {self.h1}\n\n![x](https://e.example/x.png)"
        )


def faults(title: str, html: str) -> Counter:
    """Return what an editor would object to in a page, by kind."""
    found: Counter = Counter()
    plain = re.sub(r"<(pre|code)\b.*?</\1>", "", html, flags=re.DOTALL)
    blocks = [
        (tag, re.sub(r"<[^>]*>", "", text)) for tag, text in _BLOCK.findall(plain)
    ]
    found["visible marks"] = len(_MARKS.findall(re.sub(r"<[^>]*>", "", plain)))
    before = 1
    for tag in (tag for tag, _text in blocks if tag[0] == "h"):
        found["skipped levels"] += int(tag[1]) > before + 1
        before = int(tag[1])
    found["doubled titles"] = sum(
        _bare(text) == _bare(title) for _tag, text in blocks[:2]
    )
    labels = [text for _tag, text in blocks[:1] if text.startswith("Title:")]
    found["doubled titles"] += len(labels)
    found["empty paragraphs"] = len(re.findall(r"<p>\s*</p>", html))
    found["chat"] = len(re.findall("Here is the article|Let me know if", plain))
    return found


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
