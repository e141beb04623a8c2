//! Printers, drawers, scanners: encoders (pure), transports, simulated twins.
