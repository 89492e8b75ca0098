//! A text as a shell takes it: words, and what comes on standard input.
//!
//! # What we leave out
//!
//! Nothing is expanded, in a here-document neither.

/// The first command of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Its words: quotes group, a backslash takes the next character as it is.
    pub words: Vec<String>,
    /// What comes on standard input.
    pub stdin: Option<Source>,
    /// The commands that what it prints goes through: their words.
    pub pipes: Vec<Vec<String>>,
    /// The first character that is for a shell, and there is none.
    pub foreign: Option<char>,
    /// Whether a shell would wait for more lines: a quote, a backslash or a here-document is open.
    pub is_open: bool,
    /// How many bytes of the text it takes, with the end of its line.
    pub end: usize,
}

/// Where standard input comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A here-document.
    Text(String),
    /// A file.
    File(String),
}

/// What the next word is for.
enum Takes {
    Word,
    File,
    /// What ends a here-document; whether tabs before its lines are left out.
    Delimiter(bool),
}

/// Reads the first command of a text. A line ends it, or a semicolon.
pub fn typed(text: &str) -> Typed {
    let mut reader = Reader { typed: Typed::default(), word: None, takes: Takes::Word, document: None };
    reader.read(text);
    reader.typed
}

struct Reader {
    typed: Typed,
    word: Option<String>,
    takes: Takes,
    document: Option<(String, bool)>,
}

impl Reader {
    fn read(&mut self, text: &str) {
        let mut quote = None;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            match (c, quote) {
                (c, Some(open)) if c == open => quote = None,
                ('\\', None | Some('"')) => {
                    let next = chars.next().map(|(_, c)| c);
                    self.typed.is_open |= next.is_none();
                    if next != Some('\n') {
                        let word = self.word.get_or_insert_default();
                        if quote.is_some() && !matches!(next, Some('"' | '\\' | '$' | '`')) {
                            word.push('\\');
                        }
                        word.extend(next);
                    }
                }
                (c, Some(_)) => self.word.get_or_insert_default().push(c),
                ('"' | '\'', None) => {
                    quote = Some(c);
                    self.word.get_or_insert_default();
                }
                ('\n' | ';', None) => {
                    self.end_word();
                    if c == '\n' && self.is_empty() {
                        continue;
                    }
                    return self.end_line(text, at + 1);
                }
                (c, None) if c.is_whitespace() => self.end_word(),
                ('#', None) if self.word.is_none() => while chars.next_if(|(_, c)| *c != '\n').is_some() {},
                ('<', None) => {
                    self.end_word();
                    let mut also = |wanted| chars.next_if(|(_, c)| *c == wanted).is_some();
                    self.takes = if also('<') { Takes::Delimiter(also('-')) } else { Takes::File };
                }
                ('|', None) => self.pipe(),
                ('&' | '>', None) => self.foreign(c),
                (c, None) => self.word.get_or_insert_default().push(c),
            }
        }
        self.typed.is_open |= quote.is_some();
        self.end_word();
        self.end_line(text, text.len());
    }

    fn is_empty(&self) -> bool {
        self.typed.words.is_empty() && self.typed.stdin.is_none() && self.document.is_none()
    }

    fn foreign(&mut self, c: char) {
        self.end_word();
        self.typed.foreign = self.typed.foreign.or(Some(c));
    }

    /// A file comes through a pipe; or what follows is for what comes through it.
    fn pipe(&mut self) {
        self.end_word();
        match &self.typed.words[..] {
            [] => self.foreign('|'),
            [cat, file] if cat == "cat" && self.typed.stdin.is_none() && self.typed.pipes.is_empty() => {
                self.typed.stdin = Some(Source::File(file.clone()));
                self.typed.words.clear();
            }
            _ => self.typed.pipes.push(Vec::new()),
        }
    }

    fn end_word(&mut self) {
        let Some(word) = self.word.take() else { return };
        match std::mem::replace(&mut self.takes, Takes::Word) {
            Takes::Word => self.typed.pipes.last_mut().unwrap_or(&mut self.typed.words).push(word),
            Takes::File => self.typed.stdin = Some(Source::File(word)),
            Takes::Delimiter(strips) => self.document = Some((word, strips)),
        }
    }

    /// The line of the command ends at `end`; below it may stand a here-document.
    fn end_line(&mut self, text: &str, end: usize) {
        self.typed.end = end;
        if !matches!(self.takes, Takes::Word) {
            self.foreign('<');
        }
        if self.typed.pipes.iter().any(Vec::is_empty) {
            self.foreign('|');
        }
        let Some((delimiter, strips)) = self.document.take() else { return };
        let mut body = String::new();
        let mut ended = false;
        for line in text[end..].split_inclusive('\n') {
            self.typed.end += line.len();
            let line = if strips { line.trim_start_matches('\t') } else { line };
            ended = line.trim_end_matches(['\n', '\r']) == delimiter;
            if ended {
                break;
            }
            body += line;
        }
        self.typed.is_open |= !ended;
        self.typed.stdin = Some(Source::Text(body));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_group_and_backslashes_escape() {
        #[track_caller]
        fn check(line: &str, expect: &[&str]) {
            let typed = typed(line);
            assert_eq!(
                (&typed.words[..], typed.foreign, typed.is_open),
                (&expect.map_own()[..], None, false)
            );
        }

        check("kubectl  get pods", &["kubectl", "get", "pods"]);
        check(r#"-p '{"a": 1}' "b c" d\ e"#, &["-p", r#"{"a": 1}"#, "b c", "d e"]);
        check(r#"a"b"'c' "\"" '' # no"#, &["abc", "\"", ""]);
        check("get pods;", &["get", "pods"]);
        check("\n# nothing yet\nget \\\n  pods \\\n  -w\nget rs", &["get", "pods", "-w"]);
    }

    trait MapOwn {
        fn map_own(&self) -> Vec<String>;
    }

    impl MapOwn for [&str] {
        fn map_own(&self) -> Vec<String> {
            self.iter().map(|word| (*word).to_owned()).collect()
        }
    }

    #[test]
    fn what_is_for_a_shell_is_told() {
        let foreign = ["get pods |", "a > b", "a && b", "a <", "| c"].map(|line| typed(line).foreign);
        assert_eq!(foreign, [Some('|'), Some('>'), Some('&'), Some('<'), Some('|')]);
    }

    #[test]
    fn what_is_printed_may_go_through_pipes() {
        let typed = typed("kubectl get pods | grep 'a b' | wc -l");
        assert_eq!(typed.pipes, [["grep", "a b"], ["wc", "-l"]]);
        assert_eq!((typed.words.len(), typed.foreign), (3, None));
    }

    #[test]
    fn standard_input_is_a_document_or_a_file() {
        #[track_caller]
        fn check(text: &str, stdin: &str, rest: &str) {
            let typed = typed(text);
            let found = match typed.stdin {
                Some(Source::Text(text)) => text,
                Some(Source::File(file)) => format!("file {file}"),
                None => String::new(),
            };
            assert_eq!((typed.words.len(), &*found, &text[typed.end..]), (2, stdin, rest));
        }

        check("apply - <<EOF\na: 1\n  b\nEOF\nget pods", "a: 1\n  b\n", "get pods");
        check("apply - <<-'END X'\n\ta\n\tEND X\n", "a\n", "");
        check("cat <<EOF -\nEOF", "", "");
        check("cat a.yaml | apply -; b", "file a.yaml", " b");
        check("apply - < 'a b'", "file a b", "");
    }

    #[test]
    fn a_shell_waits_for_what_is_open() {
        let open =
            ["a <<EOF\nb\n", "a 'b\n", "a \\", "a <<EOF\nEOF", "a", ""].map(|text| typed(text).is_open);
        assert_eq!(open, [true, true, true, false, false, false]);
    }
}
