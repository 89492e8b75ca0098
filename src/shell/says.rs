//! What kubectl lacks here, and what there is to know of a manifest, as sentences.

use crate::i18n::Lang;
use crate::i18n::around::Text as PageText;
use crate::i18n::desk::Text;
use crate::kubectl::output::{Aside, Missing};
use crate::manifest::note::{About, Note};
use crate::manifest::{MOST_BYTES, MOST_LEVELS, Problem, Why};

/// What is said where a real kubectl could have done something that this one cannot.
pub fn missing(missing: &Missing, lang: Lang) -> String {
    let character;
    lang.say(match missing {
        Missing::Shell(found) => {
            character = found.to_string();
            Text::ShellMissing { character: &character }
        }
        Missing::Program(program) => Text::ProgramMissing { program },
        Missing::Command(command) => Text::CommandMissing { command },
        Missing::Flag(flag) => Text::FlagMissing { flag },
        Missing::Kind(kind) => Text::KindMissing { kind },
        Missing::Field(field) => Text::FieldMissing { field },
        Missing::Creation => Text::CreationMissing,
        Missing::Deletion(kind) => Text::DeletionMissing { kind },
        Missing::Manifest => Text::ManifestMissing,
        Missing::Template => Text::TemplateMissing,
        Missing::Unreadable(why) => return reason(why, lang),
        Missing::Room(most) => return lang.say(PageText::TooMany { most: *most }),
    })
}

/// What is said beside what kubectl prints.
pub fn aside(aside: &Aside, lang: Lang) -> String {
    lang.say(match aside {
        Aside::NoFiles => Text::ManifestMissing,
        Aside::NewRun(name) => Text::NewRun { name },
        Aside::NoPlace(kind) => Text::NoPlace { kind },
        Aside::OneNamespace(name) => Text::OneNamespace { name },
        Aside::NoLogs => Text::NoLogs,
        Aside::NoRelease => Text::NoRelease,
        Aside::SetBack => Text::SetBack,
    })
}

/// Why a manifest is refused. What kubectl says is not translated.
pub fn problem(problem: &Problem, lang: Lang) -> String {
    reason(&problem.why, lang)
}

fn reason(why: &Why, lang: Lang) -> String {
    lang.say(match why {
        Why::Kubectl(words) => return words.clone(),
        Why::TooLarge => Text::ManifestTooLarge { most: MOST_BYTES / 1024 },
        Why::TooDeep => Text::ManifestTooDeep { most: MOST_LEVELS },
        Why::TooMuch => Text::ManifestTooMuch,
        Why::NoText => Text::ManifestNoText,
        Why::NoDeployment => Text::ManifestNoDeployment,
    })
}

/// What there is to know of a manifest.
pub fn note(note: &Note, lang: Lang) -> String {
    lang.say(match &note.what {
        About::Ignored(field) => Text::ManifestIgnored { field },
        About::IgnoredButNamed(field) => Text::ManifestIgnoredButNamed { field },
        About::OtherKind(kind) => Text::ManifestOtherKind { kind },
        About::Repeated(field) => Text::ManifestRepeated { field },
        About::OneReplica => Text::ManifestOneReplica,
        About::NoReadinessProbe => Text::ManifestNoReadinessProbe,
        About::PreStopTooLong { sleep, grace } => {
            Text::ManifestPreStopTooLong { sleep: *sleep, grace: *grace }
        }
        About::Deadline => Text::ManifestDeadline,
        About::AntiAffinity { nodes } => Text::ManifestAntiAffinity { nodes: *nodes },
    })
}
