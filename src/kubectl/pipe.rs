//! What a line may be piped through: `grep`, `head`, `tail` and `wc -l`, as far as they are commonly used so.
//!
//! # What we leave out
//!
//! - Of regular expressions all but `^`, `$`, `.*` and alternatives.

/// The text that comes out behind a command, and its exit status; nothing if it is not there.
pub fn through(words: &[String], text: &str) -> Option<(String, u8)> {
    let (program, args) = words.split_first()?;
    let lines = || text.lines();
    match program.as_str() {
        "grep" | "egrep" => grep(args, text),
        "wc" if args == ["-l"] => Some((format!("{}\n", lines().count()), 0)),
        "head" => Some((lines().take(count(args)?).map(|line| format!("{line}\n")).collect(), 0)),
        "tail" => {
            let skipped = lines().count().saturating_sub(count(args)?);
            Some((lines().skip(skipped).map(|line| format!("{line}\n")).collect(), 0))
        }
        _ => None,
    }
}

/// `-5`, `-n 5` or `-n5`; ten, if nothing is said.
fn count(args: &[String]) -> Option<usize> {
    match args {
        [] => Some(10),
        [one] => one.strip_prefix("-n").or(one.strip_prefix('-'))?.parse().ok(),
        [flag, number] if flag == "-n" => number.parse().ok(),
        _ => None,
    }
}

/// Exits with 1 where nothing fits.
fn grep(args: &[String], text: &str) -> Option<(String, u8)> {
    let (flags, rest): (Vec<_>, Vec<_>) = args.iter().partition(|arg| arg.starts_with('-') && 1 < arg.len());
    let [pattern] = rest[..] else { return None };
    let flags: String = flags.iter().map(|flag| flag.trim_start_matches('-')).collect();
    if flags.chars().any(|flag| !"iEvcw".contains(flag)) || pattern.contains(['[', '(', '+', '?', '{', '\\'])
    {
        return None;
    }
    let has = |flag| flags.contains(flag);
    let fold = |text: &str| if has('i') { text.to_lowercase() } else { text.to_owned() };
    let alternatives: Vec<_> = match has('E') {
        true => pattern.split('|').map(fold).collect(),
        false => vec![fold(pattern)],
    };
    let fits = |line: &&str| {
        let line = fold(line);
        alternatives.iter().any(|alternative| is_in(alternative, &line, has('w'))) != has('v')
    };
    let found: Vec<_> = text.lines().filter(fits).collect();
    let status = u8::from(found.is_empty());
    if has('c') {
        return Some((format!("{}\n", found.len()), status));
    }
    Some((found.iter().map(|line| format!("{line}\n")).collect(), status))
}

/// Whether parts that may have anything between them stand in a line, in this order.
fn is_in(pattern: &str, line: &str, is_word: bool) -> bool {
    let bare = pattern.trim_start_matches('^').trim_end_matches('$');
    let (at_begin, at_end) = (pattern.starts_with('^'), pattern.ends_with('$'));
    if is_word {
        return line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == bare);
    }
    let mut rest = line;
    for (index, part) in bare.split(".*").enumerate() {
        match rest.find(part) {
            Some(at) if index != 0 || !at_begin || at == 0 => rest = &rest[at + part.len()..],
            _ => return false,
        }
    }
    !at_end || rest.is_empty() || line.ends_with(bare.rsplit(".*").next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_chosen_and_counted() {
        #[track_caller]
        fn check(command: &str, expect: Option<(&str, u8)>) {
            let words: Vec<_> = command.split(' ').map(str::to_owned).collect();
            let found = through(&words, "NAME  READY\nweb-1  1/1\nweb-2  0/1\napi  1/1\n");
            assert_eq!(found.as_ref().map(|(text, status)| (text.as_str(), *status)), expect);
        }

        check("grep web", Some(("web-1  1/1\nweb-2  0/1\n", 0)));
        check("grep -vi name", Some(("web-1  1/1\nweb-2  0/1\napi  1/1\n", 0)));
        check("grep -E ^api|2.*0", Some(("web-2  0/1\napi  1/1\n", 0)));
        check("grep -c 1/1$", Some(("2\n", 0)));
        check("grep nothing", Some(("", 1)));
        check("grep -E we(b)", None);
        check("wc -l", Some(("4\n", 0)));
        check("head -1", Some(("NAME  READY\n", 0)));
        check("tail -n 1", Some(("api  1/1\n", 0)));
        check("awk x", None);
    }
}
