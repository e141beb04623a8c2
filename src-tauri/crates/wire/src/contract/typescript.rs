//! The list of operations and all its types as TypeScript.

use crate::envelope::{Approval, Changed};
use crate::error::ErrorBody;
use crate::operations::{Kind, OPERATIONS};
use crate::{
    account::*, audit::*, backup::*, code::*, customer::*, device::*, export::*, health::*, history::*,
    import::*, invoice::*, mail::*, payment::*, people::*, product::*, receipt::*, report::*, sale::*,
    scanner::*, session::*, shift::*, shop::*, stock::*, tile::*,
};
use std::collections::BTreeMap;
use std::fmt::Write;
use ts_rs::{Config, TS, TypeVisitor};

/// Collects the declaration of a type and of everything it is made of.
struct Declarations<'c> {
    config: &'c Config,
    found: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // Only named types of ours are written to files; strings, numbers and lists are TypeScript's own.
        if T::output_path().is_none() {
            return;
        }
        let name = T::ident(self.config);
        if self.found.contains_key(&name) {
            return;
        }
        let docs = T::docs().unwrap_or_default();
        self.found.insert(name, format!("{docs}export {}", T::decl(self.config)));
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

macro_rules! visit_all {
    ($($(#[doc = $doc:literal])+ $kind:ident $noun:ident . $verb:ident ($request:ident) -> $answer:ident,
        errors [$($error:ident),*], needs $need:ident $(, $mark:ident)*;)+) => {
        fn visit_all(declarations: &mut Declarations<'_>) {
            $(declarations.visit::<$request>(); declarations.visit::<$answer>();)+
        }
    };
}
crate::operations!(visit_all);

/// The module `ui/src/api/generated/contract.ts`.
pub fn module() -> String {
    let config = Config::new().with_large_int("number");
    let mut declarations = Declarations { config: &config, found: BTreeMap::new() };
    visit_all(&mut declarations);
    declarations.visit::<ErrorBody>();
    declarations.visit::<Approval>();
    declarations.visit::<Changed>();

    let mut module = String::from(
        "// Made from src-tauri/crates/wire/src/operations.rs; do not edit.\n\
        // `UPDATE=1 cargo test -p scenarios contract` writes it anew.\n\n",
    );
    for declaration in declarations.found.values() {
        module.push_str(declaration.trim_end());
        module.push_str("\n\n");
    }
    module.push_str(
        "/** Every operation: what it takes and what it answers. */\nexport interface Operations {\n",
    );
    for operation in OPERATIONS {
        writeln!(
            module,
            "  /** {} */\n  \"{}\": {{ request: {}; answer: {} }};",
            operation.doc.trim(),
            operation.name,
            operation.request,
            operation.answer
        )
        .expect("writing to a string cannot fail");
    }
    module.push_str("}\n\n/** The operations that change something: each call carries a request id. */\n");
    module.push_str("export const COMMANDS: ReadonlySet<keyof Operations> = new Set<keyof Operations>([\n");
    for operation in OPERATIONS.iter().filter(|operation| operation.kind == Kind::Command) {
        writeln!(module, "  \"{}\",", operation.name).expect("writing to a string cannot fail");
    }
    module.push_str("]);\n\n/** The commands whose request is never kept or logged. */\n");
    module.push_str("export const SECRETS: ReadonlySet<string> = new Set<keyof Operations>([\n");
    for operation in OPERATIONS.iter().filter(|operation| operation.secret) {
        writeln!(module, "  \"{}\",", operation.name).expect("writing to a string cannot fail");
    }
    module.push_str("]);\n");
    module
}
