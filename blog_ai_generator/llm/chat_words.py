# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Words of assistants around an article, in each language.

Patterns without regard to case. One alone may be good prose: :mod:`.chat` says which
of them must come together.
"""

import re

TITLE_LABEL = re.compile(
    r"\W{0,8}(?:(?:blog |article |seo )?title|titel|titre|t[ií]tulo|titolo|tytuł"
    r"|otsikko|název|заголовок|标题|標題|タイトル|제목|العنوان|शीर्षक)"
    r"\W{0,3}[:：]\W{0,3}",
    re.IGNORECASE,
)
# "Sure!"; a punctuation mark follows.
YES = (
    r"sure(?: thing)?|certainly|of course|absolutely|great|gladly|okay|ok|perfect",
    r"gerne?|natürlich|selbstverständlich|klar|sicher|perfekt|sehr gerne"
    r"|aber gern(?:e)?",
    r"bien sûr|avec plaisir|d['\u2019]accord|parfait|absolument|volontiers",
    r"claro(?: que s[íi])?|por supuesto|con gusto|perfecto|desde luego",
    r"certo|certamente|volentieri|perfetto|ma certo|con piacere",
    r"com certeza|claro que sim|com prazer|perfeito",
    r"natuurlijk|zeker|graag|prima|uiteraard",
    r"oczywiście|jasne|chętnie|jistě|samozřejmě|självklart|selvfølgelig|naturligtvis",
    r"конечно|хорошо|отлично|разумеется|звичайно",
    r"当然(?:可以)?|好的|當然(?:可以)?|没问题|沒問題",
    r"もちろんです|承知(?:しました|いたしました|です)|はい|かしこまりました|了解(?:しました|です)",
    r"물론입니다|물론이죠|네|알겠습니다|좋습니다",
    r"بالتأكيد|بالطبع|حسن[ًا]+|طبع[ًا]+|ज़रूर|जरूर|बिल्कुल|अवश्य|निश्चित रूप से",
)
# "Here is …"
HERE = (
    r"here(?:'s|\u2019s| is| are)|below(?: is|,? you(?:'ll|\u2019ll| will)? find)"
    r"|i(?:'ve|\u2019ve| have) (?:written|created|prepared)|the following is",
    r"hier (?:ist|sind|kommt|findest du|finden sie|der|dein|ihr)|anbei"
    r"|nachfolgend (?:der|ein|finden)|im folgenden (?:der|ein|finden)",
    r"voici|voilà|ci-dessous|vous trouverez",
    r"aquí (?:tienes?|está|va)|a continuación(?: tienes| encontrarás)?|te presento",
    r"ecco|di seguito|qui sotto",
    r"aqui (?:está|vai|tem|fica)|segue|a seguir|abaixo",
    r"hier (?:is|vind|volgt)|hieronder|onderstaand",
    r"oto|poniżej|zde je|níže|här (?:är|kommer)|nedan|her er|nedenfor",
    r"вот|ниже|ось|нижче",
    r"以下是|下面是|以下|这是|這是|为您(?:撰写|准备)|為您(?:撰寫|準備)",
    r"以下(?:に|が|の)|こちらが|ご依頼の",
    r"다음은|아래는|요청하신|여기",
    r"إليك(?:م)?|فيما يلي|यहाँ|यहां|यह रहा|ये रहा|नीचे|प्रस्तुत है",
)
ARTICLE = (
    r"\b(?:article|blog ?post|post|draft|markdown|(?:blog)?artikel|(?:blog)?beitrag"
    r"|blogbericht|entwurf|billet|art[ií]culo|entrada|borrador|articolo|bozza|artigo"
    r"|rascunho|artykuł|wpis|článek|artikeln|artiklen|inlägg|indlæg|стать[яюи]|статт[яю])\b",
    r"文章|博客|記事|ブログ|글|기사|블로그|المقال|مقال|लेख|ब्लॉग|पोस्ट",
)
# "Would you like me to …": it is the writer who speaks, and to one reader.
OFFER = (
    r"let me know if|just let me know|feel free to let me know"
    # An article may say this to its readers, too, but does not speak of its writer.
    r"|feel free to ask(?: me|,? if| for)\b"
    r"|if you(?: would|'d|\u2019d)? like to\b.*\b(?:me|i)\b"
    r"|(?:would|do|if) you(?: would|'d|\u2019d)?(?: want| like| prefer)?,?"
    r" (?:me to|i can|i could)|if you(?: would|'d|\u2019d)? like me to|i can also"
    r"|do you want me to|i hope this (?:article|post|helps)|want me to"
    r"|shall i (?:also|turn|make|write|create|adapt|translate|add)",
    r"lassen? sie (?:es )?mich wissen|lass (?:es )?mich wissen"
    r"|möchten sie, dass ich|möchtest du, dass ich"
    r"|soll ich (?:daraus|dazu|ihnen|dir|noch|auch|den|diesen|eine)"
    r"|sag(?:en sie)? (?:mir )?(?:gerne )?bescheid|gib (?:mir )?bescheid"
    r"|(?:wenn|falls) (?:du|sie)[^,.]{0,40}, (?:kann|erstelle|schreibe|passe) ich"
    r"|gerne? (?:kann|erstelle|schreibe|passe) ich|ich hoffe, d(?:as|ieser|er) ",
    r"n['\u2019]hésite[sz]? pas à me|(?:souhaitez|voulez|veux)-(?:vous|tu) que j"
    r"|dites?-moi|faites?-moi savoir|je peux (?:aussi|également)"
    r"|si (?:vous|tu) (?:le )?(?:souhaite[sz]|voule[sz]|veux|voulez|désirez)"
    r"[^.?!]{0,30} je peux|j['\u2019]espère que (?:cet article|ce texte|cela|ça)",
    r"\xbf?(?:quieres?|desea[s]?|te gustaría|le gustaría) que|avísa?(?:me|ame)|avísame"
    r"|házmelo saber|hágamelo saber|dime si"
    r"|si (?:lo )?(?:quieres?|deseas?|prefieres?|necesitas?)[^.?!]{0,30} puedo"
    r"|\xa1?espero que (?:te|le|este artículo|esto)",
    r"fammi sapere|mi faccia sapere|vuoi che|vuole che|desideri che"
    r"|se (?:vuoi|vuole|desideri|preferisci)[^.?!]{0,30} posso"
    r"|spero che (?:questo|ti|l['\u2019]articolo)",
    r"me avis[ea]|avis[ea]-me|(?:quer(?:es)?|gostaria|deseja) que eu|diz-me se"
    r"|se (?:você )?(?:quiser(?:es)?|desejar(?:es)?|precisar(?:es)?)[^.?!]{0,30} posso"
    r"|espero que (?:este|o) (?:artigo|texto)",
    r"laat (?:het )?(?:me|mij) (?:het )?weten|(?:wil je|wilt u) dat ik"
    r"|zal ik (?:hier|er|dit|je|nog|ook)"
    r"|als (?:je|u)[^,.]{0,25}, kan ik|ik hoop dat (?:dit|het artikel)",
    r"dajcie? (?:mi )?znać|daj (?:mi )?znać|czy (?:chcesz|chciałbyś|chciałabyś),?"
    r" (?:żebym|abym)|(?:jeśli|jeżeli) (?:chcesz|potrzebujesz)[^.?!]{0,30} mogę"
    r"|mam nadzieję, że (?:ten|artykuł)",
    r"chcete?,? abych|chceš,? abych|dejte? mi vědět|vill du att jag|säg till om"
    r"|vil du have,? at jeg|vil du at jeg|sig til,? hvis|si fra hvis",
    r"дайте? мне знать|хотите,? (?:чтобы )?я|хочешь,? (?:чтобы )?я|сообщите,? если"
    r"|если (?:хотите|хочешь|нужно|потребуется|необходимо)[^.?!]{0,30} могу"
    r"|надеюсь,? (?:что )?(?:статья|это|текст|эта)|якщо хочете[^.?!]{0,30} можу",
    r"(?:如果|若|如)(?:您|你)?(?:还|還)?(?:需要|想|希望|愿意|願意|有)[^。！？]{0,20}我(?!们|們)"
    r"|(?:需要|要不要|是否需要|您需要|你需要)我(?!们|們)|(?:请|請)?告诉我",
    r"ご希望(?:で|が)|ご希望でしたら|必要(?:で|が)あれば|よろしければ|他にも|修正が必要",
    r"원하시면|원하신다면|필요하시면|필요하시다면|혹시|수정이 필요|도움이 되(?:었|셨)",
    r"هل (?:تريد|ترغب|تود)(?:ين|ون)? (?:في )?أن أ|(?:إذا|إن) (?:أردت|رغبت|كنت)"
    r"[^.؟!]{0,30} يمكنني|أخبرني إذا|يمكنني أيض",
    r"क्या आप चाह(?:ते|ती|ेंगे|ेंगी) (?:हैं )?कि मैं"
    r"|(?:अगर|यदि) आप चाहें[^।?!]{0,30} मैं|मुझे बता(?:एँ|एं|इए)",
)
# Offers that only the writer of an article can make.
SERVICE = (
    r"adjust|revis|rewrit|tweak|expand|shorten|edits?\b|chang|version|\btone\b|else\b"
    r"|refin|optimi[sz]|translat|more sections|carousel|checklist|outline|headline"
    r"|summar|linkedin|social media|newsletter|shopping list|\bfaq|meta desc",
    r"ändern|änderung|anpass|überarbeit|kürz|übersetz|\bton\b|fassung|checkliste"
    r"|zusammenfass|gliederung|umformulier",
    r"modif|adapt|raccourci|traduis|ajoute|version|réseaux sociaux|résum|reformul"
    r"|corrige",
    r"ajust|cambi|acort|tradu|versión|amplíe|ampliar|resum|redes sociales|reescrib",
    r"accorci|modific|versione|tabella|riassun|riscriv|ampli|social\b",
    r"alter|versão|encurt|ampli|reescrev|redes sociais|resumo",
    r"aanpas|wijzig|inkort|korter|zakelijk|versie|vertal|samenvat|herschrij",
    r"zmieni|popraw|skróc|wersj|przetłumacz|streszcz|przygotował|napisał|dopisał",
    r"uprav|zkrát|verzi|přelož|kortare|ändra|översätt|kortere|ændr|endre",
    r"измен|перепис|сокра|верси|соцсет|дополн|перев[её]|адапт|скорот|зміни",
    r"调整|修改|调成|改写|版本|模板|文案|翻译|缩短|整理|調整|改寫|翻譯|縮短|清单|大纲",
    r"変更|修正|書き直|短く|まとめ直|バージョン|トーン|文体|翻訳|要約|チェックリスト",
    r"수정|조정|버전|짧은 글|톤|문체|번역|요약|체크리스트|본문|제목",
    r"نسخة|تعديل|ترجم|صياغ|اختصار|أقصر|تلخيص|संस्करण|अनुवाद|संशोधन|बदलाव|सारांश",
)
