//! The report's words.

use jiff::Timestamp;

use super::facts::{self, Places};
use super::paper::{Block, Paper};
use super::said;
use crate::reply::words;
use crate::roster::Event;
use crate::store::Standing;

/// The closing report of an event.
#[must_use]
pub fn report(event: &Event, rows: &[Standing], now: Timestamp) -> Paper {
    let places = facts::places(event, rows);
    let mut blocks = Vec::new();
    overview(event, &places, &mut blocks);
    registered(event, rows, &places, &mut blocks);
    attended(&places, &mut blocks);
    origins(rows, &mut blocks);
    suggestions(event, rows, &mut blocks);
    blocks.push(Block::Right(event.host.clone()));
    blocks.push(Block::Right(words::date(now, &event.zone)));
    Paper { title: format!("{}情况报告", event.name), blocks }
}

fn overview(event: &Event, places: &[Places], blocks: &mut Vec<Block>) {
    let short = event.name.strip_prefix(&event.host).unwrap_or(&event.name);
    let theme = match event.theme.as_str() {
        "" => String::new(),
        theme => format!("，主题为“{theme}”"),
    };
    let all = places.last().cloned().unwrap_or_default();
    let came = match all.came {
        0 => String::new(),
        came => format!("，{came}人到场参加"),
    };
    blocks.push(Block::Text(format!(
        "{}，{}在{}举办了{short}{theme}。活动面向社会公开征集参加人员，共收到报名{}人次，安排名额{}个，确认{}人{came}。",
        words::date(event.takes_place, &event.zone),
        event.host,
        event.place,
        all.registered,
        all.quota,
        all.confirmed,
    )));
}

fn registered(event: &Event, rows: &[Standing], places: &[Places], blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading("一、报名情况".to_owned()));
    let channels = facts::channels(rows);
    let told = channels.map(|(channel, count)| format!("{}报名{count}人", words::channel(channel)));
    blocks.push(Block::Text(format!(
        "报名时间为{}至{}，{}。各类名额和报名人数如下：",
        words::date(event.opens, &event.zone),
        words::date(event.closes, &event.zone),
        told.join("，"),
    )));
    let head = ["类别", "名额", "报名", "确认", "候补"].map(str::to_owned).to_vec();
    let row = |one: &Places| {
        let counts = [one.quota, one.registered, one.confirmed, one.waiting];
        std::iter::once(one.name.clone()).chain(counts.map(|count| count.to_string())).collect()
    };
    blocks.push(Block::Table(std::iter::once(head).chain(places.iter().map(row)).collect()));
}

fn attended(places: &[Places], blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading("二、到场情况".to_owned()));
    let all = places.last().cloned().unwrap_or_default();
    if all.came + all.absent == 0 {
        blocks.push(Block::Text("签到情况尚未录入。".to_owned()));
        return;
    }
    let head = ["类别", "确认", "到场", "未到场", "到场率"].map(str::to_owned).to_vec();
    let row = |one: &Places| {
        let rate = match one.confirmed {
            0 => "—".to_owned(),
            confirmed => format!("{}%", (one.came * 100 + confirmed / 2) / confirmed),
        };
        let counts = [one.confirmed, one.came, one.confirmed.saturating_sub(one.came)];
        let counts = counts.map(|count| count.to_string()).into_iter();
        std::iter::once(one.name.clone()).chain(counts).chain([rate]).collect()
    };
    blocks.push(Block::Table(std::iter::once(head).chain(places.iter().map(row)).collect()));
}

fn origins(rows: &[Standing], blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading("三、参加人员来源".to_owned()));
    let (several, single, unknown) = facts::origins(rows);
    let mut told: Vec<_> =
        several.iter().map(|(origin, count)| format!("{origin}{count}人")).collect();
    if single > 0 {
        let besides = if told.is_empty() { "" } else { "另有" };
        told.push(format!("{besides}{single}人分别来自{single}个村（社区）或单位"));
    }
    if unknown > 0 {
        told.push(format!("{unknown}人未填写"));
    }
    let told =
        if told.is_empty() { "没有已确认的人员".to_owned() } else { told.join("，") };
    blocks.push(Block::Text(format!("{told}。")));
}

fn suggestions(event: &Event, rows: &[Standing], blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading("四、意见建议".to_owned()));
    let topics = said::topics(event, rows);
    let count: usize = topics.iter().map(|(_, said)| said.len()).sum();
    if count == 0 {
        blocks.push(Block::Text("报名时没有收到书面意见建议。".to_owned()));
        return;
    }
    blocks.push(Block::Text(format!("报名时共收到书面意见建议{count}条，按内容归纳如下：")));
    for (topic, said) in topics {
        blocks.push(Block::Text(format!("{topic}（{}条）：", said.len())));
        for (line, place) in said.into_iter().zip(1..) {
            blocks.push(Block::Item(format!("{place}．{line}")));
        }
    }
}
