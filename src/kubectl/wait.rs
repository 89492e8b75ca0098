//! `kubectl wait`: `kubectl/pkg/cmd/wait`.

use crate::sim::time::SimTime;

use super::api::Api;
use super::builder::find_one;
use super::json::{Json, at_path};
use super::kinds::Kind;
use super::objects;
use super::output::Output;

/// What is waited for.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A condition has a status.
    Condition(String, String),
    /// A path leads to a text; to any, if there is none.
    Path(String, Option<String>),
    /// It is gone.
    Deleted,
    /// It is there.
    Created,
}

/// A `kubectl wait` that has not ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Wait {
    /// What is not there yet, in order.
    pub waiting: Vec<(&'static Kind, String)>,
    /// What is waited for.
    pub what: What,
    /// Until when.
    pub until: SimTime,
}

impl What {
    /// `wait.go conditionFuncFor`.
    pub fn parse(text: &str) -> Result<Self, String> {
        match text.split_once('=') {
            None if text == "delete" => Ok(Self::Deleted),
            None if text == "create" => Ok(Self::Created),
            Some(("condition", condition)) => {
                let (kind, status) = condition.split_once('=').unwrap_or((condition, "true"));
                Ok(Self::Condition(kind.to_owned(), status.to_owned()))
            }
            Some(("jsonpath", rest)) => {
                let end = rest.rfind('}').map_or(rest.len(), |at| at + 1);
                let value =
                    rest[end..].strip_prefix('=').map(|value| value.trim_matches(['\'', '"']).to_owned());
                Ok(Self::Path(rest[..end].trim_matches(['\'', '"']).to_owned(), value))
            }
            _ => Err(format!("unrecognized condition: {text:?}")),
        }
    }

    fn is_met(&self, object: Option<&Json>) -> bool {
        let Some(object) = object else { return *self == Self::Deleted };
        match self {
            Self::Created => true,
            Self::Deleted => false,
            Self::Path(path, value) => {
                let found = at_path(object, path).unwrap_or_default();
                value.as_ref().map_or(!found.is_empty(), |value| found == *value)
            }
            Self::Condition(kind, status) => {
                let text = |of: &Json, name: &str| match of.get(name) {
                    Some(Json::Text(text)) => text.to_lowercase(),
                    _ => String::new(),
                };
                let conditions = object.get("status").and_then(|status| status.get("conditions"));
                let Some(Json::List(conditions)) = conditions else { return false };
                conditions.iter().any(|of| {
                    text(of, "type") == kind.to_lowercase() && text(of, "status") == status.to_lowercase()
                })
            }
        }
    }
}

impl Wait {
    /// One line for each object for which it is so; says whether that is all, or it has taken too long.
    pub fn look(&mut self, api: &dyn Api, out: &mut Output) -> bool {
        while let Some((kind, name)) = self.waiting.first() {
            let found = find_one(api, kind, name);
            let object = found.as_ref().and_then(|found| objects::object(api, found));
            if !self.what.is_met(object.as_ref()) {
                break;
            }
            out.say(&format!("{}/{name} condition met", kind.qualified()));
            self.waiting.remove(0);
        }
        if self.waiting.is_empty() {
            return true;
        }
        if self.until <= api.now() {
            for (kind, name) in &self.waiting {
                out.fail(&format!("error: timed out waiting for the condition on {}/{name}", kind.plural));
            }
            return true;
        }
        false
    }
}
