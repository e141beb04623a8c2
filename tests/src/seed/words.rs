//! What products of a seeded shop are called: sorts, makers, goods and sizes of many languages and scripts.

/// Makers; none of them exists.
pub const MAKERS: &[&str] = &[
    "Alder", "Bérénice", "Calder & Co", "Dörfler", "Élan", "Fjord", "Grünwald", "Hibou", "Ibis", "Józef", "Kestrel",
    "L'Étoile", "Mølle", "Niñez", "Ośla", "Petrichor", "Quill", "Régal", "Straße 9", "Tōfuya", "Üsküdar", "Vesper",
    "Willow", "Xàtiva", "Ythan", "Zörbig", "Marché", "Old Mill", "Sunny Side", "Northern Star", "Три кота", "青山",
    "الوادي", "Ελιά",
];

/// Sorts.
pub const SORTS: &[&str] = &[
    "organic", "classic", "light", "smoked", "salted", "unsalted", "extra", "fine", "dark", "mild", "spicy", "sweet",
    "vanilla", "lemon", "wholegrain", "gluten-free", "crème", "nature", "rôti", "bio", "fresh", "frozen", "dried",
    "sparkling", "still", "double", "family", "travel", "sensitive", "original", "No 7", "XXL",
];

/// A kind of good: its name, the category it stands in, whether the lower tax is on it, whether it is sold by weight.
pub struct Good {
    pub name: &'static str,
    pub category: usize,
    pub lower_tax: bool,
    pub by_weight: bool,
}

const fn good(name: &'static str, category: usize, lower_tax: bool, by_weight: bool) -> Good {
    Good { name, category, lower_tax, by_weight }
}

/// The categories, in the order of their tiles.
pub const CATEGORIES: &[&str] =
    &["Fruit & vegetables", "Bakery", "Dairy", "Drinks", "Larder", "Sweets", "Household", "Care", "Stationery", "Garden"];

/// The goods.
pub const GOODS: &[Good] = &[
    good("apples", 0, true, true),
    good("bananas", 0, true, true),
    good("tomatoes", 0, true, true),
    good("pommes de terre", 0, true, true),
    good("salad", 0, true, false),
    good("herbs", 0, true, false),
    good("bread", 1, true, false),
    good("baguette", 1, true, false),
    good("croissant", 1, true, false),
    good("Brötchen", 1, true, false),
    good("milk", 2, true, false),
    good("butter", 2, true, false),
    good("yoghurt", 2, true, false),
    good("fromage", 2, true, true),
    good("cheese", 2, true, true),
    good("water", 3, true, false),
    good("cola", 3, false, false),
    good("jus d'orange", 3, true, false),
    good("beer", 3, false, false),
    good("wine", 3, false, false),
    good("tea", 3, true, false),
    good("coffee", 3, true, false),
    good("rice", 4, true, false),
    good("pasta", 4, true, false),
    good("olive oil", 4, true, false),
    good("tinned fish", 4, true, false),
    good("flour", 4, true, false),
    good("豆腐", 4, true, false),
    good("чай", 3, true, false),
    good("زيتون", 4, true, true),
    good("chocolate", 5, false, false),
    good("biscuits", 5, false, false),
    good("liquorice", 5, false, true),
    good("washing powder", 6, false, false),
    good("kitchen roll", 6, false, false),
    good("bin bags", 6, false, false),
    good("candles", 6, false, false),
    good("soap", 7, false, false),
    good("shampoo", 7, false, false),
    good("toothpaste", 7, false, false),
    good("notebook", 8, false, false),
    good("pens", 8, false, false),
    good("greeting card", 8, false, false),
    good("seeds", 9, false, false),
    good("potting soil", 9, false, false),
    good("tulip bulbs", 9, false, false),
];

/// Sizes.
pub const SIZES: &[&str] = &[
    "100 g", "150 g", "200 g", "250 g", "330 ml", "400 g", "500 g", "500 ml", "750 ml", "1 l", "1.5 l", "1 kg", "2 kg",
    "4 x 125 g", "6 x 33 cl", "10 pcs", "20 pcs", "S", "M", "L",
];

/// People who work there, the owner first.
pub const PEOPLE: &[&str] = &["Ana", "Benoît", "Chidi", "Dörte"];
