//! All that is on screen, shared by what draws the page and what moves it from frame to frame.

use super::playhead::Playhead;
use super::raster::Rasters;
use crate::session::effect::Effect;
use crate::session::msg::Msg;
use crate::session::{Options, Session};
use crate::view::chart::playhead;
use crate::view::{Frame, frame};

/// All that is on screen.
pub struct Screen {
    /// What the page remembers.
    pub session: Session,
    /// What was drawn last.
    pub frame: Frame,
    /// What is painted.
    pub rasters: Rasters,
    /// Where in the run one is.
    pub playhead: Playhead,
}

impl Screen {
    /// The page as it opens.
    pub fn new(options: Options) -> Self {
        let session = Session::new(options);
        let frame = frame(&session, None);
        let mut rasters = Rasters::default();
        rasters.paint(&session);
        Self { session, frame, rasters, playhead: Playhead::default() }
    }

    /// Takes up a message; what the browser has to do comes back, and the page is to be drawn.
    pub fn update(&mut self, msg: Msg) -> Option<Effect> {
        let effect = self.session.update(msg);
        self.frame = frame(&self.session, Some(&self.frame));
        self.rasters.paint(&self.session);
        effect
    }

    /// Another pod is pointed at, or the same still: then nothing is to be drawn.
    pub fn point(&mut self, pod: Option<u32>) -> bool {
        if self.session.hovered.map(|pod| pod.0) == pod {
            return false;
        }
        self.session.update(Msg::HoverPod(pod));
        self.frame.point(&self.session);
        true
    }

    /// Lets so many microseconds pass, and says whether the page has to be drawn for it. In most frames it has
    /// not: pods are painted and the playhead is shifted, and that is all.
    pub fn pass(&mut self, micros: u64) -> bool {
        if !self.session.is_playing() {
            return false;
        }
        let (_, step, _) = self.session.moment();
        self.session.update(Msg::Frame(micros));
        let moved = step != self.session.moment().1;
        if self.session.words_are_due() || (moved && !self.rasters.show_pods()) {
            return true;
        }
        self.rasters.paint(&self.session);
        self.put();
        false
    }

    /// Finds on the page what is moved without drawing it.
    pub fn connect(&mut self) {
        self.rasters.connect();
        self.playhead.connect();
        self.put();
    }

    fn put(&mut self) {
        self.rasters.put();
        self.playhead.put(playhead(&self.session, &self.frame.chart.axis).x);
    }
}
