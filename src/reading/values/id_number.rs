//! The citizen's identity number (公民身份号码, GB 11643-1999).

/// What is wrong with a number that was written as an identity number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Not 18 characters (the old numbers had 15).
    Length(usize),
    /// The birth date in it does not exist.
    Date,
    /// The check character (MOD 11-2) does not fit: a digit was mistyped.
    Check,
}

impl Fault {
    /// The fault in the clerk's words.
    #[must_use]
    pub(crate) fn describe(self) -> String {
        match self {
            Self::Length(15) => "身份证号为15位旧号，应为18位".to_owned(),
            Self::Length(length) => format!("身份证号有{length}位，应为18位"),
            Self::Date => "身份证号中的出生日期不存在".to_owned(),
            Self::Check => "身份证号的校验码不符，可能有数字写错".to_owned(),
        }
    }
}

/// Checks a number of digits and X; gives it in its proper form, X in upper case.
///
/// # Errors
///
/// What makes it impossible.
pub(crate) fn check(number: &str) -> Result<String, Fault> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let number = number.to_ascii_uppercase();
    let length = number.chars().count();
    if length != 18 {
        return Err(Fault::Length(length));
    }
    let mut digits = [0; WEIGHTS.len()];
    for (place, c) in digits.iter_mut().zip(number.chars()) {
        *place = c.to_digit(10).ok_or(Fault::Check)?;
    }
    if !date_exists(&digits) {
        return Err(Fault::Date);
    }
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let expected = "10X98765432".chars().nth((sum % 11) as usize);
    if number.chars().last() == expected { Ok(number) } else { Err(Fault::Check) }
}

fn date_exists(digits: &[u32]) -> bool {
    let number = |range: std::ops::Range<usize>| {
        digits.get(range).unwrap_or(&[]).iter().fold(0, |number, digit| number * 10 + digit)
    };
    let (year, month, day) = (number(6..10), number(10..12), number(12..14));
    let leap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0;
    let longest = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    };
    (1900..=2099).contains(&year) && (1..=longest).contains(&day)
}

/// The sex that a valid number tells: the 17th digit is odd for men.
#[must_use]
pub(crate) fn gender(number: &str) -> Option<&'static str> {
    let digit = number.chars().nth(16)?.to_digit(10)?;
    Some(if digit % 2 == 1 { "男" } else { "女" })
}

/// Year, month and day of birth in a valid number.
#[must_use]
pub(crate) fn birth(number: &str) -> Option<(u32, u32, u32)> {
    let part = |range| number.get(range).and_then(|digits: &str| digits.parse().ok());
    Some((part(6..10)?, part(10..12)?, part(12..14)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_must_have_its_length_a_real_date_and_the_right_check_character() {
        assert_eq!(check("64222319950630259x").as_deref(), Ok("64222319950630259X"));
        assert_eq!(check("642223199506302590"), Err(Fault::Check));
        assert_eq!(check("642223199502302590"), Err(Fault::Date));
        assert_eq!(check("642223950630259"), Err(Fault::Length(15)));
        assert_eq!(gender("642223197607166137"), Some("男"));
        assert_eq!(birth("642223197607166137"), Some((1976, 7, 16)));
    }
}
