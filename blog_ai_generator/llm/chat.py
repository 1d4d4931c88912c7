# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Remove what a model says to the person who asked, before and after an article."""

import re

# What an assistant begins with; alone it is good prose, so more has to be said.
_YES = re.compile(
    r"[\xa1\xbf]?(?:sure(?: thing)?|certainly|of course|absolutely|great|gladly|okay|ok"
    r"|gerne?|natürlich|selbstverständlich|klar|sicher|bien sûr|avec plaisir"
    r"|claro(?: que sí)?|por supuesto|con gusto|certo|certamente|volentieri|com certeza"
    r"|natuurlijk|zeker|graag|oczywiście|jasne|jistě|samozřejmě|självklart|selvfølgelig"
    r"|конечно|当然(?:可以)?|好的|當然(?:可以)?"
    r"|もちろんです|承知(?:しました|いたしました)|はい|물론입니다|네"
    r")\s*[!,.:\u2013\u2014！，。、]",
    re.IGNORECASE,
)
_HERE = re.compile(
    r"here(?:'s|\u2019s| is| are)|below is|i(?:'ve|\u2019ve| have) (?:written|created"
    r"|prepared)"
    r"|hier (?:ist|sind|kommt)|hier is|voici|voilà|aquí (?:tienes|está|va)|ecco"
    r"|aqui está|segue|oto|zde je|här (?:är|kommer)|her er|вот"
    r"|以下是|下面是|以下|다음은|아래는",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"\b(?:article|blog ?post|post|draft|markdown|artikel|beitrag|blogbeitrag|entwurf"
    r"|billet"
    r"|art[ií]culo|entrada|borrador|articolo|bozza|artigo|rascunho|artykuł|wpis|článek"
    r"|artikeln|artiklen|inlägg|indlæg|стать[яюи])\b"
    r"|文章|博客|記事|ブログ|글|기사|블로그",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"(?:let me know if|just let me know|feel free to (?:ask|let me know)"
    r"|would you like me to"
    r"|(?:do|if) you(?: would|'d|\u2019d)? (?:want|like)(?: me)? to|i can also"
    r"|i hope this (?:article|post|helps)"
    r"|lassen? sie mich wissen|lass mich wissen|möchten sie, dass ich|soll ich"
    r"|sag(?:en sie)? mir (?:gerne )?bescheid|n'hésitez pas à me (?:dire|demander)"
    r"|souhaitez-vous que je"
    r"|dites-moi si|\xbfquieres que|\xbfte gustaría que|avísame si|házmelo saber"
    r"|fammi sapere|vuoi che"
    r"|me avise se|gostaria que eu|laat (?:het )?me weten|wil je dat ik|daj mi znać"
    r"|дайте мне знать|如果您?需要我|ご希望であれば)",
    re.IGNORECASE,
)
# What only the writer of an article can offer.
_SERVICE = re.compile(
    r"adjust|revis|rewrit|tweak|expand|shorten|edits?\b|chang|version|\btone\b|else\b"
    r"|modif"
    r"|refin|optimi[sz]|translat|more sections|ändern|anpass|überarbeit|kürz|übersetz"
    r"|ton\b"
    r"|adapt|raccourci|traduis|ajust|cambi|acort|tradu|accorci|alter|aanpas|wijzig"
    r"|inkort"
    r"|zmieni|popraw|измен|перепис|调整|修改|調整|変更|修正",
    re.IGNORECASE,
)
_MOST_WORDS = 60


def without_chat(body: str) -> tuple[str, int]:
    """Return the article alone, with the number of paragraphs that were removed."""
    body = re.sub(r"\A([^\n#>-][^\n]*)\n(#{1,6} |```)", r"\1\n\n\2", body)
    blocks = re.split(r"\n[ \t]*\n+", body)
    count = len(blocks)
    if len(blocks) > 2 and _is_preamble(blocks[0], blocks[1]):
        del blocks[0]
    if len(blocks) > 2 and _is_offer(blocks[-1]):
        del blocks[-1]
    if len(blocks) == count:
        return body, 0
    removed = count - len(blocks)
    while len(blocks) > 1 and re.fullmatch(r"\s*(?:-{3,}|\*{3,}|_{3,})\s*", blocks[0]):
        del blocks[0]
    while len(blocks) > 1 and re.fullmatch(r"\s*(?:-{3,}|\*{3,}|_{3,})\s*", blocks[-1]):
        del blocks[-1]
    return "\n\n".join(blocks), removed


def _is_preamble(block: str, after: str) -> bool:
    """Return whether a paragraph announces the article that begins after it."""
    if "\n" in block.strip() or len(block.split()) > _MOST_WORDS or block[:1] in "#>-":
        return False
    begins = re.match(r"\s*(?:#{1,6}\s|\*\*|-{3,}|\*{3,}|_{3,}|```)", after)
    yes = _YES.match(block)
    here = _HERE.search(block, yes.end() if yes else 0, 200)
    first = here is not None and (bool(yes) or here.start() < 2)
    return bool(begins and first and (yes or _ARTICLE.search(block)))


def _is_offer(block: str) -> bool:
    text = block.strip().strip("*_ ")
    if len(text.split()) > _MOST_WORDS or len(text) > 400:
        return False
    return bool(_OFFER.match(text) and _SERVICE.search(text))
