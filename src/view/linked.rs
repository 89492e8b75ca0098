//! One pod wherever it is on screen: as a tile, as a thread, in the events.

use crate::session::Session;
use crate::sim::pod::{PodId, Stage};

use super::axis::Axis;
use super::chart::Chart;
use super::px::Px;

/// The pod that stands out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Linked {
    /// Which: the one that is pointed at, or else the one that is looked at.
    pub pod: Option<u32>,
    /// The outline of its thread; empty where it has none of its own.
    pub thread: String,
}

/// The pod that stands out, and where its thread is.
pub fn linked(session: &Session, chart: &Chart) -> Linked {
    let Some(pod) = session.hovered.or(session.selected) else { return Linked::default() };
    Linked { pod: Some(pod.0), thread: thread(session, chart, pod).unwrap_or_default() }
}

fn thread(session: &Session, chart: &Chart, pod: PodId) -> Option<String> {
    let (rows, pitch) = &chart.rows;
    let row = rows.iter().position(|other| *other == pod.0)?;
    let axis = Axis::of(session);
    let mut life = session.timeline.moments(pod);
    let from = axis.x(life.next()?.at);
    let gone = life.find(|moment| moment.stage == Stage::Gone);
    let to = gone.map_or(axis.left.plus(axis.width), |gone| axis.x(gone.at));
    let y = chart.weave_top.plus(Px(pitch.0 * row as i32));
    Some(format!("M{from} {y}H{to}v{pitch}H{from}z"))
}

/// The pod whose thread is so many pixels below the top of the chart.
pub fn pod_at(chart: &Chart, y: i32) -> Option<u32> {
    let (rows, pitch) = &chart.rows;
    let below = Px::whole(y).minus(chart.weave_top);
    let row = usize::try_from(below.0.checked_div(pitch.0)?).ok().filter(|_| 0 <= below.0)?;
    rows.get(row).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Options;
    use crate::session::msg::{Look, Msg};
    use crate::view::frame;
    use crate::view::panels::panels;

    #[test]
    fn a_pod_is_the_same_wherever_it_is_pointed_at() {
        let mut session = Session::new(Options::default());
        session.update(Msg::ShowAllEvents(true));
        let mut page = frame(&session, None);
        let mut beside = panels(&session, &page, None);
        assert_eq!(page.linked, Linked::default());
        let pods: Vec<_> = page.budget_line.tiles.iter().map(|tile| tile.pod).collect();
        for pod in pods {
            session.update(Msg::Look(Look::HoverPod(Some(pod))));
            let why = beside.why.clone();
            page.point(&session);
            beside.point(&session);
            assert_eq!((page.linked.pod, beside.event_list.lit), (Some(pod), Some(pod)));
            let y = page.linked.thread.split([' ', 'H']).nth(1).unwrap();
            let y: i32 = y.split('.').next().unwrap().parse().unwrap();
            assert_eq!(pod_at(&page.chart, y + 2), Some(pod), "{}", page.linked.thread);
            // Pointing makes nothing else anew.
            assert!(why == beside.why);
            assert_eq!(page.linked, frame(&session, None).linked);
        }
        session.update(Msg::Look(Look::HoverPod(None)));
        page.point(&session);
        assert_eq!(page.linked, Linked::default());
        assert_eq!(pod_at(&page.chart, 3), None);
    }
}
