//! Print queues of the system, with a real CUPS of the test's own: it keeps what it is given while the printer is off, and
//! passes the bytes on as they are. Only with `TILLKEEPER_DEEP`, as root, where `cups` is installed.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use devices::transport::queue::Queue;
use devices::{Closed, NetworkPrinter, OpenError, SimulatedPrinter, Transport};

/// How long anything may take on a slow machine; the system tries a printer that was off again after half a minute.
const STEP_MAX: Duration = Duration::from_secs(120);
const RECEIPT: &[u8] = b"\x1B@Corner Shop\nCaf\xE9 cr\xE8me   1.50\n\0\x1DVB\0";
/// Told to the test when it runs again as a program of its own, towards the server of `CUPS_SERVER`.
const ACT: &str = "TILLKEEPER_TEST_QUEUE";

/// A print server that ends when dropped.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(folder: &Path) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let address = format!("127.0.0.1:{port}");
        // What it starts to send a job runs as another user.
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
        for name in ["spool/tmp", "cache", "state", "log", "root"] {
            fs::create_dir_all(folder.join(name)).unwrap();
        }
        let conf = format!(
            "Listen {address}\nWebInterface No\nDefaultAuthType None\nBrowsing Off\n\
             <Location />\nAllow all\n</Location>\n<Location /admin>\nAllow all\n</Location>\n\
             <Policy default>\n<Limit All>\nOrder allow,deny\nAllow all\n</Limit>\n</Policy>\n"
        );
        let at = folder.display();
        let files = format!(
            "ServerRoot {at}/root\nRequestRoot {at}/spool\nTempDir {at}/spool/tmp\nCacheDir {at}/cache\n\
             StateDir {at}/state\nAccessLog {at}/log/access\nErrorLog {at}/log/error\nPageLog {at}/log/page\n\
             User lp\nGroup lp\nSystemGroup root\n"
        );
        let (conf_file, files_file) = (folder.join("cupsd.conf"), folder.join("cups-files.conf"));
        fs::write(&conf_file, conf).unwrap();
        fs::write(&files_file, files).unwrap();
        let mut command = Command::new("cupsd");
        command.arg("-f").arg("-c").arg(conf_file).arg("-s").arg(files_file);
        let child = command.stdout(Stdio::null()).spawn().expect("cups is not installed");
        let server = Self { child, address };
        until("the print server answers", || {
            server.run("lpstat", &["-r"]).is_ok_and(|said| said.contains("is running"))
        });
        server
    }

    fn run(&self, program: &str, words: &[&str]) -> Result<String, String> {
        let mut command = Command::new(program);
        command.args(words).env("CUPS_SERVER", &self.address).env("LC_ALL", "C");
        let output = command.output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said).into_owned();
        if output.status.success() { Ok(said) } else { Err(said) }
    }

    /// Runs this test again, as a program that knows this server.
    fn act(&self, act: &str) {
        let output = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "lines::queue::a_queue_keeps_a_receipt_and_passes_it_on_as_it_is",
                "--nocapture",
            ])
            .env("CUPS_SERVER", &self.address)
            .env(ACT, act)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.contains("1 passed"), "{act}: {said}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let (Ok(()) | Err(_)) = self.child.kill();
        let (Ok(_) | Err(_)) = self.child.wait();
    }
}

fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < STEP_MAX, "it never came to this: {what}");
    }
}

/// What a till does.
fn till(act: &str) {
    match act {
        "print" => {
            let mut queue = Box::new(Queue::open("raw9100").unwrap());
            queue.write(RECEIPT, Instant::now() + STEP_MAX).unwrap();
            // The system has it, and nobody knows more.
            assert_eq!(queue.close(Instant::now() + STEP_MAX), Ok(Closed::Unconfirmed));
        }
        "refused" => {
            assert!(matches!(Queue::open("raw9100"), Err(OpenError::Unreachable(_))));
            assert!(matches!(Queue::open("nobody"), Err(OpenError::Unreachable(_))));
        }
        other => panic!("{other}"),
    }
}

#[test]
fn a_queue_keeps_a_receipt_and_passes_it_on_as_it_is() {
    if let Ok(act) = std::env::var(ACT) {
        return till(&act);
    }
    if std::env::var_os("TILLKEEPER_DEEP").is_none() {
        // Without a server of its own there is still none of this name.
        assert!(Queue::open("no-queue-of-this-name").is_err());
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let device = format!("socket://{address}");
    server.run("lpadmin", &["-p", "raw9100", "-E", "-v", &device, "-m", "raw"]).unwrap();
    let printer = SimulatedPrinter::new();

    // The printer is off: the system takes the receipt all the same.
    server.act("print");
    assert_eq!(printer.received(), b"");
    let network = NetworkPrinter::listen(&printer, &address.to_string()).unwrap();
    until("the receipt comes out", || printer.received().len() >= RECEIPT.len());
    assert_eq!(printer.received(), RECEIPT);

    // It is on.
    printer.tear_off();
    server.act("print");
    until("the receipt comes out", || printer.received().len() >= RECEIPT.len());
    assert_eq!(printer.received(), RECEIPT);

    // The queue takes nothing any more, or is not there.
    server.run("cupsreject", &["raw9100"]).unwrap();
    server.act("refused");
    drop(network);
}
