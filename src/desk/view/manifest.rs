//! The manifests: a field to paste one into with what there is to know of it, and the Deployment on screen as
//! one.

use crate::desk::manifest::{FORMS, Form, creation};
use crate::desk::{Desk, Msg, too_large};
use crate::i18n::desk::Text;
use crate::kubectl::output::Missing;
use crate::manifest::Reading;
use crate::manifest::node::Position;
use crate::markup::{El, Hear, classed, el};
use crate::shell::says;

use super::{button, code_in};

/// All about manifests.
pub fn manifests(desk: &Desk) -> El<Msg> {
    let say = |text| desk.lang.say(text);
    classed("section", "manifests")
        .attr("aria-label", say(Text::Manifest))
        .child(el("h2").text(say(Text::Manifest)))
        .child(classed("p", "hint").attr("id", "manifest-hint").text(say(Text::ManifestHint)))
        .children(editor(desk))
        .child(field(desk))
        .child(said(desk))
        .child(on_screen(desk))
}

/// What `kubectl edit` has opened.
fn editor(desk: &Desk) -> Option<El<Msg>> {
    let (name, _) = desk.terminal.editing()?;
    let title = desk.lang.say(Text::EditorTitle { name });
    let text = desk.manifests.edited.clone().unwrap_or_default();
    let field = el("textarea")
        .attr("rows", "16")
        .attr("lang", "en")
        .attr("translate", "no")
        .attr("spellcheck", "false")
        .attr("autocapitalize", "off")
        .attr("aria-label", title.clone())
        .value(text)
        .on_input(Msg::Edit);
    let save = classed("button", "show").attr("type", "button").on(Hear::Click(Msg::Save(true)));
    let save = save.text(desk.lang.say(Text::EditorSave));
    let leave = button(desk.lang.say(Text::EditorLeave), Msg::Save(false));
    let row = classed("div", "forms").child(save).child(leave);
    Some(classed("div", "editor").child(el("h3").text(title)).child(field).child(row))
}

fn field(desk: &Desk) -> El<Msg> {
    let say = |text| desk.lang.say(text);
    let text = el("textarea")
        .attr("rows", "8")
        .attr("lang", "en")
        .attr("translate", "no")
        .attr("spellcheck", "false")
        .attr("autocapitalize", "off")
        .attr("aria-label", say(Text::ManifestField))
        .attr("aria-describedby", "manifest-hint")
        .attr("placeholder", "apiVersion: apps/v1\nkind: Deployment\n…")
        .value(desk.manifests.text.clone())
        .on_input(Msg::Paste)
        .on(Hear::Over)
        .on(Hear::Drop(Msg::Open));
    let file = el("input").attr("type", "file").attr("accept", ".yaml,.yml,.json").on(Hear::File(Msg::Open));
    let label = classed("label", "file").child(el("span").text(say(Text::ManifestFile))).child(file);
    el("div").child(text).child(label)
}

/// What a text says, as far as it is none, or there is more to know.
fn said(desk: &Desk) -> El<Msg> {
    let place = classed("div", "said").attr("role", "status");
    let Some(Reading { deployments, problems, notes, .. }) = &desk.manifests.reading else { return place };
    let lang = desk.lang;
    let item = |at: Option<Position>, class: &'static str, words: String| {
        let at = at.map(|Position { line, column }| lang.say(Text::ManifestAt { line, column }));
        let at = el("span").text(at.unwrap_or_default());
        classed("li", class).child(at).child(code_in(&words))
    };
    let problems = problems.iter().map(|problem| item(problem.at, "bad", says::problem(problem, lang)));
    let notes = notes.iter().map(|note| item(note.at, "note", says::note(note, lang)));
    let show = deployments.iter().enumerate().map(|(index, manifest)| match too_large(&creation(manifest)) {
        Some(most) => classed("p", "bad").text(says::missing(&Missing::Room(most), lang)),
        None => {
            let words = lang.say(Text::ManifestShow { name: &manifest.name });
            let show = Hear::Click(Msg::ShowManifest(index));
            classed("button", "show").attr("type", "button").on(show).text(words)
        }
    });
    place.children(show).child(el("ul").children(problems).children(notes))
}

/// The Deployment at the moment on screen.
fn on_screen(desk: &Desk) -> El<Msg> {
    let say = |text| desk.lang.say(text);
    let forms = FORMS.map(|(form, name)| {
        let pressed = (form == desk.manifests.form).to_string();
        button(name.to_owned(), Msg::WriteAs(form)).attr("aria-pressed", pressed).attr("lang", "en")
    });
    let written = desk.written();
    let mut row = classed("div", "forms").children(forms);
    let shown = match written.as_deref() {
        None => el("p").text(say(Text::ManifestNoPatch)),
        Some("") => el("p").text(say(Text::ManifestSame)),
        Some(text) => {
            let copied = desk.copied.as_deref() == Some(text);
            let words = say(if copied { Text::Copied } else { Text::CopyManifest });
            row = row.child(button(words, Msg::Copy(text.to_owned())));
            if desk.manifests.form != Form::Patch {
                row = row.child(download(desk, text));
            }
            el("pre")
                .attr("lang", "en")
                .attr("translate", "no")
                .attr("tabindex", "0")
                .attr("role", "group")
                .attr("aria-label", say(Text::ManifestNow))
                .text(text.to_owned())
        }
    };
    el("div").child(el("h3").text(say(Text::ManifestNow))).child(row).child(shown)
}

fn download(desk: &Desk, text: &str) -> El<Msg> {
    let encoded: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
    el("a")
        .attr("href", format!("data:application/yaml;charset=utf-8,{encoded}"))
        .attr("download", format!("{}.yaml", desk.name()))
        .text(desk.lang.say(Text::DownloadManifest))
}
