//! A template as one word, with all that the simulator keeps of it. Each text has its length before it,
//! `5:nginx`, so that nothing in it needs care; a list has its own, `2:`.

use std::rc::Rc;

use crate::sim::spec::{Container, Kept, Labels, PULL_POLICIES, PodTemplateSpec};

/// Writes a template.
pub fn write(template: &PodTemplateSpec) -> String {
    let PodTemplateSpec { labels, annotations, init_containers, containers, rest } = template;
    let mut texts = Texts(String::new());
    texts.labels(labels);
    texts.labels(annotations);
    for containers in [init_containers, containers] {
        texts.count(containers.len());
        for Container { name, image, image_pull_policy, rest } in containers {
            [name, image, *image_pull_policy].iter().for_each(|text| texts.text(text));
            texts.kept(rest.as_deref());
        }
    }
    texts.kept(rest.as_deref());
    texts.0
}

/// Reads what [`write()`] has written.
pub fn read(text: &str) -> Option<PodTemplateSpec> {
    let mut reader = Reader(text);
    Some(PodTemplateSpec {
        labels: reader.labels()?,
        annotations: reader.labels()?,
        init_containers: reader.containers()?,
        containers: reader.containers()?,
        rest: reader.kept()?,
    })
}

struct Texts(String);

impl Texts {
    fn count(&mut self, count: usize) {
        self.0 += &count.to_string();
        self.0.push(':');
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0 += text;
    }

    fn labels(&mut self, labels: &Labels) {
        self.count(labels.iter().count());
        labels.iter().flat_map(|(key, value)| [key, value]).for_each(|text| self.text(text));
    }

    fn kept(&mut self, kept: Option<&Kept>) {
        let nothing = Kept::default();
        let Kept { json, printed } = kept.unwrap_or(&nothing);
        self.text(json);
        self.count(printed.len());
        printed.iter().for_each(|text| self.text(text));
    }
}

struct Reader<'a>(&'a str);

impl Reader<'_> {
    fn count(&mut self) -> Option<usize> {
        let (count, rest) = self.0.split_once(':')?;
        self.0 = rest;
        count.parse().ok()
    }

    fn text(&mut self) -> Option<String> {
        let count = self.count()?;
        let (text, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(text.to_owned())
    }

    /// As many things as are counted. Each takes a character at least, so nothing is made room for.
    fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.count()?;
        let mut list = Vec::new();
        for _ in 0..count {
            list.push(one(self)?);
        }
        Some(list)
    }

    fn labels(&mut self) -> Option<Labels> {
        Some(self.list(|reader| Some((reader.text()?, reader.text()?)))?.into_iter().collect())
    }

    fn containers(&mut self) -> Option<Vec<Container>> {
        self.list(Self::container)
    }

    fn container(&mut self) -> Option<Container> {
        let (name, image, policy) = (self.text()?, self.text()?, self.text()?);
        let image_pull_policy = PULL_POLICIES.into_iter().find(|known| *known == policy)?;
        Some(Container { name, image, image_pull_policy, rest: self.kept()? })
    }

    fn kept(&mut self) -> Option<Option<Rc<Kept>>> {
        let json = self.text()?;
        let printed = self.list(Self::text)?;
        Some((!printed.is_empty()).then(|| Rc::new(Kept { json, printed })))
    }
}
