#!/bin/sh
# Stands before rustc for the crates of this workspace (RUSTC_WORKSPACE_WRAPPER): libFuzzer then sees which way an input
# went through them. The flags are those of cargo-fuzz, and need no nightly compiler. What is from outside is built once,
# as for everything else. A build script is a program of its own, where nobody counts.
case " $* " in
*" --crate-name build_script_"*) exec "$@" ;;
esac
exec "$@" --cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1
