//! Looking at pictures: it helps the staff, enters nobody, and whatever becomes of it, mail is read.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use baoming::confine::{Letter, Lost, Options, Outcome, Pool, Unavailable};
use baoming::message::picture::Models;
use baoming::reading::{Read, Vocabulary};

use super::{children, eyes, form, is_form, options, pids, read, wait_until};

const FORM: &str = "姓名：马玉兰 联系电话：13995000001";

fn sighted(options: Options, models: Models) -> Pool {
    let words = BTreeMap::from([("bureau".to_owned(), Vocabulary::default())]);
    Pool::with_models(options, words, Some(models))
}

fn photographed() -> Vec<u8> {
    with_picture(&eyes::page(96, true))
}

fn with_picture(picture: &[u8]) -> Vec<u8> {
    let parts = eyes::parts("我要报名参加开放日，报名表见附件照片。", picture);
    format!("From: a@example.cn\r\nSubject: baoming\r\n{parts}").into_bytes()
}

fn look(pool: &Pool, raw: Vec<u8>) -> Result<Outcome, Unavailable> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(pool.look(Letter { words: 0, raw }))
}

fn reasons(read: &Read) -> Vec<&str> {
    read.reading.doubts.iter().map(|doubt| doubt.reason.as_str()).collect()
}

#[test]
fn a_photographed_form_is_suggested_to_the_staff_and_nobody_is_entered_by_it() {
    let pool = sighted(options(), eyes::reading(FORM));
    let plain = read(&pool, vec![photographed()]).unwrap().remove(0).unwrap();
    assert!(plain.unseen && plain.reading.review());
    let looked = look(&pool, photographed()).unwrap().unwrap();
    assert!(!looked.unseen);
    let (before, after) = (reasons(&plain), reasons(&looked));
    assert_eq!(after[..before.len()], before[..], "the picture itself stays a reason");
    let [suggestion] = after[before.len()..] else { panic!("{after:?}") };
    assert!(suggestion.contains("“form.png”"), "{suggestion}");
    assert!(
        suggestion.ends_with("仅供参考，请对照原件核实：姓名 马玉兰，电话 13995000001"),
        "{suggestion}"
    );
    assert_eq!(looked.reading.kind, plain.reading.kind);
    assert_eq!(looked.reading.applicants, plain.reading.applicants);

    let blank = look(&pool, with_picture(&eyes::page(96, false))).unwrap().unwrap();
    assert_eq!(reasons(&blank), before, "nothing stands in it");
    drop(pool);
    assert_eq!(pids(), [0; 0]);
}

#[test]
fn without_models_or_with_such_that_are_none_mail_is_read_and_nothing_is_suggested() {
    let plain = super::pool(options());
    assert!(!plain.has_models() && look(&plain, photographed()).is_err());
    let pool = sighted(options(), eyes::rubbish());
    assert!(pool.has_models() && look(&pool, photographed()).is_err());
    assert!(is_form(&read(&pool, vec![form(1)]).unwrap()[0], 1));
}

#[test]
fn a_picture_that_takes_too_long_is_given_up_and_the_next_mail_is_read() {
    let patience = Duration::from_secs(2);
    let pool = sighted(Options { long_patience: patience, ..options() }, eyes::endless());
    for n in 1..=2 {
        let begun = Instant::now();
        assert_eq!(look(&pool, photographed()).unwrap().unwrap_err(), Lost::Late);
        assert!(begun.elapsed() >= patience, "it was looked at");
        assert!(is_form(&read(&pool, vec![form(n)]).unwrap()[0], n));
    }
    wait_until("only the readers of mail are left", || children().iter().all(|one| one.1 != 'Z'));
}

#[test]
fn a_picture_that_unpacks_to_more_than_any_camera_makes_is_not_opened() {
    let pool = sighted(options(), eyes::reading(FORM));
    let suggested = |raw| {
        let looked = look(&pool, raw).unwrap().unwrap();
        reasons(&looked).iter().any(|reason| reason.contains("仅供参考"))
    };
    assert!(!suggested(with_picture(&eyes::page(8_320, true))));
    assert!(suggested(photographed()));
}
