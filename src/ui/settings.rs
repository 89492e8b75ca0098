//! The settings, the budget they make, and the buttons that roll out and back.

use super::icon::{self, icon};
use super::rich;
use super::screen::Extent;
use super::{El, Node, classed, el};
use crate::session::Since;
use crate::session::msg::Msg;
use crate::view::settings::{Action, Input, NodeRow, Revision, Settings as Model};

/// Where the form beside the picture is: it is there before the form.
pub fn settings_place(title: &str) -> El {
    classed("section", "settings").key("settings").attr("aria-label", title.to_owned())
}

/// The form; what is folded away comes last.
pub fn settings(model: &Model, title: &str, extent: Extent) -> El {
    let history = |(possible, label): &(bool, String), path: &'static str, msg: Msg| {
        let button = icon_button(label.clone(), path).attr("aria-disabled", (!possible).to_string());
        button.on_click(msg)
    };
    let header = el("header")
        .child(el("h2").text(title.to_owned()))
        .child(history(&model.take_back, icon::TAKE_BACK, Msg::TakeBack))
        .child(history(&model.do_again, icon::DO_AGAIN, Msg::DoAgain));
    let budget = model.budget.iter().map(|line| el("p").children(rich(line)));
    let actions =
        classed("div", "actions").child(button(&model.roll_out, "go")).child(button(&model.undo, "undo"));
    let commands = classed("div", "commands").child(command(&model.roll_out)).child(command(&model.undo));
    let is_whole = extent == Extent::Whole;
    let fold = |class, label: &String, inside: Option<El>| {
        classed("details", class).child(el("summary").text(label.clone())).children(inside)
    };
    let more = (is_whole || model.more_is_open).then(|| fields(&model.more.inside));
    settings_place(title)
        .child(header)
        .child(since(&model.since))
        .child(fields(&model.deployment))
        .child(classed("div", "budget").attr("aria-live", "polite").children(budget))
        .child(fold("more-fold", &model.more.label, more).prop("open", model.more_is_open))
        .child(field(&model.next))
        .child(actions)
        .child(commands)
        .child(classed("div", "notice").attr("role", "status").children(model.notice.iter().flat_map(notice)))
        .child(fold("version-fold", &model.version.label, is_whole.then(|| fields(&model.version.inside))))
        .child(fold(
            "commands-fold",
            &model.commands.label,
            is_whole.then(|| self::commands(&model.commands.inside)),
        ))
        .child(fold("nodes-fold", &model.nodes.label, is_whole.then(|| nodes(&model.nodes.inside))))
        .child(fold(
            "revisions-fold",
            &model.revisions.label,
            is_whole.then(|| revisions(&model.revisions.inside)),
        ))
}

/// A button that is only an icon.
pub fn icon_button(label: String, path: &'static str) -> El {
    classed("button", "ghost")
        .attr("type", "button")
        .attr("title", label.clone())
        .attr("aria-label", label)
        .child(icon(path))
}

/// From when on settings hold: two radio buttons that look like a switch.
fn since((label, choices): &(String, [(Since, String, bool); 2])) -> El {
    let choice = |(since, words, checked): &(Since, String, bool)| {
        let since = *since;
        let radio = el("input").attr("type", "radio").attr("name", "since").checked(*checked);
        let radio = radio.on_choice(move |_| Msg::Apply(since));
        el("label").child(radio).child(el("span").text(words.clone()))
    };
    classed("fieldset", "since").child(el("legend").text(label.clone())).children(choices.iter().map(choice))
}

fn fields(inputs: &[Input]) -> El {
    el("div").children(inputs.iter().map(field))
}

fn commands(actions: &[Action]) -> El {
    let row = |action| el("li").children(with_command(action));
    classed("ul", "rows").children(actions.iter().map(row))
}

fn nodes((limits, rows): &(Vec<Input>, Vec<NodeRow>)) -> El {
    let row = |row: &NodeRow| {
        classed("li", if row.cordoned { "node cordoned" } else { "node" })
            .child(el("span").children(rich(&row.text)))
            .children(with_command(&row.action))
    };
    fields(limits).child(classed("ul", "rows").children(rows.iter().map(row)))
}

fn revisions(revisions: &[Revision]) -> El {
    classed("ul", "revisions").children(revisions.iter().map(self::revision))
}

/// A button that does it.
pub fn button(action: &Action, class: &'static str) -> El {
    let button = classed("button", class).attr("type", "button");
    button.on_click(action.msg.clone()).text(action.label.clone())
}

/// A button, and below it the command line that does the same.
pub fn with_command(action: &Action) -> [El; 2] {
    [button(action, ""), command(action)]
}

fn field(input: &Input) -> El {
    let id = format!("field-{}", input.field.name());
    let error_id = format!("{id}-error");
    let control = match input.choices.is_empty() {
        true => typed(input),
        false => chosen(input),
    };
    let control = control.attr("id", id.clone()).attr("aria-describedby", error_id.clone());
    let problem = classed("div", "problem").attr("id", error_id).attr("role", "alert");
    let label = match input.is_api_field {
        true => api("label"),
        false => el("label"),
    };
    let label = label.attr("for", id.clone());
    classed("div", "field")
        .key(id)
        .child(label.children(breakable(&input.label, |c| c.is_ascii_uppercase())))
        .child(nudged(input, control))
        .child(problem.children(input.problems.iter().map(self::problem)))
}

fn typed(input: &Input) -> El {
    let field = input.field;
    el("input")
        .attr("type", "text")
        .attr("inputmode", if input.nudges.is_some() { "numeric" } else { "text" })
        .attr("placeholder", input.placeholder.clone())
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("aria-invalid", (!input.problems.is_empty()).to_string())
        .value(input.text.clone())
        .on_input(move |text| Msg::Edit(field, text))
}

fn chosen(input: &Input) -> El {
    let field = input.field;
    let choice = |(value, words): &(String, String)| {
        let option = el("option").key(value.clone()).attr("value", value.clone());
        option.prop("selected", *value == input.text).text(words.clone())
    };
    el("select").children(input.choices.iter().map(choice)).on_choice(move |text| Msg::Edit(field, text))
}

/// A control between its − and +, where it has them, and with its unit.
fn nudged(input: &Input, control: El) -> El {
    let nudge = |sign: &'static str, by: i32, label: &String| {
        let button = el("button").attr("type", "button").attr("aria-label", label.clone());
        button.on_click(Msg::Nudge(input.field, by)).text(sign)
    };
    let nudges = input.nudges.as_ref();
    let (less, more) =
        (nudges.map(|(less, _)| nudge("−", -1, less)), nudges.map(|(_, more)| nudge("+", 1, more)));
    classed("div", if nudges.is_some() { "number" } else { "number wide" })
        .child(classed("span", "nudge").children(less))
        .child(control)
        .child(classed("span", "nudge").children(more))
        .child(classed("span", "unit").text(input.unit.clone().unwrap_or_default()))
}

/// Words that may break before some letters, such as long names of fields.
fn breakable(words: &str, before: fn(char) -> bool) -> Vec<Node> {
    let mut pieces = Vec::new();
    let mut rest = words;
    while let Some(at) = rest.char_indices().skip(1).find(|(_, c)| before(*c)).map(|(at, _)| at) {
        let Some((piece, after)) = rest.split_at_checked(at) else { break };
        pieces.extend([Node::Text(piece.to_owned().into()), el("wbr").into()]);
        rest = after;
    }
    pieces.push(Node::Text(rest.to_owned().into()));
    pieces
}

/// The API server speaks English, whatever the page speaks. A path of fields may break at each dot.
fn problem((words, is_api): &(String, bool)) -> El {
    if !is_api {
        return el("p").text(words.clone());
    }
    api("p").children(breakable(words, |c| c == '.'))
}

fn api(tag: &'static str) -> El {
    classed(tag, "api").attr("lang", "en").attr("translate", "no")
}

/// The command line, to be copied.
pub fn command(action: &Action) -> El {
    let path = if action.copied { icon::DONE } else { icon::COPY };
    classed("button", "command")
        .attr("type", "button")
        .attr("title", action.copy.clone())
        .attr("aria-label", action.copy.clone())
        .on_click(Msg::Copy(action.command.clone()))
        .child(el("code").attr("translate", "no").text(action.command.clone()))
        .child(icon(path))
}

fn notice((said, ours): &(Option<String>, Option<String>)) -> [El; 2] {
    [api("p").text(said.clone().unwrap_or_default()), el("p").text(ours.clone().unwrap_or_default())]
}

fn revision(revision: &Revision) -> El {
    let current = || classed("span", "current").text(revision.current.clone());
    let state = revision.undo.as_ref().map_or_else(|| vec![current()], |action| with_command(action).into());
    let name = classed("span", "revision")
        .child(el("b").text(revision.number.to_string()))
        .text(format!(" {}", revision.image));
    let row = classed("li", format!("hue-{}", revision.hue)).key(revision.number.to_string());
    row.child(name).children(state)
}
