//! What products of a seeded shop are called: makers, goods, sorts and sizes in five scripts.

/// A script that names are written in. Chinese, Japanese and Thai stand together: none of them sets words apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    Latin,
    Cyrillic,
    Asian,
    Arabic,
    Greek,
}

impl Script {
    /// How often a product is named in each, of a thousand.
    pub const SHARES: [(Self, u64); 5] =
        [(Self::Latin, 700), (Self::Cyrillic, 110), (Self::Asian, 80), (Self::Arabic, 60), (Self::Greek, 50)];

    /// Makers; none of them exists.
    pub const fn makers(self) -> &'static [&'static str] {
        match self {
            Self::Latin => &[
                "Alder",
                "Bérénice",
                "Calder & Co",
                "Dörfler",
                "Élan",
                "Fjord",
                "Grünwald",
                "Hibou",
                "Ibis",
                "Józef",
                "Kestrel",
                "L'Étoile",
                "Mølle",
                "Niñez",
                "Ośla",
                "Petrichor",
                "Quill",
                "Régal",
                "Straße 9",
                "Tōfuya",
                "Üsküdar",
                "Vesper",
                "Willow",
                "Xàtiva",
                "Ythan",
                "Zörbig",
                "Marché",
                "Old Mill",
                "Sunny Side",
                "Northern Star",
            ],
            Self::Cyrillic => &["Три кота", "Северная река", "Дубрава", "Бабушкин сад", "Ёлочка", "Зоря"],
            Self::Asian => &["青山", "三木堂", "福満", "やまびこ", "ตลาดเช้า", "ดอกบัว"],
            Self::Arabic => &["الوادي", "نخلة الشرق", "أرض الخير", "الياسمين"],
            Self::Greek => &["Ελιά", "Αιγαίο", "Χωριό μας", "Ήλιος"],
        }
    }

    /// Sorts.
    pub const fn sorts(self) -> &'static [&'static str] {
        match self {
            Self::Latin => &[
                "organic",
                "classic",
                "light",
                "smoked",
                "salted",
                "unsalted",
                "extra",
                "fine",
                "dark",
                "mild",
                "spicy",
                "sweet",
                "vanilla",
                "lemon",
                "wholegrain",
                "gluten-free",
                "crème",
                "nature",
                "rôti",
                "bio",
                "fresh",
                "frozen",
                "dried",
                "sparkling",
                "still",
                "double",
                "family",
                "travel",
                "sensitive",
                "original",
                "No 7",
                "XXL",
            ],
            Self::Cyrillic => {
                &["классический", "домашний", "лёгкий", "солёный", "сладкий", "свежий", "особый"]
            }
            Self::Asian => &["有机", "原味", "無添加", "うす塩", "特選", "รสดั้งเดิม", "หวานน้อย"],
            Self::Arabic => &["طازج", "كلاسيكي", "بدون سكر", "مملّح", "فاخر"],
            Self::Greek => &["βιολογικό", "κλασικό", "φρέσκο", "γλυκό", "παραδοσιακό"],
        }
    }

    /// Its place among the names of a good.
    const fn place(self) -> usize {
        match self {
            Self::Latin => 0,
            Self::Cyrillic => 1,
            Self::Asian => 2,
            Self::Arabic => 3,
            Self::Greek => 4,
        }
    }
}

/// A kind of good: its name in each script, the category it stands in, whether the lower tax is on it, whether it is sold by
/// weight.
pub struct Good {
    names: [&'static str; 5],
    pub category: usize,
    pub lower_tax: bool,
    pub by_weight: bool,
}

impl Good {
    /// What it is called in a script.
    pub const fn name(&self, script: Script) -> &'static str {
        self.names[script.place()]
    }
}

const fn good(names: [&'static str; 5], category: usize, lower_tax: bool, by_weight: bool) -> Good {
    Good { names, category, lower_tax, by_weight }
}

/// The categories, in the order of their tiles.
pub const CATEGORIES: &[&str] = &[
    "Fruit & vegetables",
    "Bakery",
    "Dairy",
    "Drinks",
    "Larder",
    "Sweets",
    "Household",
    "Care",
    "Stationery",
    "Garden",
];

/// The goods.
pub const GOODS: &[Good] = &[
    good(["apples", "яблоки", "苹果", "تفاح", "μήλα"], 0, true, true),
    good(["bananas", "бананы", "バナナ", "موز", "μπανάνες"], 0, true, true),
    good(["tomatoes", "помидоры", "番茄", "طماطم", "ντομάτες"], 0, true, true),
    good(["pommes de terre", "картофель", "土豆", "بطاطس", "πατάτες"], 0, true, true),
    good(["salad", "салат", "沙拉菜", "خس", "σαλάτα"], 0, true, false),
    good(["herbs", "зелень", "ผักชี", "أعشاب", "μυρωδικά"], 0, true, false),
    good(["bread", "хлеб", "面包", "خبز", "ψωμί"], 1, true, false),
    good(["baguette", "багет", "バゲット", "خبز فرنسي", "μπαγκέτα"], 1, true, false),
    good(["croissant", "круассан", "クロワッサン", "كرواسون", "κρουασάν"], 1, true, false),
    good(["Brötchen", "булочки", "小餐包", "خبز صغير", "ψωμάκια"], 1, true, false),
    good(["milk", "молоко", "牛乳", "حليب", "γάλα"], 2, true, false),
    good(["butter", "масло сливочное", "黄油", "زبدة", "βούτυρο"], 2, true, false),
    good(["yoghurt", "йогурт", "酸奶", "زبادي", "γιαούρτι"], 2, true, false),
    good(["fromage", "сыр", "チーズ", "جبن", "τυρί"], 2, true, true),
    good(["cheese", "творог", "乳酪", "جبنة بيضاء", "φέτα"], 2, true, true),
    good(["water", "вода", "矿泉水", "ماء", "νερό"], 3, true, false),
    good(["cola", "кола", "可乐", "كولا", "κόλα"], 3, false, false),
    good(
        ["jus d'orange", "сок апельсиновый", "オレンジジュース", "عصير برتقال", "χυμός πορτοκάλι"],
        3,
        true,
        false,
    ),
    good(["beer", "пиво", "เบียร์", "شراب الشعير", "μπίρα"], 3, false, false),
    good(["wine", "вино", "葡萄酒", "عصير عنب", "κρασί"], 3, false, false),
    good(["tea", "чай", "绿茶", "شاي", "τσάι"], 3, true, false),
    good(["coffee", "кофе", "コーヒー", "قهوة", "καφές"], 3, true, false),
    good(["rice", "рис", "ข้าวหอมมะลิ", "أرز", "ρύζι"], 4, true, false),
    good(["pasta", "макароны", "面条", "معكرونة", "ζυμαρικά"], 4, true, false),
    good(["olive oil", "масло оливковое", "橄榄油", "زيت زيتون", "ελαιόλαδο"], 4, true, false),
    good(["tinned fish", "рыба в масле", "鱼罐头", "سمك معلّب", "κονσέρβα ψαριού"], 4, true, false),
    good(["flour", "мука", "小麦粉", "طحين", "αλεύρι"], 4, true, false),
    good(["tofu", "тофу", "豆腐", "توفو", "τόφου"], 4, true, false),
    good(["honey", "мёд", "蜂蜜", "عسل", "μέλι"], 4, true, false),
    good(["olives", "оливки", "オリーブ", "زيتون", "ελιές"], 4, true, true),
    good(["chocolate", "шоколад", "巧克力", "شوكولاتة", "σοκολάτα"], 5, false, false),
    good(["biscuits", "печенье", "饼干", "بسكويت", "μπισκότα"], 5, false, false),
    good(["liquorice", "лакрица", "甘草糖", "عرق سوس", "γλυκόριζα"], 5, false, true),
    good(["washing powder", "порошок стиральный", "洗衣粉", "مسحوق غسيل", "απορρυπαντικό"], 6, false, false),
    good(["kitchen roll", "полотенца бумажные", "厨房纸", "مناديل مطبخ", "χαρτί κουζίνας"], 6, false, false),
    good(["bin bags", "мешки для мусора", "垃圾袋", "أكياس نفايات", "σακούλες"], 6, false, false),
    good(["candles", "свечи", "เทียนไข", "شموع", "κεριά"], 6, false, false),
    good(["soap", "мыло", "石鹸", "صابون", "σαπούνι"], 7, false, false),
    good(["shampoo", "шампунь", "洗发水", "شامبو", "σαμπουάν"], 7, false, false),
    good(["toothpaste", "зубная паста", "牙膏", "معجون أسنان", "οδοντόκρεμα"], 7, false, false),
    good(["notebook", "тетрадь", "ノート", "دفتر", "τετράδιο"], 8, false, false),
    good(["pens", "ручки", "圆珠笔", "أقلام", "στυλό"], 8, false, false),
    good(["greeting card", "открытка", "贺卡", "بطاقة معايدة", "ευχετήρια κάρτα"], 8, false, false),
    good(["seeds", "семена", "种子", "بذور", "σπόροι"], 9, false, false),
    good(["potting soil", "грунт", "培養土", "تربة زراعية", "φυτόχωμα"], 9, false, false),
    good(
        ["tulip bulbs", "луковицы тюльпанов", "郁金香球根", "بصيلات توليب", "βολβοί τουλίπας"],
        9,
        false,
        false,
    ),
];

/// Sizes.
pub const SIZES: &[&str] = &[
    "100 g",
    "150 g",
    "200 g",
    "250 g",
    "330 ml",
    "400 g",
    "500 g",
    "500 ml",
    "750 ml",
    "1 l",
    "1.5 l",
    "1 kg",
    "2 kg",
    "4 x 125 g",
    "6 x 33 cl",
    "10 pcs",
    "20 pcs",
    "S",
    "M",
    "L",
];

/// People who work there, the owner first.
pub const PEOPLE: &[&str] = &["Ana", "Benoît", "Chidi", "Dörte"];
