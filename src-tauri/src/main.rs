//! The program `tillkeeper`: the till with its window.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use clap::Parser;
use std::process::ExitCode;
use tillkeeper::Arguments;

fn main() -> ExitCode {
    tillkeeper::start(&Arguments::parse())
}
