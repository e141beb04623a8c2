//! PDF files, read by poppler: the words can be copied, the fonts are inside, the files are small.

use std::path::Path;
use std::process::Command;

use devices::bitmap::Bitmap;
use devices::pdf::Sheet;
use devices::picture::Grey;
use domain::document::Document;
use domain::invoice::issue::InvoiceKind;
use domain::invoice::{Invoice, InvoiceWords};
use domain::settings::Language;

use super::printed::{press, read_code};
use super::varied::{NOTE, SEED, invoice_parts, receipt, words};

/// Bytes of a receipt's file at most.
const BYTES_MAX: usize = 60_000;

fn poppler(program: &str, arguments: &[&str], file: &Path) -> String {
    let output = Command::new(program)
        .args(arguments)
        .arg(file)
        .args((program == "pdftotext").then_some("-"))
        .output()
        .unwrap_or_else(|error| panic!("{program} of poppler-utils does not start: {error}"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{program} complains about {}", file.display());
    String::from_utf8(output.stdout).unwrap()
}

/// The text of a file, without the marks of direction poppler puts around it.
fn text_of(file: &Path) -> String {
    let text = poppler("pdftotext", &["-layout"], file);
    text.chars().filter(|c| !matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}')).collect()
}

/// The first page as poppler draws it, with as many dots as thermal paper.
fn page_of(file: &Path, folder: &Path) -> Bitmap {
    let drawn = folder.join("page");
    let output = Command::new("pdftoppm")
        .args(["-r", "203", "-mono", "-png", "-singlefile"])
        .arg(file)
        .arg(&drawn)
        .output();
    assert!(output.unwrap().status.success());
    let file = std::fs::read(drawn.with_extension("png")).unwrap();
    let info = png::Decoder::new(std::io::Cursor::new(&file)).read_info().unwrap().info().size();
    Grey::read(&file).unwrap().dithered(info.0 as usize, info.1 as usize)
}

/// Every font is embedded and can be copied from. Returns how many there are.
fn fonts_in(file: &Path) -> usize {
    let table = poppler("pdffonts", &[], file);
    let fonts: Vec<&str> = table.lines().skip(2).collect();
    for font in &fonts {
        // … emb sub uni object ID
        let columns: Vec<&str> = font.split_whitespace().rev().collect();
        assert_eq!((columns[4], columns[2]), ("yes", "yes"), "{font}");
    }
    fonts.len()
}

#[test]
fn receipts_are_small_files_whose_words_can_be_copied() {
    let folder = tempfile::tempdir().unwrap();
    let press = press(true);
    let (mut files, mut words_found, mut largest, mut fonts, mut codes) = (0, 0, 0, 0, 0);
    for number in 0..60 {
        let varied = receipt(number);
        if varied.names.len() > 100 {
            continue;
        }
        let document = press.drawable(&varied.document, NOTE);
        let sheet = if number % 2 == 0 { Sheet::Roll80 } else { Sheet::Roll58 };
        let bytes = press.pdf(&document, sheet, "Receipt").unwrap();
        let file = folder.path().join(format!("{number}.pdf"));
        std::fs::write(&file, &bytes).unwrap();
        assert!(bytes.len() < BYTES_MAX, "receipt {number} has {} bytes", bytes.len());
        let text = text_of(&file);
        for word in copied_words(&document) {
            assert!(text.contains(&word), "receipt {number}: {word:?} is not in\n{text}");
            words_found += 1;
        }
        if let Some(code) = &varied.code {
            assert_eq!(read_code(&page_of(&file, folder.path())).as_ref(), Some(code), "receipt {number}");
            codes += 1;
        }
        fonts += fonts_in(&file);
        largest = largest.max(bytes.len());
        files += 1;
    }
    println!(
        "seed {SEED}: {files} files, {words_found} words found again, {codes} codes read, {fonts} fonts, the largest file {largest} bytes"
    );
    assert!(files > 50 && words_found > 2_000 && codes > 30);
}

/// The words of a document that should be found in its file: letters and figures, at least two of them.
fn copied_words(document: &Document) -> Vec<String> {
    use domain::document::Block;
    let texts = document.blocks.iter().flat_map(|block| match block {
        Block::Text { text, .. } => vec![text.clone()],
        Block::Row { cells, .. } => cells.iter().map(|cell| cell.text.clone()).collect(),
        _ => Vec::new(),
    });
    let mut words = Vec::new();
    for text in texts {
        // Letters of mixed lines come in the order they are seen in; words stay whole. Thai words are not cut by spaces.
        let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let one_way = |word: &str| word.is_ascii() || !word.chars().any(|c| c.is_ascii_digit());
        let letters = |word: &&str| {
            word.chars().count() > 1 && word.chars().all(char::is_alphanumeric) && one_way(word)
        };
        words.extend(clean.split(' ').filter(letters).map(str::to_owned));
    }
    words
}

#[test]
fn an_invoice_is_pages_of_a4() {
    let folder = tempfile::tempdir().unwrap();
    let press = press(false);
    for (number, language) in [Language::En, Language::Fr, Language::Ar].into_iter().enumerate() {
        let (shop, lines, totals) = invoice_parts(language, 90);
        let receipt_words = words(language);
        let invoice = Invoice {
            shop,
            kind: InvoiceKind::Invoice,
            corrects: Vec::new(),
            said: Vec::new(),
            number: "F-2026-000017".to_owned(),
            issued_on: "20/11/2026".to_owned(),
            delivered_on: "20/11/2026".to_owned(),
            due_on: "20/12/2026".to_owned(),
            customer: vec!["Société Générale d’Œuvres".to_owned(), "شركة النخيل".to_owned()],
            customer_tax_number: "1234567/A/M/000".to_owned(),
            lines,
            totals,
            receipt_number: "T1-000042".to_owned(),
            copy: 1,
        };
        let invoice_words = InvoiceWords {
            language,
            invoice: "Invoice".to_owned(),
            customer: "For".to_owned(),
            issued_on: "Date".to_owned(),
            delivered_on: "Delivered".to_owned(),
            due_on: "Due".to_owned(),
            tax_number: receipt_words.tax_number,
            receipt: receipt_words.receipt,
            description: "What".to_owned(),
            quantity: "Quantity".to_owned(),
            price: "Price".to_owned(),
            rate: receipt_words.rate,
            amount: "Amount".to_owned(),
            net: receipt_words.net,
            tax: receipt_words.tax,
            gross: receipt_words.gross,
            total: receipt_words.total,
            credit_note: "Credit note".to_owned(),
            corrects: "For invoice".to_owned(),
            invoice_copy: "INVOICE COPY".to_owned(),
            credit_note_copy: "CREDIT NOTE COPY".to_owned(),
            discount: receipt_words.discount,
            numbers: receipt_words.numbers,
        };
        let document = press.drawable(&invoice.document(&invoice_words), NOTE);
        let bytes = press.pdf(&document, Sheet::A4, "Invoice").unwrap();
        let file = folder.path().join(format!("invoice-{number}.pdf"));
        std::fs::write(&file, &bytes).unwrap();
        if let Some(keep) = std::env::var_os("KEEP") {
            std::fs::write(Path::new(&keep).join(format!("invoice-{number}.pdf")), &bytes).unwrap();
        }
        let info = poppler("pdfinfo", &[], &file);
        assert!(info.contains("(A4)") && info.contains("Pages:           3"), "{info}");
        let text = text_of(&file);
        for word in copied_words(&document) {
            assert!(text.contains(&word), "invoice {number}: {word:?} is not in\n{text}");
        }
        assert!(fonts_in(&file) > 1);
        println!("invoice {number}: {} bytes", bytes.len());
        assert!(bytes.len() < BYTES_MAX, "{} bytes", bytes.len());
    }
}
