//! Whether several people want to come all or none, or as many as can.

use crate::reading::language::words::words;

words! {
    ALL_OR_NONE = "\
        要么都 要么全 要去都去 要去就都去 要来都来 少一个都不 缺一个都不 少一个也不 缺一不可 一个都不能少 一个也不能少 有一个去不了就都不 \
        不全就都不 必须一起 一定要一起 得一起去 只能一起 都有名额才去 都能去才去 都报上才去 都报上了才去 不然都不去 否则都不去 不行就都不去";
    AS_MANY_AS_CAN = "\
        能去几个 能报几个 能来几个 能去几位 有几个名额就 有几个算几个 几个算几个 能报上几个 报上几个 能去多少 名额不够就先 名额不够先 \
        先紧着 不够就少去";
}

/// What the writer says of it, if anything.
#[must_use]
pub(crate) fn said(own: &str) -> Option<bool> {
    match (ALL_OR_NONE.found_in(own), AS_MANY_AS_CAN.found_in(own)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_or_none_and_as_many_as_can_are_told_apart() {
        assert_eq!(said("我们四个一起，少一个都不去"), Some(true));
        assert_eq!(said("要么都去要么都不去"), Some(true));
        assert_eq!(said("能去几个算几个"), Some(false));
        assert_eq!(said("我和马军一起报名"), None);
    }
}
