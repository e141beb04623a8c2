//! The HTTP door: routes, blobs, events, sessions, the built UI.
