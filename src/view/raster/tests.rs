use super::census::{EMPTY, class};
use super::fabric::{self, weave_cells};
use super::moments::waits;
use super::*;
use crate::session::Options;
use crate::session::msg::{Look, Msg};
use crate::session::settings::Field as Setting;
use crate::sim::time::SimTime;
use crate::timeline::lives::{Life, NEVER};
use crate::view::budget_line::{shape, shape_of};

/// Numbers that look like chance, and are the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(limit)) as u32
    }
}

/// Lives side by side.
struct Table {
    sets: Vec<u32>,
    slots: Vec<u32>,
    reached: [Vec<u32>; 6],
}

impl Table {
    fn of(lives: &[Life]) -> Self {
        let reached = std::array::from_fn(|stage| lives.iter().map(|life| life.reached[stage]).collect());
        let sets = lives.iter().map(|life| life.replica_set).collect();
        Self { sets, slots: lives.iter().map(|life| life.slot).collect(), reached }
    }

    fn columns(&self) -> Columns<'_> {
        Columns {
            replica_set: &self.sets,
            slot: &self.slots,
            reached: self.reached.each_ref().map(Vec::as_slice),
        }
    }
}

/// Pods that replace each other in their slots; some are deleted before they are ready.
fn lives(slots: u32, generations: u32, chance: &mut Chance) -> Vec<Life> {
    let mut lives: Vec<Life> = Vec::new();
    let mut free = vec![1; slots as usize];
    for replica_set in 0..generations {
        for slot in 0..slots {
            // In order of creation.
            let last = lives.last().map_or(0, |last| last.reached[0]);
            let mut at = free[slot as usize].max(replica_set * 400) + chance.below(30);
            at = at.max(last);
            let stages = if replica_set + 1 < generations { 6 } else { chance.below(6) as usize + 1 };
            let skipped = chance.below(8) as usize;
            let mut reached = [NEVER; 6];
            for (stage, reached) in reached.iter_mut().enumerate().take(stages) {
                if stage == 0 || 3 < stage || stage < skipped {
                    *reached = at;
                    at += 1 + chance.below(90);
                }
            }
            free[slot as usize] = at;
            lives.push(Life { replica_set, slot, reached });
        }
    }
    lives
}

/// What a slot shows, pod by pod and slowly.
fn naive(lives: &[Life], slot: u32, step: u32, since: &[u32]) -> Class {
    let mut there = lives.iter().filter(|life| life.slot == slot && life.exists(step));
    let look = there.next().map_or(EMPTY, |life| {
        let available = life.reached[3] <= since[life.replica_set as usize];
        let stage = life.stage_at(step).expect("it exists");
        class(life.replica_set, shape_of(stage, None, available))
    });
    assert_eq!(there.next(), None, "two pods in slot {slot} at step {step}");
    look
}

/// Compares every pixel and every count with the slow way.
fn check(field: &Field, expect: impl Fn(u32) -> Class, what: &str) {
    let mut counts = [0; CLASSES];
    let (columns, side) = (field.grid.columns, field.grid.side());
    for slot in 0..field.grid.slots {
        let class = expect(slot);
        counts[usize::from(class)] += 1;
        let (column, row) = (slot % columns, slot / columns);
        for (y, line) in field.stamps.rows(class, column as usize, row as usize).enumerate() {
            let from = (((row * side + y as u32) * columns + column) * side) as usize;
            assert_eq!(field.pixels[from..from + side as usize], *line, "slot {slot} {what}");
        }
    }
    assert_eq!(field.counts[..CLASSES], counts, "{what}");
}

#[test]
fn cells_are_painted_as_if_pod_by_pod() {
    for seed in 0..6 {
        let mut chance = Chance(seed);
        let lives = lives(211, 4, &mut chance);
        let table = Table::of(&lives);
        // Plain cells and patterned ones.
        let mut field = Field::of(211, [60, 640][seed as usize % 2], Theme::Light, 100);
        for _ in 0..40 {
            let step = chance.below(2_500);
            let since: Vec<_> = (0..4).map(|_| step.saturating_sub(chance.below(200))).collect();
            field.paint(table.columns(), step, &since);
            check(&field, |slot| naive(&lives, slot, step, &since), &format!("at step {step}"));
        }
    }
}

#[test]
fn only_rows_that_changed_are_fetched() {
    let ready = |pod| if pod == 333 { 5 } else { 2 };
    let life = |pod| Life { replica_set: 0, slot: pod, reached: [1, 1, 1, ready(pod), NEVER, NEVER] };
    let table = Table::of(&(0..500).map(life).collect::<Vec<_>>());
    let lives = table.columns();
    let mut field = Field::of(500, 100, Theme::Light, 100);
    field.paint(lives, 4, &[NEVER]);
    let height = field.grid.painted().1 as usize;
    assert_eq!(field.fetch(false).1, 0..height);
    field.paint(lives, 4, &[NEVER]);
    assert!(field.fetch(false).1.is_empty());
    field.paint(lives, 5, &[NEVER]);
    let (columns, side) = (field.grid.columns as usize, field.grid.side() as usize);
    let line = 333 / columns * side;
    assert_eq!(field.fetch(false).1, line..line + side);
    assert_eq!(field.fetch(true).1, 0..height);
}

#[test]
fn classes_are_told_apart_in_both_themes() {
    for theme in [Theme::Light, Theme::Dark] {
        let palette = Palette::of(theme);
        for side in [1, 4, 5, 7, 14, 28] {
            let stamps = Stamps::new(side, &palette);
            let picture = |class| stamps.rows(class, 0, 0).flatten().copied().collect::<Vec<_>>();
            let pictures: Vec<_> = (0..CLASSES as Class).map(picture).collect();
            for (index, picture) in pictures.iter().enumerate() {
                let failing = parts(index as Class).is_some_and(|(_, shape)| shape == Shape::Failing);
                let same = pictures[..index].iter().any(|other| other == picture);
                assert!(failing || !same, "class {index} with {side} pixels");
            }
        }
    }
}

/// Rollouts of 120 pods: one that goes well, one whose pods have to be ready for a while, one whose pods
/// crash, one whose image cannot be pulled.
fn sessions() -> Vec<Session> {
    let changes: [&[(Setting, &str)]; 4] = [
        &[],
        &[(Setting::MinReadySeconds, "3")],
        &[(Setting::Fault, "crashes")],
        &[(Setting::Fault, "cannotPull"), (Setting::MinReadySeconds, "2")],
    ];
    let session = |changes: &&[(Setting, &str)]| {
        let mut session = Session::new(Options::default());
        for (field, text) in [(Setting::Replicas, "120")].iter().chain(*changes) {
            session.update(Msg::Edit(*field, (*text).to_owned()));
        }
        assert!(session.settings.problems.is_empty() && 100 < session.timeline.pods_ever());
        let fails = changes.iter().any(|(field, _)| *field == Setting::Fault);
        assert_eq!(session.timeline.lives().turned().next().is_some(), fails);
        session
    };
    changes.iter().map(session).collect()
}

fn field_of(session: &Session) -> Field {
    let mut field = Field::default();
    field.make(session, 100);
    assert!(field.wanted && field.is_for(session));
    field
}

#[test]
fn every_pod_of_a_run_is_painted_as_it_is() {
    for mut session in sessions() {
        let mut field = field_of(&session);
        let end = session.timeline.end().millis().min(90_000) + 2000;
        for millis in (0..end).step_by(750) {
            session.update(Msg::Look(Look::Scrub(millis)));
            field.show(&session);
            let mut expect = vec![EMPTY; field.grid.slots as usize];
            for (id, pod) in session.timeline.pods().existing() {
                let wait = session.timeline.cluster().replica_set(pod.replica_set).min_ready_seconds;
                let look = class(pod.replica_set.0, shape(&pod, wait, session.timeline.time()));
                expect[session.timeline.lives().life(id).slot as usize] = look;
            }
            check(&field, |slot| expect[slot as usize], &format!("at {millis} ms"));
        }
    }
}

#[test]
fn counts_are_those_of_the_tallies() {
    for mut session in sessions() {
        let mut field = field_of(&session);
        for step in 1..=session.timeline.steps().min(400) {
            session.update(Msg::Look(Look::GoToStep(step)));
            field.show(&session);
            let tallies = total(&session);
            let count = |shapes: &[Shape]| shapes.iter().map(|shape| field.count(*shape)).sum::<u32>() as i32;
            assert_eq!(count(&[Shape::Terminating]), tallies.terminating, "step {step}");
            let active = [Shape::Pending, Shape::Running, Shape::Ready, Shape::Failing, Shape::Available];
            assert_eq!(count(&active), tallies.active(), "step {step}");
            assert_eq!(count(&[Shape::Available]), tallies.available, "step {step}");
        }
    }
}

#[test]
fn a_pod_is_found_where_it_is_painted() {
    let mut session = sessions().remove(0);
    let mut field = field_of(&session);
    field.show(&session);
    let pods: Vec<_> = session.timeline.pods().existing().map(|(pod, _)| pod).collect();
    for pod in pods {
        session.update(Msg::SelectPod(Some(pod.0)));
        let (x, y, side) = field.overlay(&session).outlines[0].expect("it is there");
        let middle = |edge: Px| edge.plus(side.share(1, 2)).0 / 10;
        let slot = field.grid.slot_at(middle(x), middle(y)).expect("the place is in the field");
        session.update(Msg::SelectPod(None));
        session.update(Msg::SelectSlot(slot));
        assert_eq!(session.selected, Some(pod));
        session.update(Msg::Look(Look::PointAt(Some(slot))));
        let overlay = field.overlay(&session);
        assert_eq!(overlay.outlines[0], overlay.outlines[1]);
        assert!(overlay.readout.starts_with(&session.timeline.pod_name(pod)));
    }
}

/// One pixel for every class, which says which.
fn marked() -> [Rgba; CLASSES] {
    std::array::from_fn(|class| [class as u8, 0, 0, 255])
}

#[test]
fn columns_of_the_fabric_sum_up_to_the_tallies() {
    for mut session in sessions() {
        let timeline = &session.timeline;
        let (count, end, pods) = (97, timeline.end().millis() + 1, timeline.pods_ever());
        let of = |at: SimTime| (at.millis() * count / end) as usize;
        let columns = fabric::Columns::new(timeline, count as usize, of);
        let lives = timeline.lives();
        let turns = |pod| match lives.turns(PodId(pod)).next() {
            Some(_) => lives.of(PodId(pod)).collect(),
            None => Vec::new(),
        };
        let cells = weave_cells(lives.columns(), &turns, &waits(timeline), &columns, pods, &marked());
        for column in 0..count {
            session.update(Msg::Look(Look::Scrub(((column + 1) * end).div_ceil(count) - 1)));
            let rows = cells.iter().skip(column as usize).step_by(count as usize).filter(|cell| 0 < cell[3]);
            let shapes: Vec<_> = rows.filter_map(|cell| Some(parts(cell[0])?.1)).collect();
            let of = |shape: Shape| shapes.iter().filter(|other| **other == shape).count() as i32;
            let tallies = total(&session);
            assert_eq!(of(Shape::Terminating), tallies.terminating, "column {column}");
            assert_eq!(shapes.len() as i32, tallies.active() + tallies.terminating, "column {column}");
            assert_eq!(of(Shape::Available), tallies.available, "column {column}");
        }
    }
}

#[test]
fn a_row_of_several_pods_mixes_them() {
    let session = sessions().remove(0);
    let (steps, end) = (session.timeline.steps() as u32, session.timeline.end());
    let life = |ready: u32| Life { replica_set: 0, slot: 0, reached: [1, 1, 1, ready, NEVER, NEVER] };
    let table = Table::of(&[life(1), life(steps)]);
    let columns = fabric::Columns::new(&session.timeline, 2, |at| usize::from(at == end));
    let mut colours = [[0, 0, 0, 255]; CLASSES];
    colours[usize::from(class(0, Shape::Available))] = [200, 100, 0, 255];
    let cells = weave_cells(table.columns(), &|_| Vec::new(), &[], &columns, 1, &colours);
    assert_eq!(cells, [[100, 50, 0, 255], [200, 100, 0, 255]]);
}

#[test]
fn pods_with_the_same_fate_are_beside_each_other() {
    let life = |replica_set, created, deleted| Life {
        replica_set,
        slot: 0,
        reached: [created, created, created, created, deleted, NEVER],
    };
    let lives =
        [life(1, 1, 4), life(0, 1, 3), life(0, 1, 2), life(0, 1, 2), life(1, 2, 3), life(0, 2, NEVER)];
    let columns = fabric::Columns { count: 5, at: (0..6).collect(), available: Vec::new() };
    let ways: Vec<_> = lives.iter().map(|life| columns.way(life.reached, Default::default())).collect();
    let sets = Table::of(&lives).sets;
    assert_eq!(fabric::order(&sets, &ways, 5), [2, 3, 1, 5, 0, 4]);
}
