//! One digest a day.

use baoming::reading::field;
use baoming::roster::{Cause, Registration, Status};
use baoming::store::{News, RegistrationFilter};

use crate::desk::{
    event, letter, minutes_after_opening, on_both, opening, record, registration, standing,
};

on_both! {
    async fn a_day_has_one_digest_whoever_comes_first(desk) {
        let day = "2021-09-13";
        assert!(!desk.store.digest_done(day).await.unwrap());
        assert_eq!(desk.store.last_digest("").await.unwrap(), None);
        let another = desk.another().await;
        let posts = [desk.store.clone(), another].map(|store| async move {
            let mut work = store.work().await.unwrap();
            let letters = [1, 2].map(|n| letter(Cause::Digest(day.into()), n));
            let posted = work.post_digest(day, opening(), &letters).await.unwrap();
            work.commit().await.unwrap();
            posted
        });
        let posted = futures::future::join_all(posts).await;
        assert_eq!(posted.iter().filter(|posted| **posted).count(), 1);
        assert!(desk.store.digest_done(day).await.unwrap());
        assert_eq!(desk.store.due_letters("", opening(), 10).await.unwrap().len(), 2);

        let later = minutes_after_opening(24 * 60);
        let mut work = desk.store.work().await.unwrap();
        assert!(work.post_digest("2021-09-14", later, &[]).await.unwrap());
        work.commit().await.unwrap();
        let last = desk.store.last_digest("").await.unwrap().unwrap();
        assert_eq!((last.day.as_str(), last.at), ("2021-09-14", later));
    }
}

on_both! {
    async fn of_what_is_new_the_first_are_shown_and_the_others_counted(desk) {
        let mut people: Vec<Registration> =
            (1..=9).map(|n| registration(n, Status::Waitlisted)).collect();
        for (one, minutes) in people.iter_mut().zip(1..) {
            (one.created, one.changed) = (opening(), minutes_after_opening(minutes));
        }
        people[3].created = people[3].changed;
        people[8].created = people[8].changed;
        // Of the first nothing is left, of the last nothing but the name.
        people[0].person.clear();
        people[0].email = None;
        people[8].person.retain(|key, _| key == field::NAME);
        record(desk, &event(1), &[standing(&people)]).await;

        let all = desk.store.registrations(&RegistrationFilter::default()).await.unwrap();
        let news = async |since, most| desk.store.news("xiji-open-day", since, most).await.unwrap();
        let told = News { first: all[1..4].to_vec(), further: 5, further_fresh: 5 };
        assert_eq!(news(opening(), 3).await, told);
        let later = news(minutes_after_opening(3), 3).await;
        assert_eq!(later, News { first: all[2..5].to_vec(), further: 4, further_fresh: 1 });
        assert_eq!(news(minutes_after_opening(3), 7).await.further, 0);
        assert_eq!(news(minutes_after_opening(10), 3).await, News::default());
        assert_eq!(desk.store.news("other", opening(), 3).await.unwrap(), News::default());
    }
}
