# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.llm.answer import check
from odoo.addons.blog_ai_generator.llm.detection import other_language
from odoo.addons.blog_ai_generator.llm.language import language_name

from .fixtures_llm import LLMCase, good_fields

# A few sentences on bees in the city, long enough for the check.
SAMPLES = {
    "en": "Bees are at home in the city, and that is good news for all of us. On the "
    "roofs of many houses there are hives that give honey from early spring to "
    "late summer. If you want to help them, plant flowers that bloom for a long"
    " time and do not use poison in your garden. It is not hard to begin with a"
    " small box on the balcony, and the neighbours will ask you for some of it.",
    "fr": "Les abeilles se sentent bien en ville, et c'est une bonne nouvelle pour "
    "nous tous. Sur les toits de nombreuses maisons, il y a des ruches qui "
    "donnent du miel du printemps à la fin de l'été. Si vous voulez les aider, "
    "plantez des fleurs qui restent longtemps et ne mettez pas de poison dans "
    "le jardin. Ce n'est pas difficile de commencer avec une petite caisse sur "
    "le balcon.",
    "de": "Bienen fühlen sich in der Stadt wohl, und das ist eine gute Nachricht für "
    "uns alle. Auf den Dächern vieler Häuser stehen Kästen, die vom Frühling "
    "bis in den späten Sommer Honig geben. Wer ihnen helfen will, pflanzt "
    "Blumen, die lange blühen, und verzichtet auf Gift im Garten. Es ist nicht "
    "schwer, mit einem kleinen Kasten auf dem Balkon zu beginnen, und die "
    "Nachbarn werden sich auch freuen.",
    "es": "Las abejas se sienten bien en la ciudad, y es una buena noticia para "
    "todos. En los tejados de muchas casas hay colmenas que dan miel desde la "
    "primavera hasta el final del verano. Si quieres ayudar, planta flores que "
    "duren mucho y no uses veneno en el jardín. No es difícil empezar con una "
    "caja pequeña en el balcón, y los vecinos te van a pedir un poco de la "
    "miel.",
    "pt": "As abelhas sentem-se bem na cidade, e isso é uma boa notícia para todos. "
    "Nos telhados de muitas casas há colmeias que dão mel da primavera ao fim "
    "do verão. Quem quiser ajudar pode plantar flores que duram muito e não "
    "usar veneno no jardim. Não é difícil começar com uma caixa pequena na "
    "varanda, e os vizinhos vão pedir um pouco do mel.",
    "it": "Le api stanno bene in città, e questa è una buona notizia per tutti. Sui "
    "tetti di molte case ci sono arnie che danno miele dalla primavera alla "
    "fine dell'estate. Se vuoi aiutare le api, pianta dei fiori che durano a "
    "lungo e non usare veleno nel giardino. Non è difficile cominciare con una "
    "piccola cassetta sul balcone, e anche i vicini ti chiederanno un po' di "
    "miele.",
    "nl": "Bijen voelen zich thuis in de stad, en dat is goed nieuws voor ons "
    "allemaal. Op de daken van veel huizen staan kasten die van het voorjaar "
    "tot in de late zomer honing geven. Wie ze wil helpen, plant bloemen die "
    "lang bloeien en gebruikt geen gif in de tuin. Het is niet moeilijk om met "
    "een kleine kast op het balkon te beginnen, en de buren zullen er ook om "
    "vragen.",
    "pl": "Pszczoły dobrze czują się w mieście i jest to dobra wiadomość dla nas "
    "wszystkich. Na dachach wielu domów stoją ule, które dają miód od wiosny do"
    " późnego lata. Kto chce im pomóc, sadzi kwiaty, które długo kwitną, i nie "
    "używa trucizny w ogrodzie. Nie jest trudno zacząć od małego ula na "
    "balkonie, a sąsiedzi też poproszą o słoik, bo to jest dobre.",
    "da": "Bier trives i byen, og det er gode nyheder for os alle. På tagene af mange"
    " huse er der stader, som giver honning fra foråret til den sene sommer. "
    "Hvis du vil hjælpe dem, kan du plante blomster, der blomstrer længe, og "
    "lade være med at bruge gift i haven. Det er ikke svært at begynde med en "
    "lille kasse på altanen, og naboerne vil også have en smagsprøve.",
    "nb": "Bier trives i byen, og det er gode nyheter for oss alle. På takene av "
    "mange hus er det kuber som gir honning fra våren til den sene sommeren. "
    "Hvis du vil hjelpe dem, kan du plante blomster som blomstrer lenge, og la "
    "være å bruke gift i hagen. Det er ikke vanskelig å begynne med en liten "
    "kasse på balkongen, og naboene vil også ha en smakebit av den.",
    "ru": (
        "Пчёлы хорошо живут в городе, и это хорошая новость для всех. На крышах стоят "
        "ульи, и они дают мёд с весны по осень. "
    )
    * 3,
    "zh": "蜂蜂在城市里生活得很好。" * 12,
    "ja": "都会のミツバチは元気です。" * 12,
    "ar": "النحل في المدينة خبر جيد. " * 12,
    "el": "Οι μέλισσες ζουν καλά. " * 16,
}
RELATIVES = {"da": "nb", "nb": "da"}
# A language that is known by its script alone.
SCRIPTS = {"el": ("Grek",)}


class TestLanguage(LLMCase):
    def test_a_text_in_its_own_language_passes(self):
        for code, text in SAMPLES.items():
            with self.subTest(code):
                self.assertEqual(other_language(text, code), "")
                self.assertEqual(other_language(text, f"{code.upper()}_XX@x"), "")

    def test_a_text_in_another_language_is_noticed(self):
        for code, text in SAMPLES.items():
            for asked in SAMPLES.keys() - {code, RELATIVES.get(code)}:
                with self.subTest(text=code, asked=asked):
                    found = other_language(text, asked)
                    right = SCRIPTS.get(code) or (code, RELATIVES.get(code))
                    self.assertIn(found, right)

    def test_it_does_not_object_when_in_doubt(self):
        english = SAMPLES["en"]
        for text, asked in (
            ("", "de"),
            ("Too short to tell, is it not?", "de"),
            (SAMPLES["da"], "nb"),
            (SAMPLES["de"] + english, "de"),
            (SAMPLES["es"], "gl"),
            (SAMPLES["nl"], "af"),
            (SAMPLES["de"], "lb"),
            (english, "tlh"),
            (SAMPLES["ru"], "tlh"),
            ("12 345,00 \u20ac " * 100, "de"),
            (SAMPLES["de"] + "```\n" + english * 5 + "\n```", "de"),
        ):
            with self.subTest(asked=asked, text=text[:20]):
                self.assertEqual(other_language(text, asked), "")

    def test_english_instead_of_a_language_without_a_profile_is_noticed(self):
        for asked in ("eu", "cy", "sw", "sq", "is"):
            self.assertEqual(other_language(SAMPLES["en"], asked), "en")

    def test_the_wrong_language_makes_an_answer_unusable_and_names_both(self):
        request = llm.ArticleRequest("Bees", language="fr_BE", words=100)
        body = SAMPLES["en"] * 2
        text = json.dumps(good_fields(body=body))
        with self.assertRaises(llm.LLMError) as caught:
            check(text, request)
        self.assertCode(caught.exception, "unusable", "language")
        self.assertEqual(caught.exception.values, {"found": "en", "wanted": "fr_BE"})
        self.assertTrue(check(text, request, language="en_US").title)

    def test_a_script_is_named_where_the_language_is_not_clear(self):
        request = llm.ArticleRequest("Bees", words=100)
        text = json.dumps(good_fields(body=SAMPLES["el"] * 3))
        with self.assertRaises(llm.LLMError) as caught:
            check(text, request)
        self.assertCode(caught.exception, "unusable", "script")
        self.assertEqual(caught.exception.values, {"script": "Grek", "wanted": "en_US"})

    def test_languages_have_english_names(self):
        for code, name in (
            ("en_US", "English (en_US)"),
            ("pt-BR", "Brazilian Portuguese (pt-BR)"),
            ("zh_TW", "Traditional Chinese (zh_TW)"),
            ("sr@latin", "Serbian in Latin script (sr@latin)"),
            ("ca_ES", "Catalan (ca_ES)"),
            ("tlh", "tlh"),
        ):
            self.assertEqual(language_name(code), name)
