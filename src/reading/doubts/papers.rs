//! What came along and could not be read, or holds nothing.

use crate::message::{Message, Unread, UnreadKind};

use crate::reading::context::case::Case;
use crate::reading::language::text::Text;
use crate::reading::language::words::{contains, words};
use crate::reading::{Doubt, Kind, Reading, field};

words! {
    /// What is said to stand in a picture.
    IN_PICTURE = "\
        手机拍的 拍的照 拍的报名表 拍下来 拍了 照片发 请录入 照下来 表照片 表的照片 表拍 电话见 号码见 信息见 名单见 资料见 人员见 内容见 详见照片 详见图片 见图片 见下图 见附图 信息在照片 \
        都在照片 都在图片 照片上 图片上 拍了照 拍成照 拍照发 手写的 信息在图片 名单在图片 信息拍照 名单拍照 信息在附件 电话在附件 表拍照 表格拍照";
}
words! {
    SPOKEN = "录音 语音 名片 视频 附件";
    POINTS = "\
        附件 附后 附上 见表 表在 登记表 报名表 申请表 扫描 照片 拍照 表填好 填好了 盖章 发来 名单 \
        回执表 见图 图片";
    FORM_NAMES = "\
        报名 登记 申请 表 回执 名单 推荐 资料 信息 代表 监督员";
}

/// What came along and could not be read, or holds nothing.
pub(crate) fn doubt(case: &Case, message: &Message, reading: &mut Reading) {
    let nobody = reading.applicants.is_empty();
    let incomplete = reading.applicants.iter().all(|applicant| applicant.fields.len() < 2);
    let nameless =
        incomplete || reading.applicants.iter().any(|one| !one.fields.contains_key(field::NAME));
    let points = || contains(&case.own, &POINTS);
    // 报名.zip › 营业执照.jpg: by its own name.
    let form_name =
        |name: &str| contains(&Text::fold(name.rsplit('›').next().unwrap_or(name)), &FORM_NAMES);
    for unread in &message.unread {
        let should_hold = match unread.kind {
            // A card or a recording, where the words do not tell enough.
            UnreadKind::Other => nameless && contains(&case.own, &SPOKEN),
            UnreadKind::Image => {
                nobody
                    // A photo, hardly a word beside it, and nothing asked: what it shows is meant.
                    || incomplete && (points() || !case.wish.asks)
                    || contains(&case.own, &IN_PICTURE)
                    || form_name(&unread.name)
                        && !contains(&Text::fold(&unread.name), &["身份证", "照片", "执照"])
            }
            // It may only adorn the mail.
            UnreadKind::Inline => {
                contains(&case.own, &IN_PICTURE)
                    || incomplete && contains(&case.own, &["照片", "拍照", "图片", "见图"])
            }
            UnreadKind::Locked
            | UnreadKind::Damaged
            | UnreadKind::Document
            | UnreadKind::Oversize
            | UnreadKind::Link => {
                !contains(&Text::fold(&unread.name), &["执照", "许可证", "证照", "证书"]) || nobody
            }
        };
        if should_hold {
            reading.doubts.push(unread_doubt(unread));
        }
    }
    let unnamed = reading.applicants.iter().all(|one| !one.fields.contains_key(field::NAME));
    if !nobody && unnamed && reading.kind == Kind::Registration {
        // 推荐表已填好: what names the applicant stands in a file of which nothing was taken.
        let filled = case.files.iter().filter(|file| !(file.blank || file.relevant && file.people));
        reading.doubts.extend(filled.take(1).map(|file| Doubt {
            reason: format!("附件“{}”没有读懂", file.name),
            advice: Some("请在邮件正文中写明报名人的姓名和联系电话。".to_owned()),
            concerns: None,
        }));
    }
    if nobody && reading.kind == Kind::Registration {
        for file in &case.files {
            if file.blank && !file.remarks.is_empty() {
                // All that it holds is hidden: the reason says where.
                reading.doubts.extend(file.remarks.iter().map(|remark| Doubt {
                    reason: format!("{}：{remark}", file.name),
                    advice: Some(
                        "附件里的内容被隐藏，请取消隐藏后重新发送，或直接在邮件中写明。".to_owned(),
                    ),
                    concerns: None,
                }));
            } else if file.blank || file.relevant && !file.people {
                let reason = format!("附件“{}”没有填写内容", file.name);
                reading.doubts.push(Doubt {
                    reason,
                    advice: Some("附件是空表，请填写后重新发送，或直接在邮件中写明。".to_owned()),
                    concerns: None,
                });
            }
        }
    }
}

fn unread_doubt(unread: &Unread) -> Doubt {
    let advice = match unread.kind {
        UnreadKind::Locked => "附件有密码，请发送无密码的版本，或直接在邮件中写明信息。",
        UnreadKind::Damaged => "附件打不开，请重新发送，或直接在邮件中写明信息。",
        UnreadKind::Image | UnreadKind::Inline => {
            "附件是图片或扫描件，请直接在邮件中写明姓名和联系电话。"
        }
        UnreadKind::Oversize | UnreadKind::Link => {
            "附件过大或为网盘链接，请改为普通附件发送，或直接在邮件中写明信息。"
        }
        UnreadKind::Document | UnreadKind::Other => {
            "附件格式无法读取，请直接在邮件中写明信息，或换成Word、Excel、PDF格式。"
        }
    };
    Doubt {
        reason: format!("附件“{}”：{}", unread.name, unread.reason),
        advice: Some(advice.to_owned()),
        concerns: None,
    }
}
