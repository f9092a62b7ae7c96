//! Collects candidates out of a table.

use std::rc::Rc;

use crate::reading::Evidence;
use crate::reading::fact::Group;
use crate::reading::forms::grid;
use crate::reading::forms::sections::Section;
use crate::reading::forms::squared;
use crate::reading::language::text::{Text, quote};
use crate::reading::prose::Around;
use crate::reading::scan::Scanner;
use crate::reading::values::behind_label;

impl Scanner<'_> {
    /// Reads a table's records and what stands around them.
    pub(crate) fn table(&mut self, name: &str, table: &crate::message::Table) {
        let plain = squared::plain(table, self.labels);
        let table = plain.as_ref();
        let contents = grid::read(table, self.labels);
        let document = if table.title.is_empty() || !table.sheet {
            name.to_owned()
        } else {
            format!("{name} › {}", table.title)
        };
        let title = Text::new(&table.title);
        let heading = Rc::new(Evidence {
            document: document.clone(),
            place: "标题".to_owned(),
            quote: quote(&title.shown),
        });
        let sheet =
            Section::of_title(&title.folded, self.categories, &heading).filter(|_| table.sheet);
        if !table.title.is_empty() && sheet.is_none() {
            self.line(
                &Text::new(&table.title),
                &document,
                "标题".to_owned(),
                Around { heading: true, ..Around::default() },
            );
        }
        for (text, place) in &contents.loose {
            for line in text.shown.split('\n') {
                let line = Text::new(line);
                let heading = is_title(&line.folded);
                let around = Around { heading, ..Around::default() };
                self.line(&line, &document, place.clone(), around);
            }
        }
        self.end_stream();
        for record in contents.records {
            self.block += 1;
            self.line += 1;
            let mut facts = Vec::new();
            for entry in record {
                self.clause += 1;
                for said in behind_label::read(&entry.items, &entry.value, self.vocabulary) {
                    let evidence = Evidence {
                        document: document.clone(),
                        place: entry.place.clone(),
                        quote: quote(&entry.value.shown),
                    };
                    facts.push(self.fact(said, Rc::new(evidence)));
                }
            }
            if let Some(section) = sheet.as_ref().or(self.section.as_ref()) {
                section.fill(&mut facts, 0);
            }
            if !facts.is_empty() {
                self.groups.push(Group::Record(facts));
            }
        }
    }
}

/// `西吉县星光灯饰城参加开放日人员`: a title that tells whose people the table lists.
fn is_title(folded: &str) -> bool {
    let speaks = ["报名", "开放日", "参加", "名单", "推荐", "回执", "汇总", "登记"];
    folded.chars().nth(45).is_none()
        && !folded.contains(['：', ':', '。', '，', '；'])
        && speaks.iter().any(|word| folded.contains(word))
}
