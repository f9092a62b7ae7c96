//! What `--help` ends with: command lines as clerks type them. Everybody in them is invented.

/// `baoming --help`.
pub(super) const ALL: &str = "\
First steps:
  baoming demo       the whole job on made-up mail, nothing else needed
  baoming check      is everything set up? what is wrong, and how to mend it
  baoming status     what the running service is doing

A clerk's day (工作人员常用):
  baoming digest                       今天的日报：谁需要办理
  baoming show XJ21-021                一份报名和原文
  baoming approve XJ21-021             核实无误，予以登记
  baoming add --name 李秀兰 --phone 13700000001 --onsite

Exit codes: 0 done, 1 failed, 2 wrong usage, 78 bad configuration.";

pub(super) const ONCE: &str = "\
Examples:
  baoming once --hold-letters     先收信、读信、登记，回信暂不发出
  baoming once                    收发一轮，到期的回信一并发出";

pub(super) const PARSE: &str = "\
Examples:
  baoming parse 来信.eml
  baoming parse --json folder/    文件夹里的每个 .eml，一行一个 JSON";

pub(super) const LIST: &str = "\
Examples:
  baoming list                                 全部名单和各类名额
  baoming list --status review                 等待核实的
  baoming list --category supervisor --json    供其他程序使用";

pub(super) const SHOW: &str = "\
Example:
  baoming show XJ21-007           每一项内容出自来信哪一行，寄过哪些信";

pub(super) const EXPLAIN: &str = "\
Example:
  baoming explain XJ21-007        为什么是候补，什么时候递补的，谁办的";

pub(super) const ADD: &str = "\
Examples:
  baoming add --name 李秀兰 --phone 13700000001                       电话报名
  baoming add --name 李秀兰 --phone 13700000001 --onsite              现场报名
  baoming add --name 王文学 --phone 13700000002 --category supervisor \\
              --email wangwx@example.cn --set address=吉强镇北关社区";

pub(super) const CANCEL: &str = "\
Examples:
  baoming cancel XJ21-007
  baoming cancel XJ21-007 --reason 本人来电，临时出差";

pub(super) const APPROVE: &str = "\
Examples:
  baoming approve XJ21-021                                   核实无误，予以登记
  baoming approve XJ21-021 --set id_number=642223198603141260";

pub(super) const REJECT: &str = "\
Example:
  baoming reject XJ21-021 --reason 本次活动只面向本县企业和群众。";

pub(super) const SELECT: &str = "\
Examples:
  baoming select XJ21-003 XJ21-008 XJ21-011     从报名人中选定
  baoming select XJ21-008 --undo                公布以前撤回";

pub(super) const LETTERS: &str = "\
Examples:
  baoming letters
  baoming letters --uncertain     去向不明的：问清以后用 baoming resend";

pub(super) const DIGEST: &str = "\
Examples:
  baoming digest                       此刻的日报，显示在屏幕上
  baoming digest --out /tmp/digest     写成 .html 和 .txt 文件";

pub(super) const REPLAY: &str = "\
Examples:
  baoming replay                                  全部来信再读一遍，列出读法不同的
  baoming --config /tmp/new/baoming.toml replay   先看改动后的配置会怎样，再启用";

pub(super) const BACKUP: &str = "\
Example:
  baoming backup /var/backups/baoming-0924.db";

pub(super) const EXPORT: &str = "\
Examples:
  baoming export 名单.xlsx                 全部报名，含个人信息，仅供内部使用
  baoming export 公示.xlsx --public        可以公布的名单：姓名和电话已隐去一部分
  baoming export 签到表.xlsx --sign-in     当天打印，签到用";

pub(super) const ANNOUNCE: &str = "\
Examples:
  baoming announce                    征集公告，显示在屏幕上
  baoming announce --out 公告         网页、微信文字和报名表，写入文件夹";

pub(super) const CHANGE: &str = "\
Examples:
  baoming change XJ21-004 --phone 13700000004
  baoming change XJ21-004 --name 马秀兰 --organization 吉强镇北关社区
  baoming change XJ21-004 --category supervisor        改报类别，从现在起排队";

pub(super) const ATTEND: &str = "\
Examples:
  baoming attend XJ21-004
  baoming attend XJ21-005 --absent
  baoming export 签到表.xlsx --sign-in                  活动前导出，当天签到
  baoming attend --from 签到表.xlsx --dry-run           填好以后先看看
  baoming attend --from 签到表.xlsx";

pub(super) const IMPORT: &str = "\
Examples:
  baoming import 现场名单.xlsx --dry-run     逐行看看会怎样，不登记
  baoming import 现场名单.xlsx --onsite      全部登记；有一行不能登记，就都不登记
  baoming import 名单.csv --partly           能登记的先登记";

pub(super) const ERASE: &str = "\
Examples:
  baoming erase XJ21-007 --dry-run             看看会清除什么
  baoming erase XJ21-007                       应本人要求，清除此人的全部信息
  baoming erase --event xiji-open-day          活动结束后提前清除
  baoming erase --message 01KD5Y7T…            清除一封无法读取的来信，编号见日报";

pub(super) const EVENT: &str = "\
Examples:
  baoming event list
  baoming event show xiji-open-day
  baoming event close xiji-open-day --reason 报名人数已远超名额      看看会怎样；加 --yes 才截止
  baoming event reopen xiji-open-day --reason 增加了场次 --yes       恢复报名，直到原定的截止时间
  baoming event moved xiji-open-day            看看要通知多少人；加 --yes 才寄出
  baoming event call-off xiji-open-day --reason 因疫情防控需要，本次活动取消。 --yes";

pub(super) const REPORT: &str = "\
Examples:
  baoming report 总结.docx      Word 文件，供修改和印发
  baoming report 总结.txt       纯文字，供网站和微信";
