//! Till scripts and how they are played.
