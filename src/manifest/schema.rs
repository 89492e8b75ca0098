//! The fields of a Deployment and of all that it is made of, as `k8s.io/api` v0.36.2 declares them
//! (`apps/v1/types.go`, `core/v1/types.go`, `apimachinery/pkg/apis/meta/v1/types.go`), with the API
//! server's defaults (`pkg/apis/core/v1/defaults.go`, and `+default` in the types themselves).
//!
//! It is one text, since a structure for each type would be code for each. A line is a type: its name,
//! then its fields in the order of the Go structure, as `Go/json:Type=default`:
//!
//! - `/json` only where it is not the Go name in small letters;
//! - `:Type` only where it is no string. `*` is a pointer, `[]` a list, `{}` a map of strings; a name
//!   that has no line is a string with a name; one that begins with `-` is not kept, and always empty;
//! - `=default` where the API server puts something in the place of nothing;
//! - `+Type` is embedded: its fields stand beside the others in JSON.

const TYPES: &str = include_str!("schema.txt");

/// A field of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    /// What Go calls it.
    pub name: &'a str,
    /// What JSON calls it, unless that follows from `name`.
    json: &'a str,
    /// What it holds.
    pub of: Type<'a>,
    /// What the API server puts there if there is nothing.
    pub default: Option<&'a str>,
    /// Whether its own fields stand in its place.
    pub is_embedded: bool,
}

/// A type as it is spelled in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Type<'a>(pub &'a str);

/// What kind of value a type has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind<'a> {
    /// A value or nothing.
    Pointer(Type<'a>),
    /// Any number of values.
    List(Type<'a>),
    /// Values of one type by names.
    Map(Type<'a>),
    /// Fields.
    Struct(&'a str),
    /// Text, with a name of its own or without.
    String,
    /// Yes or no.
    Bool,
    /// A number of 32 bits.
    Int32,
    /// A number of 64 bits.
    Int64,
    /// A number or text.
    IntOrString,
    /// A number with a unit.
    Quantity,
    /// Nothing that is kept.
    NotKept,
}

/// The fields of a type; `None` if it has none.
pub fn fields(name: &str) -> Option<impl Iterator<Item = Field<'static>>> {
    let line = TYPES.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))?;
    Some(line.split(' ').map(field))
}

fn field(text: &'static str) -> Field<'static> {
    if let Some(name) = text.strip_prefix('+') {
        return Field { name, json: "", of: Type(name), default: None, is_embedded: true };
    }
    let (text, default) = match text.split_once('=') {
        Some((text, default)) => (text, Some(default)),
        None => (text, None),
    };
    let (names, of) = text.split_once(':').unwrap_or((text, ""));
    let (name, json) = names.split_once('/').unwrap_or((names, ""));
    Field { name, json, of: Type(of), default, is_embedded: false }
}

impl Field<'_> {
    /// What it is called in JSON and YAML: the first word of the Go name in small letters, `dnsPolicy`
    /// for `DNSPolicy`.
    pub fn json_name(&self) -> String {
        if !self.json.is_empty() {
            return self.json.to_owned();
        }
        let (first, rest) = self.first_word();
        first.to_ascii_lowercase() + rest
    }

    /// Whether it is called so in JSON and YAML.
    pub fn is_called(&self, name: &str) -> bool {
        let (first, rest) = self.first_word();
        match self.json {
            "" => name.strip_suffix(rest).is_some_and(|name| {
                name.len() == first.len()
                    && name.bytes().eq(first.bytes().map(|byte| byte.to_ascii_lowercase()))
            }),
            json => json == name,
        }
    }

    fn first_word(&self) -> (&str, &str) {
        let capitals = self.name.bytes().take_while(u8::is_ascii_uppercase).count();
        let first = if 1 < capitals && capitals < self.name.len() { capitals - 1 } else { capitals };
        self.name.split_at(first)
    }
}

impl<'a> Type<'a> {
    /// What kind of value it has.
    pub fn kind(self) -> Kind<'a> {
        if let Some(inner) = self.0.strip_prefix('*') {
            return Kind::Pointer(Type(inner));
        }
        if let Some(inner) = self.0.strip_prefix("[]") {
            return Kind::List(Type(inner));
        }
        match self.0 {
            "" | "uid" => Kind::String,
            "{}" => Kind::Map(Type("")),
            "ResourceList" => Kind::Map(Type("quantity")),
            "bool" => Kind::Bool,
            "int32" => Kind::Int32,
            "int64" => Kind::Int64,
            "intstr" => Kind::IntOrString,
            "quantity" => Kind::Quantity,
            name if name.starts_with('-') => Kind::NotKept,
            name if fields(name).is_some() => Kind::Struct(name),
            _ => Kind::String,
        }
    }

    /// Writes what Go calls it.
    pub fn write_go_name(self, to: &mut String) {
        let name = self.0.trim_start_matches(['*', '[', ']']);
        *to += &self.0[..self.0.len() - name.len()];
        *to += match name {
            "" => "string",
            "{}" => "map[string]string",
            "uid" => "types.UID",
            "intstr" => "intstr.IntOrString",
            "quantity" => "resource.Quantity",
            _ => "",
        };
        if name.starts_with(|c: char| c.is_ascii_uppercase() || c == '-') {
            *to += "v1.";
        }
        if !["{}", "uid", "intstr", "quantity"].contains(&name) {
            *to += name.trim_start_matches('-');
        }
    }

    /// What Go calls it.
    pub fn go_name(self) -> String {
        let mut name = String::new();
        self.write_go_name(&mut name);
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_called_as_in_yaml() {
        #[track_caller]
        fn check(owner: &str, name: &str, json: &str) {
            let mut fields = fields(owner).unwrap_or_else(|| panic!("no type {owner}"));
            let field = fields.find(|field| field.name == name).expect("there is this field");
            assert_eq!(field.json_name(), json);
            assert!(field.is_called(json) && !field.is_called(name));
        }

        check("PodSpec", "DNSPolicy", "dnsPolicy");
        check("PodSpec", "DeprecatedServiceAccount", "serviceAccount");
        check("PodSpec", "SetHostnameAsFQDN", "setHostnameAsFQDN");
        check("PodSpec", "OS", "os");
        check("Container", "TTY", "tty");
        check("SecurityContext", "SELinuxOptions", "seLinuxOptions");
        check("ProbeHandler", "HTTPGet", "httpGet");
        check("VolumeSource", "CephFS", "cephfs");
        check("FCVolumeSource", "WWIDs", "wwids");
        check("PodTemplateSpec", "ObjectMeta", "metadata");
    }

    #[test]
    fn types_are_called_as_in_go() {
        #[track_caller]
        fn check(spelled: &str, go_name: &str, kind: Kind) {
            assert_eq!((Type(spelled).go_name().as_str(), Type(spelled).kind()), (go_name, kind));
        }

        check("", "string", Kind::String);
        check("PullPolicy", "v1.PullPolicy", Kind::String);
        check("[]Container", "[]v1.Container", Kind::List(Type("Container")));
        check("*int64", "*int64", Kind::Pointer(Type("int64")));
        check("*-Time", "*v1.Time", Kind::Pointer(Type("-Time")));
        check("ResourceList", "v1.ResourceList", Kind::Map(Type("quantity")));
        check("Probe", "v1.Probe", Kind::Struct("Probe"));
    }
}
