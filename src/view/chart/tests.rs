//! What is drawn, and what can be read off it, by messages.

use super::*;
use crate::session::Options;
use crate::session::msg::{Look, Msg};
use crate::session::settings::Field;
use crate::view::around::around;
use crate::view::frame;
use crate::view::panels::panels;
use crate::view::rich::plain;

fn told(story: &str) -> Session {
    let mut session = Session::new(Options::default());
    session.update(Msg::OpenStory(story.to_owned()));
    session
}

fn read(session: &Session) -> Reading {
    reading(session, &chart(session))
}

fn counts(reading: &Reading) -> Vec<i32> {
    reading.cells.iter().map(|cell| cell.count).collect()
}

#[test]
fn numbers_are_those_of_the_moment_on_screen_or_pointed_at() {
    let mut session = Session::new(Options::default());
    // In all, available, updated, leaving; floor and ceiling.
    assert_eq!(counts(&read(&session)), [13, 8, 5, 2, 8, 13]);
    session.update(Msg::Look(Look::Hover(Some(5_000))));
    assert_eq!(counts(&read(&session)), [10, 10, 10, 0, 8, 13]);
    session.update(Msg::Look(Look::StepForward));
    assert_eq!(session.hover, None);
}

#[test]
fn at_the_end_of_an_instant_the_series_says_what_the_cluster_says() {
    for story in ["article-10-defaults", "recreate", "image-list", "crash-no-min-ready"] {
        let mut session = told(story);
        for sample in session.timeline.series().samples().to_vec() {
            session.update(Msg::Look(Look::Scrub(sample.at.millis())));
            let here = read(&session);
            session.update(Msg::Look(Look::Hover(Some(sample.at.millis()))));
            assert_eq!(read(&session).cells, here.cells, "{story} at {}", sample.at);
        }
    }
}

#[test]
fn the_worst_since_the_last_command_is_said() {
    let mut session = told("article-10-defaults");
    session.update(Msg::Look(Look::SeekStart));
    assert_eq!(plain(&read(&session).worst), "");
    session.update(Msg::Look(Look::Scrub(40_000)));
    let worst = "Worst since the last command: 8 available at 20s, 13 pods at 20s.";
    assert_eq!(plain(&read(&session).worst), worst);
    assert!(!read(&session).is_broken);
    let mut session = told("crash-no-min-ready");
    session.update(Msg::Look(Look::SeekEnd));
    assert!(read(&session).is_broken);
}

#[test]
fn what_has_not_happened_yet_is_not_the_worst() {
    let mut session = told("crash-no-min-ready");
    session.update(Msg::Look(Look::SeekStart));
    let mut least = i32::MAX;
    while session.timeline.step_number() < session.timeline.steps() {
        session.update(Msg::Look(Look::StepForward));
        let reading = read(&session);
        if reading.worst.is_empty() {
            continue;
        }
        least = least.min(reading.cells[1].count);
        let said = format!(": {least} available");
        assert!(plain(&reading.worst).contains(&said), "{said} at step {}", session.timeline.step_number());
    }
    assert_eq!(least, 0);
}

#[test]
fn what_would_have_been_stands_beside_what_is() {
    let mut session = Session::new(Options::default());
    session.update(Msg::Edit(Field::MaxSurge, "0".to_owned()));
    let chart = chart(&session);
    assert!(chart.lines.iter().any(|(class, _)| *class == "ghost available"));
    let cells = reading(&session, &chart).cells;
    assert_eq!((cells[0].count, cells[0].otherwise.as_str()), (10, "else 13"));
    session.update(Msg::DismissGhost);
    assert!(self::chart(&session).lines.iter().all(|(class, _)| !class.starts_with("ghost")));
}

#[test]
fn a_wait_is_drawn_short_and_said() {
    let mut session = told("deadline-default");
    session.update(Msg::Look(Look::GoToStep(session.timeline.steps() - 1)));
    let Chart { breaks: broken, legend, .. } = &chart(&session);
    assert!(legend.contains(&(Glyph::Wait, "nothing happens".to_owned())));
    assert_eq!(broken.last().map(|last| last.length.as_str()), Some("9 min 59 s"));
    assert_eq!(read(&session).note, "Nothing happens for 9 min 59 s");
    session.update(Msg::Look(Look::TogglePlay));
    session.update(Msg::Look(Look::Frame(100_000)));
    assert_eq!(read(&session).note, "Skipping 9 min 59 s in which nothing happens");
    session.update(Msg::Look(Look::SkipWaits(false)));
    let chart = chart(&session);
    assert!(chart.breaks.is_empty() && chart.legend.iter().all(|(glyph, _)| *glyph != Glyph::Wait));
}

/// The labels of a class: whether each is beside the plot, and what it says.
fn labels(story: &str, class: &str) -> Vec<(bool, String)> {
    let chart = chart(&told(story));
    let labels = chart.levels.iter().filter(|(_, _, other)| *other == class);
    labels.map(|((x, _), words, _)| (*x < chart.axis.left, words.clone())).collect()
}

#[test]
fn lines_are_labelled_where_they_begin_and_where_they_end_elsewhere() {
    let labelled = |story, class, expect: &[(bool, &str)]| {
        let expect: Vec<_> = expect.iter().map(|(beside, words)| (*beside, (*words).to_owned())).collect();
        assert_eq!(labels(story, class), expect, "{story}");
    };
    labelled("article-10-defaults", "ceiling", &[(true, "13")]);
    labelled("article-10-defaults", "floor", &[(true, "8")]);
    labelled("one-replica-full-node", "floor", &[(true, "1")]);
    labelled("one-replica-full-node", "zero", &[(true, "0")]);
    labelled("scale-three-sets", "ceiling", &[(true, "25"), (false, "12")]);
}

#[test]
fn there_is_never_more_than_one_mark_in_a_place() {
    let mut session = Session::new(Options::default());
    session.update(Msg::Edit(Field::Fault, "flaps".to_owned()));
    let chart = chart(&session);
    let marks: usize = chart.marks.iter().map(|(_, path)| path.matches('M').count()).sum();
    let all: usize = [Glyph::Failure].len()
        * session.timeline.landmarks().all(crate::timeline::landmarks::Kind::Unhealthy).len();
    assert!(40 < all, "there are many: {all}");
    assert!(marks <= 2 * (chart.width.0 / 80) as usize + 2, "{marks} marks on {} pixels", chart.width);
    assert!(chart.marks.len() <= 6);
}

#[test]
fn the_table_has_all_moments_or_two_hundred_of_them() {
    let mut session = told("article-10-defaults");
    assert_eq!(table(&session), None);
    session.update(Msg::ShowTable(true));
    let all = table(&session).expect("it is open");
    assert_eq!(all.rows.len(), session.timeline.series().samples().len());
    assert!(all.rows.iter().all(|row| row.counts.len() + 2 == all.columns.len()));
    let mut session = Session::new(Options::default());
    session.update(Msg::ShowTable(true));
    session.update(Msg::Edit(Field::Ready, "1, 2, 3, 4, 5, 6, 7".to_owned()));
    session.update(Msg::Edit(Field::MinReadySeconds, "1".to_owned()));
    session.update(Msg::Edit(Field::Replicas, "500".to_owned()));
    session.update(Msg::Edit(Field::MaxSurge, "1".to_owned()));
    session.update(Msg::Edit(Field::MaxUnavailable, "3".to_owned()));
    assert!(200 < session.timeline.series().samples().len());
    let some = table(&session).expect("it is open").rows;
    assert!((100..=200).contains(&some.len()), "{}", some.len());
    assert!(some.iter().any(|row| row.what.contains("decision")));
}

#[test]
fn pointing_at_the_chart_draws_nothing_but_the_reading_again() {
    let mut session = Session::new(Options::default());
    let before = frame(&session, None);
    let (panels_before, around_before) = (panels(&session, &before, None), around(&session, None));
    session.update(Msg::Look(Look::Hover(Some(4_000))));
    let after = frame(&session, Some(&before));
    let panels_after = panels(&session, &after, Some(&panels_before));
    assert!(before.chart == after.chart);
    assert!(around_before.table == around(&session, Some(&around_before)).table);
    assert!(panels_before.why == panels_after.why);
    assert!(before.reading != after.reading);
    session.update(Msg::Look(Look::Hover(Some(4_000))));
    assert!(frame(&session, Some(&after)).reading == after.reading);
}

#[test]
fn lengths_of_time_have_at_most_two_parts() {
    for (secs, expect) in
        [(9, "9 s"), (60, "1 min"), (575, "9 min 35 s"), (3600, "1 h"), (7_511, "2 h 5 min")]
    {
        assert_eq!(length(Lang::En, SimDuration::from_secs(secs)), expect);
    }
    assert_eq!(length(Lang::ZhHans, SimDuration::from_secs(575)), "9 分 35 秒");
}
