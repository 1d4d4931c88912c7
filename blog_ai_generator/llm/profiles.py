# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Small words and letters by which a language is told from the others of its script."""

# The most frequent small words, by ISO 639 code.
_WORDS = """
af: die en van in is nie het vir om te met wat jou op dit as ook kan word deur aan
 hulle jy of maar by so sal ons meer hierdie moet uit wees gebruik
az: və bu ilə üçün bir də olan da daha ki isə olaraq hər çox ya sonra kimi var edir
 onun amma əgər nə lazımdır
be: і ў у не на з што да як для гэта па ад але або калі пра за яго мы вы ёсць каб
 толькі гэты яны таксама можна іх
bg: и в не на че с за да се от е по как или са които това може си ще но при до ви след
 а има без към ако най още много
ca: el la les els de del dels i a en un una és per amb no més al com són es va pot que
 o aquest aquesta però si us li molt també seva sense entre hi
cs: a je v ve na se že s z ze do si jako pro ale jsou nebo které který která by aby k
 i o při vám to tak když pokud jen může po už není od bez více jejich také než co své
cy: y yr a ac i o yn ar am mae ei eu ein gan gyda wedi bod fod nid sydd ond neu wrth
 fel hyn gall cael bydd hefyd eich chi oes pan os
da: og i at det er en et på for med af ikke den til har du kan som der de eller blive
 så om fra ved hvis når også din dit man skal vi bliver være mere
de: der die und das ist in zu den mit von für auf ein eine nicht sich auch dem des
 werden wird sie es im am als bei oder wie aus nach einen einer einem sind kann wenn
 nur noch man zum zur über aber durch
en: the and of to in is that for it with as are on be this by you from your not have
 or a an can will they their at which more what when if we our has but
es: el los las la de y que en un una es para con por del se no más su al como lo o son
 si sin pero este esta está sus ser hay puede también muy cuando te
et: ja on ei et see ka kui mis oma või ning seda aga saab nii siis mida kes ta selle
 need pole veel ainult võib teie sest juba
eu: eta da ez bat du dira ere dute den edo baina hori izan dago egin bere zure gure
 hau oso baino behar duen dezake beste gehiago bai horrek dugu
fi: ja on ei se että myös kun tai ovat voi joka mutta niin ole kuin jos sekä sen ne
 hän tämä vain jo hyvin kanssa oli mitä jotka siitä
fil: ang ng sa mga na at ay ito para hindi may kung isang o ni kay mo iyong ka rin din
 pa lang nang upang ngunit dahil maaari kapag natin
fr: le la les de des et est un une du dans en que pour qui sur pas au plus avec sont
 vous ce il à ne se par votre ou cette nous mais aux elle ces son sa ses on si y
ga: an na agus ar le a i go is tá ní sé sí bhfuil do seo sin den don leis ag chun nó
 mar as ach gur bhí féidir atá ó mbíonn ann freisin bheith
gl: o a os as de do da e que en un unha é para con non máis se por na no dos das ao
 como son pode tamén ou moi cando pero sen ás nas nos seu súa cunha
hr: i je u na se da za su koji koja koje s od ne kao što ili iz bi ako o to nije ali
 vaš kako može sve samo sa biti po više još nego ga jer
hu: a az és hogy nem is egy van ez meg de ha csak mint vagy már még ezt lehet el ki
 mert akkor minden nagyon sem azt kell fel be
id: yang dan di untuk dengan ini itu dari tidak pada anda dalam akan adalah juga atau
 ke bisa dapat lebih oleh kita saat karena sebagai seperti ada secara
is: og að í er á sem við það ekki um til en með fyrir af þú eru hefur þegar eða svo þá
 ef frá var þau þar meira einnig vera
it: il di che è la e un una per non sono del della con le gli i da si nel più anche o
 in lo al ma come ha dei delle questo se alla su tra puoi
kab: d ad n i deg s ɣef akken ur ara is la yella ɣer neɣ seg am ma wid tin ay
kk: және бұл мен үшін бір де да деп болып емес немесе өте бар оның әр егер осы жоқ
ku: û ji di bo ku de li ev ew re xwe na jî bi ya yê her gelek an wan e heye
lb: de d den an a vun ass fir mat net op och en eng si dat ze um beim awer wéi sinn
 kann oder dem déi ginn hunn gëtt
lt: ir yra kad su į iš ne tai bei kaip ar jūsų o jei gali taip už nuo per apie tik
 labai kurie dar savo bet arba
lv: un ir ka ar no uz par kas tas lai vai var jūsu bet kā ja pie pēc arī nav tikai šo
 ļoti savu ko
mk: и на во да се за од е со не што како или ќе тоа може но ги ја го по до кои сте има
 ако сè
mn: нь бол юм байна энэ ба бас их гэж нэг та ч хүн эсвэл дээр болон
mr: आहे आणि या ते व हे की मध्ये आहेत नाही साठी तर किंवा हा ही करू
mt: il l u li ta tal ma x hija huwa għal fil biex jew dan dawn tista jekk kif minn
 hemm aktar din lill mhux bil meta
nb: og å i det er en et på for med av ikke den til har du kan som de eller hvis også
 så om fra ved når man skal vi blir være mer din seg
ne: छ र को मा लाई पनि छन् हुन्छ यो गर्न भने वा तपाईं एक हो
nl: de het een van en in is op te dat voor met zijn niet aan je die ook wordt bij om
 of er kan als uit maar naar u over nog worden door meer heeft deze dan
nn: og å i det er ein eit ei på for med av ikkje den til har du kan som dei eller om
 også frå når ved vi blir meir seg
pl: w i na z że się nie jest do to o jak ale dla co przez oraz są od lub można a po
 tym może jeśli tylko już czy być tak także które ze za
pt: o a os as de que e do da em um uma para com não é se por mais no na são ou seu sua
 ao dos das como mas pode você nos nas à também pelo quando muito
ro: de și în la a cu pe că nu este un o pentru din care sunt mai ce sau se să şi dar
 ale lor fi prin dacă poate când fie îți le cele
ru: и в не на что с по это для как от к из но за или бы так вас если а у то же мы вы
 его они уже только чтобы при
sk: a je v vo na sa že s so z zo do si ako pre ale sú alebo ktoré ktorý by aby k i o
 pri vám to tak keď ak len môže po už nie od bez viac ich tiež než čo svoje
sl: in je v na se da za so ki z s pa ne kot tudi ali po od iz bi ni o vas lahko če bo
 to pri ko le še več ker
sq: të e në dhe një me që për nga është i më si nuk ka por mund ose do se kjo ky janë
 duke kur ju jo
sr: и је у на се да за су који која које са од не као што или из би ако о то није али
 ваш како може све само бити по више још него ја
sv: och i att det som en är på för med av inte den till ett har du kan om så eller de
 din när från vid också vi man ska blir mer utan dem
sw: ya na wa kwa ni katika za la hii kama hiyo lakini pia au si kuwa yako cha hizi vya
 kila sana watu hayo huo bila ili wewe tu yao
tr: ve bir bu için ile da de ne çok olarak daha gibi olan en veya her kadar ya ama
 değil mi ise sonra var olur bunu siz
uk: і в у не на що з та для як від це або за є але й про якщо а до ви він вони його
 так щоб цього при де
uz: va bu bilan uchun bir ham bo lgan emas yoki har esa kerak juda lekin agar qilish
 mumkin o z siz
vi: và của là có cho không được một các những bạn với để khi trong từ đến này thì cũng
 nhiều người ra vào như
ar: في من على أن إلى هذا هذه التي الذي لا ما مع عن هو هي كل أو كان قد ذلك لكن ثم
fa: و در به از که این را با است برای آن می های یک تا هم نیز یا شود بر ها اما اگر
ur: کے کی میں ہے اور کا سے کو نے پر یہ کہ ہیں اس نہیں بھی ایک تو کر
hi: के में है की और से का को पर यह हैं कि नहीं एक भी तो लिए या कर जो
"""

# Letters besides a to z, or all Cyrillic ones; no list for a language without words.
_LETTERS = """
af áéíóúèêëîïôöû
az çəğıöşü
be абвгдеёжзійклмнопрстуўфхцчшыьэюя
bg абвгдежзийклмнопрстуфхцчшщъьюя
ca àèéíïòóúüç
cs áčďéěíňóřšťúůýž
cy âêîôûŵŷáéíóàèìòẁäëïöẅ
da æøåé
de äöüßé
en éï
es áéíóúüñ
et äöüõšž
eu ñçü
fi äöåšž
fil ñáéíóúàèìòùâêîôû
fr àâæçéèêëîïôœùûüÿ
ga áéíóú
gl áéíóúüïñ
hr čćđšž
hu áéíóöőúüű
id é
is áðéíóúýþæö
it àèéìíîòóùú
kab čḍɛǧɣḥṛṣṭẓ
kk абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі
ku çêîşû
lb äéëöüèêûôîàâç
lt ąčęėįšųūž
lv āčēģīķļņšūž
mk абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ
mn абвгдеёжзийклмнопрстуфхцчшщъыьэюяөү
mt ċġħżàèìòù
nb æøåéêòôóâè
nl éèëïóöüáíàê
nn æøåéêòôóâè
pl ąćęłńóśźż
pt áâãàçéêíóôõúü
ro ăâîșțşţ
ru абвгдеёжзийклмнопрстуфхцчшщъыьэюя
sk áäčďéíĺľňóôŕšťúýž
sl čšžćđ
sq ëç
sr абвгдђежзијклљмнњопрстћуфхцчџш
sv åäöé
sw é
tr çğıöşüâîû
uk абвгґдеєжзиіїйклмнопрстуфхцчшщьюя
uz ʻʼ
vi àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ
"""

# Chinese characters that only one of the two ways of writing has.
SIMPLIFIED = frozenset(
    "个为这说时会来对学过还国们开关间问题样现经应动实长点电话让给从见觉认识务业产质节约费"
    "价钱买卖车门网线统总结组织续纪级红绿种类区园图团场报护择数断无权极标树欢气汉环画难确术"
    "规视试该请读调论设许证评词语误谁边达进远运选连适释针银错闭队阳险随隐页项顺须顾预领频颜"
    "飞养馆马验鱼鸟龙华单变声处备妈宝宁审导将尔层师带帮广库张当归录忆怀态户执扩扫换损尽"
)
TRADITIONAL = frozenset(
    "個為這說時會來對學過還國們開關間問題樣現經應動實長點電話讓給從見覺認識務業產質節約費"
    "價錢買賣車門網線統總結組織續紀級紅綠種類區園圖團場報護擇數斷無權極標樹歡氣漢環畫難確術"
    "規視試該請讀調論設許證評詞語誤誰邊達進遠運選連適釋針銀錯閉隊陽險隨隱頁項順須顧預領頻顏"
    "飛養館馬驗魚鳥龍華單變聲處備媽寶寧審導將爾層師帶幫廣庫張當歸錄憶懷態戶執擴掃換損盡"
)


def _table(text: str) -> dict[str, frozenset[str]]:
    entries = (
        entry.split(":") for entry in text.strip().replace("\n ", " ").split("\n")
    )
    return {code: frozenset(words.split()) for code, words in entries}


WORDS = _table(_WORDS)
SMALL_WORDS = frozenset().union(*WORDS.values())
LETTERS = {
    line.split()[0]: frozenset(line.split()[1]) for line in _LETTERS.split("\n") if line
}
