//! Names and numbers as a public notice shows them: to be recognised by oneself, not to be found by others.

/// What stands for a hidden character.
const STAR: char = '*';

/// `马*龙`, `马*`; of a longer name only the first and the last character stay, and the dots of a name like 阿卜杜·热合曼.
#[must_use]
pub fn name(name: &str) -> String {
    let last = name.chars().count().saturating_sub(1);
    let shown = |place: usize, letter: char| {
        place == 0 || (place == last && last > 1) || "·• ".contains(letter)
    };
    let mask = |(place, letter)| if shown(place, letter) { letter } else { STAR };
    match last {
        0 => name.chars().map(|_| STAR).collect(),
        _ => name.chars().enumerate().map(mask).collect(),
    }
}

/// `138****2345`: of eleven digits three and four stay, of a shorter number the last two; what separates digits stays.
#[must_use]
pub fn phone(phone: &str) -> String {
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let (front, back) = if digits >= 11 { (3, 4) } else { (0, 2.min(digits / 2)) };
    let mut place = 0;
    let mask = |letter: char| {
        if !letter.is_ascii_digit() {
            return letter;
        }
        place += 1;
        if place <= front || place > digits - back { letter } else { STAR }
    };
    phone.chars().map(mask).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_first_and_last_character() {
        let names = ["马小龙", "马龙", "欧阳小龙", "阿卜杜·热合曼", "龙", ""];
        assert_eq!(names.map(name), ["马*龙", "马*", "欧**龙", "阿**·**曼", "*", ""]);
    }

    #[test]
    fn a_number_keeps_too_little_to_be_dialled() {
        let numbers = ["13812342345", "0954-3018118", "3018118", "110", ""];
        assert_eq!(numbers.map(phone), ["138****2345", "095*-***8118", "*****18", "**0", ""]);
    }
}
