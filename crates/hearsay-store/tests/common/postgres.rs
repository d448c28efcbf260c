//! A PostgreSQL server of the tests' own: made of the installed binaries, on a free port of the loopback, gone with the
//! process of the tests.

use std::env;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Where Debian's packages put each version's binaries.
const DEBIAN: &str = "/usr/lib/postgresql";

/// The account that the server runs under where the tests are run by the superuser, whom PostgreSQL refuses.
const ACCOUNT: &str = "postgres";

/// Set to `required` where a missing server is a fault, as when changes are checked before they land.
const VARIABLE: &str = "HEARSAY_POSTGRES";

const PATIENCE: Duration = Duration::from_secs(60);

struct Server {
    port: u16,
    binaries: PathBuf,
    /// The shell that watches over the server: it ends the server when its input ends, and that is when this process does.
    _watcher: Child,
}

/// The address of a new, empty database; `None`, with a word about why, where there is no server to be had.
pub fn database() -> Option<String> {
    static SERVER: OnceLock<Result<Server, String>> = OnceLock::new();
    static NUMBER: AtomicU32 = AtomicU32::new(1);
    match SERVER.get_or_init(start) {
        Ok(server) => {
            let name = format!("desk{}", NUMBER.fetch_add(1, Ordering::Relaxed));
            let made = server.client("createdb").arg(&name).output().expect("createdb runs");
            assert!(made.status.success(), "createdb: {}", String::from_utf8_lossy(&made.stderr));
            Some(format!("postgres://{ACCOUNT}@127.0.0.1:{}/{name}", server.port))
        }
        Err(reason) => {
            assert!(env::var(VARIABLE).as_deref() != Ok("required"), "PostgreSQL is required here, but {reason}");
            eprintln!("skipped: {reason}; .ci/postgres installs it");
            None
        }
    }
}

impl Server {
    fn client(&self, program: &str) -> Command {
        let mut command = Command::new(self.binaries.join(program));
        command.args(["--host", "127.0.0.1", "--username", ACCOUNT, "--port", &self.port.to_string()]);
        command
    }
}

fn start() -> Result<Server, String> {
    let binaries = binaries().ok_or("no PostgreSQL server is installed")?;
    let folder = run(as_account("mktemp").args(["--directory", "--tmpdir", "hearsay-postgres-XXXXXX"]))?;
    let data = Path::new(folder.trim()).join("data");
    let initdb = binaries.join("initdb");
    let options = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--username", ACCOUNT, "--pgdata"];
    run(as_account(initdb.to_str().unwrap()).args(options).arg(&data))?;
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).map_err(|error| error.to_string())?.port();
    let script = "\"$0\" -D \"$1\" -p \"$2\" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off >\"$1.log\" 2>&1 & \
                  server=$!; cat >/dev/null; kill -QUIT $server; wait $server; rm -rf \"$3\"";
    let watcher = as_account("sh")
        .args(["-c", script])
        .arg(binaries.join("postgres"))
        .arg(&data)
        .arg(port.to_string())
        .arg(folder.trim())
        .stdin(Stdio::piped())
        .spawn()
        .map_err(|error| format!("the server does not start: {error}"))?;
    let server = Server { port, binaries, _watcher: watcher };
    let begun = Instant::now();
    while !server.client("pg_isready").stdout(Stdio::null()).status().is_ok_and(|status| status.success()) {
        if begun.elapsed() > PATIENCE {
            let log = fs::read_to_string(data.with_extension("log")).unwrap_or_default();
            return Err(format!("the server does not answer: {log}"));
        }
        sleep(Duration::from_millis(50));
    }
    Ok(server)
}

/// The folder with the newest server's binaries.
fn binaries() -> Option<PathBuf> {
    let version = |path: &PathBuf| path.file_name().and_then(|name| name.to_str()).and_then(|name| name.parse::<u32>().ok());
    let installed = fs::read_dir(DEBIAN).into_iter().flatten().flatten().map(|entry| entry.path());
    let newest = installed.filter(|path| path.join("bin/initdb").exists()).max_by_key(version).map(|path| path.join("bin"));
    let on_path = || env::split_paths(&env::var_os("PATH")?).find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists());
    newest.or_else(on_path)
}

/// A command under an account that PostgreSQL accepts.
fn as_account(program: &str) -> Command {
    let superuser = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
    let mut command = if superuser { Command::new("runuser") } else { Command::new(program) };
    if superuser {
        command.args(["-u", ACCOUNT, "--", program]);
    }
    // A folder that the account may look at.
    command.current_dir("/");
    command
}

fn run(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| format!("{} does not run: {error}", command.get_program().display()))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(format!("{} failed: {}", command.get_program().display(), String::from_utf8_lossy(&output.stderr).trim()))
}
