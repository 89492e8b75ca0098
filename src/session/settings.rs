//! The settings as they are typed: text until it makes a scenario.

use std::rc::Rc;

use crate::sim::command::Rejected;
use crate::sim::int_or_string::IntOrString;
use crate::sim::scenario::Scenario;
use crate::sim::spec::{DeploymentSpec, DeploymentStrategy, RollingUpdateDeployment};
use crate::sim::time::SimDuration;
use crate::sim::validation::{FieldError, validate_image};

/// A setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// `spec.replicas`
    Replicas,
    /// `spec.strategy.rollingUpdate.maxSurge`
    MaxSurge,
    /// `spec.strategy.rollingUpdate.maxUnavailable`
    MaxUnavailable,
    /// The image that the next rollout is to.
    NextImage,
    /// Seconds from running to ready, for every image but the first.
    TimeToReady,
}

/// What is wrong with a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// In the API server's words.
    Api(FieldError),
    /// It has to be a whole number.
    NotAWholeNumber,
    /// More pods than the page shows.
    TooMany,
    /// A longer time than the page shows.
    TooLong,
}

/// The most pods the page simulates and draws without a noticeable wait.
pub const MAX_REPLICAS: i32 = 1000;
/// The longest time to ready, in seconds.
pub const MAX_TIME_TO_READY: i32 = 3600;

/// The settings as they are typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Indexed by [`Field`].
    texts: [String; 5],
    /// What is wrong, in no order.
    pub problems: Vec<(Field, Problem)>,
}

impl Settings {
    /// The settings that a scenario shows.
    pub fn of(scenario: &Scenario, next_image: &str) -> Self {
        let (_, spec) = &scenario.deployments[0];
        let ready = scenario.behaviours.default.ready(0).unwrap_or_default();
        let texts = [
            spec.replicas.to_string(),
            knob(spec, |given| given.max_surge.as_ref()),
            knob(spec, |given| given.max_unavailable.as_ref()),
            next_image.to_owned(),
            ready.secs().to_string(),
        ];
        Self { texts, problems: Vec::new() }
    }

    /// The text of a setting.
    pub fn text(&self, field: Field) -> &str {
        &self.texts[field as usize]
    }

    /// Types a setting. What is wrong with it is found by [`Settings::scenario`].
    pub fn set(&mut self, field: Field, text: &str) {
        text.trim().clone_into(&mut self.texts[field as usize]);
    }

    /// A number's − or +: what is no number stays as it is.
    pub fn nudge(&mut self, field: Field, by: i32) {
        let (text, percent) = match self.text(field).strip_suffix('%') {
            Some(digits) => (digits, "%"),
            None => (self.text(field), ""),
        };
        if let Ok(number) = text.parse::<i32>() {
            let nudged = number.saturating_add(by).max(0);
            self.texts[field as usize] = format!("{nudged}{percent}");
        }
    }

    /// What is wrong with a setting.
    pub fn problem(&self, field: Field) -> Option<&Problem> {
        self.problems.iter().find(|(wrong, _)| *wrong == field).map(|(_, problem)| problem)
    }

    /// The scenario that the settings make of `base`, if each can be read. Notes what is wrong.
    pub fn scenario(&mut self, base: &Scenario) -> Option<Scenario> {
        self.problems.clear();
        let replicas = self.number(Field::Replicas, MAX_REPLICAS, Problem::TooMany);
        let ready = self.number(Field::TimeToReady, MAX_TIME_TO_READY, Problem::TooLong);
        if let Some(error) = validate_image(0, self.text(Field::NextImage)) {
            self.problems.push((Field::NextImage, Problem::Api(error)));
        }
        let mut scenario = base.clone();
        let (_, spec) = &mut scenario.deployments[0];
        spec.replicas = replicas?;
        let knob = |field| IntOrString::parse(self.text(field));
        spec.strategy =
            DeploymentStrategy::rolling_update(knob(Field::MaxSurge), knob(Field::MaxUnavailable));
        let ready = vec![SimDuration::from_secs(ready?.max(0) as u64)];
        scenario.behaviours.default.ready = ready;
        Some(scenario)
    }

    /// Notes what the API server has against the settings.
    pub fn refuse(&mut self, rejected: Rejected) {
        let Rejected::Invalid { errors, .. } = rejected else { return };
        for error in errors {
            let field = match error.field.rsplit('.').next() {
                Some("maxSurge") => Field::MaxSurge,
                Some("maxUnavailable") => Field::MaxUnavailable,
                Some("image") => Field::NextImage,
                _ => Field::Replicas,
            };
            self.problems.push((field, Problem::Api(error)));
        }
    }

    fn number(&mut self, field: Field, most: i32, too_much: Problem) -> Option<i32> {
        let problem = match self.text(field).parse() {
            Ok(number) if number <= most => return Some(number),
            Ok(_) => too_much,
            Err(_) => Problem::NotAWholeNumber,
        };
        self.problems.push((field, problem));
        None
    }
}

/// A value of the rolling update; nothing where the strategy has none.
fn knob(spec: &DeploymentSpec, value: fn(&RollingUpdateDeployment) -> Option<&IntOrString>) -> String {
    let given = spec.strategy.rolling_update.as_ref().and_then(value);
    given.map(ToString::to_string).unwrap_or_default()
}

/// The image that is likely to come after `image`: the last number of the tag rises by one.
pub fn next_version(image: &str) -> Rc<str> {
    let digits = image.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (head, number) = image.split_at(image.len() - digits);
    match number.parse::<u32>() {
        Ok(number) if head.contains(':') && number < u32::MAX => format!("{head}{}", number + 1).into(),
        _ => image.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(field: Field, text: &str) -> (Settings, Option<Scenario>) {
        let scenario = Scenario::article();
        let mut settings = Settings::of(&scenario, "web:v2");
        settings.set(field, text);
        let made = settings.scenario(&scenario);
        (settings, made)
    }

    #[test]
    fn what_cannot_be_read_makes_no_scenario() {
        #[track_caller]
        fn check(field: Field, text: &str, expect: Problem) {
            let (settings, scenario) = edited(field, text);
            assert_eq!((settings.problem(field), scenario), (Some(&expect), None));
        }

        check(Field::Replicas, "ten", Problem::NotAWholeNumber);
        check(Field::Replicas, "", Problem::NotAWholeNumber);
        check(Field::Replicas, "1.5", Problem::NotAWholeNumber);
        check(Field::Replicas, "1001", Problem::TooMany);
        check(Field::TimeToReady, "99999", Problem::TooLong);
    }

    #[test]
    fn what_the_api_server_refuses_stands_beside_its_field() {
        let (mut settings, scenario) = edited(Field::MaxUnavailable, "abc");
        let rejected = crate::sim::Sim::new(&scenario.unwrap()).unwrap_err();
        settings.refuse(rejected);
        let Some(Problem::Api(error)) = settings.problem(Field::MaxUnavailable) else { panic!() };
        assert!(error.body.starts_with("Invalid value: \"abc\": a valid percent"), "{error}");
        assert_eq!(settings.problem(Field::MaxSurge), None);
    }

    #[test]
    fn a_nudge_keeps_the_percent_sign() {
        let mut settings = Settings::of(&Scenario::article(), "web:v2");
        settings.nudge(Field::MaxSurge, 1);
        settings.nudge(Field::Replicas, -20);
        assert_eq!((settings.text(Field::MaxSurge), settings.text(Field::Replicas)), ("26%", "0"));
    }

    #[test]
    fn the_next_version_counts_on() {
        #[track_caller]
        fn check(image: &str, expect: &str) {
            assert_eq!(&*next_version(image), expect);
        }

        check("web:v2", "web:v3");
        check("web:1.29", "web:1.30");
        check("web2", "web2");
        check("web:latest", "web:latest");
        check("web:v4294967295", "web:v4294967295");
    }
}
