//! The pod that is looked at.

use super::icon;
use super::settings::{icon_button, with_command};
use super::{El, classed, el};
use crate::i18n::Lang;
use crate::i18n::around::Text;
use crate::session::msg::Msg;
use crate::view::inspector::{Inspector as Model, Turn};

/// The pod that is looked at: what it is, what it went through, and its turn to go.
pub fn inspector(model: &Model, lang: Lang) -> El {
    let button = |label: Text, path: &'static str, msg: Msg| icon_button(lang.say(label), path).on_click(msg);
    let name = el("code").attr("translate", "no").text(model.name.clone());
    let delete = model.delete.iter().flat_map(with_command);
    let message = classed("p", "message").attr("lang", "en").attr("translate", "no");
    let header = el("header")
        .child(button(Text::PreviousPod, icon::STEP_BACK, Msg::NextPod(-1)))
        .child(el("p").child(name).text(" ").child(el("span").text(model.facts.clone())))
        .child(button(Text::NextPod, icon::STEP_FORWARD, Msg::NextPod(1)))
        .child(button(Text::ClosePod, icon::CLOSE, Msg::SelectPod(None)));
    classed("div", format!("pod hue-{}", model.hue))
        .child(header)
        .child(message.text(model.message.clone().unwrap_or_default()))
        .child(life(model, lang))
        .children(model.turn.iter().map(|it| turn(it, lang)))
        .child(classed("div", "delete").children(delete))
}

fn heading(words: String) -> El {
    el("h3").text(words)
}

fn life(model: &Model, lang: Lang) -> El {
    let row = |(at, what, lasted): &(String, String, String)| {
        el("li")
            .child(el("time").text(at.clone()))
            .child(el("span").text(what.clone()))
            .child(el("b").text(lasted.clone()))
    };
    classed("div", "life")
        .child(heading(lang.say(Text::Life)))
        .child(el("ol").children(model.life.iter().map(row)))
}

/// Two pods side by side, criterion by criterion; the last decides.
fn turn(turn: &Turn, lang: Lang) -> El {
    let head = |words: String| el("th").attr("scope", "col").text(words);
    let row = |[name, this, other]: &[String; 3]| {
        let cell = |value: &String| el("td").attr("translate", "no").text(value.clone());
        let name = el("th").attr("scope", "row").text(name.clone());
        el("tr").child(name).children([this, other].map(cell))
    };
    let table = turn.other.iter().map(|other| {
        let other = head(short(other)).attr("translate", "no");
        let columns = [head(lang.say(Text::ThisPod)), other];
        el("table")
            .child(el("thead").child(el("tr").child(el("td")).children(columns)))
            .child(el("tbody").children(turn.rows.iter().map(row)))
    });
    classed("div", "turn")
        .child(heading(lang.say(Text::TurnToGo)))
        .child(el("p").text(turn.sentence.clone()))
        .children(table)
}

/// The part of a pod's name by which it is told from the others of its ReplicaSet.
fn short(name: &str) -> String {
    ["…", name.rsplit('-').next().unwrap_or(name)].concat()
}
