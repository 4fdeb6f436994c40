"""The words of the sample's titles and notes, all made up here: no name, client or book in it is a real one."""

from __future__ import annotations

from typing import NamedTuple


class Topic(NamedTuple):
    """A subject of one list, with templates in English and Chinese; ``{slot}`` is filled from SLOTS, or from the day of writing.

    A topic that ``repeats`` may use a title again once the earlier task is over, as shopping does.
    """

    name: str
    collection: str
    english: tuple[str, ...]
    chinese: tuple[str, ...] = ()
    repeats: bool = False


TOPICS = (
    # ----- Work
    Topic(
        "reports",
        "Work",
        (
            "Draft the {report} for {client}",
            "Send {report} to {colleague}",
            "Check the numbers in the {report} for {client}",
            "Charts for the {report} ({client})",
        ),
        ("写{client}的{zh_report}", "把{zh_report}发给{colleague}"),
    ),
    Topic(
        "billing",
        "Work",
        (
            "Invoice {client} for {month}",
            "Chase the unpaid invoice of {client} ({month})",
            "Approve {colleague}'s expenses for {month}",
            "Quote for {client}: {service}",
        ),
        ("给{client}开{zh_month}的发票",),
    ),
    Topic(
        "meetings",
        "Work",
        (
            "Agenda for the {meeting} with {colleague}",
            "Minutes of the {meeting} with {client}",
            "Move the {meeting} with {client} to {weekday}",
            "1:1 with {colleague} about {matter}",
        ),
        ("和{colleague}开会讨论{zh_matter}",),
    ),
    Topic(
        "hiring",
        "Work",
        (
            "Read the application of {candidate}",
            "Interview {candidate} for the {role} job",
            "Feedback on {candidate} to {colleague}",
            "Rewrite the {role} advert with {colleague}",
        ),
        ("面试{candidate}",),
    ),
    Topic(
        "data",
        "Work",
        (
            "Fix the {dataset} import for {client}",
            "Clean up {dataset} with {colleague}",
            "Query: {dataset} by {dimension}",
            "Document the {dataset} table for {colleague}",
            "Why is {dataset} wrong in {month}?",
        ),
        ("检查{client}的{zh_dataset}",),
    ),
    # ----- Home
    Topic(
        "repairs",
        "Home",
        (
            "Fix the {thing} in the {room}",
            "Call someone about the {thing} in the {room}",
            "Replace the {thing} in the {room}",
            "Measure the {thing} for the {room}",
        ),
        ("修{zh_room}的{zh_thing}", "换{zh_room}的{zh_thing}"),
    ),
    Topic(
        "tidying",
        "Home",
        (
            "Sort out the {clutter} in the {room}",
            "Find a place for the {clutter} from the {room}",
            "Sell the {clutter} online",
            "Give away the {clutter} from the {room}",
        ),
        ("整理{zh_room}的{zh_clutter}", "扔掉{zh_room}的{zh_clutter}"),
    ),
    Topic(
        "money",
        "Home",
        (
            "Compare {contract} offers for {year}",
            "Cancel the old {contract} ({month})",
            "File the {contract} papers of {year}",
            "Ask Zoë about the {contract} for {month}",
        ),
        ("比较{year}年的{zh_contract}", "交{zh_month}的{zh_contract}"),
    ),
    # ----- Health
    Topic(
        "doctors",
        "Health",
        (
            "Appointment with the {doctor} in {month}",
            "Ask the {doctor} about the {ailment}",
            "Pick up the {doctor}'s letter ({month})",
            "Second opinion on the {ailment} from the {doctor}",
        ),
        ("预约{zh_month}的{zh_doctor}", "问{zh_doctor}{zh_ailment}的事"),
    ),
    Topic(
        "sport",
        "Health",
        (
            "Try {sport} with {friend}",
            "Book {sport} for {weekday} in {month}",
            "New shoes for {sport}",
            "Plan {sport} for {month}",
        ),
        ("{zh_month}和{friend}去{zh_sport}",),
    ),
    # ----- Errands
    Topic(
        "shopping",
        "Errands",
        ("Buy {food}", "Get {food} and {food2}", "{food} for {friend} 🛒", "More {food} from the market"),
        ("买{zh_food}", "买{zh_food}和{zh_food2}"),
        repeats=True,
    ),
    Topic(
        "post",
        "Errands",
        (
            "Return the {parcel} (ordered in {month})",
            "Pick up the {parcel} for {friend}",
            "Post the {parcel} to {friend} 📦",
            "Collect the {parcel} from the {shop}",
        ),
        ("寄{zh_parcel}给{friend}", "退{zh_month}买的{zh_parcel}"),
    ),
    Topic(
        "town",
        "Errands",
        (
            "{shop}: ask about the {parcel}",
            "Voucher for the {shop} before {month} ends",
            "Repair the {parcel} at the {shop}",
            "Gift for {friend} from the {shop} 🎁",
        ),
        ("去{zh_shop}修{zh_parcel}",),
    ),
    # ----- Reading
    Topic(
        "novels",
        "Reading",
        (
            "Read “The {adjective} {noun}”",
            "Finish “The {noun} of {noun2}s”",
            "“{noun} and {noun2}”, the novel {friend} lent me",
        ),
        ("读小说《{zh_adjective}的{zh_noun}》",),
    ),
    Topic(
        "articles",
        "Reading",
        (
            "Article: why {dimension} matters for {field}",
            "Long read on {field} and {field2}",
            "Paper on {field} ({year})",
            "Newsletter no. {number} on {field}",
        ),
        ("读一篇关于{zh_field}的文章（第{number}期）",),
    ),
    Topic(
        "courses",
        "Reading",
        (
            "Course: {field} for beginners, week {week}",
            "Slides of the {field} talk by {colleague}",
            "Exercises on {field}, chapter {week}",
        ),
        ("{zh_field}课程第{week}周",),
    ),
    # ----- Side project: a map of cafés
    Topic(
        "coding",
        "Side project",
        (
            "Café map: {feature} on {platform}",
            "Bug: {feature} breaks on {platform}",
            "Tests for {feature} ({platform})",
            "Refactor {feature} for {platform} 🛠️",
        ),
        ("咖啡地图：{platform}的{zh_feature}",),
    ),
    Topic(
        "promotion",
        "Side project",
        (
            "Blog post: {feature} in the café map",
            "Ask {friend} to try {feature}",
            "Screenshots of {feature} on {platform}",
            "Add the cafés of {city}",
        ),
        ("请{friend}试用{zh_feature}",),
    ),
    # ----- Travel
    Topic(
        "booking",
        "Travel",
        (
            "Train to {city} in {month} 🚆",
            "Room in {city} for {month}",
            "Flights to {city} ({month} {year})",
            "Table for {friend} and me in {city}",
        ),
        ("订{zh_month}去{zh_city}的票", "订{zh_city}的酒店（{zh_month}）"),
    ),
    Topic(
        "packing",
        "Travel",
        (
            "Pack for {city} ({month})",
            "Borrow a {luggage} from {friend} for {city}",
            "Papers for {city}: {paper}",
            "Who waters the plants while I am in {city}?",
        ),
        ("准备去{zh_city}的{zh_paper}",),
    ),
)

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
ZH_MONTHS = (
    "一月",
    "二月",
    "三月",
    "四月",
    "五月",
    "六月",
    "七月",
    "八月",
    "九月",
    "十月",
    "十一月",
    "十二月",
)
_FOODS = (
    "oat milk",
    "coffee",
    "crème fraîche",
    "tomatoes",
    "rice",
    "soy sauce",
    "tofu",
    "apples",
    "jalapeños",
    "bread",
    "lentils",
    "ginger",
    "eggs",
    "Gouda",
    "dumpling wrappers",
    "green tea",
)
_ZH_FOODS = (
    "牛奶",
    "咖啡豆",
    "豆腐",
    "大米",
    "酱油",
    "苹果",
    "生姜",
    "鸡蛋",
    "绿茶",
    "饺子皮",
    "面条",
    "青菜",
)
_NOUNS = (
    "Harbour",
    "Lantern",
    "Orchard",
    "Winter",
    "Bridge",
    "Mirror",
    "Garden",
    "Letter",
    "Island",
    "Clock",
    "River",
    "Attic",
)
_FIELDS = (
    "forecasting",
    "queues",
    "sleep",
    "habits",
    "maps",
    "typography",
    "soil",
    "cities",
    "memory",
    "tea",
    "bicycles",
    "glaciers",
)

SLOTS: dict[str, tuple[str, ...]] = {
    "adjective": ("Quiet", "Second", "Paper", "Forgotten", "Northern", "Amber", "Hollow", "Patient"),
    "ailment": ("knee", "headaches", "allergy", "back", "shoulder", "elbow"),
    "candidate": ("A. Okafor", "M. Lindqvist", "R. Tanaka", "C. Moreau", "I. Novák", "P. Silva", "K. Demir", "D. Fischer"),
    "city": ("Lyon", "Kraków", "København", "Chengdu", "Sevilla", "Zürich", "Gent", "Trieste", "Bergen", "Xi'an"),
    "client": ("Nordwind", "Café Ulme", "Blaufuchs", "Tidewater Co", "Hügelwerk", "Paperkite", "Lumen & Söhne", "Rotkamp"),
    "clutter": ("cables", "old phones", "board games", "winter coats", "magazines", "jars", "photo boxes", "camping gear"),
    "colleague": ("Anna", "Jürgen", "Chloé", "小李", "Tomasz", "Priya", "Björn", "Ines", "王姐"),
    "contract": ("electricity", "phone", "liability insurance", "internet", "gym", "savings plan"),
    "dataset": ("orders", "customers", "returns", "stock", "web visits", "price list", "suppliers"),
    "dimension": ("region", "weekday", "age", "channel", "season", "size"),
    "doctor": ("GP", "dermatologist", "eye doctor", "physio", "orthopaedist", "ENT"),
    "feature": ("search", "opening hours", "photo upload", "dark mode", "offline tiles", "login", "ratings", "export", "the route planner", "the import"),
    "field": _FIELDS,
    "field2": _FIELDS,
    "food": _FOODS,
    "food2": _FOODS,
    "friend": ("Zoë", "José", "Mira", "阿明", "Lukas", "Søren", "Hélène", "小芳"),
    "luggage": ("rucksack", "tent", "travel adapter", "suitcase", "bike bag"),
    "matter": ("holidays", "the roadmap", "the budget", "training", "workload", "the release", "the office move"),
    "meeting": ("kick-off", "review", "retrospective", "budget round", "workshop", "weekly call"),
    "noun": _NOUNS,
    "noun2": _NOUNS,
    "number": tuple(str(number) for number in range(12, 90)),
    "paper": ("visa", "insurance", "tickets", "vaccination card", "driving licence"),
    "parcel": ("jacket", "headphones", "lamp", "book parcel", "shoes", "keyboard", "kettle", "bicycle light"),
    "platform": ("Android", "iOS", "the web", "the server", "Firefox"),
    "report": ("quarterly report", "forecast", "churn analysis", "audit summary", "board slides", "pricing study", "survey results"),
    "role": ("analyst", "data engineer", "office manager", "intern"),
    "room": ("kitchen", "bathroom", "hallway", "bedroom", "cellar", "balcony"),
    "service": ("dashboard", "migration", "training day", "support plan", "data audit"),
    "shop": ("bike shop", "tailor", "pharmacy", "bookshop", "hardware store", "optician"),
    "sport": ("bouldering", "swimming", "yoga", "badminton", "rowing", "tai chi"),
    "thing": ("tap", "lamp", "shelf", "window handle", "door lock", "curtain rail", "heater", "smoke alarm"),
    "week": tuple(str(number) for number in range(1, 13)),
    "weekday": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    "zh_adjective": ("安静", "遥远", "金色", "迷路", "最后"),
    "zh_ailment": ("膝盖", "头疼", "过敏", "失眠"),
    "zh_city": ("里昂", "成都", "苏黎世", "西安", "哥本哈根"),
    "zh_clutter": ("电线", "旧手机", "冬衣", "杂志", "照片"),
    "zh_contract": ("电费", "话费", "保险", "网费"),
    "zh_dataset": ("订单数据", "客户名单", "库存表", "退货数据"),
    "zh_doctor": ("皮肤科", "眼科", "家庭医生", "骨科"),
    "zh_feature": ("搜索功能", "营业时间", "照片上传", "夜间模式", "评分"),
    "zh_field": ("预测", "排队论", "睡眠", "习惯", "地图", "城市", "茶"),
    "zh_food": _ZH_FOODS,
    "zh_food2": _ZH_FOODS,
    "zh_matter": ("假期", "预算", "培训", "新版本"),
    "zh_noun": ("港口", "灯笼", "果园", "冬天", "桥", "来信"),
    "zh_paper": ("签证", "保险单", "驾照", "车票"),
    "zh_parcel": ("外套", "耳机", "台灯", "键盘", "水壶"),
    "zh_report": ("季度报告", "预测表", "审计摘要", "价格研究"),
    "zh_room": ("厨房", "浴室", "走廊", "卧室", "阳台"),
    "zh_shop": ("自行车店", "裁缝店", "眼镜店", "五金店"),
    "zh_sport": ("攀岩", "游泳", "打羽毛球", "打太极"),
    "zh_thing": ("水龙头", "灯", "门锁", "暖气", "窗把手"),
}  # fmt: skip


class Translation(NamedTuple):
    """A duplicate in the other language, with its original and their topic; each is used at most once."""

    topic: str
    collection: str
    english: str
    chinese: str


TRANSLATIONS = (
    Translation("data", "Work", "Archive the old spreadsheets", "归档旧表格"),
    Translation("meetings", "Work", "Book the big meeting room", "预订大会议室"),
    Translation("hiring", "Work", "Prepare the new colleague's desk", "准备新同事的办公桌"),
    Translation("repairs", "Home", "Descale the kettle", "给水壶除垢"),
    Translation("repairs", "Home", "Reset the router", "重启路由器"),
    Translation("tidying", "Home", "Defrost the freezer", "给冰箱除霜"),
    Translation("money", "Home", "Scan the tax papers", "扫描税单"),
    Translation("doctors", "Health", "Order new glasses", "配新眼镜"),
    Translation("doctors", "Health", "Flu vaccination", "打流感疫苗"),
    Translation("sport", "Health", "Pump up the bike tyres", "给自行车打气"),
    Translation("town", "Errands", "Renew the library card", "续借书证"),
    Translation("post", "Errands", "Thank grandma for the parcel", "谢谢奶奶寄的包裹"),
    Translation("town", "Errands", "Print the wedding photos", "打印婚礼照片"),
    Translation("novels", "Reading", "Book of Tang poems", "唐诗选"),
    Translation("courses", "Reading", "Learn to read music", "学看乐谱"),
    Translation("coding", "Side project", "Draw a new logo", "画一个新标志"),
    Translation("promotion", "Side project", "Translate the start page", "翻译首页"),
    Translation("packing", "Travel", "Check the passport's expiry date", "检查护照有效期"),
    Translation("packing", "Travel", "Exchange some money", "换一些外币"),
)

# Notes by mood; in the weeks of burn-out she mostly writes the weary ones.
NOTES = {
    "neutral": ("see mail from {weekday}", "ask {colleague} first", "about 30 minutes", "link is in the shared folder", "{friend} has the key", "电话在邮件里", "budget: 40 €", "room 2.17"),
    "glad": ("looking forward to this!", "{friend} will love it 😊", "nice one to start the day", "终于可以做这个了", "went well last time, same again"),
    "weary": ("too much again…", "no energy for this, just get it over with", "tired of chasing {colleague}", "又来了，好累", "why is this always on me", "can't think straight, keep it short"),
}  # fmt: skip
MOODS = tuple(NOTES)
USUAL_MOODS = (0.70, 0.25, 0.05)
BURN_OUT_MOODS = (0.35, 0.05, 0.60)

SUBTASKS = ("ask {friend}", "look up the price", "write it down", "make a list", "call them", "check the date", "send it", "拍照", "问价格", "print it", "tidy up after")  # fmt: skip
