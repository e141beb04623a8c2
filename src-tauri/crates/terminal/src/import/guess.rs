//! What the columns of a file are, guessed from their names in several languages, and from what stands under them.

use super::cell;
use wire::import::{DecimalMark, ImportField, ImportKind};

/// Words that columns are called by, in lower case without anything but letters and digits.
const WORDS: &[(ImportField, &[&str])] = &[
    (
        ImportField::Sku,
        &[
            "sku",
            "articlenumber",
            "itemnumber",
            "itemno",
            "reference",
            "référence",
            "ref",
            "réf",
            "artikelnummer",
            "artnr",
            "referencia",
            "codicearticolo",
            "stockcode",
            "артикул",
        ],
    ),
    (
        ImportField::Code,
        &[
            "barcode",
            "barcodes",
            "code",
            "codes",
            "ean",
            "ean13",
            "gtin",
            "upc",
            "codebarres",
            "codebarre",
            "codeàbarres",
            "strichcode",
            "códigodebarras",
            "codiceabarre",
            "штрихкод",
            "الباركود",
            "条码",
            "バーコード",
        ],
    ),
    (
        ImportField::Price,
        &[
            "price",
            "unitprice",
            "sellingprice",
            "retailprice",
            "prix",
            "prixdevente",
            "prixttc",
            "preis",
            "verkaufspreis",
            "vkpreis",
            "vk",
            "precio",
            "pvp",
            "prezzo",
            "preço",
            "prijs",
            "cena",
            "цена",
            "السعر",
            "价格",
        ],
    ),
    (
        ImportField::Brand,
        &["brand", "make", "marque", "marke", "hersteller", "marca", "merk", "бренд", "品牌"],
    ),
    (
        ImportField::Category,
        &[
            "category",
            "group",
            "department",
            "catégorie",
            "rayon",
            "famille",
            "kategorie",
            "warengruppe",
            "categoría",
            "categoria",
            "categorie",
            "категория",
            "الفئة",
            "分类",
        ],
    ),
    (
        ImportField::Tax,
        &[
            "tax",
            "vat",
            "taxrate",
            "vatrate",
            "taxcategory",
            "tva",
            "taux",
            "mwst",
            "ust",
            "steuer",
            "steuersatz",
            "iva",
            "btw",
            "ндс",
            "الضريبة",
            "税",
        ],
    ),
    (
        ImportField::Unit,
        &["unit", "soldby", "unité", "einheit", "unidad", "unità", "eenheid", "единица", "الوحدة", "单位"],
    ),
    (ImportField::AgeMin, &["age", "minimumage", "minage", "agemin", "âge", "alter", "mindestalter", "edad"]),
    (
        ImportField::LowStock,
        &[
            "lowstock",
            "reorder",
            "reorderlevel",
            "minstock",
            "minimumstock",
            "stockminimum",
            "mindestbestand",
            "meldebestand",
        ],
    ),
    (
        ImportField::Picture,
        &[
            "picture",
            "picturefile",
            "image",
            "imagefile",
            "imagename",
            "photo",
            "photofile",
            "img",
            "photographie",
            "fichierimage",
            "bild",
            "bilddatei",
            "foto",
            "imagen",
            "imagem",
            "immagine",
            "afbeelding",
            "изображение",
            "фото",
            "الصورة",
            "图片",
            "画像",
        ],
    ),
    (ImportField::Id, &["tillkeeperid"]),
    (ImportField::Status, &["status", "statut", "état", "estado", "stato", "статус", "الحالة", "状态"]),
    (ImportField::Email, &["email", "mail", "courriel", "correo", "epost"]),
    (
        ImportField::Phone,
        &[
            "phone",
            "telephone",
            "mobile",
            "téléphone",
            "tél",
            "tel",
            "telefon",
            "handy",
            "teléfono",
            "telefono",
            "телефон",
            "الهاتف",
            "电话",
        ],
    ),
    (
        ImportField::Address,
        &[
            "address",
            "street",
            "adresse",
            "anschrift",
            "dirección",
            "indirizzo",
            "endereço",
            "адрес",
            "العنوان",
            "地址",
        ],
    ),
    (ImportField::Note, &["note", "notes", "remark", "remarque", "bemerkung", "notiz", "nota"]),
    (
        ImportField::Number,
        &[
            "number",
            "customernumber",
            "customerid",
            "cardnumber",
            "card",
            "numéro",
            "numéroclient",
            "kundennummer",
            "kundennr",
            "número",
            "numero",
            "客户编号",
        ],
    ),
    (
        ImportField::Name,
        &[
            "name",
            "productname",
            "product",
            "title",
            "description",
            "designation",
            "label",
            "nom",
            "désignation",
            "libellé",
            "produit",
            "bezeichnung",
            "artikel",
            "produktname",
            "nombre",
            "descripción",
            "producto",
            "nome",
            "descrizione",
            "naam",
            "customer",
            "customername",
            "client",
            "kunde",
            "cliente",
            "название",
            "наименование",
            "имя",
            "الاسم",
            "名称",
            "商品名",
        ],
    ),
];

fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The field that a column of this name is.
fn by_name(name: &str, kind: ImportKind, has_pictures: bool) -> Option<ImportField> {
    let name = folded(name);
    let known = WORDS.iter().filter(|(field, _)| ImportField::of(kind).contains(field));
    let known = known.filter(|(field, _)| has_pictures || *field != ImportField::Picture);
    known.into_iter().find(|(_, words)| words.contains(&name.as_str())).map(|(field, _)| *field)
}

/// What was guessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// What each column is.
    pub columns: Vec<Option<ImportField>>,
    /// Whether the first row is the names of the columns.
    pub header: bool,
    /// Where the decimals of a number begin.
    pub decimal: DecimalMark,
}

/// Guesses by the first rows of a file, which came with pictures or without.
pub fn guess(rows: &[Vec<String>], kind: ImportKind, has_pictures: bool) -> Guess {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let empty = Vec::new();
    let first = rows.first().unwrap_or(&empty);
    let mut columns: Vec<Option<ImportField>> = vec![None; width];
    for (column, name) in columns.iter_mut().zip(first) {
        *column = by_name(name, kind, has_pictures);
    }
    // Two columns of one meaning: the first is it.
    for index in (1..width).rev() {
        if columns[..index].contains(&columns[index]) {
            columns[index] = None;
        }
    }
    let named = columns.iter().flatten().count();
    let header = named > 0 && !first.iter().any(|cell| is_code(cell));
    if !header {
        columns.fill(None);
    }
    let body = rows.get(usize::from(header)..).unwrap_or(&[]);
    let share = |index: usize, is: &dyn Fn(&str) -> bool| {
        let cells = body.iter().filter_map(|row| row.get(index)).filter(|cell| !cell.is_empty());
        let (all, fit) = cells.fold((0, 0), |(all, fit), cell| (all + 1, fit + usize::from(is(cell))));
        all > 0 && fit * 10 >= all * 8
    };
    let mut take = |field: ImportField, is: &dyn Fn(&str) -> bool| {
        if ImportField::of(kind).contains(&field) && !columns.contains(&Some(field)) {
            let free = (0..width).find(|index| columns[*index].is_none() && share(*index, is));
            if let Some(index) = free {
                columns[index] = Some(field);
            }
        }
    };
    take(ImportField::Code, &is_code);
    take(ImportField::Email, &|cell| cell.contains('@') && !cell.contains(' '));
    take(ImportField::Price, &is_price);
    if has_pictures {
        take(ImportField::Picture, &is_picture);
    }
    take(ImportField::Name, &|cell| cell.chars().any(char::is_alphabetic));
    let price = columns.iter().position(|column| *column == Some(ImportField::Price));
    let commas = price.is_some_and(|price| {
        let prices = body.iter().filter_map(|row| row.get(price));
        let read = |mark| prices.clone().filter(|text| cell::price(text, mark).is_some()).count();
        read(DecimalMark::Comma) > read(DecimalMark::Point)
    });
    Guess { columns, header, decimal: if commas { DecimalMark::Comma } else { DecimalMark::Point } }
}

fn is_code(cell: &str) -> bool {
    (8..=14).contains(&cell.len()) && cell.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_picture(cell: &str) -> bool {
    let ending = cell.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    ending.is_some_and(|ending| ["png", "jpg", "jpeg", "webp"].contains(&ending.as_str()))
}

fn is_price(cell: &str) -> bool {
    let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
    let has_decimals = letters <= 3 && cell.contains(['.', ',']);
    has_decimals
        && (cell::price(cell, DecimalMark::Point).is_some()
            || cell::price(cell, DecimalMark::Comma).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ImportField::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        text.lines().map(|line| line.split('|').map(str::to_owned).collect()).collect()
    }

    #[test]
    fn columns_are_known_by_their_names_in_several_languages_and_by_what_they_hold() {
        for (text, kind, columns, header, decimal) in [
            (
                "barcode|name\n0000000000017|Crackers",
                ImportKind::Products,
                vec![Some(Code), Some(Name)],
                true,
                DecimalMark::Point,
            ),
            (
                "Désignation|Prix de vente|Code-barres|Rayon\nLait|1,50|5449000000996|Frais",
                ImportKind::Products,
                vec![Some(Name), Some(Price), Some(Code), Some(Category)],
                true,
                DecimalMark::Comma,
            ),
            (
                "5449000000996|Cola 0,5 l|1.50",
                ImportKind::Products,
                vec![Some(Code), Some(Name), Some(Price)],
                false,
                DecimalMark::Point,
            ),
            (
                "Kundennr.|Name|E-Mail\n7|Ana|a@b.c",
                ImportKind::Customers,
                vec![Some(Number), Some(Name), Some(Email)],
                true,
                DecimalMark::Point,
            ),
            (
                "name|title\nCola|Drink",
                ImportKind::Products,
                vec![Some(Name), None],
                true,
                DecimalMark::Point,
            ),
        ] {
            let guessed = guess(&rows(text), kind, false);
            assert_eq!(guessed, Guess { columns, header, decimal }, "{text}");
        }
    }

    #[test]
    fn a_column_of_pictures_is_one_only_where_there_are_pictures() {
        for text in ["name|Bild\nTea|tea.jpg", "Tea|tea.JPG\nMilk|milk.png"] {
            let guessed = |has_pictures| guess(&rows(text), ImportKind::Products, has_pictures).columns[1];
            assert_eq!((guessed(true), guessed(false)), (Some(Picture), None), "{text}");
        }
    }
}
