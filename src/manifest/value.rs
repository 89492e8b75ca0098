//! Values as they stand in an API object.

use super::node::{self, Data};

/// A value of JSON. There is no null: what is null is absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number; the API has no others here.
    Int(i64),
    /// Text.
    String(String),
    /// `[…]`
    List(Vec<Value>),
    /// `{…}`
    Object(Object),
}

/// Values by names: those of a structure in the order of the table of types, others by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Object(pub Vec<(String, Value)>);

impl Object {
    /// The value with this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value)
    }

    /// The value with this name, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        self.0.iter_mut().find(|(other, _)| other == name).map(|(_, value)| value)
    }

    /// The object with this name; what is absent is empty.
    pub fn object(&self, name: &str) -> Option<&Object> {
        match self.get(name) {
            Some(Value::Object(object)) => Some(object),
            _ => None,
        }
    }

    /// The items of the list with this name; what is absent is empty.
    pub fn list(&self, name: &str) -> &[Value] {
        match self.get(name) {
            Some(Value::List(items)) => items,
            _ => &[],
        }
    }

    /// The text with this name.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Value::as_str)
    }

    /// The whole number with this name.
    pub fn int(&self, name: &str) -> Option<i64> {
        match self.get(name) {
            Some(Value::Int(number)) => Some(*number),
            _ => None,
        }
    }

    /// Puts a value in the place of the one with this name, or after the others.
    pub fn set(&mut self, name: &str, value: Value) {
        match self.get_mut(name) {
            Some(old) => *old = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    /// Takes the value with this name out.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        let at = self.0.iter().position(|(other, _)| other == name)?;
        Some(self.0.remove(at).1)
    }
}

impl Value {
    /// Reads a value that [`json`](super::write::json) has written.
    pub fn parse(json: &str) -> Option<Self> {
        let documents = node::read(json, &mut Vec::new()).ok()?;
        Self::from_data(&documents.first()?.data)
    }

    fn from_data(data: &Data) -> Option<Self> {
        Some(match data {
            Data::Null | Data::Float(_) => return None,
            Data::Bool(value) => Self::Bool(*value),
            Data::Int(number) => Self::Int(*number),
            Data::Text(text) => Self::String(text.clone()),
            Data::List(items) => {
                Self::List(items.iter().filter_map(|item| Self::from_data(&item.data)).collect())
            }
            Data::Map(entries) => {
                let pair =
                    |entry: &node::Entry| Some((entry.key.clone(), Self::from_data(&entry.value.data)?));
                Self::Object(Object(entries.iter().filter_map(pair).collect()))
            }
        })
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The fields, to be changed.
    pub fn as_object_mut(&mut self) -> Option<&mut Object> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The fields, if it has any.
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}
