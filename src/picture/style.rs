//! The style sheet of a picture: colours are those of `static/style.css`.
//!
//! Colours are written out, since many who read an SVG know no variables of CSS; a revision's colour is
//! `color`, and what has it says `currentColor`.

use super::Look;

/// A colour's name, and what it is in the light and in the dark.
const COLOURS: [(&str, &str, &str); 12] = [
    ("card", "#fffefb", "#1a1f29"),
    ("ink", "#1d2330", "#e8eaf0"),
    ("mute", "#5c6575", "#a3acbb"),
    ("line", "#e3e0d8", "#2b3240"),
    ("edge", "#8b8f99", "#6d7788"),
    ("slot", "#efece4", "#232a36"),
    ("hue-1", "#2f6fb3", "#6aa8ec"),
    ("hue-2", "#c2570a", "#ff9d4d"),
    ("hue-3", "#7a4fb5", "#b796f0"),
    ("hue-4", "#17806d", "#4fc4ab"),
    ("floor", "#a8201a", "#ff8a80"),
    ("note", "#fff3d6", "#33301f"),
];

/// What is the same in every light: a rule a line.
const SHAPES: &str = "\
text{font:13px system-ui,-apple-system,'Segoe UI','Noto Sans','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif;font-variant-numeric:tabular-nums}
.mono{font-family:ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace}
.s11{font-size:11px}
.s12{font-size:12px}
.s14{font-size:14px}
.s17{font-size:17px}
.s20{font-size:20px}
.b{font-weight:600}
.end{text-anchor:end}
.mid{text-anchor:middle}
.full{fill:currentColor}
.rim,.line,.plain,.mark{fill:none}
.rim{stroke:currentColor;stroke-width:2.5}
.pending .rim{stroke-dasharray:5 4}
.running .fill{opacity:.38}
.ready .fill{opacity:.5}
.ready .rim{stroke-width:4}
.terminating .rim{stroke-width:2}
.terminating .name,.level{paint-order:stroke;stroke-width:4px}
.cross{fill:none;stroke-width:3;stroke-linecap:round}
.bar.running .full{fill-opacity:.35}
.post path{stroke-width:2}
.area.starting{opacity:.32}
.area.leaving{opacity:.45}
.line{stroke-width:1.5;stroke-linejoin:round}
.line.total,.line.wanted{stroke-width:1}
.line.available{stroke-width:2.5}
.line.updated{stroke-width:2.5;stroke-dasharray:0 5;stroke-linecap:round}
.line.wanted{stroke-dasharray:3 3}
.gap{opacity:.9}
.veil{opacity:.52}
.mark{stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
.mark.command,.mark.deadline,.mark.decision{stroke:none}
.thread.pending{opacity:.24}
.thread.running,.thread.failing{opacity:.5}
.thread.ready{opacity:.72}
.swatch .rim{stroke-width:4}
";

/// What is not.
const TINTS: &str = "\
.card{fill:$card;stroke:$line}
text,.knob,.mark.command{fill:$ink}
.mute,.mark.decision{fill:$mute}
.floor,.mark.deadline,.thread.failing{fill:$floor}
.h0{color:$mute}
.h1{color:$hue-1}
.h2{color:$hue-2}
.h3{color:$hue-3}
.h4{color:$hue-4}
text.hue{fill:currentColor}
.slot{fill:$slot}
.note{fill:$note}
.body,.gap,.veil,.available .name,.bar.available .name{fill:$card}
.terminating .name,.level{stroke:$card}
.failing .rim,.cross,.floor path,.line.floor,.mark.failure,.mark.broken{stroke:$floor}
.ceiling path,.line,.mark,.playhead{stroke:$ink}
.line.wanted{stroke:$mute}
.axis,.rule{stroke:$line}
.tear{stroke:$edge}
";

/// The rules of a look.
pub fn sheet(look: Look) -> String {
    let dark = rules(&tinted(|(_, _, dark)| dark));
    match look {
        Look::Light => rules(SHAPES) + &rules(&tinted(|(_, light, _)| light)),
        Look::Dark => rules(SHAPES) + &dark,
        Look::Auto => sheet(Look::Light) + "@media(prefers-color-scheme:dark){" + &dark + "}",
    }
}

fn tinted(colour: fn((&'static str, &'static str, &'static str)) -> &'static str) -> String {
    let named = |rules: String, row: (&'static str, _, _)| rules.replace(&format!("${}", row.0), colour(row));
    COLOURS.into_iter().fold(TINTS.to_owned(), named)
}

/// Rules that hold in the picture alone, wherever in a page it stands.
fn rules(lines: &str) -> String {
    let rule = |line: &str| {
        let (selectors, declarations) = line.split_once('{').expect("a rule a line");
        let selectors: Vec<_> = selectors.split(',').map(|selector| format!(".rs {selector}")).collect();
        format!("{}{{{declarations}", selectors.join(","))
    };
    lines.lines().map(rule).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_the_colours_of_the_page() {
        let css = include_str!("../../static/style.css");
        let (light, dark) = css.split_once("[data-theme=\"dark\"] {").expect("there is a dark theme");
        for (name, in_light, in_dark) in COLOURS {
            for (block, colour) in [(light, in_light), (dark, in_dark)] {
                assert!(block.contains(&format!("--{name}: {colour};")), "{name} is not {colour}");
            }
        }
    }

    #[test]
    fn every_colour_is_one() {
        for (_, look) in super::super::LOOKS {
            assert!(!sheet(look).contains('$'), "{}", sheet(look));
        }
    }
}
