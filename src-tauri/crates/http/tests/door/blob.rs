//! Pictures in and out.

use crate::till::{Answer, Client, Till};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::{Method, StatusCode};
use serde_json::json;
use terminal::blob::{BlobHash, PICTURE_BYTES_MAX};
use terminal::workers::export::Exporter;

fn picture(length: usize) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.resize(length, 7);
    bytes
}

async fn begin(client: &Client, bytes: &[u8]) -> Answer {
    let hash = BlobHash::of(bytes).to_string();
    client.post("/api/blobs", &json!({ "length": bytes.len(), "sha256": hash })).await
}

async fn put(client: &Client, upload: &str, offset: impl std::fmt::Display, chunk: &[u8]) -> Answer {
    let request = client.request(Method::PUT, &format!("/api/blobs/{upload}?offset={offset}"));
    client.send(request.body(Full::from(Bytes::copy_from_slice(chunk))).unwrap()).await
}

async fn finish(client: &Client, upload: &str) -> Answer {
    client.post(&format!("/api/blobs/{upload}/finish"), &json!({})).await
}

fn code(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.code())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_goes_in_by_chunks_and_comes_out_as_a_picture_only() {
    let till = Till::set_up().await;
    let owner = till.owner().await;
    let bytes = picture(100_000);
    let begun = begin(&owner, &bytes).await;
    assert_eq!(begun.status, StatusCode::OK, "{}", begun.text());
    let upload = begun.json()["upload"].as_str().unwrap().to_owned();
    for (number, chunk) in bytes.chunks(40_000).enumerate() {
        let answer = put(&owner, &upload, number * 40_000, chunk).await;
        assert_eq!(answer.json()["received"], json!(number * 40_000 + chunk.len()));
    }
    let hash = BlobHash::of(&bytes).to_string();
    assert_eq!(finish(&owner, &upload).await.json(), json!({ "hash": hash }));
    assert_eq!(finish(&owner, &upload).await.json(), json!({ "hash": hash }), "asked again, answered again");

    let shown = owner.get(&format!("/api/blobs/{hash}")).await;
    assert_eq!(shown.body, bytes);
    assert_eq!(shown.header("content-type"), Some("image/png"));
    assert_eq!(shown.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(shown.header("content-security-policy"), Some("default-src 'none'; sandbox"));
    assert!(shown.header("cache-control").unwrap().contains("immutable"));
    assert_eq!(shown.header("cross-origin-resource-policy"), Some("same-origin"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_is_refused() {
    let till = Till::set_up().await;
    let owner = till.owner().await;
    let bytes = picture(1_000);
    let upload = begin(&owner, &bytes).await.json()["upload"].as_str().unwrap().to_owned();
    let chunk_invalid = (422, "blob.chunk_invalid".to_owned());
    assert_eq!(code(&put(&owner, &upload, 1, &bytes[1..]).await), chunk_invalid, "a gap");
    assert_eq!(code(&put(&owner, &upload, 0, &picture(1_001)).await), chunk_invalid, "longer than announced");
    assert_eq!(code(&finish(&owner, &upload).await), chunk_invalid, "bytes are missing");
    let mut other = bytes.clone();
    other[500] = 8;
    put(&owner, &upload, 0, &other).await;
    assert_eq!(code(&finish(&owner, &upload).await), chunk_invalid, "another hash");
    assert_eq!(code(&finish(&owner, &upload).await), (404, "blob.unknown".to_owned()), "and gone");
    for offset in ["-1", "", "x", "1&offset=2", "99999999999999999999"] {
        assert_eq!(
            code(&put(&owner, &upload, offset, b"x").await),
            (422, "call.payload_invalid".to_owned()),
            "{offset}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_large_is_refused() {
    let till = Till::set_up().await;
    let owner = till.owner().await;
    let too_large = (413, "blob.too_large".to_owned());
    let hash = BlobHash::of(b"").to_string();
    let announced =
        owner.post("/api/blobs", &json!({ "length": PICTURE_BYTES_MAX + 1, "sha256": hash })).await;
    assert_eq!(code(&announced), too_large);
    let chunk = vec![0; usize::try_from(PICTURE_BYTES_MAX).unwrap() + 1];
    assert_eq!(code(&put(&owner, &hash, 0, &chunk).await), too_large);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_pictures_are_kept() {
    let till = Till::set_up().await;
    let owner = till.owner().await;
    for bytes in [b"<html><script>alert(1)</script>".as_slice(), b"<svg onload=alert(1)>", b"MZ", b""] {
        let upload = begin(&owner, bytes).await.json()["upload"].as_str().unwrap().to_owned();
        put(&owner, &upload, 0, bytes).await;
        let refused = finish(&owner, &upload).await;
        assert_eq!(code(&refused), (422, "product.picture_invalid".to_owned()));
        assert_eq!(code(&owner.get(&format!("/api/blobs/{upload}")).await), (404, "blob.unknown".to_owned()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_data_file_goes_in_by_those_who_manage_products_and_never_comes_out() {
    let till = Till::set_up().await;
    let owner = till.owner().await;
    let table = b"name;price\n".repeat(1_000);
    let hash = BlobHash::of(&table).to_string();
    let announced = json!({ "length": table.len(), "sha256": hash, "kind": "data" });
    assert_eq!(owner.post("/api/blobs", &announced).await.json(), json!({ "upload": hash, "received": 0 }));
    put(&owner, &hash, 0, &table[..4_000]).await;
    put(&owner, &hash, 4_000, &table[4_000..]).await;
    assert_eq!(finish(&owner, &hash).await.json(), json!({ "hash": hash }));
    assert_eq!(code(&owner.get(&format!("/api/blobs/{hash}")).await), (404, "blob.unknown".to_owned()));
    let mut read = Vec::new();
    let mut file = till.terminal.blobs().data(BlobHash::of(&table)).unwrap();
    std::io::Read::read_to_end(&mut file, &mut read).unwrap();
    assert_eq!(read, table);

    let grants = json!([{ "permission": "manage_settings", "limit": null }]);
    let role = owner.ok("role.save", json!({ "role": { "name": "Decorator", "grants": grants } })).await;
    owner.ok("operator.save", json!({ "name": "Ben", "role": role["id"], "pin": "5678" })).await;
    let mut decorator = till.client();
    decorator.sign_in("Ben", "5678").await;
    let refused = decorator.post("/api/blobs", &announced).await;
    assert_eq!(code(&refused), (403, "people.needs_approval".to_owned()));
    assert_eq!(begin(&decorator, &picture(10)).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_of_many_pieces_comes_out_whole() {
    let till = Till::set_up().await;
    let owner = till.owner().await;
    for number in 0..200 {
        let note = format!("{number} ").repeat(500);
        let customer =
            json!({ "name": format!("Customer {number:03}"), "note": note.trim(), "status": "active" });
        owner.ok("customer.save", json!({ "customer": customer })).await;
    }
    let begun = owner.ok("customer.export", json!({ "form": "csv" })).await;
    let terminal = till.terminal.clone();
    tokio::task::spawn_blocking(move || Exporter::new(terminal).step()).await.unwrap();
    let made = owner.ok("export.show", json!({ "export": begun["export"] })).await;
    let hash = made["file"]["blob"].as_str().unwrap().to_owned();
    let given = owner.get(&format!("/api/blobs/{hash}")).await;
    assert!(given.body.len() > 300_000, "{} bytes", given.body.len());
    assert_eq!(BlobHash::of(&given.body).to_string(), hash);
    assert_eq!(given.header("content-length"), Some(given.body.len().to_string().as_str()));
    assert_eq!(given.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(
        given.header("content-disposition"),
        Some("attachment; filename=\"tillkeeper-customers.csv\"")
    );
    let nobody = till.client().get(&format!("/api/blobs/{hash}")).await;
    assert_eq!(code(&nobody), (401, "people.not_signed_on".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_path_that_leads_elsewhere_finds_nothing() {
    let till = Till::set_up().await;
    let owner = till.owner().await;
    let data = till.terminal.data_dir();
    std::fs::write(data.join("blobs/secret"), picture(20)).unwrap();
    for path in [
        "secret",
        "../ledger.db",
        "..%2Fledger.db",
        "..%2f..%2f..%2fetc%2fpasswd",
        "%2Fetc%2Fpasswd",
        "ab%2F..%2Fsecret",
        "..",
        "%2e%2e",
        "partial",
        "%00",
    ] {
        let answer = owner.get(&format!("/api/blobs/{path}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}: {}", answer.text());
        let answer = put(&owner, path, 0, b"x").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}: {}", answer.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_need_a_sign_on_and_uploads_a_right() {
    let till = Till::set_up().await;
    let owner = till.owner().await;
    let bytes = picture(100);
    let hash = BlobHash::of(&bytes).to_string();
    put(&owner, begin(&owner, &bytes).await.json()["upload"].as_str().unwrap(), 0, &bytes).await;
    finish(&owner, &hash).await;

    let nobody = till.client();
    let not_signed_on = (401, "people.not_signed_on".to_owned());
    assert_eq!(code(&begin(&nobody, &bytes).await), not_signed_on);
    assert_eq!(code(&put(&nobody, &hash, 0, &bytes).await), not_signed_on);
    assert_eq!(code(&finish(&nobody, &hash).await), not_signed_on);
    assert_eq!(code(&nobody.get(&format!("/api/blobs/{hash}")).await), not_signed_on);

    let role = json!({ "name": "Seller", "grants": [{ "permission": "sell", "limit": null }] });
    let role = owner.ok("role.save", json!({ "role": role })).await["id"].clone();
    owner.ok("operator.save", json!({ "name": "Ben", "role": role, "pin": "5678" })).await;
    let mut seller = till.client();
    seller.sign_in("Ben", "5678").await;
    assert_eq!(seller.get(&format!("/api/blobs/{hash}")).await.status, StatusCode::OK);
    let needs_approval = (403, "people.needs_approval".to_owned());
    assert_eq!(code(&begin(&seller, &bytes).await), needs_approval);
    assert_eq!(code(&put(&seller, &hash, 0, &bytes).await), needs_approval);
    assert_eq!(code(&finish(&seller, &hash).await), needs_approval);
}
