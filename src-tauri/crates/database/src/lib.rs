//! The terminal's SQLite: ledger, catalogue, print queue. The only crate with rusqlite.
