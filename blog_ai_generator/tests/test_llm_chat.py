# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Words of an assistant around an article go, in each language; prose stays."""

from odoo.addons.blog_ai_generator.llm.chat import without_chat

from .fixtures_llm import LLMCase

BODY = "Bees like roofs.\n\n## Roofs\n\nThey are warm.\n\n## Flowers\n\nThey are food."
STARTS = (
    "Absolutely! Below is a draft of the post:",
    "Sure, here's the article:",
    "Here is a blog post about bees in the city:",
    "Selbstverständlich! Nachfolgend finden Sie den Blogbeitrag:",
    "Sehr gerne! Hier kommt dein Entwurf.",
    "Avec plaisir ! Vous trouverez ci-dessous l’article :",
    "D’accord, voici le billet de blog :",
    "¡Por supuesto! A continuación tienes el artículo:",
    "Certo, di seguito l’articolo:",
    "Claro! Segue o artigo:",
    "Com certeza! Aqui está o post:",
    "Uiteraard! Hieronder staat het artikel:",
    "Oczywiście! Poniżej znajdziesz artykuł:",
    "Конечно! Ниже — статья для блога:",
    "かしこまりました。以下に記事を作成しました。",
    "好的，以下是为您撰写的文章：",
    "네, 요청하신 블로그 글입니다:",
    "بالتأكيد! إليك المقال:",
    "ज़रूर! नीचे लेख दिया गया है:",
)
GOOD_STARTS = (
    "Here is the thing about bees: they fly.",
    "Sure, a roof is warm. So is a stove.",
    "Perfect roofs are rare.",
    "Klar, Bienen stechen. Hier ist Vorsicht gut.",
    "Voici ce que coûte une ruche.",
    "A continuación, los gastos del primer año.",
    "Ecco perché le api amano i tetti.",
    "Hieronder zijn de kosten.",
    "Poniżej są koszty.",
    "Вот почему пчёлы любят крыши.",
    "以下是费用：",
    "以下の三つが大切です。",
    "여기 꿀벌이 있습니다.",
    "यहाँ मधुमक्खियाँ रहती हैं।",
)
ENDS = (
    "If you'd like, I can also create a shorter version.",
    "Shall I turn this into a newsletter?",
    "I hope this article helps! Tell me what to change.",
    "Wenn du möchtest, kann ich eine kürzere Fassung schreiben.",
    "Falls Sie Änderungen wünschen, kann ich den Text gern anpassen.",
    "Möchten Sie, dass ich den Ton anpasse?",
    "Si vous le souhaitez, je peux raccourcir l’article.",
    "Voulez-vous que j’ajoute une conclusion ?",
    "Si lo deseas, también puedo acortarlo.",
    "¿Te gustaría que lo adapte para redes sociales?",
    "Se vuoi, posso aggiungere una tabella o accorciarlo.",
    "Vuoi che lo modifichi?",
    "Se precisar, posso ajustar o tom.",
    "Quer que eu faça uma versão mais curta?",
    "Als je wilt, kan ik ook een kortere versie schrijven.",
    "Zal ik er nog een samenvatting van maken?",
    "Jeśli chcesz, mogę skrócić tekst.",
    "Если хотите, я могу сократить текст.",
    "Хотите, чтобы я изменил тон?",
    "必要であれば、文体を調整します。",
    "よろしければ、もっと短くまとめ直します。",
    "如果需要，我可以调整语气或缩短篇幅。",
    "需要我再写一个更短的版本吗？",
    "필요하시면 톤을 조정해 드릴 수 있습니다.",
    "إذا أردت، يمكنني كتابة نسخة أقصر.",
    "अगर आप चाहें तो मैं इसका अनुवाद भी कर सकता हूँ।",
    "(Word count: 812)",
    "**Word count:** ~800 words",
    "[End of article]",
    "（字数：800字）",
    "---\n\nI hope this article helps! Let me know if you want any edits.",
)
GOOD_ENDS = (
    "Word count of a hive: 812 words a day, some say.",
    "The end of the article of faith is near.",
    "If you want to keep bees, we can help you to change your roof.",
    "Would you like a hive of your own? We also sell smaller versions.",
    "Would you like me to adjust your roof? Write to [me](https://e.example).",
    "Shall I change roofs? Every bee asks that in May.",
    "Soll ich mein Dach ändern? Das fragen viele.",
    "Möchten Sie Ihr Dach ändern? Rufen Sie uns an.",
    "Wenn Sie Fragen haben, können wir Ihr Dach anpassen.",
    "Voulez-vous modifier votre toit ? Appelez-nous.",
    "Si quieres, podemos cambiar tu tejado.",
    "Se vuoi, possiamo modificare il tuo tetto.",
    "Se quiser, podemos ajustar o seu telhado.",
    "Als u wilt, kunnen wij uw dak aanpassen.",
    "Jeśli chcesz, możemy zmienić twój dach.",
    "Если хотите, мы можем изменить вашу крышу.",
    "よろしければ、お問い合わせください。",
    "如果您需要调整屋顶，我们可以帮忙。",
    "필요하시면 전화 주세요.",
    "अगर आप चाहें तो हम छत बदल सकते हैं।",
    "Let me know in the comments what you would change: 0123 456789.",
)


class TestChat(LLMCase):
    def test_what_begins_and_ends_an_answer_goes(self):
        for start in STARTS:
            with self.subTest(start):
                self.assertEqual(without_chat(f"{start}\n\n# Bees\n\n{BODY}")[1], 1)
        for end in ENDS:
            with self.subTest(end):
                self.assertEqual(without_chat(f"{BODY}\n\n{end}"), (BODY, 1))

    def test_an_offer_may_be_the_last_line_of_a_paragraph(self):
        self.assertEqual(without_chat(f"{BODY}\n{ENDS[0]}"), (BODY, 1))

    def test_thoughts_in_front_go(self):
        for tag in ("think", "thinking"):
            body = f"<{tag}>Bees?\n\n## No\n</{tag}>\n\n{BODY}"
            self.assertEqual(without_chat(body), (BODY, 1))

    def test_two_offers_go(self):
        self.assertEqual(without_chat(f"{BODY}\n\n{ENDS[0]}\n\n{ENDS[1]}"), (BODY, 2))

    def test_an_announcement_needs_no_heading_behind_it(self):
        body = "Sure! Here is the article:\n\nBees.\n\n## Roofs\n\nWarm."
        self.assertEqual(without_chat(body), ("Bees.\n\n## Roofs\n\nWarm.", 1))

    def test_prose_stays(self):
        for start in GOOD_STARTS:
            with self.subTest(start):
                body = f"{start}\n\n{BODY}"
                self.assertEqual(without_chat(body), (body, 0))
                body = f"{start}\n\n{BODY[18:]}"
                self.assertEqual(without_chat(body), (body, 0))
        for end in GOOD_ENDS:
            with self.subTest(end):
                body = f"{BODY}\n\n{end}"
                self.assertEqual(without_chat(body), (body, 0))
