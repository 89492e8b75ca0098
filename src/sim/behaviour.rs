//! How the pods of an image behave: what the scenario gives and a cluster would not know.

use super::time::SimDuration;

/// How the pods of one image behave.
///
/// All pods that one ReplicaSet creates in one instant are a *batch*. The lists are by batch: the
/// k-th batch of a ReplicaSet takes entry k, and after the last entry the first again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behaviour {
    /// From being bound to a node until the container runs. Never empty.
    pub start: Vec<SimDuration>,
    /// From running until the readiness probe succeeds. Empty: it never does.
    pub ready: Vec<SimDuration>,
    /// From deletion until a pod whose container runs is gone.
    pub terminate: SimDuration,
    /// From running until the container exits with an error. It runs again after a while, and its
    /// times count anew.
    pub crash_after: Option<SimDuration>,
    /// The readiness probe comes to fail and to succeed by turns.
    pub flap: Option<Flap>,
    /// The image never arrives.
    pub cannot_pull: bool,
    /// By how many percent of it any of these times may turn out longer, for each pod by chance.
    pub jitter: u32,
}

/// A readiness probe that fails and succeeds by turns, each for at least a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flap {
    /// How long the pod is ready.
    pub ready_for: SimDuration,
    /// How long it then is not.
    pub unready_for: SimDuration,
}

/// The behaviour of every image.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Behaviours {
    /// What images do that are not listed.
    pub default: Behaviour,
    /// Images that behave otherwise.
    pub by_image: Vec<(String, Behaviour)>,
}

impl Behaviours {
    /// How pods of `image` behave.
    pub fn of(&self, image: &str) -> &Behaviour {
        let own = self.by_image.iter().find(|(other, _)| other == image);
        own.map_or(&self.default, |(_, behaviour)| behaviour)
    }

    /// The place of how pods of `image` behave.
    pub fn place(&self, image: &str) -> u32 {
        let own = self.by_image.iter().position(|(other, _)| other == image);
        own.unwrap_or(self.by_image.len()) as u32
    }

    /// The behaviour at a place.
    #[inline]
    pub fn at(&self, place: u32) -> &Behaviour {
        self.by_image.get(place as usize).map_or(&self.default, |(_, behaviour)| behaviour)
    }

    /// Every behaviour there is.
    pub fn all(&self) -> impl Iterator<Item = &Behaviour> {
        self.by_image.iter().map(|(_, behaviour)| behaviour).chain([&self.default])
    }

    /// How pods of `image` behave, to be changed for this image alone.
    pub fn of_mut(&mut self, image: &str) -> &mut Behaviour {
        let index = self.by_image.iter().position(|(other, _)| other == image).unwrap_or_else(|| {
            self.by_image.push((image.to_owned(), self.default.clone()));
            self.by_image.len() - 1
        });
        &mut self.by_image[index].1
    }
}

impl Behaviour {
    /// Whether its pods go on doing things for ever: crash and run again, or flap.
    pub fn is_endless(&self) -> bool {
        self.crash_after.is_some() || self.flap.is_some()
    }

    /// Whether its containers come to a state in which they wait for another attempt.
    pub fn fails(&self) -> bool {
        self.crash_after.is_some() || self.cannot_pull
    }

    /// From being bound until ready, or from deletion until gone, for the slowest pod.
    pub fn slowest(&self) -> SimDuration {
        let longest = |list: &[SimDuration]| list.iter().copied().max().unwrap_or_default();
        self.at_most(longest(&self.start).plus(longest(&self.ready)).max(self.terminate))
    }

    /// From being ready until the container exits or the probe fails, for the slowest pod.
    pub fn until_trouble(&self) -> SimDuration {
        let flap = self.flap.map(|flap| flap.ready_for);
        self.at_most(self.crash_after.max(flap).unwrap_or_default())
    }

    /// What a time may turn out to be by chance.
    fn at_most(&self, time: SimDuration) -> SimDuration {
        time.plus(SimDuration::from_millis(time.millis().saturating_mul(self.jitter.into()) / 100))
    }

    /// Whether its times depend on the batch.
    #[inline]
    pub fn differs_by_batch(&self) -> bool {
        1 < self.start.len() || 1 < self.ready.len()
    }

    /// How long a pod of a batch takes to start.
    pub fn start(&self, batch: u32) -> SimDuration {
        entry(&self.start, batch).unwrap_or_default()
    }

    /// How long a running pod of a batch takes to become ready; `None`: for ever.
    pub fn ready(&self, batch: u32) -> Option<SimDuration> {
        entry(&self.ready, batch)
    }

    /// What a time may turn out to be that is `time` without chance.
    pub fn span(&self, time: SimDuration) -> Span {
        let more = (time.millis() / 10).saturating_mul(self.jitter.into()) / 100;
        Span { least: time, more: more.min(u32::MAX.into()) as u32 }
    }
}

/// A time to which chance may add something, in hundredths of a second: finer than anything that a cluster
/// reports.
#[derive(Clone, Copy, Debug, Default)]
pub struct Span {
    least: SimDuration,
    /// The most hundredths of a second that are added.
    more: u32,
}

impl Span {
    /// No chance.
    pub fn exactly(time: SimDuration) -> Self {
        Self { least: time, more: 0 }
    }

    /// Whether it is no time at all.
    pub fn is_zero(self) -> bool {
        self.least == SimDuration::ZERO
    }

    /// How long it is without chance.
    pub fn least(self) -> SimDuration {
        self.least
    }

    /// How much chance adds. `roll` is any number.
    #[inline(always)]
    pub fn more(self, roll: impl FnOnce() -> u64) -> SimDuration {
        if self.more == 0 {
            return SimDuration::ZERO;
        }
        let hundredths = ((roll() >> 32) * (u64::from(self.more) + 1)) >> 32;
        SimDuration::from_millis(10 * hundredths)
    }
}

impl Default for Behaviour {
    /// A small web server: two seconds to start, three to become ready, five to leave.
    fn default() -> Self {
        Self {
            start: vec![SimDuration::from_secs(2)],
            ready: vec![SimDuration::from_secs(3)],
            terminate: SimDuration::from_secs(5),
            crash_after: None,
            flap: None,
            cannot_pull: false,
            jitter: 0,
        }
    }
}

/// What the chance of a time is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chance {
    /// How long the container takes to start.
    Start = 1,
    /// How long it takes to become ready, or to become so again.
    Ready,
    /// How long it takes to leave.
    Terminate,
    /// How long it runs until it exits.
    Crash,
    /// How long it stays ready.
    Unready,
}

fn entry(list: &[SimDuration], batch: u32) -> Option<SimDuration> {
    list.get(batch as usize % list.len().max(1)).copied()
}
