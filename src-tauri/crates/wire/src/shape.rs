//! The derives every request and view has, written once.

/// Declares structs that cross the boundary: serde always, TypeScript and JSON Schema with the feature `contract`.
macro_rules! shapes {
    ($($(#[$meta:meta])* $vis:vis struct $name:ident { $($body:tt)* })+) => {$(
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        #[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
        $(#[$meta])*
        $vis struct $name { $($body)* }
    )+};
}
