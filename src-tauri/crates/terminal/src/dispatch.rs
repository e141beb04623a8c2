//! From the name of an operation to its function: made from the list. A missing function does not compile, nor one
//! whose answer is not the listed one.

use crate::act::Effect;
use crate::call::Entering;
use crate::error::{CallError, Error};
use crate::{
    account, audit, backup, category, code, customer, device, drawer, export, health, import, invoice, mail,
    operator, payment, price_list, print_job, product, receipt, record, report, role, sale, scanner, session,
    shift, shop, stock, tax_category, tile, training,
};
use serde_json::value::RawValue;
use wire::{
    account::*, audit::*, backup::*, code::*, customer::*, device::*, export::*, health::*, history::*,
    import::*, invoice::*, mail::*, payment::*, people::*, product::*, receipt::*, report::*, sale::*,
    scanner::*, session::*, shift::*, shop::*, stock::*, tile::*,
};

macro_rules! run {
    (query, $entering:ident, $function:path, $request:ident, $answer:ident) => {
        $entering.query::<$request, $answer>($function)
    };
    (command, $entering:ident, $function:path, $request:ident, $answer:ident) => {{
        fn answers<R, E: Effect<Answer = $answer>>(
            function: fn(&crate::act::Act<'_>, R) -> Result<E, Error>,
        ) -> fn(&crate::act::Act<'_>, R) -> Result<E, Error> {
            function
        }
        $entering.command::<$request, _>(answers($function))
    }};
}

macro_rules! dispatcher {
    ($($(#[doc = $doc:literal])+ $kind:ident $noun:ident . $verb:ident ($request:ident) -> $answer:ident,
        errors [$($error:ident),*], needs $need:ident $(, $mark:ident)*;)+) => {
        /// Runs the operation of a call.
        pub fn dispatch(entering: &Entering<'_>) -> Result<Box<RawValue>, Error> {
            match entering.operation.name {
                $(concat!(stringify!($noun), ".", stringify!($verb)) => {
                    run!($kind, entering, $noun::$verb, $request, $answer)
                })+
                other => Err(CallError::OperationUnknown { operation: other.to_owned() }.into()),
            }
        }
    };
}

wire::operations!(dispatcher);
