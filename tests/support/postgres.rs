//! A throw-away PostgreSQL for the tests: one server for a whole run, a fresh database for each
//! test.
//!
//! nextest runs each test in a process of its own, so the server is shared between processes. It
//! lives in a folder below the temporary one; whoever uses it holds a shared lock on `users`. The
//! first to come starts it, and a small watcher ends it and removes its data when nobody has held
//! that lock for some seconds. As root it runs as another user, since PostgreSQL refuses root.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail loudly and ask the system for chance"
)]

use std::fs::{self, File, OpenOptions, Permissions};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use sqlx::{Connection, PgConnection};

// Whoever includes this file has `skip` at its root.
use crate::skip;

/// Where Debian puts each version's programs, as `15/bin`.
const VERSIONS: &str = "/usr/lib/postgresql";
/// The longest that the server may take to come up on a loaded machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// The watcher: runs the server and ends it when its users are gone.
const WATCHER: &str = r#"
cd "$1" || exit 1
$3 "$2/postgres" -D "$1/data" -k "$1" -p "$4" -c listen_addresses=127.0.0.1 -c fsync=off \
  -c full_page_writes=off -c max_connections=300 -c shared_buffers=64MB >log 2>&1 &
server=$!
unused=0
while kill -0 $server 2>/dev/null; do
  sleep 1
  if flock --nonblock users true; then unused=$((unused + 1)); else unused=0; fi
  if [ $unused -ge 10 ]; then
    flock --nonblock users sh -c "rm -f ready; kill -INT $server; while kill -0 $server 2>/dev/null; do sleep 0.1; done; rm -rf data" \
      && exit
  fi
done
rm -f ready
"#;

/// A fresh, empty database; its server stays for the others.
#[derive(Debug)]
pub(crate) struct Database {
    url: String,
}

impl Database {
    /// Makes one. `None` where PostgreSQL is not installed: the test is noted as skipped.
    pub(crate) async fn create() -> Option<Self> {
        let server = server()?;
        let name = format!("t{}_{:x}", std::process::id(), unique());
        let mut conn = PgConnection::connect(&format!("{server}/postgres")).await.unwrap();
        let made = format!("create database {name} template template0 encoding 'UTF8'");
        sqlx::raw_sql(sqlx::AssertSqlSafe(made)).execute(&mut conn).await.unwrap();
        conn.close().await.unwrap();
        Some(Self { url: format!("{server}/{name}") })
    }

    /// Its address, with all rights.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

/// The address of the running server without a database's name.
fn server() -> Option<&'static str> {
    static SERVER: OnceLock<Option<(String, File)>> = OnceLock::new();
    let server = SERVER.get_or_init(|| {
        let programs = programs();
        if programs.is_none() {
            skip::left_out("PostgreSQL is not installed");
        }
        programs.as_deref().map(start)
    });
    server.as_ref().map(|(url, _users)| url.as_str())
}

/// The newest version's programs.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir(VERSIONS).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    let number = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
    let complete = versions.filter(|path| path.join("bin/postgres").exists());
    complete.max_by_key(number).map(|path| path.join("bin"))
}

fn start(programs: &Path) -> (String, File) {
    let me = fs::metadata("/proc/self").unwrap().uid();
    let folder = std::env::temp_dir().join(format!("baoming-postgres-{me}"));
    fs::create_dir_all(&folder).unwrap();
    let owner = fs::metadata(&folder).unwrap().uid();
    assert_eq!(owner, me, "{} belongs to somebody else", folder.display());
    let users = open(&folder.join("users"));
    users.lock_shared().unwrap();

    // Nobody ends the server from here on. One process at a time looks whether it runs.
    let starting = open(&folder.join("starting"));
    starting.lock().unwrap();
    let ready = folder.join("ready");
    let port = match fs::read_to_string(&ready) {
        Ok(port) if answers(programs, &port) => port,
        _ => {
            let port = launch(programs, &folder, me);
            fs::write(&ready, &port).unwrap();
            port
        }
    };
    starting.unlock().unwrap();
    (format!("postgres://postgres@127.0.0.1:{port}"), users)
}

fn open(path: &Path) -> File {
    OpenOptions::new().append(true).create(true).open(path).unwrap()
}

fn launch(programs: &Path, folder: &Path, me: u32) -> String {
    let data = folder.join("data");
    let _ = fs::remove_dir_all(&data);
    fs::create_dir(&data).unwrap();
    fs::set_permissions(&data, Permissions::from_mode(0o700)).unwrap();
    let other: Vec<String> = if me == 0 { unprivileged(folder, &data) } else { Vec::new() };

    let made = prefixed(&other, &programs.join("initdb"))
        .args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"])
        .args(["--no-sync", "--pgdata"])
        .arg(&data)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));

    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    // A session of its own and no inherited output: the runner does not wait for it, and an
    // interrupted test does not take it along.
    Command::new("setsid")
        .args(["--fork", "sh", "-c", WATCHER, "watcher"])
        .args([folder, programs])
        .args([&other.join(" "), &port])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    let end = Instant::now() + PATIENCE;
    while !answers(programs, &port) {
        let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
        assert!(Instant::now() < end, "the server does not come up: {log}");
        std::thread::sleep(Duration::from_millis(10));
    }
    port
}

/// A user who may run the server, as the words that stand before a command.
fn unprivileged(folder: &Path, data: &Path) -> Vec<String> {
    let id = |name: &str, flag: &str| {
        let told = Command::new("id").args([flag, name]).output().unwrap();
        told.status.success().then(|| String::from_utf8(told.stdout).unwrap().trim().to_owned())
    };
    let user = ["postgres", "nobody"].into_iter().find(|name| id(name, "-u").is_some()).unwrap();
    let (uid, gid) = (id(user, "-u").unwrap(), id(user, "-g").unwrap());
    fs::set_permissions(folder, Permissions::from_mode(0o1777)).unwrap();
    let owner = (Some(uid.parse().unwrap()), Some(gid.parse().unwrap()));
    std::os::unix::fs::chown(data, owner.0, owner.1).unwrap();
    ["setpriv", &format!("--reuid={uid}"), &format!("--regid={gid}"), "--clear-groups"]
        .map(str::to_owned)
        .to_vec()
}

fn prefixed(other: &[String], program: &Path) -> Command {
    match other.split_first() {
        Some((first, rest)) => {
            let mut command = Command::new(first);
            command.args(rest).arg(program);
            command
        }
        None => Command::new(program),
    }
}

fn answers(programs: &Path, port: &str) -> bool {
    Command::new(programs.join("pg_isready"))
        .args(["--quiet", "--host=127.0.0.1", "--port", port])
        .status()
        .is_ok_and(|status| status.success())
}

fn unique() -> u64 {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).unwrap();
    u64::from_le_bytes(bytes)
}
