//! The desk: where kubectl is typed, and from where pictures and snippets are taken. It is a program of its own, which is loaded when it is first opened.
//!
//! Page and desk share nothing but lines of text: a run is a pure function of its inputs, so the desk makes
//! the page's run again from the line that the page writes ([`crate::line`]), and what a command has made of
//! it goes back as such a line.

pub mod manifest;
pub mod share;
pub mod terminal;
pub mod view;

use crate::i18n::Lang;
use crate::line;
use crate::session::room;
use crate::session::settings::Problem;
use crate::sim::time::SimTime;
use crate::timeline::{Inputs, Timeline};

use manifest::{Form, Manifests};
use share::Share;
use share::forms::File;
use terminal::{Act, Terminal};

/// All that the desk remembers.
#[derive(Debug)]
pub struct Desk {
    /// The language.
    pub lang: Lang,
    /// What is typed and printed.
    pub terminal: Terminal,
    /// What is pasted and written.
    pub manifests: Manifests,
    /// What is open.
    pub tab: Tab,
    /// What leaves the desk.
    pub share: Share,
    /// The address of the page, without the link behind it.
    pub page: String,
    /// What is asked for besides, in order.
    pub besides: Vec<Ask>,
    /// Whether the last word that is typed can be completed.
    pub completes: bool,
    /// The text that was copied last.
    pub copied: Option<String>,
    timeline: Timeline,
    /// What the run was made from.
    line: String,
}

/// A part of the desk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The terminal, and manifests.
    #[default]
    Terminal,
    /// What leaves the desk.
    Share,
}

/// What is done at the desk.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// Something in the terminal.
    Terminal(Act),
    /// Another part of the desk is to be seen.
    ShowTab(Tab),
    /// Something is to leave the desk, or is chosen for it.
    Share(share::Act),
    /// Another text is pasted as a manifest.
    Paste(String),
    /// A file is opened as one: its name and its text.
    Open(String, String),
    /// What is being edited is another text.
    Edit(String),
    /// What is being edited is saved, or given up.
    Save(bool),
    /// A Deployment that was pasted is to be shown, by its place.
    ShowManifest(usize),
    /// The Deployment on screen is to be written in another form.
    WriteAs(Form),
    /// A text is to be copied.
    Copy(String),
    /// A text was copied.
    Copied(String),
}

/// What the desk asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// That the page shows this run, at this moment, and lets time pass.
    Run(String, SimTime),
    /// That the page lets time pass.
    Play,
    /// That a text is put on the clipboard.
    Copy(String),
    /// That a file is saved.
    Save(File),
    /// That the page opens a link.
    Open(String),
    /// That the reader goes on there: a selector.
    Focus(&'static str),
}

/// A moment of a run on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The step.
    pub step: usize,
    /// The time, at or after it.
    pub time: SimTime,
}

impl Desk {
    /// The desk beside a run, of which `line` is the inputs.
    pub fn new(lang: Lang, line: &str, moment: Moment) -> Self {
        let mut desk = Self {
            lang,
            terminal: Terminal::default(),
            manifests: Manifests::default(),
            tab: Tab::default(),
            share: Share::default(),
            page: String::new(),
            besides: Vec::new(),
            completes: false,
            copied: None,
            timeline: run_of(line),
            line: line.to_owned(),
        };
        desk.seek(moment);
        desk
    }

    /// The page shows another moment, or another run. What goes on printing prints what happened since.
    pub fn show(&mut self, lang: Lang, line: &str, moment: Moment) -> Option<Ask> {
        self.lang = lang;
        if line != self.line {
            self.timeline = run_of(line);
            line.clone_into(&mut self.line);
        }
        self.seek(moment);
        // Lines that were pasted may have waited for the one that went on.
        let carried_out = self.terminal.follow(&mut self.timeline, &self.manifests.files(), too_large);
        if carried_out { self.asked() } else { None }
    }

    /// Takes up a message.
    pub fn update(&mut self, msg: Msg) -> Option<Ask> {
        match msg {
            Msg::Terminal(act) => {
                let was_editing = self.terminal.editing().is_some();
                self.terminal.act(act, &mut self.timeline, &self.manifests.files(), too_large);
                self.completes = self.terminal.completion(&mut self.timeline).is_some();
                self.manifests.edited = self.terminal.editing().map(|(_, text)| text.to_owned());
                if self.manifests.edited.is_some() && !was_editing {
                    self.besides.push(Ask::Focus(view::EDITOR));
                }
                self.asked()
            }
            Msg::ShowTab(tab) => {
                self.tab = tab;
                None
            }
            Msg::Share(act) => share::update(self, act),
            Msg::Paste(text) => {
                self.manifests.paste(text);
                None
            }
            Msg::Open(name, text) => {
                self.manifests.paste(text);
                self.manifests.file = Some(name);
                None
            }
            Msg::Edit(text) => {
                self.manifests.edited = Some(text);
                None
            }
            Msg::Save(is_wanted) => {
                let shown = self.terminal.editing()?.1.to_owned();
                let text = self.manifests.edited.take().filter(|_| is_wanted).unwrap_or(shown);
                self.terminal.save(&text, &mut self.timeline, &self.manifests.files(), too_large);
                self.manifests.edited = self.terminal.editing().map(|(_, text)| text.to_owned());
                let goes_on = if self.manifests.edited.is_some() { view::EDITOR } else { view::FIELD };
                self.besides.push(Ask::Focus(goes_on));
                self.asked()
            }
            Msg::ShowManifest(index) => {
                let inputs = self.manifests.run(index)?;
                Some(Ask::Run(line::write_with(&inputs, line::template::write), SimTime::ZERO))
            }
            Msg::WriteAs(form) => {
                self.manifests.form = form;
                None
            }
            Msg::Copy(text) => Some(Ask::Copy(text)),
            Msg::Copied(text) => {
                self.copied = Some(text);
                None
            }
        }
    }

    /// What follows for the page from a command line that was carried out.
    fn asked(&mut self) -> Option<Ask> {
        let line = line::write_with(self.timeline.inputs(), line::template::write);
        if line != self.line {
            self.line.clone_from(&line);
            if self.timeline.inputs().script.is_empty() {
                // What was just created is to come to be.
                self.besides.push(Ask::Play);
            }
            return Some(Ask::Run(line, self.timeline.time()));
        }
        let waits = self.terminal.is_following()
            && self.terminal.editing().is_none()
            && self.timeline.time() < self.timeline.end();
        waits.then_some(Ask::Play)
    }

    /// The Deployment on screen as a text, in the form that is chosen.
    pub fn written(&self) -> Option<String> {
        self.manifests.written(&self.timeline)
    }

    /// The name of the Deployment on screen.
    pub fn name(&self) -> &str {
        &self.timeline.inputs().scenario.deployments[0].0
    }

    fn seek(&mut self, Moment { step, time }: Moment) {
        match self.timeline.last_at(time) == step {
            true => self.timeline.seek_time(time),
            // Of several steps of one moment another one is on screen.
            false => self.timeline.seek(step),
        }
    }
}

fn run_of(line: &str) -> Timeline {
    let Ok(timeline) = Timeline::new(line::read_with(line.split(' '), line::template::read)) else {
        panic!("the page shows this run")
    };
    timeline
}

/// The most pods that the page draws, if a run would have more.
fn too_large(inputs: &Inputs) -> Option<i32> {
    match room::problem(inputs)? {
        (_, Problem::TooMany { most }) => Some(most),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
