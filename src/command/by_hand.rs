//! What the commands take by which staff enter things by hand, as `clap` sees it.

use std::path::PathBuf;

use clap::Args;

/// A registration by telephone or at the counter.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// Full name
    #[arg(long)]
    pub name: String,
    /// Telephone number
    #[arg(long)]
    pub phone: Option<String>,
    /// Identity number; its check character is checked
    #[arg(long)]
    pub id_number: Option<String>,
    /// Employer
    #[arg(long)]
    pub organization: Option<String>,
    /// The category's id; without it the event's default
    #[arg(long)]
    pub category: Option<String>,
    /// Where a letter may go
    #[arg(long)]
    pub email: Option<String>,
    /// Any other field of the event (may be repeated)
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = field_value)]
    pub set: Vec<(String, String)>,
    /// At the counter instead of by telephone
    #[arg(long)]
    pub onsite: bool,
    /// Which event, when there are several
    #[arg(long, value_name = "EVENT")]
    pub event: Option<String>,
}

/// What is corrected.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub struct Corrections {
    /// Full name
    #[arg(long)]
    pub name: Option<String>,
    /// Telephone number
    #[arg(long)]
    pub phone: Option<String>,
    /// Identity number; its check character is checked
    #[arg(long)]
    pub id_number: Option<String>,
    /// Employer
    #[arg(long)]
    pub organization: Option<String>,
    /// The category's id
    #[arg(long)]
    pub category: Option<String>,
    /// Any other field of the event (may be repeated)
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = field_value)]
    pub set: Vec<(String, String)>,
}

/// A registration to be corrected.
#[derive(Debug, Args)]
pub struct ChangeArgs {
    /// The registration number
    pub number: String,
    /// What is corrected.
    #[command(flatten)]
    pub corrections: Corrections,
}

/// Who came.
#[derive(Debug, Args)]
pub struct AttendArgs {
    /// The registration number
    #[arg(required_unless_present = "from")]
    pub number: Option<String>,
    /// The person did not come
    #[arg(long, conflicts_with = "from")]
    pub absent: bool,
    /// The sign-in sheet, with 是 or 否 (or √, 到, 未到) under 签到
    #[arg(long, value_name = "FILE", conflicts_with = "number")]
    pub from: Option<PathBuf>,
    /// Show row by row what would be noted, and note nothing
    #[arg(long, requires = "from")]
    pub dry_run: bool,
}

/// A list of people.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The list
    pub file: PathBuf,
    /// Show row by row what would happen, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Enter those who can be entered, even when others cannot
    #[arg(long)]
    pub partly: bool,
    /// They registered at the counter instead of by telephone
    #[arg(long)]
    pub onsite: bool,
    /// Which event, when there are several
    #[arg(long, value_name = "EVENT")]
    pub event: Option<String>,
}

/// `FIELD=VALUE`.
pub(super) fn field_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((field, value)) if !field.is_empty() && !value.is_empty() => {
            Ok((field.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("write it as FIELD=VALUE, for instance phone=13700000000".to_owned()),
    }
}
