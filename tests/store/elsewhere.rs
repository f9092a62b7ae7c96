//! What an event asks of other events, and of one employer or village.

use baoming::reading::{Evidence, Field, field};
use baoming::roster::{Elsewhere, Event, Registration, Status, Wants};

use crate::desk::{event, on_both, record, registration, standing};

fn other(id: &str, prefix: &str) -> Event {
    Event { id: id.into(), prefix: prefix.into(), ..event(9) }
}

/// Somebody's registration for another event.
fn at(event: &Event, n: u32, status: Status, attended: Option<bool>) -> Registration {
    let mut one = registration(n, status);
    one.id = format!("{}/{n}", event.id);
    one.event.clone_from(&event.id);
    one.number = event.number(n);
    one.attended = attended;
    one
}

fn say(one: &mut Registration, name: &str, value: &str) {
    let value = Field { value: value.into(), evidence: Evidence::default() };
    one.person.insert(name.into(), value);
}

on_both! {
    async fn who_had_a_place_elsewhere_is_found_by_identity_number_or_by_name_and_telephone(desk) {
        let (spring, autumn) = (other("spring", "SP21"), other("autumn", "AU21"));
        let mut held = at(&spring, 1, Status::Confirmed, Some(true));
        say(&mut held, field::ID_NUMBER, "64222319880101123X");
        let waiting = at(&spring, 2, Status::Waitlisted, None);
        let absent = at(&spring, 3, Status::Confirmed, Some(false));
        record(desk, &spring, &[standing(&[held, waiting, absent])]).await;
        record(desk, &autumn, &[standing(&[at(&autumn, 4, Status::Confirmed, None)])]).await;
        record(desk, &event(9), &[standing(&[registration(5, Status::Confirmed)])]).await;
        let person = |n: u32| (format!("公民{n}"), format!("139{n:08}"));
        let wants = Wants {
            id_numbers: ["64222319880101123X".into(), "642223199001011233".into()].into(),
            name_phones: (1..=5).map(person).collect(),
            ..Wants::default()
        };
        let mut work = desk.store.work().await.unwrap();
        let found = work.elsewhere(&[&spring, &autumn], &wants).await.unwrap();
        let ids: Vec<_> = found.id_numbers.into_iter().collect();
        assert_eq!(ids, [("64222319880101123X".to_owned(), "SP21-001".to_owned())]);
        let both: Vec<_> = found.name_phones.into_iter().collect();
        // Neither who waited nor who stayed away; the event itself is not asked.
        let expected = [(person(1), "SP21-001".to_owned()), (person(4), "AU21-004".to_owned())];
        assert_eq!(both, expected);
        assert_eq!(work.elsewhere(&[&autumn], &Wants::default()).await.unwrap(), Elsewhere::default());
    }
}

on_both! {
    async fn a_board_counts_the_active_of_one_employer_where_that_is_limited(desk) {
        let mut limited = event(9);
        limited.rules.who.per_organization = Some(2);
        let statuses =
            [Status::Confirmed, Status::Waitlisted, Status::Incomplete, Status::Cancelled];
        let mut people: Vec<_> =
            statuses.into_iter().zip(1..).map(|(status, n)| registration(n, status)).collect();
        for one in &mut people {
            say(one, field::ORGANIZATION, "震湖乡 王堡村");
        }
        people.push(registration(5, Status::Confirmed));
        record(desk, &limited, &[standing(&people)]).await;
        let wants = Wants {
            organizations: ["震湖乡王堡村".into(), "县医院".into()].into(),
            ..Wants::default()
        };
        let mut work = desk.store.work().await.unwrap();
        let board = work.board(&limited, &wants).await.unwrap();
        let counts: Vec<_> = board.organizations.into_iter().collect();
        assert_eq!(counts, [("县医院".to_owned(), 0), ("震湖乡王堡村".to_owned(), 3)]);
        assert!(work.board(&event(9), &wants).await.unwrap().organizations.is_empty());
    }
}
