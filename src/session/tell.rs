//! What those around the page have to be told when it shows another moment.

use super::Session;
use super::effect::Effect;

impl Session {
    /// What has changed for the desk, the browser and the page around this one since they were told last.
    pub fn tell(&mut self) -> Vec<Effect> {
        let mut effects = self.tell_desk();
        effects.extend(self.tell_address());
        effects.extend(self.tell_host());
        effects
    }
}
