//! Sentences with something in them to be seen first.

/// A piece of a sentence, and whether it stands out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Whether they stand out.
    pub strong: bool,
}

/// Takes a sentence apart at its pairs of `*`.
pub fn spans(sentence: &str) -> Vec<Span> {
    let pieces = sentence.split('*').enumerate();
    let spans = pieces.map(|(index, text)| Span { text: text.to_owned(), strong: index % 2 == 1 });
    spans.filter(|span| !span.text.is_empty()).collect()
}

/// The words without what stands out.
pub fn plain(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}
