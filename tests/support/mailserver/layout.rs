//! The files that Dovecot and Postfix find below the server's directory.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::password;

#[derive(Clone, Copy)]
pub(super) struct Ports(pub(super) [u16; 6]);

impl Ports {
    /// Free ports, held open together so that none comes twice.
    pub(super) fn pick() -> Self {
        let held: Vec<TcpListener> =
            (0..6).map(|_| TcpListener::bind("127.0.0.1:0").unwrap()).collect();
        Self(std::array::from_fn(|i| held[i].local_addr().unwrap().port()))
    }
}

pub(super) fn mail_owner(dir: &Path) -> (u32, u32) {
    use std::os::unix::fs::MetadataExt;
    let meta = fs::metadata(dir.join("mail")).unwrap();
    (meta.uid(), meta.gid())
}

fn id_of(file: &str, name: &str) -> u32 {
    let table = fs::read_to_string(file).unwrap();
    let line = table.lines().find(|line| line.split(':').next() == Some(name));
    let line = line.unwrap_or_else(|| panic!("{file} has no {name}"));
    line.split(':').nth(2).unwrap().parse().unwrap()
}

fn name_of(file: &str, id: u32) -> String {
    let table = fs::read_to_string(file).unwrap();
    let line = table.lines().find(|line| line.split(':').nth(2) == Some(&id.to_string()));
    line.unwrap().split(':').next().unwrap().to_owned()
}

fn fill(template: &str, to: &Path, values: &[(&str, String)]) {
    let mut text = template.to_owned();
    for (key, value) in values {
        text = text.replace(&format!("@{key}@"), value);
    }
    fs::write(to, text).unwrap();
}

fn port_values(dir: &Path, ports: Ports) -> Vec<(&'static str, String)> {
    let names =
        ["PORT_IMAP", "PORT_IMAPS", "PORT_LMTP", "PORT_AUTH", "PORT_SUBMISSION", "PORT_SMTPS"];
    let mut values: Vec<_> = names.into_iter().zip(ports.0.map(|port| port.to_string())).collect();
    values.push(("DIR", dir.display().to_string()));
    values
}

pub(super) fn write_dovecot(dir: &Path, ports: Ports, root: bool, users: &[impl AsRef<str>]) {
    for part in ["run", "state", "mail"] {
        fs::create_dir(dir.join(part)).unwrap();
    }
    let mut values = port_values(dir, ports);
    let (internal, group, login, mail, mail_group, chroots) = if root {
        let owner = (id_of("/etc/passwd", "mail"), id_of("/etc/group", "mail"));
        chown(dir.join("mail"), Some(owner.0), Some(owner.1)).unwrap();
        let names = ["dovecot", "dovecot", "dovenull", "mail", "mail"].map(str::to_owned);
        let [internal, group, login, mail, mail_group] = names;
        (internal, group, login, mail, mail_group, ["login", "empty"])
    } else {
        let (uid, gid) = mail_owner(dir);
        let (me, mine) = (name_of("/etc/passwd", uid), name_of("/etc/group", gid));
        (me.clone(), mine.clone(), me.clone(), me, mine, ["", ""])
    };
    values.extend([
        ("INTERNAL_USER", internal),
        ("INTERNAL_GROUP", group),
        ("LOGIN_USER", login),
        ("MAIL_USER", mail.clone()),
        ("MAIL_GROUP", mail_group),
        ("LOGIN_CHROOT", chroots[0].to_owned()),
        ("ANVIL_CHROOT", chroots[1].to_owned()),
    ]);
    let mut template = include_str!("dovecot.conf.in").to_owned();
    if !root {
        // Services that the stock configuration gives to root or puts into a chroot.
        for service in UNPRIVILEGED {
            template = format!("{template}service {service} {{\n  user = {mail}\n  chroot =\n}}\n");
        }
    }
    fill(&template, &dir.join("dovecot.conf"), &values);
    let line = |user: &str| format!("{user}:{{PLAIN}}{}\n", password(user));
    let lines = users.iter().map(|user| line(user.as_ref())).collect::<Vec<_>>().concat();
    fs::write(dir.join("users"), lines).unwrap();
    fs::set_permissions(dir.join("users"), fs::Permissions::from_mode(0o600)).unwrap();
    if root {
        let owner = (id_of("/etc/passwd", "dovecot"), id_of("/etc/group", "dovecot"));
        chown(dir.join("users"), Some(owner.0), Some(owner.1)).unwrap();
    }
}

const UNPRIVILEGED: [&str; 20] = [
    "auth",
    "auth-worker",
    "lmtp",
    "imap",
    "indexer",
    "indexer-worker",
    "doveadm",
    "dict",
    "ipc",
    "dns-client",
    "aggregator",
    "replicator",
    "imap-hibernate",
    "imap-urlauth",
    "imap-urlauth-login",
    "imap-urlauth-worker",
    "old-stats",
    "health-check",
    "stats",
    "anvil",
];

/// What `postfix check` would make, without its shell scripts (they take longer than all the rest).
pub(super) fn write_postfix(dir: &Path, ports: Ports, users: &[impl AsRef<str>]) {
    let base = dir.join("postfix");
    let queue = base.join("queue");
    for part in ["conf", "queue", "data"] {
        fs::create_dir_all(base.join(part)).unwrap();
    }
    let postfix = id_of("/etc/passwd", "postfix");
    let postdrop = id_of("/etc/group", "postdrop");
    let own = |path: &Path, mode: u32, group: u32| {
        chown(path, Some(postfix), Some(group)).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    own(&base.join("data"), 0o700, id_of("/etc/group", "postfix"));
    let queues = [
        "active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "private",
        "saved", "trace",
    ];
    for part in queues {
        fs::create_dir(queue.join(part)).unwrap();
        own(&queue.join(part), 0o700, 0);
    }
    for (part, mode) in [("maildrop", 0o730), ("public", 0o710)] {
        fs::create_dir(queue.join(part)).unwrap();
        own(&queue.join(part), mode, postdrop);
    }
    fs::create_dir(queue.join("pid")).unwrap();
    fs::set_permissions(&queue, fs::Permissions::from_mode(0o755)).unwrap();
    let values = port_values(dir, ports);
    let conf = base.join("conf");
    fill(include_str!("main.cf.in"), &conf.join("main.cf"), &values);
    fill(include_str!("master.cf.in"), &conf.join("master.cf"), &values);
    let lines =
        users.iter().map(|user| user.as_ref().to_owned() + " x\n").collect::<Vec<_>>().concat();
    fs::write(conf.join("vmailbox"), lines).unwrap();
    let old = SystemTime::now() - Duration::from_mins(1);
    for name in ["main.cf", "master.cf", "vmailbox"] {
        fs::File::options().append(true).open(conf.join(name)).unwrap().set_modified(old).unwrap();
    }
}
