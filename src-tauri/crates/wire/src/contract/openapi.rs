//! The list of operations as OpenAPI 3.1.

use crate::envelope::Approval;
use crate::error::ErrorBody;
use crate::operations::{Kind, Need, OPERATIONS};
use crate::{
    account::*, audit::*, backup::*, code::*, customer::*, device::*, export::*, health::*, history::*,
    import::*, invoice::*, mail::*, payment::*, people::*, product::*, receipt::*, report::*, sale::*,
    scanner::*, session::*, shift::*, shop::*, stock::*, tile::*,
};
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

macro_rules! schemas {
    ($($(#[doc = $doc:literal])+ $kind:ident $noun:ident . $verb:ident ($request:ident) -> $answer:ident,
        errors [$($error:ident),*], needs $need:ident $(, $mark:ident)*;)+) => {
        /// The request and answer schema of every operation, in the order of the list.
        fn schemas(generator: &mut SchemaGenerator) -> Vec<(Value, Value)> {
            vec![$((
                generator.subschema_for::<$request>().to_value(),
                generator.subschema_for::<$answer>().to_value(),
            )),+]
        }
    };
}
crate::operations!(schemas);

/// The document `/api/openapi.json`.
pub fn document() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
    });
    let mut generator = settings.into_generator();
    let bodies = schemas(&mut generator);
    let error = generator.subschema_for::<ErrorBody>().to_value();
    let approval = generator.subschema_for::<Approval>().to_value();

    let mut paths = Map::new();
    for (operation, (request, answer)) in OPERATIONS.iter().zip(bodies) {
        let mut envelope = json!({
            "type": "object",
            "properties": { "payload": request, "approval": approval },
            "additionalProperties": false,
        });
        if operation.kind == Kind::Command {
            envelope["properties"]["request_id"] = json!({
                "type": "string",
                "format": "uuid",
                "description": "Made by the client; the second call with the same id is answered with the first result.",
            });
            envelope["required"] = json!(["request_id", "payload"]);
        }
        let who = match operation.need {
            Need::Nobody => "Anybody may call it.".to_owned(),
            Need::SignedOn => "Needs a sign-on.".to_owned(),
            Need::Permission(permission) => format!("Needs the permission {permission:?}."),
        };
        let refusals = match operation.error_nouns().join(", ") {
            nouns if nouns.is_empty() => "What went wrong: codes of call.*, people.*, ledger.*.".to_owned(),
            nouns => format!("What went wrong: codes of {nouns}; call.*, people.*, ledger.*."),
        };
        let responses = json!({
            "200": { "description": "The answer.", "content": { "application/json": { "schema": answer } } },
            "default": { "description": refusals, "content": { "application/json": { "schema": error } } },
        });
        let mut methods = Map::new();
        let tag = operation.name.split('.').next().unwrap_or_default();
        let description = format!("{} {who}", operation.doc.trim());
        if operation.kind == Kind::Query && operation.request == "Nothing" {
            methods.insert(
                "get".into(),
                json!({ "operationId": format!("{}.get", operation.name), "tags": [tag], "description": description, "responses": responses }),
            );
        }
        methods.insert(
            "post".into(),
            json!({
                "operationId": operation.name,
                "tags": [tag],
                "description": description,
                "requestBody": { "required": true, "content": { "application/json": { "schema": envelope } } },
                "responses": responses,
            }),
        );
        paths.insert(format!("/api/{}", operation.name), Value::Object(methods));
    }
    let definitions = generator.take_definitions(true);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Tillkeeper",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Everything a client can do at a till. Made from the list of operations.",
            "license": { "name": "MIT OR Apache-2.0" },
        },
        "paths": paths,
        "components": { "schemas": definitions },
    })
}
