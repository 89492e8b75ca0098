//! A line as a shell splits it into words.

/// The words of a line: quotes group, a backslash takes the next character as it is. Nothing is
/// expanded. An open quote lasts to the end of the line. What comes after `;`, `|`, `&`, `<`, `>` or `#`
/// outside of quotes is for a shell, and there is none: the character comes back.
pub fn words(line: &str) -> Result<Vec<String>, char> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('\\', None | Some('"')) => {
                let next = chars.next();
                let word = word.get_or_insert_default();
                if quote.is_some() && !matches!(next, Some('"' | '\\' | '$' | '`')) {
                    word.push('\\');
                }
                word.extend(next);
            }
            (c, Some(_)) => word.get_or_insert_default().push(c),
            ('"' | '\'', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (c, None) if c.is_whitespace() => words.extend(word.take()),
            // A semicolon that ends the line ends the command.
            (';', None) if chars.as_str().trim().is_empty() => break,
            (';' | '|' | '&' | '<' | '>', None) => return Err(c),
            ('#', None) if word.is_none() => break,
            (c, None) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_group_and_backslashes_escape() {
        #[track_caller]
        fn check(line: &str, expect: &[&str]) {
            assert_eq!(words(line).unwrap(), expect);
        }

        check("kubectl  get pods", &["kubectl", "get", "pods"]);
        check(r#"-p '{"a": 1}' "b c" d\ e"#, &["-p", r#"{"a": 1}"#, "b c", "d e"]);
        check(r#"a"b"'c' "\"" '' # no"#, &["abc", "\"", ""]);
        check("get pods;", &["get", "pods"]);
        assert_eq!(words("get pods | wc"), Err('|'));
    }
}
