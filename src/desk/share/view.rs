//! What the part of the desk looks like from which pictures, data and snippets are taken.

use crate::desk::view::button;
use crate::desk::{Desk, Msg};
use crate::i18n::Lang;
use crate::i18n::desk::Text;
use crate::markup::{El, Hear, classed, el};
use crate::picture::{LOOKS, Look};

use super::forms::{FORMS, Form};
use super::recipes::{HOSTS, PANELS};
use super::{Act, HEIGHTS, embed, link, step_link};

/// All that leaves the desk.
pub fn share(desk: &Desk) -> El<Msg> {
    let say = |text| desk.lang.say(text);
    classed("section", "manifests share")
        .attr("aria-label", say(Text::TabShare))
        .child(el("h2").attr("tabindex", "-1").text(say(Text::TabShare)))
        .child(el("h3").text(say(Text::ShareLinks)))
        .child(links(desk))
        .child(el("h3").text(say(Text::ShareForms)))
        .child(classed("p", "hint").text(say(Text::ShareHint)))
        .child(looks(desk))
        .child(el("ul").children(FORMS.map(|form| self::form(desk, form))))
        .child(opening(desk))
        .child(el("h3").text(say(Text::Embed)))
        .child(hosts(desk))
        .children(choices(desk))
        .child(snippet(desk))
        .children(preview(desk))
}

fn code(words: &str) -> El<Msg> {
    el("code").attr("lang", "en").attr("translate", "no").text(words.to_owned())
}

/// A button that says what it is about to who does not see where it stands.
fn act(words: String, about: String, msg: Msg) -> El<Msg> {
    button(words, msg).attr("aria-label", about)
}

/// Copies a text that is seen; says so when it was copied.
fn copy(desk: &Desk, what: &str, text: String) -> El<Msg> {
    let copied = desk.copied.as_ref() == Some(&text);
    let words = desk.lang.say(if copied { Text::Copied } else { Text::CopyManifest });
    let about = if copied { words.clone() } else { desk.lang.say(Text::CopyIt { what }) };
    act(words, about, Msg::Copy(text))
}

/// The same moment as a page that can be changed, as a step, and as a picture with controls.
fn links(desk: &Desk) -> El<Msg> {
    let link = link(&desk.timeline);
    let all = [
        (Text::LinkEditor, format!("{}#{link}", desk.page)),
        (Text::LinkStep, format!("{}#{}", desk.page, step_link(&desk.timeline))),
        (Text::LinkViewer, format!("{}&view=pods,chart", embed(desk, &link).viewer())),
    ];
    el("ul").children(all.map(|(words, address)| {
        let words = desk.lang.say(words);
        let button = copy(desk, &words, address.clone());
        el("li").child(el("span").text(words)).child(button).child(code(&address))
    }))
}

/// One of several, of which one is chosen.
fn choice<T: PartialEq>(
    label: String,
    chosen: &T,
    all: impl IntoIterator<Item = (T, String, Msg)>,
) -> El<Msg> {
    let buttons = all
        .into_iter()
        .map(|(one, words, msg)| button(words, msg).attr("aria-pressed", (one == *chosen).to_string()));
    classed("div", "forms")
        .attr("role", "group")
        .attr("aria-label", label.clone())
        .child(el("span").text(label))
        .children(buttons)
}

fn look_name(lang: Lang, look: Look) -> String {
    lang.say(match look {
        Look::Auto => Text::LookAuto,
        Look::Light => Text::LookLight,
        Look::Dark => Text::LookDark,
    })
}

fn looks(desk: &Desk) -> El<Msg> {
    let all = LOOKS.map(|(_, look)| (look, look_name(desk.lang, look), Msg::Share(Act::Look(look))));
    choice(desk.lang.say(Text::PictureLook), &desk.share.look, all)
}

fn form(desk: &Desk, form: Form) -> El<Msg> {
    let say = |text| desk.lang.say(text);
    let name = say(form.name());
    let row = el("li").child(el("span").text(name.clone()));
    if form == Form::Transcript && desk.terminal.entries.is_empty() {
        // There is nothing to be had yet.
        return row.child(classed("span", "mute").text("–"));
    }
    let copied = desk.share.copied == Some(form) && desk.copied.is_some();
    let words = say(if copied { Text::Copied } else { Text::CopyManifest });
    let copy = act(words, say(Text::CopyIt { what: &name }), Msg::Share(Act::Copy(form)));
    let save =
        act(say(Text::DownloadManifest), say(Text::SaveIt { what: &name }), Msg::Share(Act::Save(form)));
    row.children(form.is_text().then_some(copy)).child(save)
}

/// A picture or a link leads back to its run. A file can be dropped on its field as well.
fn opening(desk: &Desk) -> El<Msg> {
    let say = |text| desk.lang.say(text);
    let open = |text| Msg::Share(Act::Open(text));
    let file = el("input")
        .attr("type", "file")
        .attr("accept", ".svg")
        .on(Hear::File(|_, text| Msg::Share(Act::Open(text))));
    let field = el("input")
        .attr("type", "url")
        .attr("placeholder", "https://…/#v=1&…")
        .attr("autocomplete", "off")
        .on_input(open);
    let unread = if desk.share.unread { say(Text::OpenNothing) } else { String::new() };
    el("div")
        .child(classed("label", "file").child(el("span").text(say(Text::OpenHere))).child(file))
        .child(classed("label", "file").child(el("span").text(say(Text::OpenLink))).child(field))
        .child(classed("p", "hint").attr("role", "status").text(unread))
}

fn hosts(desk: &Desk) -> El<Msg> {
    let all = HOSTS.iter().enumerate();
    let all = all.map(|(index, host)| (index, host.name.to_owned(), Msg::Share(Act::Host(index))));
    choice(desk.lang.say(Text::EmbedHost), &desk.share.host, all)
}

/// What there is to choose for the host.
fn choices(desk: &Desk) -> Vec<El<Msg>> {
    let (share, host) = (&desk.share, &HOSTS[desk.share.host]);
    if host.is_picture {
        return Vec::new();
    }
    let kinds = [(false, "iframe"), (true, "<rollscope-player>")];
    let kinds = kinds.map(|(element, name)| (element, name.to_owned(), Msg::Share(Act::Element(element))));
    let kinds = host.has_elements.then(|| choice(desk.lang.say(Text::EmbedAs), &share.element, kinds));
    kinds.into_iter().chain([fields(desk), panels(desk), checks(desk)]).collect()
}

/// Whether it is an element and not an iframe.
fn is_element(desk: &Desk) -> bool {
    desk.share.element && HOSTS[desk.share.host].has_elements
}

/// How high it is, and what it looks like.
fn fields(desk: &Desk) -> El<Msg> {
    let (share, say) = (&desk.share, |text| desk.lang.say(text));
    // Only the element knows what its site looks like.
    let by_itself = say(if is_element(desk) { Text::AsSite } else { Text::AsReader });
    let themes = LOOKS.map(|(name, look)| match look {
        Look::Auto => (name, by_itself.clone(), look == share.theme),
        _ => (name, look_name(desk.lang, look), look == share.theme),
    });
    let langs = [("", by_itself.clone()), ("en", "English".to_owned()), ("zh-Hans", "简体中文".to_owned())];
    let langs = langs.map(|(tag, words)| (tag, words, tag == share.lang));
    classed("div", "forms")
        .child(height(desk))
        .child(steps(desk))
        .child(select(say(Text::EmbedTheme), &themes, |name| Msg::Share(Act::Theme(name))))
        .child(select(say(Text::EmbedLang), &langs, |tag| Msg::Share(Act::Lang(tag))))
}

/// What is shown of the page. If nothing is chosen, it is what an embed shows by itself.
fn panels(desk: &Desk) -> El<Msg> {
    let say = |text| desk.lang.say(text);
    let label = say(Text::EmbedPanels);
    let all = PANELS.iter().zip(desk.share.panels).enumerate();
    let group = classed("div", "forms")
        .attr("role", "group")
        .attr("aria-label", label.clone())
        .child(el("span").text(label))
        .children(all.map(|(index, ((_, name), shown))| check(say(*name), shown, Act::Panel(index))));
    let none = desk.share.panels == [false; PANELS.len()];
    el("div")
        .child(group)
        .children(none.then(|| classed("p", "hint").attr("role", "alert").text(say(Text::EmbedNoPanels))))
}

/// How it plays, and when it is loaded: an iframe does not wait for a press.
fn checks(desk: &Desk) -> El<Msg> {
    let (share, say) = (&desk.share, |text| desk.lang.say(text));
    classed("div", "forms")
        .child(check(say(Text::EmbedControls), share.controls, Act::Controls))
        .child(check(say(Text::EmbedLoop), share.loops, Act::Loop))
        .child(check(say(Text::EmbedStops), share.stops, Act::Stops))
        .children(is_element(desk).then(|| check(say(Text::EmbedClick), share.click, Act::Click)))
}

fn height(desk: &Desk) -> El<Msg> {
    let (least, most) = HEIGHTS;
    let invalid = desk.share.height().is_none();
    let field = el("input")
        .attr("type", "number")
        .attr("min", least.to_string())
        .attr("max", most.to_string())
        .attr("step", "20")
        .attr("aria-invalid", invalid.to_string())
        .value(desk.share.height.clone())
        .on_input(|typed| Msg::Share(Act::Height(typed)));
    let words = desk.lang.say(Text::EmbedHeight);
    let label = classed("label", "file").child(el("span").text(words)).child(field);
    let problem = desk.lang.say(Text::EmbedNoHeight { least, most });
    el("div").child(label).children(invalid.then(|| classed("p", "hint").attr("role", "alert").text(problem)))
}

fn steps(desk: &Desk) -> El<Msg> {
    let invalid = desk.share.has_no_steps();
    let field = el("input")
        .attr("type", "text")
        .attr("placeholder", "1-40")
        .attr("aria-invalid", invalid.to_string())
        .value(desk.share.steps.clone())
        .on_input(|typed| Msg::Share(Act::Steps(typed)));
    let label = classed("label", "file").child(el("span").text(desk.lang.say(Text::EmbedSteps))).child(field);
    let problem = desk.lang.say(Text::EmbedNoSteps);
    el("div").child(label).children(invalid.then(|| classed("p", "hint").attr("role", "alert").text(problem)))
}

fn select(label: String, all: &[(&'static str, String, bool)], msg: fn(String) -> Msg) -> El<Msg> {
    let option = |(value, words, chosen): &(&'static str, String, bool)| {
        let option = el("option").attr("value", *value).text(words.clone());
        if *chosen { option.attr("selected", "") } else { option }
    };
    let field = el("select").children(all.iter().map(option)).on_input(msg);
    classed("label", "file").child(el("span").text(label)).child(field)
}

fn check(words: String, checked: bool, act: Act) -> El<Msg> {
    let field = el("input").attr("type", "checkbox").on(Hear::Click(Msg::Share(act)));
    let field = if checked { field.attr("checked", "") } else { field };
    classed("label", "check").child(field).child(el("span").text(words))
}

fn snippet(desk: &Desk) -> El<Msg> {
    let say = |text| desk.lang.say(text);
    let host = &HOSTS[desk.share.host];
    let text = (host.write)(&embed(desk, &link(&desk.timeline)));
    let name = format!("{} ({})", say(Text::Snippet), host.name);
    let shown = el("pre")
        .attr("lang", "en")
        .attr("translate", "no")
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr("aria-label", name.clone())
        .text(text.clone());
    let row = classed("div", "forms").child(el("span").text(say(host.note))).child(copy(desk, &name, text));
    el("div").child(row).child(shown)
}

/// What the snippet shows, once it is asked for: nothing is loaded before.
fn preview(desk: &Desk) -> Vec<El<Msg>> {
    let (share, say) = (&desk.share, |text| desk.lang.say(text));
    if HOSTS[share.host].is_picture {
        return Vec::new();
    }
    let words = if share.preview.is_some() { Text::PreviewAgain } else { Text::PreviewShow };
    let row = classed("div", "forms").child(button(say(words), Msg::Share(Act::Preview)));
    let Some(link) = &share.preview else { return vec![row] };
    let embed = embed(desk, link);
    let source = format!("embed.html#{}", embed.fragment());
    let frame = el("iframe")
        // Another address is another page: options that are taken away are gone.
        .key(source.bytes().fold(0, |sum: u32, byte| sum.wrapping_mul(31).wrapping_add(byte.into())))
        .attr("src", source)
        .attr("title", say(Text::Preview))
        .attr("width", "100%")
        .attr("height", embed.height.to_string());
    vec![row, classed("p", "hint").text(say(Text::PreviewHint)), frame]
}
