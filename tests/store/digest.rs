//! One digest a day.

use baoming::roster::Cause;

use crate::desk::{letter, minutes_after_opening, on_both, opening};

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
