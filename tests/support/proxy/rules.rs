//! What the proxy plays.

/// The capability list of imap.163.com, read in 2026.
pub const CAPS_163: &str = "IMAP4rev1 XLIST SPECIAL-USE ID LITERAL+ STARTTLS APPENDLIMIT=71680000 \
     XAPPLEPUSHSERVICE UIDPLUS X-CM-EXT-1 SASL-IR AUTH=XOAUTH2";

/// The capability list of imap.qq.com, read in 2026.
pub const CAPS_QQ: &str = "IMAP4rev1 XLIST MOVE IDLE ID UIDPLUS SASL-IR AUTH=PLAIN AUTH=LOGIN \
     AUTH=XOAUTH2 NAMESPACE CHILDREN";

/// What happens to EXAMINE and SELECT without ID on the same connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdRule {
    /// `NO SELECT Unsafe Login`.
    No,
    /// `* BYE Unsafe Login` and the end.
    Bye,
    /// The refusal comes whether ID was sent or not: the account is under watch.
    AlwaysNo,
}

/// What happens to commands that the shown capabilities do not cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// `* BAD …` and no tagged line (QQ).
    UntaggedBad,
    /// Nothing at all.
    Stall,
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A tagged NO.
    No,
    /// A tagged BAD.
    Bad,
    /// An untagged BAD and no tagged line.
    UntaggedBad,
    /// So many untagged answers, then the end of the connection.
    Eof(usize),
    /// `* BYE` and the end.
    Bye,
    /// So many untagged answers, then silence.
    Stall(usize),
    /// The first literal breaks off in its middle, and the connection with it.
    HalfLiteral,
    /// A literal of 500 MB is announced and begins.
    HugeLiteral,
    /// The first literal is longer than announced.
    LongLiteral,
    /// These bytes come instead of an answer; `{tag}` stands for the command's tag.
    Answer(Vec<u8>),
}

/// The toggles; all off by default.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// The capability list that is shown.
    pub caps: Option<&'static str>,
    /// What happens to commands outside of that list.
    pub unknown: Option<Unknown>,
    /// Whether ID is demanded.
    pub require_id: Option<IdRule>,
    /// SELECT and EXAMINE tell no UIDNEXT and no UNSEEN.
    pub no_uidnext: bool,
    /// STATUS answers `()`.
    pub empty_status: bool,
    /// A set of UIDs that does not ascend is `BAD UID parameters!`.
    pub ascending_only: bool,
    /// The text of every status line, as bytes of any charset.
    pub status_text: Option<Vec<u8>>,
    /// LOGIN is answered `NO` with this text.
    pub login_fails: Option<&'static str>,
    /// So many logins are taken, all connections together; then LOGIN is answered as by a server that
    /// counts them.
    pub login_max: Option<usize>,
    /// To this command no untagged answer ever comes (QQ takes IDLE and says nothing in it).
    pub mute: Option<&'static str>,
    /// FETCH leaves out what arrived longer ago, where the answer names the date.
    pub window_of_days: Option<i64>,
    /// These UIDs are left out of every FETCH answer.
    pub hidden_uids: Vec<u32>,
    /// These UIDs are shown with an empty body.
    pub empty_uids: Vec<u32>,
    /// What goes wrong, at commands that contain the text (`GREETING` for the greeting).
    pub fault: Option<(&'static str, Fault)>,
    /// What goes wrong at the n-th command since the proxy was started, whatever it is.
    pub nth: Option<(usize, Fault)>,
}

impl Rules {
    /// A server as imap.163.com is: its capabilities, ID demanded, no UIDNEXT, an empty STATUS,
    /// Chinese status texts in GBK.
    pub fn coremail() -> Self {
        Self {
            caps: Some(CAPS_163),
            unknown: Some(Unknown::UntaggedBad),
            require_id: Some(IdRule::No),
            no_uidnext: true,
            empty_status: true,
            ascending_only: true,
            // 操作成功 in GBK.
            status_text: Some(b"\xb2\xd9\xd7\xf7\xb3\xc9\xb9\xa6".to_vec()),
            ..Self::default()
        }
    }

    /// Nothing but one fault.
    pub fn failing(command: &'static str, fault: Fault) -> Self {
        Self { fault: Some((command, fault)), ..Self::default() }
    }

    /// What goes wrong at a command, the `number`-th.
    pub(super) fn strikes(&self, command: &str, number: usize) -> Option<&Fault> {
        let by_name = self.fault.as_ref().filter(|(at, _)| command.contains(at));
        let by_number = self.nth.as_ref().filter(|(at, _)| *at == number);
        by_name.map(|(_, fault)| fault).or(by_number.map(|(_, fault)| fault))
    }

    /// Whether a command is one that the shown capabilities do not cover.
    pub(super) fn hides(&self, command: &str) -> bool {
        const EXTENSIONS: [(&str, &str); 9] = [
            ("IDLE", "IDLE"),
            ("UID MOVE", "MOVE"),
            ("MOVE", "MOVE"),
            ("ENABLE", "ENABLE"),
            ("NAMESPACE", "NAMESPACE"),
            ("UNSELECT", "UNSELECT"),
            ("UID SORT", "SORT"),
            ("COMPRESS", "COMPRESS"),
            ("UID EXPUNGE", "UIDPLUS"),
        ];
        let Some(caps) = self.caps else { return false };
        EXTENSIONS.iter().any(|(start, capability)| {
            command.starts_with(start) && !caps.split(' ').any(|shown| shown == *capability)
        })
    }
}
