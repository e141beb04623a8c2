//! What has to stand in the environment before the first window: GTK and WebKit read it once.
//!
//! A running process cannot change its environment safely, so the program starts over in the same process with the
//! environment it needs. What an operator has set is left as it is, but for a language that no browser knows.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::PathBuf;
use std::process::Command;

/// A variable and what it has to be.
type Variable = (&'static str, &'static str);

/// What keeps the window small, and the page harmless.
const SMALL: [Variable; 4] = [
    // The page's script is interpreted: no memory of its process can be written and then executed, and the compilers are
    // never brought in. Sums, rules and searches are the program's own; from a key to the painted list it takes no longer.
    ("JSC_useJIT", "0"),
    // The script's garbage is looked for once its heap has 4 MiB, and not 32: in bytes.
    ("JSC_largeHeapSize", "4194304"),
    // The program's threads share two heaps: each of their own would keep what its thread once needed.
    ("MALLOC_ARENA_MAX", "2"),
    // What is larger goes back to the system when it is given back, from the first time to the last: left alone, the C
    // library keeps as much as the largest block it ever got back (mallopt(3), `M_MMAP_THRESHOLD`). In bytes.
    ("MALLOC_MMAP_THRESHOLD_", "131072"),
];

/// How this program was started, so that it can start again.
#[derive(Debug, Clone)]
pub struct Start {
    program: PathBuf,
    words: Vec<OsString>,
}

impl Start {
    /// As this process was started.
    ///
    /// # Errors
    /// When the system does not say which program this is.
    pub fn of_this_process() -> io::Result<Self> {
        Ok(Self { program: std::env::current_exe()?, words: std::env::args_os().skip(1).collect() })
    }

    /// Makes sure of the environment. Comes back only if nothing had to change.
    ///
    /// # Errors
    /// When the program cannot be started again.
    pub fn with_environment(&self) -> io::Result<()> {
        let missing = missing(|name| std::env::var_os(name));
        if missing.is_empty() {
            return Ok(());
        }
        Err(self.again(&missing))
    }

    /// Starts the program over, as it was. Comes back only with the reason why it could not.
    pub fn over(&self) -> io::Error {
        self.again(&[])
    }

    fn again(&self, variables: &[Variable]) -> io::Error {
        let mut command = Command::new(&self.program);
        command.args(&self.words).envs(variables.iter().copied());
        replace(&mut command)
    }
}

/// The process becomes the new program, so that whoever watches over it does not see it end.
#[cfg(unix)]
fn replace(command: &mut Command) -> io::Error {
    use std::os::unix::process::CommandExt;
    command.exec()
}

/// Windows knows no such call: the new process follows this one.
#[cfg(not(unix))]
fn replace(command: &mut Command) -> io::Error {
    match command.spawn() {
        Ok(_) => std::process::exit(0),
        Err(error) => error,
    }
}

/// What is not in the environment and should be.
fn missing(variable: impl Fn(&str) -> Option<OsString>) -> Vec<Variable> {
    let mut missing = Vec::new();
    if !cfg!(target_os = "linux") {
        return missing;
    }
    // With some graphics drivers and in virtual machines the window stays blank otherwise (WebKit bug 261874).
    if variable("WEBKIT_DISABLE_DMABUF_RENDERER").is_none() {
        missing.push(("WEBKIT_DISABLE_DMABUF_RENDERER", "1"));
    }
    for (name, value) in SMALL {
        if variable(name).is_none() {
            missing.push((name, value));
        }
    }
    // WebKit makes the language "C" of C.UTF-8, on which `Intl` throws. It is what a bare system gives its services.
    for name in ["LANG", "LC_ALL"] {
        if variable(name).is_some_and(|value| is_no_language(&value)) {
            missing.push((name, "en_US.UTF-8"));
        }
    }
    missing
}

fn is_no_language(value: &OsStr) -> bool {
    value.to_string_lossy().starts_with("C.")
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_missing_changes() {
        const DMABUF: Variable = ("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
        const ENGLISH: Variable = ("LANG", "en_US.UTF-8");
        let [no_jit, garbage, heaps, blocks] = SMALL;
        let cases: [(&[Variable], &[Variable]); 6] = [
            (&[], &[DMABUF, no_jit, garbage, heaps, blocks]),
            (&[("LANG", "de_DE.UTF-8")], &[DMABUF, no_jit, garbage, heaps, blocks]),
            (&[("LANG", "C.UTF-8")], &[DMABUF, no_jit, garbage, heaps, blocks, ENGLISH]),
            (
                &[
                    ("WEBKIT_DISABLE_DMABUF_RENDERER", "0"),
                    no_jit,
                    garbage,
                    heaps,
                    blocks,
                    ("LC_ALL", "C.utf8"),
                ],
                &[("LC_ALL", "en_US.UTF-8")],
            ),
            (&[DMABUF, ("JSC_useJIT", "1"), garbage, ("MALLOC_ARENA_MAX", "8"), blocks, ("LANG", "C")], &[]),
            (&[DMABUF, no_jit], &[garbage, heaps, blocks]),
        ];
        for (environment, expected) in cases {
            let found = missing(|name| {
                environment.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into())
            });
            assert_eq!(found, expected, "{environment:?}");
        }
    }

    #[test]
    fn what_was_added_is_missing_no_more() {
        let mut environment = vec![("LANG".to_owned(), "C.UTF-8".to_owned())];
        let look = |environment: &[(String, String)]| {
            missing(|name| {
                environment.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.into())
            })
        };
        for (name, value) in look(&environment) {
            environment.push((name.to_owned(), value.to_owned()));
        }
        assert_eq!(look(&environment), []);
    }
}
