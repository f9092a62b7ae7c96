//! The call for registrations says what the event file says.
use baoming::announce::call;
use baoming::reply::Stationery;
use baoming::roster::Event;
use baoming::settings::Settings;

fn event() -> Event {
    Settings::compiled_in().unwrap().event
}

#[test]
fn the_call_names_times_place_places_and_every_way_to_register_in_all_its_forms() {
    let call = call(&Stationery::load(None).unwrap(), &event()).unwrap();
    for text in [&call.text, &call.html, &call.wechat] {
        for said in [
            "2021年9月28日（星期二）9:00—12:00",
            "西吉县政务服务大厅",
            "深入推进审批服务便民化",
            "2021年9月13日（星期一）8:30",
            "2021年9月24日（星期五）17:30",
            "xjxspj@163.com",
            "0954-3018118",
            "综合办公室",
            "姓名、联系电话",
            "90天",
        ] {
            assert!(text.contains(said), "{said} is missing in\n{text}");
        }
    }
    for said in [
        "共25人，其中：政务公开义务监督员8人，企业及群众代表17人。",
        "愿承担相应责任",
        "2021年9月8日",
    ] {
        assert!(call.text.contains(said), "{said}");
    }
}

#[test]
fn what_an_event_does_not_have_the_call_does_not_mention() {
    let stationery = Stationery::load(None).unwrap();
    let mut event = event();
    event.theme.clear();
    event.life.email = None;
    event.life.erase_after = None;
    let call = call(&stationery, &event).unwrap();
    for word in ["主题", "邮件", "附件", "删除"] {
        assert!(!call.text.contains(word), "{word}\n{}", call.text);
    }
    assert!(call.text.contains("三、征集对象和名额"), "{}", call.text);
}

#[test]
fn calls_are_drawn_for_the_eye() {
    let call = call(&Stationery::load(None).unwrap(), &event()).unwrap();
    let folder = concat!(env!("CARGO_TARGET_TMPDIR"), "/letters");
    std::fs::create_dir_all(folder).unwrap();
    for (name, text) in
        [("call.txt", call.text), ("call.html", call.html), ("call-wechat.txt", call.wechat)]
    {
        std::fs::write(format!("{folder}/{name}"), text).unwrap();
    }
}
