//! Runs of digits and what joins them.

use std::ops::Range;

/// A run of digits.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) digits: String,
    pub(crate) range: Range<usize>,
    /// What stands between this group and the one before.
    pub(crate) gap: Gap,
}

/// What stands before a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Nothing that could be inside a number.
    Wide,
    /// A hyphen, a dot, one or two blanks.
    Joint,
    /// The word for an extension.
    Extension,
    /// A slash: the next number.
    Slash,
}

/// No piece of a number that is cut by slashes has more digits.
const PIECE: usize = 6;

/// Figures of a mobile number.
const MOBILE: usize = 11;

/// Runs of digits; `X` counts as one after 17 digits, `*` as a hidden one.
pub(crate) fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut gap_start = 0;
    let mut current: Option<(usize, String)> = None;
    for (at, c) in text.char_indices() {
        let spoken = spoken(c, text, at, current.is_some());
        let digit = c.is_ascii_digit() || c == '*' || c == '＊';
        let check =
            matches!(c, 'x' | 'X' | '×' | 'Ｘ' | '叉') && total(&groups, current.as_ref()) == 17;
        if digit || check || spoken.is_some() {
            let (_, digits) = current.get_or_insert_with(|| (at, String::with_capacity(18)));
            digits.push(if check {
                'X'
            } else {
                spoken.unwrap_or(if c == '＊' { '*' } else { c })
            });
        } else if let Some((start, digits)) = current.take() {
            push(&mut groups, digits, start..at, text, gap_start);
            gap_start = at;
        }
    }
    if let Some((start, digits)) = current {
        push(&mut groups, digits, start..text.len(), text, gap_start);
    }
    for group in &mut groups {
        without_count(group, text);
    }
    groups
}

/// `181954811262个人都打这个`, `18195481126两个人`: the last figure counts people.
fn without_count(group: &mut Group, text: &str) {
    let behind = super::text::from(text, group.range.end);
    let counts = ["个人", "人", "位", "名", "口子", "个都", "家"];
    if group.digits.len() == MOBILE + 1
        && group.digits.starts_with('1')
        && counts.iter().any(|word| behind.starts_with(word))
    {
        let last = super::text::cut(text, group.range.clone()).chars().next_back();
        group.range.end -= last.map_or(0, char::len_utf8);
        group.digits.truncate(MOBILE);
    }
}

fn push(
    groups: &mut Vec<Group>,
    digits: String,
    range: Range<usize>,
    text: &str,
    gap_start: usize,
) {
    let gap = if groups.is_empty() {
        Gap::Wide
    } else {
        // 一三九，九五零三，二零三三: read out with pauses.
        let spoken =
            super::text::until(text, gap_start).chars().next_back().and_then(numeral).is_some()
                && from_here(text, range.start).and_then(numeral).is_some();
        let between = super::text::cut(text, gap_start..range.start);
        // 191/377/71644: one number cut by slashes; a whole one is followed by the next.
        let piece = |digits: &str| digits.len() <= PIECE;
        let pieces = groups.last().is_some_and(|last| piece(&last.digits)) && piece(&digits);
        let of_number = groups.last().is_some_and(|last| in_pieces(last, &digits, between));
        if between == "/" && pieces || of_number { Gap::Joint } else { gap(between, spoken) }
    };
    groups.push(Group { digits, range, gap });
}

fn from_here(text: &str, at: usize) -> Option<char> {
    super::text::from(text, at).chars().next()
}

/// How many digits the groups that are joined up to here have.
fn total(groups: &[Group], current: Option<&(usize, String)>) -> usize {
    let mut sum = current.map_or(0, |(_, digits)| digits.len());
    // A check character that stands alone ("6422 2319 6305 1262 4 x") looks back over the joints.
    for group in groups.iter().rev() {
        if sum >= 17 {
            break;
        }
        sum += group.digits.len();
        if group.gap != Gap::Joint {
            break;
        }
    }
    sum
}

fn gap(between: &str, spoken_around: bool) -> Gap {
    let bare: String = between.chars().filter(|c| !c.is_whitespace()).collect();
    let blanks = between.chars().count() - bare.chars().count();
    match bare.to_lowercase().as_str() {
        "" if (1..=2).contains(&blanks) => Gap::Joint,
        "-" | "—" | "–" | "." | "·" | "_" | "－" | "‐" | "−" | ")" | "）" | "(" | "（" | "——"
        | "--"
            if blanks <= 2 =>
        {
            Gap::Joint
        }
        "转" | "轉" | "分机" | "转分机" | "ext" | "ext." | "-转" | "，转" | ",转" | "x"
        | "（转" | "(转" | "分机号" | "内线" => Gap::Extension,
        "," | "，" | "、" if spoken_around => Gap::Joint,
        words if goes_on(words) => Gap::Joint,
        "/" | "、" | "," | "，" | "或" => Gap::Slash,
        _ => Gap::Wide,
    }
}

/// `前三位199，中间四位7893，后四位9412`: the next piece of the same number.
fn goes_on(words: &str) -> bool {
    words.ends_with('位')
        && words.chars().count() <= 10
        && ["中间", "后", "末", "尾", "生日", "接", "再"].iter().any(|word| words.contains(word))
        && !words.contains('前')
}

/// `前头642223，中间生日19820417，末尾3548`: region, day of birth and the rest of an identity number.
fn in_pieces(last: &Group, digits: &str, between: &str) -> bool {
    let lengths = matches!((last.digits.len(), digits.len()), (6, 8) | (8 | 14, 4));
    let behind = |c: char| super::text::is_han(c) || "，,：:、 ".contains(c);
    let leads = ["中间", "后", "末", "尾", "生日", "出生", "接着", "再", "最终"];
    lengths
        && between.chars().nth(14).is_none()
        && between.chars().all(behind)
        && leads.iter().any(|word| between.contains(word))
        && !["电话", "手机", "号码", "邮编"].iter().any(|word| between.contains(word))
}

/// Numbers told in Chinese numerals, as some write them to escape robots: only in long runs.
fn spoken(c: char, text: &str, at: usize, inside: bool) -> Option<char> {
    let value = numeral(c)?;
    let counts = |c: &char| {
        numeral(*c).is_some() || c.is_ascii_digit() || matches!(c, '，' | ',' | '、' | ' ')
    };
    let digit = |c: &char| !matches!(c, '，' | ',' | '、' | ' ');
    let after = super::text::from(text, at).chars().take_while(counts).filter(digit);
    let before = super::text::until(text, at).chars().rev().take_while(counts).filter(digit);
    let run = after.take(18).count();
    let length = run + before.take(18).count();
    (length >= 7 && (inside || run >= 3)).then_some(value)
}

fn numeral(c: char) -> Option<char> {
    Some(match c {
        '零' | '〇' | '○' => '0',
        '一' | '壹' | '幺' => '1',
        '二' | '贰' | '两' => '2',
        '三' | '叁' => '3',
        '四' | '肆' => '4',
        '五' | '伍' => '5',
        '六' | '陆' => '6',
        '七' | '柒' => '7',
        '八' | '捌' => '8',
        '九' | '玖' => '9',
        _ => return None,
    })
}
