//! Snippets that put a run into other people's pages: one table, from hosts to what is written for them.

use crate::desk::share::forms::look_name;
use crate::i18n::desk::Text;
use crate::picture::{LOOKS, Look};

/// How a run is embedded.
#[derive(Clone, Debug, Default)]
pub struct Embed {
    /// The address of the folder with `embed.html` and `embed.js`, with its slash.
    pub folder: String,
    /// The address of the whole page.
    pub page: String,
    /// The run and the moment, without `#`.
    pub link: String,
    /// What a screen reader calls it.
    pub title: String,
    /// In pixels.
    pub height: u32,
    /// Light or dark.
    pub theme: Look,
    /// The tag of its language; empty: not said.
    pub lang: String,
    /// Whether there are buttons to play and step with.
    pub controls: bool,
    /// Whether it plays again and again.
    pub loops: bool,
    /// Whether it stops at every command and decision.
    pub stops: bool,
    /// The steps that are shown; absent: all.
    pub steps: Option<String>,
    /// What is shown, by the names that links have for it.
    pub panels: Vec<&'static str>,
    /// As `<rollscope-player>`, and not as an iframe.
    pub element: bool,
    /// Whether the element waits for a press.
    pub click: bool,
}

/// The panels of an embedded page, as links name them (`crate::session::embed`), and what they are called.
pub const PANELS: [(&str, Text); 6] = [
    ("pods", Text::PanelPods),
    ("chart", Text::PanelChart),
    ("why", Text::PanelWhy),
    ("events", Text::PanelEvents),
    ("settings", Text::PanelSettings),
    ("numbers", Text::PanelNumbers),
];

/// What an embedded page shows if nothing is said.
const SHOWN: [&str; 3] = ["pods", "chart", "why"];

/// Somebody's page.
pub struct Host {
    /// What it is made with.
    pub name: &'static str,
    /// What is to be done with the snippet.
    pub note: Text<'static>,
    /// Whether it is a picture, for which nothing else is chosen.
    pub is_picture: bool,
    /// Whether it can be an element as well as an iframe.
    pub has_elements: bool,
    /// The snippet.
    pub write: fn(&Embed) -> String,
}

/// All hosts.
pub const HOSTS: [Host; 7] = [
    Host { name: "HTML", note: Text::NoteHtml, is_picture: false, has_elements: true, write: html },
    Host {
        name: "Docusaurus",
        note: Text::NoteDocusaurus,
        is_picture: false,
        has_elements: true,
        write: docusaurus,
    },
    Host { name: "Hugo, Docsy", note: Text::NoteHugo, is_picture: false, has_elements: false, write: hugo },
    Host { name: "mdBook", note: Text::NoteMarkdown, is_picture: false, has_elements: true, write: html },
    Host {
        name: "MkDocs Material",
        note: Text::NoteMkdocs,
        is_picture: false,
        has_elements: true,
        write: mkdocs,
    },
    Host { name: "Sphinx", note: Text::NoteSphinx, is_picture: false, has_elements: true, write: sphinx },
    Host {
        name: "GitHub README",
        note: Text::NoteReadme,
        is_picture: true,
        has_elements: false,
        write: readme,
    },
];

impl Embed {
    /// What differs from what an embedded page is by itself.
    fn options(&self) -> Vec<(&'static str, String)> {
        let view = (self.panels != SHOWN && !self.panels.is_empty()).then(|| self.panels.join(","));
        let controls = (!self.controls).then(|| "none".to_owned());
        let theme = LOOKS.into_iter().find(|(_, look)| *look == self.theme && *look != Look::Auto);
        let theme = theme.map(|(name, _)| name.to_owned());
        let lang = (!self.lang.is_empty()).then(|| self.lang.clone());
        let switch = |on: bool| on.then(|| "1".to_owned());
        let options = [
            ("steps", self.steps.clone()),
            ("view", view),
            ("controls", controls),
            ("loop", switch(self.loops)),
            ("pauseonmarkers", switch(self.stops)),
            ("theme", theme),
            ("lang", lang),
        ];
        options.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// The part of its address behind `#`.
    pub fn fragment(&self) -> String {
        let options = self.options().into_iter().map(|(name, value)| format!("&{name}={value}"));
        std::iter::once(self.link.clone()).chain(options).collect()
    }

    /// Its address.
    pub fn source(&self) -> String {
        format!("{}embed.html#{}", self.folder, self.fragment())
    }

    /// Its address with nothing but the moment said.
    pub fn viewer(&self) -> String {
        format!("{}embed.html#{}", self.folder, self.link)
    }

    /// The page with the same on screen.
    fn whole(&self) -> String {
        format!("{}#{}", self.page, self.link)
    }

    fn script(&self) -> String {
        format!("{}embed.js", self.folder)
    }
}

/// In an attribute.
fn quoted(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

fn iframe(embed: &Embed) -> String {
    let (source, title, height) = (quoted(&embed.source()), quoted(&embed.title), embed.height);
    format!(
        "<iframe src=\"{source}\" width=\"100%\" height=\"{height}\" loading=\"lazy\" \
         allow=\"fullscreen; clipboard-write\" title=\"{title}\"></iframe>"
    )
}

/// The element, with what is shown without its script.
fn element(embed: &Embed) -> String {
    let mut attributes = format!("link=\"{}\"", quoted(&embed.link));
    for (name, value) in embed.options() {
        attributes += &format!(" {name}=\"{value}\"");
    }
    if embed.click {
        attributes += " load=\"click\"";
    }
    let (title, whole, height) = (quoted(&embed.title), quoted(&embed.whole()), embed.height);
    format!(
        "<rollscope-player {attributes} height=\"{height}\" title=\"{title}\"><a href=\"{whole}\">{title}</a></rollscope-player>"
    )
}

fn one(embed: &Embed) -> String {
    if embed.element { element(embed) } else { iframe(embed) }
}

fn html(embed: &Embed) -> String {
    match embed.element {
        true => format!("<script src=\"{}\" async></script>\n{}\n", embed.script(), element(embed)),
        false => iframe(embed) + "\n",
    }
}

/// MDX is JSX: what closes itself says so, and numbers are numbers.
fn docusaurus(embed: &Embed) -> String {
    if embed.element {
        let config =
            format!("{{/* docusaurus.config.js: scripts: [{{src: '{}', async: true}}] */}}", embed.script());
        return format!("{config}\n\n{}\n", element(embed));
    }
    let (source, title, height) = (quoted(&embed.source()), quoted(&embed.title), embed.height);
    format!(
        "<iframe\n  src=\"{source}\"\n  title=\"{title}\"\n  width=\"100%\"\n  height={{{height}}}\n  loading=\"lazy\"\n  \
         allow=\"fullscreen; clipboard-write\"\n  style={{{{border: 0}}}}\n/>\n"
    )
}

/// A shortcode of our own: Docsy's `iframe` has no title, and ids that repeat themselves. The folder is no part of the
/// format, since it may have a `%` in it.
fn hugo(embed: &Embed) -> String {
    let source = "{{ printf \"%s%s\" \"FOLDERembed.html#\" (.Get \"link\") | safeURL }}"
        .replace("FOLDER", &embed.folder);
    let title = embed.title.replace('"', "'");
    format!(
        "<!-- layouts/shortcodes/rollscope.html -->\n\
         <iframe src=\"{source}\" width=\"100%\" height=\"{{{{ .Get \"height\" }}}}\" loading=\"lazy\" \
         allow=\"fullscreen; clipboard-write\" title=\"{{{{ .Get \"title\" }}}}\"></iframe>\n\n\
         {{{{< rollscope link=\"{}\" height=\"{}\" title=\"{title}\" >}}}}\n",
        embed.fragment(),
        embed.height
    )
}

fn mkdocs(embed: &Embed) -> String {
    match embed.element {
        true => format!(
            "# mkdocs.yml\nextra_javascript:\n  - {}\n\n<!-- in a page -->\n{}\n",
            embed.script(),
            element(embed)
        ),
        false => iframe(embed) + "\n",
    }
}

fn sphinx(embed: &Embed) -> String {
    let script = if embed.element {
        format!("      <script src=\"{}\" async></script>\n", embed.script())
    } else {
        String::new()
    };
    format!(
        ".. only:: html\n\n   .. raw:: html\n\n{script}      {}\n\n.. only:: not html\n\n   `{} <{}>`__\n",
        one(embed),
        embed.title.replace('`', "'"),
        embed.whole()
    )
}

/// Pictures, since nothing runs there: the files that are saved when light and dark are chosen.
fn readme(embed: &Embed) -> String {
    let file = |look| format!("rollout{}.svg", look_name(look));
    format!(
        "<a href=\"{}\"><picture>\n  <source media=\"(prefers-color-scheme: dark)\" srcset=\"{}\">\n  \
         <img src=\"{}\" alt=\"{}\">\n</picture></a>\n",
        quoted(&embed.whole()),
        file(Look::Dark),
        file(Look::Light),
        quoted(&embed.title)
    )
}
