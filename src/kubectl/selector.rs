//! Label selectors: `apimachinery/pkg/labels/selector.go`.

use crate::sim::spec::Labels;

/// What labels have to be like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selector(Vec<Requirement>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Requirement {
    key: String,
    /// Whether the value has to be one of them, or must not.
    wanted: bool,
    /// Empty: any value will do.
    values: Vec<String>,
}

impl Selector {
    /// Whether it fits.
    pub fn matches(&self, labels: &Labels) -> bool {
        self.0.iter().all(|requirement| {
            let value = labels.get(&requirement.key);
            let among = value.is_some_and(|value| {
                requirement.values.is_empty() || requirement.values.iter().any(|other| other == value)
            });
            among == requirement.wanted
        })
    }

    /// Reads a selector: `a=b,c!=d,e in (f,g),h notin (i),j,!k`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut parser = Parser { tokens: tokens(text), next: 0 };
        let mut requirements = Vec::new();
        while parser.peek() != "" {
            requirements.push(parser.requirement()?);
            match parser.take().as_str() {
                "" => break,
                "," if parser.peek() == "" => {
                    return Err("found '', expected: identifier after ','".to_owned());
                }
                "," => {}
                other => return Err(format!("found '{other}', expected: ',' or 'end of string'")),
            }
        }
        Ok(Self(requirements))
    }
}

struct Parser {
    tokens: Vec<String>,
    next: usize,
}

impl Parser {
    fn peek(&self) -> &str {
        self.tokens.get(self.next).map_or("", String::as_str)
    }

    fn take(&mut self) -> String {
        let token = self.peek().to_owned();
        self.next += 1;
        token
    }

    /// `selector.go parseRequirement`.
    fn requirement(&mut self) -> Result<Requirement, String> {
        let unable = |error: String| format!("unable to parse requirement: {error}");
        let negated = self.peek() == "!";
        self.next += usize::from(negated);
        let key = self.take();
        if is_symbol(&key) {
            return Err(unable(format!("found '{key}', expected: identifier")));
        }
        if negated || matches!(self.peek(), "" | ",") {
            return Ok(Requirement { key, wanted: !negated, values: Vec::new() });
        }
        let operator = self.take();
        let wanted = !matches!(operator.as_str(), "!=" | "notin");
        let values = match operator.as_str() {
            "=" | "==" | "!=" => vec![self.value()],
            "in" | "notin" => self.values().map_err(unable)?,
            other => {
                let operators = "in, notin, =, ==, !=, gt, lt";
                return Err(unable(format!("found '{other}', expected: {operators}")));
            }
        };
        Ok(Requirement { key, wanted, values })
    }

    /// A value may be empty.
    fn value(&mut self) -> String {
        if is_symbol(self.peek()) { String::new() } else { self.take() }
    }

    fn values(&mut self) -> Result<Vec<String>, String> {
        let open = self.take();
        if open != "(" {
            return Err(format!("found '{open}' expected: '('"));
        }
        let mut values = Vec::new();
        loop {
            values.push(self.value());
            match self.take().as_str() {
                ")" => return Ok(values),
                "," => {}
                other => return Err(format!("found '{other}', expected: ',' or ')'")),
            }
        }
    }
}

fn is_symbol(token: &str) -> bool {
    matches!(token, "" | "," | "=" | "==" | "!=" | "!" | "(" | ")" | "<" | ">")
}

fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_special = |c: char| "=!(),<>".contains(c);
        let end = match first {
            '=' | '!' if rest[1..].starts_with('=') => 2,
            c if is_special(c) => 1,
            _ => rest.find(|c| is_special(c) || c.is_whitespace()).unwrap_or(rest.len()),
        };
        tokens.push(rest[..end].to_owned());
        rest = rest[end..].trim_start();
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_choose_by_labels() {
        #[track_caller]
        fn check(selector: &str, expect: Result<bool, &str>) {
            let labels =
                [("app", "web"), ("tier", "")].map(|(key, value)| (key.to_owned(), value.to_owned()));
            let found = Selector::parse(selector).map(|selector| selector.matches(&labels.into()));
            assert_eq!(found.as_ref().map_err(String::as_str), expect.as_ref().map_err(|error| *error));
        }

        check("app=web,tier=", Ok(true));
        check("app==api", Ok(false));
        check("app!=api,other!=x,!other", Ok(true));
        check("app in (api, web),tier", Ok(true));
        check("app notin (web)", Ok(false));
        check("", Ok(true));
        check("app in web", Err("unable to parse requirement: found 'web' expected: '('"));
        check("app=a=b", Err("found '=', expected: ',' or 'end of string'"));
    }
}
