//! The budget line: one slot for every pod that may exist, the floor and the ceiling in it, and
//! below it the pods that are leaving and count no longer.

mod bars;
mod shape;
mod tiles;

use crate::i18n::Text;
use crate::session::Session;
use crate::sim::behaviour::Behaviour;
use crate::sim::cluster::ReplicaSetId;
use crate::timeline::SHOWN;
use crate::timeline::series::Tally;

use super::px::Px;

pub use bars::Bar;
pub use shape::{Shape, shape, shape_of};
pub use tiles::Tile;

/// The budget line at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct BudgetLine {
    /// Its width.
    pub width: Px,
    /// Its height; the same for the whole run.
    pub height: Px,
    /// Where the line begins from above, and how high it is.
    pub line: (Px, Px),
    /// The empty places, by their left edges and with one width; none when there are too many.
    pub slots: (Vec<Px>, Px),
    /// Pods one by one; none when there are too many.
    pub tiles: Vec<Tile>,
    /// Pods by the number; none when there are tiles.
    pub bars: Vec<Bar>,
    /// The floor.
    pub floor: Post,
    /// The ceiling.
    pub ceiling: Post,
    /// Where the row of leaving pods is, and what stands before it, in lines.
    pub leaving: (Px, Vec<String>),
    /// All of it in a sentence.
    pub label: String,
}

/// A mark in the line.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// Where.
    pub x: Px,
    /// What it says.
    pub label: String,
    /// Whether the label stands to the left of the mark.
    pub before: bool,
}

impl Post {
    /// Where its label stands, so far beside the mark: never outside the picture on the left.
    pub fn words_at(&self, aside: Px) -> Px {
        match self.before {
            true => Px(self.x.minus(aside).0.max(wide(&self.label).0)),
            false => self.x.plus(aside),
        }
    }
}

/// How wide a label is at most.
fn wide(words: &str) -> Px {
    Px(words.chars().map(|c| if c.is_ascii() { LETTER.0 } else { 2 * LETTER.0 }).sum())
}

const TOP: Px = Px::whole(24);
/// A letter of a label; Chinese ones are twice as wide.
const LETTER: Px = Px(75);
/// Room for the floor's label below the line.
const BELOW: Px = Px::whole(30);
/// Narrower slots cannot be told apart, so the line becomes a bar.
const NARROWEST: Px = Px::whole(16);
/// Wider slots look like boxes, not pods.
const WIDEST: Px = Px::whole(54);
/// Room before the leaving pods for the words that say so.
const LEAVING_LABEL: Px = Px::whole(96);

/// Whether so many slots can be told apart in a line so wide; more are drawn as a bar.
pub fn in_tiles(width: u32, slots: i32) -> bool {
    NARROWEST <= pitch(Px::whole(width as i32), slots)
}

/// Whether the line is a bar at any moment of the run.
pub fn has_bars(session: &Session) -> bool {
    let samples = session.timeline.series().samples().iter();
    let most = samples.map(|sample| slots(sample.wanted, sample.ceiling, sample.most_active)).max();
    !in_tiles(session.width, most.unwrap_or(0))
}

/// How many slots there are. A surge far beyond the number of pods is never used up, and would leave
/// the pods no room.
fn slots(replicas: i32, ceiling: i32, active: i32) -> i32 {
    ceiling.clamp(0, replicas.saturating_mul(2).max(4)).max(active).max(1)
}

fn pitch(width: Px, slots: i32) -> Px {
    width.share(1, i64::from(slots.max(1))).min(WIDEST)
}

/// Where things are in the line.
struct Layout {
    width: Px,
    slots: i32,
    in_tiles: bool,
    /// From the left edge of a slot to that of the next.
    pitch: Px,
    /// How high the line is.
    height: Px,
    /// Where the pods are that leave, from above.
    leaving_top: Px,
}

impl Layout {
    fn new(width: u32, slots: i32) -> Self {
        let in_tiles = in_tiles(width, slots);
        let width = Px::whole(width as i32);
        let pitch = pitch(width, slots);
        let height = if in_tiles { pitch.share(86, 100) } else { Px::whole(40) };
        Self { width, slots, in_tiles, pitch, height, leaving_top: TOP.plus(height).plus(BELOW) }
    }

    /// The place after so many pods.
    fn at(&self, count: i32) -> Px {
        let end = if self.in_tiles { Px(self.pitch.0 * self.slots) } else { self.width };
        end.share(i64::from(count.min(self.slots)), i64::from(self.slots))
    }

    fn post(&self, count: i32, label: String) -> Post {
        let gap = if self.in_tiles { self.pitch.minus(self.height).share(1, 2) } else { Px(0) };
        let at = self.at(count);
        Post { x: at.minus(gap), label, before: self.width.share(1, 3) < at }
    }

    /// The left edges of the empty places.
    fn edges(&self) -> Vec<Px> {
        let slots = if self.in_tiles { self.slots } else { 0 };
        (0..slots).map(|slot| Px(slot * self.pitch.0)).collect()
    }

    fn leaving_height(&self) -> Px {
        let height = if self.in_tiles { self.height.share(62, 100) } else { Px::whole(16) };
        height.max(Px::whole(28))
    }
}

/// The budget line at the moment on screen.
pub fn budget_line(session: &Session) -> BudgetLine {
    let (lang, tallies) = (session.lang, total(session));
    let deployment = session.timeline.cluster().deployment(SHOWN);
    let (ceiling, floor) = (deployment.budget.max_total_pods, deployment.budget.min_available);
    let layout = Layout::new(session.width, slots(deployment.wanted(), ceiling, tallies.active()));
    let (mut tiles, mut bars) = (Vec::new(), Vec::new());
    match layout.in_tiles {
        true => tiles = tiles::lay_out(session, &layout),
        false => bars = bars::lay_out(session, &layout),
    }
    BudgetLine {
        width: layout.width,
        height: layout.leaving_top.plus(layout.leaving_height()).plus(Px::whole(4)),
        line: (TOP, layout.height),
        slots: (layout.edges(), layout.height),
        tiles,
        bars,
        floor: layout.post(floor, lang.say(Text::AtLeast { floor })),
        ceiling: layout.post(ceiling, lang.say(Text::AtMost { ceiling })),
        leaving: (layout.leaving_top, lang.say(Text::Leaving).lines().map(str::to_owned).collect()),
        label: lang.say(Text::BudgetLine {
            counted: tallies.active(),
            ceiling,
            available: tallies.available,
            floor,
            leaving: tallies.terminating,
        }),
    }
}

/// The pods of all ReplicaSets together.
pub fn total(session: &Session) -> Tally {
    let sets = (0..session.timeline.cluster().replica_sets.len() as u32).map(ReplicaSetId);
    sets.fold(Tally::default(), |sum, id| {
        let tally = tally(session, id);
        Tally {
            available: sum.available + tally.available,
            starting: sum.starting + tally.starting,
            terminating: sum.terminating + tally.terminating,
        }
    })
}

/// The pods of one ReplicaSet.
pub fn tally(session: &Session, id: ReplicaSetId) -> Tally {
    session.timeline.tally(id)
}

/// The shapes a reader has to know, in the order of a pod's life.
pub fn legend(session: &Session) -> Vec<(Shape, String)> {
    let cluster = session.timeline.cluster();
    let waits = 0 < cluster.deployment(SHOWN).spec.min_ready_seconds;
    let fails = session.timeline.inputs().scenario.behaviours.all().any(Behaviour::fails);
    let mut shapes = vec![Shape::Pending, Shape::Running];
    shapes.extend(waits.then_some(Shape::Ready));
    shapes.push(Shape::Available);
    shapes.extend(fails.then_some(Shape::Failing));
    shapes.push(Shape::Terminating);
    shapes.into_iter().map(|shape| (shape, session.lang.say(shape.text()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_become_a_bar_when_they_cannot_be_told_apart() {
        for (width, most) in [(632, 39), (320, 20), (160, 10)] {
            assert!(in_tiles(width, most) && !in_tiles(width, most + 1), "{width}");
        }
        assert!(in_tiles(632, 0));
    }

    #[test]
    fn a_label_stays_inside_on_the_left() {
        let post = |x, label: &str| Post { x: Px::whole(x), label: label.to_owned(), before: true };
        assert_eq!(post(156, "at least 112500 available").words_at(Px::whole(6)), Px(1875));
        assert_eq!(post(156, "至少 112500 个可用").words_at(Px::whole(6)), Px::whole(150));
        assert_eq!(post(500, "at least 112500 available").words_at(Px::whole(6)), Px::whole(494));
    }

    #[test]
    fn a_surge_that_is_never_used_up_takes_no_room() {
        #[track_caller]
        fn check(replicas: i32, ceiling: i32, active: i32, expect: i32) {
            assert_eq!(slots(replicas, ceiling, active), expect);
        }

        check(10, 13, 10, 13);
        check(10, 1010, 10, 20);
        check(3, 4, 9, 9);
        check(0, 0, 0, 1);
    }
}
