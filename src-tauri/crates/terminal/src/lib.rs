//! What a terminal does: one function per operation, and the workers that keep promises.
