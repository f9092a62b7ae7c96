#![expect(clippy::unwrap_used, reason = "dev")]
fn main() {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let json = args.first().is_some_and(|a| a == "--json");
    if json {
        args.remove(0);
    }
    let paths: Vec<std::path::PathBuf> = args.iter().map(Into::into).collect();
    let ok = baoming::command::parse::run(
        &paths,
        json,
        &baoming::reading::Reader::default(),
        &["name".into(), "phone".into()],
        &mut std::io::stdout().lock(),
    )
    .unwrap();
    std::process::exit(i32::from(!ok));
}
