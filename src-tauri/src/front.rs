//! A second start on the same data: it knocks, and the window that is open already comes to the front.
//!
//! The open till waits at a place that follows from its data directory: on Unix a socket in it, on Windows a named pipe.
//! Whoever comes there means one thing only, so nothing but an answer is sent. A till without a window waits nowhere.

use std::io::{self, Read};
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;
use tauri::{AppHandle, Manager, Runtime};
use tokio::io::AsyncWriteExt;

use crate::windows::MAIN;

/// What is answered once the window is in front.
const ANSWER: &[u8] = b"in front\n";
/// How long a second start waits for the answer.
const ANSWER_WAIT: Duration = Duration::from_secs(2);

/// Brings the window of the till that uses this directory to the front. Returns whether there is one.
pub fn knock(data_dir: &Path) -> bool {
    let data_dir = data_dir.to_owned();
    let (sender, answer) = mpsc::channel();
    // A till that hangs does not answer; whoever started the second one is to be told then. The thread ends with the
    // program.
    let asked = std::thread::Builder::new().name("knock".into()).spawn(move || {
        let mut said = Vec::new();
        let read = place::connect(&data_dir).and_then(|stream| stream.take(64).read_to_end(&mut said));
        // Nobody waits any more when it took too long.
        sender.send(read.is_ok() && said == ANSWER).ok();
    });
    asked.is_ok() && answer.recv_timeout(ANSWER_WAIT).unwrap_or(false)
}

/// Waits for knocks until the program ends. The directory must be this program's.
///
/// # Errors
/// When there is no place to wait at.
pub async fn answer_knocks<R: Runtime>(data_dir: &Path, app: AppHandle<R>) -> io::Result<()> {
    let mut door = place::open(data_dir)?;
    loop {
        let mut stream = place::wait(&mut door, data_dir).await?;
        let came = bring_to_front(&app);
        if let Err(error) = &came {
            tracing::warn!(%error, "the window does not come to the front");
        }
        // A second start that has gone meanwhile needs no answer.
        if came.is_ok() && stream.write_all(ANSWER).await.is_ok() {
            stream.shutdown().await.ok();
        }
    }
}

fn bring_to_front<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let Some(window) = app.get_webview_window(MAIN) else { return Err(tauri::Error::WindowNotFound) };
    window.unminimize()?;
    window.show()?;
    window.set_focus()
}

/// Where Unix knocks: a socket in the data directory.
#[cfg(unix)]
mod place {
    use std::io;
    use std::os::unix::net::UnixStream as Knock;
    use std::path::{Path, PathBuf};
    use tokio::net::{UnixListener, UnixStream};

    fn socket(data_dir: &Path) -> PathBuf {
        data_dir.join("front")
    }

    pub fn connect(data_dir: &Path) -> io::Result<Knock> {
        Knock::connect(socket(data_dir))
    }

    pub fn open(data_dir: &Path) -> io::Result<UnixListener> {
        let socket = socket(data_dir);
        // A program that was killed has left it. Nobody else can be there: the directory is ours.
        match std::fs::remove_file(&socket) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        UnixListener::bind(socket)
    }

    pub async fn wait(door: &mut UnixListener, _: &Path) -> io::Result<UnixStream> {
        door.accept().await.map(|(stream, _)| stream)
    }
}

/// Where Windows knocks: a named pipe whose name follows from the data directory.
#[cfg(windows)]
mod place {
    use std::fs::File;
    use std::hash::{DefaultHasher, Hash, Hasher};
    use std::io;
    use std::path::Path;
    use tokio::net::windows::named_pipe::{NamedPipeServer, ServerOptions};

    /// Both ends are this program, so any hash will do.
    fn pipe(data_dir: &Path) -> io::Result<String> {
        let mut hasher = DefaultHasher::new();
        data_dir.canonicalize()?.hash(&mut hasher);
        Ok(format!(r"\\.\pipe\tillkeeper-{:016x}", hasher.finish()))
    }

    pub fn connect(data_dir: &Path) -> io::Result<File> {
        File::open(pipe(data_dir)?)
    }

    pub fn open(data_dir: &Path) -> io::Result<NamedPipeServer> {
        ServerOptions::new().access_inbound(false).first_pipe_instance(true).create(pipe(data_dir)?)
    }

    /// A pipe has one visitor: the next one needs another.
    pub async fn wait(door: &mut NamedPipeServer, data_dir: &Path) -> io::Result<NamedPipeServer> {
        door.connect().await?;
        let next = ServerOptions::new().access_inbound(false).create(pipe(data_dir)?)?;
        Ok(std::mem::replace(door, next))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_nobody_waits_nobody_comes() {
        assert!(!knock(Path::new("no such directory")));
    }
}
