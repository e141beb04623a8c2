//! The contract in the words of others: TypeScript for the screens, OpenAPI for integrations, a table for people. All
//! three are made from the list of operations; a test compares them with what is committed.

pub mod openapi;
pub mod table;
pub mod typescript;
