//! A run as an SVG that stands for itself: without a script, and without anything from elsewhere.
//!
//! It shows what the page shows, in the same places ([`crate::view`]): the sentence, the budget line, the chart
//! with the weave, and why the step was taken. [`still`] is a moment of a run, [`moving`] all of it, as a loop
//! that needs nothing but CSS. The link that leads back to it stands in its `<metadata>`, where [`link_in`]
//! finds it, and as text.

mod budget;
mod motion;
mod style;
mod svg;
mod through_time;
mod words;

use crate::i18n::Text;
use crate::session::Session;
use crate::view::chart::chart;
use crate::view::px::Px;
use crate::view::rich::plain;
use crate::view::{stage, why};

use motion::Motion;
use svg::{Shape, at, child_text, classed, el, rect};
use words::Block;

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// As the reader's system is.
    #[default]
    Auto,
    /// Dark ink on light paper.
    Light,
    /// The other way round.
    Dark,
}

/// All looks, as they are named.
pub const LOOKS: [(&str, Look); 3] = [("auto", Look::Auto), ("light", Look::Light), ("dark", Look::Dark)];

/// How a picture is made. The language is that of the page, [`Session::lang`].
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Light or dark.
    pub look: Look,
    /// The address of a page that opens the link of the picture; without one the link stands alone.
    pub page: String,
}

/// How wide pictures are drawn, without their margins: [`Session::width`] is set to it.
pub const WIDTH: u32 = 640;
/// Long numbers beside the chart reach into it.
const MARGIN: Px = Px::whole(28);
const GAP: Px = Px::whole(14);

/// A moment of a run.
pub fn still(session: &Session, options: &Options) -> String {
    picture(session, options, Motion::none())
}

/// A whole run, again and again; where the reader wants less motion, the moment on screen.
///
/// Pods move one by one as long as they have tiles and are at most `motion::MOST_PODS` in the whole run;
/// else their numbers do, as bars.
pub fn moving(session: &Session, options: &Options) -> String {
    picture(session, options, Motion::of(session))
}

/// A picture is as wide as it likes, whatever the page is.
pub fn session(mut session: Session) -> Session {
    session.width = WIDTH;
    session
}

fn picture(session: &Session, options: &Options, mut motion: Motion) -> String {
    let link = format!("{}#{}", options.page, session.link());
    let page = page(session, options, &mut motion, &link);
    let (width, height) =
        (Px::whole(WIDTH as i32).plus(MARGIN).plus(MARGIN), page.down.plus(MARGIN).minus(GAP));
    let ground = rect("card", (Px(5), Px(5)), (width.minus(Px(10)), height.minus(Px(10)))).attr("rx", "12");
    let root = classed("svg", "rs")
        .attr("xmlns", "http://www.w3.org/2000/svg")
        .attr("width", width.to_string())
        .attr("height", height.to_string())
        .attr("viewBox", format!("0 0 {width} {height}"))
        .attr("lang", session.lang.tag())
        .attr("xml:lang", session.lang.tag())
        .attr("role", "figure")
        .child(child_text("title", title(session)))
        .child(child_text("desc", description(session)))
        .child(el("metadata").child(child_text("link", link).attr("xmlns", NAMESPACE)))
        .child(child_text("style", style::sheet(options.look) + &motion.finish()))
        .child(svg::hatches())
        .child(ground)
        .children(page.parts);
    svg::print(&root)
}

/// All that is seen, from above.
fn page(session: &Session, options: &Options, motion: &mut Motion, link: &str) -> Page {
    let chart = chart(session);
    let mut page = Page { down: MARGIN, parts: Vec::new() };
    page.add(motion.track(session, words::heading));
    page.add(motion.track(session, words::sentence));
    page.add(motion.track(session, budget::around));
    page.over(motion.pods(session));
    page.add(budget::legend(session));
    let (plot, end) = through_time::chart(session, &chart);
    page.add(plot);
    page.over(motion.playhead(session, &chart, end));
    page.add(through_time::legend(session, &chart));
    page.add(motion.track(session, words::why));
    page.add(words::footer(session, options, link));
    page
}

/// What lies below each other.
struct Page {
    down: Px,
    parts: Vec<Shape>,
}

impl Page {
    /// Below all that is there.
    fn add(&mut self, Block { shape, height }: Block) {
        self.parts.push(at((MARGIN, self.down), shape));
        self.down = self.down.plus(height).plus(GAP);
    }

    /// Over what was added last.
    fn over(&mut self, shapes: Vec<Shape>) {
        let Some(last) = self.parts.pop() else { return };
        self.parts.push(last.children(shapes));
    }
}

fn title(session: &Session) -> String {
    let name = &session.timeline.inputs().scenario.deployments[0].0;
    [&**name, session.lang.colon(), &plain(&stage::sentence(session))].concat()
}

/// All of it in sentences, for who cannot see it.
fn description(session: &Session) -> String {
    let line = crate::view::budget_line::budget_line(session).label;
    let (lang, why) = (session.lang, why::why(session));
    let weave = lang.say(Text::Weave { pods: session.timeline.pods_ever() });
    lang.sentences(&[line, why.sentences(lang), why.next, weave])
}

/// Marks what is ours in the metadata.
const NAMESPACE: &str = "urn:rollscope:link";

/// The link in the metadata of a picture that was made here: from its `#` on.
pub fn link_in(svg: &str) -> Option<String> {
    let (_, rest) = svg.split_once(&format!("<link xmlns=\"{NAMESPACE}\">"))?;
    let (link, _) = rest.split_once("</link>")?;
    let (_, fragment) = link.split_once('#')?;
    Some(format!("#{}", svg::unescaped(fragment)))
}

#[cfg(test)]
mod tests;
