//! An event file: a bureau's day, with everything that is particular to it.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;

use crate::message::Email;
use crate::roster::Event;

use super::allow::Lists;
use super::category::{Categories, default_category};
use super::fields::{ExtraField, extra_fields, labels, required};
use super::life::life;
use super::rule::{self, Moment};
use super::rules::{Frame, rules};
use super::table::Table;

/// An event as its file describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The file's text: what decisions were taken by, kept with them (`Settings::record`).
    pub text: String,
    /// The lists that it names, by file: kept with decisions as well.
    pub(super) lists: BTreeMap<String, String>,
    /// What the roster goes by.
    pub event: Event,
    /// When the staff's digest is due, in the event's zone.
    pub digest_at: Time,
    /// The address that the call tells people to write to.
    pub email: Option<Email>,
    /// Names of the bureau and its rooms: nobody's employer.
    pub bureau_names: Vec<String>,
    /// By category: words that mean it only behind a label or when ticked.
    pub loose: BTreeMap<String, Vec<String>>,
    /// Fields beside those that the program knows.
    pub fields: Vec<ExtraField>,
    /// Words by which mails label the known fields, beside the usual ones.
    pub labels: BTreeMap<String, Vec<String>>,
}

/// A local time takes the zone's offset.
pub(super) fn in_zone(moment: Moment, zone: &TimeZone) -> Option<Timestamp> {
    match moment {
        Moment::At(at) => Some(at),
        Moment::Local(local) => zone.to_timestamp(local).ok(),
    }
}

/// An id: what files, the command line and the database call a thing.
pub(super) fn id() -> rule::Rule<String> {
    rule::shaped(
        "lower-case letters, digits, - and _, as \"supervisor\"",
        r"^[a-z][a-z0-9_-]{0,39}$",
    )
}

impl Day {
    /// `id` is the file's name without its ending.
    pub(super) fn read(id: String, text: String, mut table: Table, lists: &Lists) -> Option<Self> {
        let table = &mut table;
        let zone = table.required("zone", &rule::zone());
        let times = Times::read(table, zone.as_ref());
        let Categories { all: categories, loose, lists } = Categories::read(table, lists);
        let email = table.optional("email", &rule::email());
        let bureau_names = table.or("bureau_names", &rule::list(rule::text()), Vec::new());
        let default_category = default_category(table, categories.as_deref());
        let fields = extra_fields(table);
        let labels = labels(table);
        let required = required(table, fields.as_deref(), default_category.is_some());
        let digest = Time::constant(17, 40, 0, 0);
        let digest_at = table.or("digest", &rule::time_of_day(), digest);
        let frame = times.as_ref().zip(zone.as_ref()).map(|(times, zone)| Frame {
            zone,
            closes: times.closes,
            takes_place: times.takes_place,
            categories: categories.as_deref().unwrap_or_default(),
        });
        let rules = rules(table, frame.as_ref());
        let life = life(table, email.clone(), fields.as_deref());
        let prefix = rule::shaped(
            "1 to 12 capital letters and digits, as \"XJ21\"",
            r"^[A-Z][A-Z0-9]{0,11}$",
        );
        let prefix = table.required("prefix", &prefix);
        let texts = Texts::read(table);
        let (times, texts) = (times?, texts?);
        let own = fields.iter().flatten();
        let names = own.map(|field| (field.id.clone(), field.name.clone())).collect();
        let event = Event {
            id,
            name: texts.name,
            host: texts.host,
            theme: texts.theme,
            prefix: prefix?,
            announced: times.announced,
            opens: times.opens,
            closes: times.closes,
            takes_place: times.takes_place,
            lasts: times.lasts,
            place: texts.place,
            contact: texts.contact,
            telephone: texts.telephone,
            pledge: texts.pledge,
            keywords: texts.keywords,
            categories: categories?,
            default_category,
            required: required?,
            field_names: names,
            rules: rules?,
            zone: zone?,
            life: life?,
        };
        let bureau_names = bureau_names?;
        let (digest_at, fields) = (digest_at?, fields?);
        Some(Self { text, lists, event, digest_at, email, bureau_names, loose, fields, labels })
    }
}

struct Texts {
    name: String,
    host: String,
    theme: String,
    place: String,
    contact: String,
    telephone: String,
    pledge: String,
    keywords: Vec<String>,
}

impl Texts {
    fn read(table: &mut Table) -> Option<Self> {
        let name = table.required("name", &rule::text());
        let host = table.required("host", &rule::text());
        let theme = table.or("theme", &rule::prose(), String::new());
        let place = table.required("place", &rule::text());
        let contact = table.required("contact", &rule::text());
        let shape =
            rule::shaped("a telephone number, as \"0954-3018118\"", r"^[0-9+][0-9 -]{4,24}$");
        let telephone = table.required("telephone", &shape);
        let pledge = table.or("pledge", &rule::prose(), String::new());
        let keywords = table.or("keywords", &rule::list(rule::text()), Vec::new());
        Some(Self {
            name: name?,
            host: host?,
            theme: theme?,
            place: place?,
            contact: contact?,
            telephone: telephone?,
            pledge: pledge?,
            keywords: keywords?,
        })
    }
}

struct Times {
    announced: Timestamp,
    opens: Timestamp,
    closes: Timestamp,
    takes_place: Timestamp,
    lasts: Duration,
}

impl Times {
    fn read(table: &mut Table, zone: Option<&TimeZone>) -> Option<Self> {
        let mut moment = |key| table.required(key, &rule::moment());
        let written =
            [moment("announced"), moment("opens"), moment("closes"), moment("takes_place")];
        let lasts = table.or("lasts", &rule::duration("10m", "240h"), Duration::from_hours(3));
        let [announced, opens, closes, takes_place] = written.map(|moment| in_zone(moment?, zone?));
        let ordered = |earlier: Option<Timestamp>, later: Option<Timestamp>, or_equal: bool| {
            earlier.zip(later).is_none_or(|(one, two)| one < two || or_equal && one == two)
        };
        if !ordered(announced, opens, true) {
            table.wrong("announced", "is after opens", "at or before opens");
        }
        if !ordered(opens, closes, false) {
            table.wrong("closes", "is not after opens", "a moment after opens");
        }
        if !ordered(closes, takes_place, true) {
            table.wrong("takes_place", "is before closes", "at or after closes");
        }
        Some(Self {
            announced: announced?,
            opens: opens?,
            closes: closes?,
            takes_place: takes_place?,
            lasts: lasts?,
        })
    }
}
