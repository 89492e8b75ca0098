//! English.
//!
//! `{count}` stands for a value, `{count?pod|pods}` for one of two words: the first if the value is 1.

use super::Text;

/// The sentence in English, with places for what it is about.
pub fn template(text: &Text) -> &'static str {
    match text {
        Text::Terminal => "Terminal",
        Text::TerminalInput => "Command line",
        Text::TerminalHint => {
            "Enter carries it out, Tab completes a word that can be completed, ↑ and ↓ call earlier lines back, \
             Ctrl C ends what goes on. It all happens at the moment on screen."
        }
        Text::TerminalExamples => "For example",
        Text::Copied => "Copied",
        Text::CopyTranscript => "Copy all",
        Text::ClearTerminal => "Clear",
        Text::StillEditing => "is open in the editor below",
        Text::Offered { .. } => "{count} possibilities:",
        Text::EditorTitle { .. } => "Editing {name}",
        Text::EditorSave => "Save and close",
        Text::EditorLeave => "Close without saving",
        Text::StillRunning => "goes on while time runs",
        Text::ExitStatus { .. } => "exit status {status}",
        Text::LinesLeftOut { .. } => "{lines} more {lines?line|lines}",
        Text::ShellMissing { .. } => {
            "This is kubectl alone, without a shell: {character} means nothing here. One command a line."
        }
        Text::ProgramMissing { .. } => "There is no {program} here, only kubectl.",
        Text::CommandMissing { .. } => "A real kubectl has the command {command}; this one does not.",
        Text::FlagMissing { .. } => "A real kubectl knows {flag} here; this one does not.",
        Text::KindMissing { .. } => "In a real cluster this could be done to a {kind} too; here it cannot.",
        Text::FieldMissing { .. } => {
            "A real cluster would keep {field}; here it is not kept, so nothing was changed."
        }
        Text::TemplateMissing => {
            "This is no template of Go that fits the object, or it has more in it than is known here: fields, range, \
             if, pipes and the common functions."
        }
        Text::CreationMissing => "Here all objects are in the namespace default; nothing was created.",
        Text::DeletionMissing { .. } => "A {kind} cannot be deleted here, so nothing was changed.",
        Text::ManifestMissing => {
            "There are no files here. `-f -` reads the manifest field below, or the lines after `<<EOF`; a file \
             that is opened there is read by its name."
        }
        Text::NewRun { .. } => {
            "One Deployment at a time is shown here: this run begins with the creation of {name}. Undo on the page \
             brings the former run back."
        }
        Text::NoPlace { .. } => {
            "That is what kubectl prints; but a {kind} is not simulated here: nothing was kept, and nothing \
             follows from it."
        }
        Text::OneNamespace { .. } => {
            "All objects are in one namespace here: `-n {name}` means that one too, and kubectl calls it default."
        }
        Text::NoLogs => "Nothing runs inside the containers here, so what they have logged is empty.",
        Text::NoRelease => {
            "That is what kubectl prints. Its owner would let go of it and make another one; that is not simulated \
             here, so nothing was changed."
        }
        Text::SetBack => {
            "That is what kubectl prints. The Deployment controller would set the ReplicaSet back at once, so \
             nothing was changed here."
        }
        Text::ManifestIgnored { .. } => "`{field}` makes no difference to the rollout.",
        Text::ManifestIgnoredButNamed { .. } => {
            "`{field}` counts for the name of the ReplicaSet; the rollout does not depend on it here."
        }
        Text::ManifestOtherKind { .. } => "{kind} is left out: only a Deployment is simulated.",
        Text::ManifestRepeated { .. } => {
            "`{field}` stands there twice; kubectl takes the last without a word."
        }
        Text::ManifestOneReplica => {
            "With one replica and the default strategy, the new pod comes first, as surge: both versions run \
             side by side for a while."
        }
        Text::ManifestNoReadinessProbe => {
            "Without a readiness probe a pod counts as ready as soon as its containers run, even if it cannot \
             serve yet: a broken version may replace every good pod."
        }
        Text::ManifestPreStopTooLong { .. } => {
            "The preStop hook sleeps {sleep} s, but there are only {grace} s (terminationGracePeriodSeconds): \
             the application is killed before it can finish."
        }
        Text::ManifestDeadline => {
            "progressDeadlineSeconds has to be greater than minReadySeconds, or no pod could be available in time."
        }
        Text::ManifestAntiAffinity { .. } => {
            "No two of these pods may be on one node: the rollout needs {nodes} {nodes?node|nodes}, or it gets stuck."
        }
        Text::Manifest => "Manifest",
        Text::ManifestHint => {
            "Paste a Deployment as YAML or JSON: it becomes the run, under the names that your cluster gives. \
             Nothing leaves this page."
        }
        Text::ManifestField => "Manifest of a Deployment",
        Text::ManifestFile => "Or open a file, or drop one on the field",
        Text::ManifestAt { .. } => "Line {line}, column {column}: ",
        Text::ManifestShow { .. } => "Show a rollout of {name}",
        Text::ManifestNow => "The Deployment on screen",
        Text::ManifestNoPatch => "What has changed cannot be said as one patch here.",
        Text::ManifestSame => "Nothing has changed since the beginning of the run.",
        Text::CopyManifest => "Copy",
        Text::DownloadManifest => "Download",
        Text::ManifestNoDeployment => "There is no Deployment in it.",
        Text::ManifestTooLarge { .. } => "A manifest of more than {most} KB is not read.",
        Text::ManifestTooDeep { .. } => "Values lie in one another more than {most} deep.",
        Text::ManifestTooMuch => "There are too many values, counting what aliases repeat.",
        Text::PictureThreads { .. } => "Each line is one of {pods} pods.",
        Text::PictureMadeBy => "Simulated by Rollscope as Kubernetes 1.36.2 does it",
        Text::Tabs => "Desk",
        Text::TabTerminal => "Terminal and manifests",
        Text::TabShare => "Share",
        Text::ShareLinks => "Links",
        Text::LinkEditor => "The whole page at this moment",
        Text::LinkStep => "The whole page at this very step",
        Text::LinkViewer => "The picture with its controls alone",
        Text::ShareForms => "Pictures and data",
        Text::ShareHint => "All of it is made in this page; nothing is sent anywhere.",
        Text::PictureLook => "Pictures",
        Text::LookAuto => "as the reader’s system",
        Text::LookLight => "light",
        Text::LookDark => "dark",
        Text::FormSvg => "SVG of this moment",
        Text::FormMoving => "SVG of the whole run, moving",
        Text::FormPng => "PNG of this moment",
        Text::FormJson => "JSON: this moment and every step",
        Text::FormCsv => "CSV: a line for every step",
        Text::FormMarkdown => "Markdown: a table",
        Text::FormTranscript => "Transcript of the terminal",
        Text::CopyIt { .. } => "Copy: {what}",
        Text::SaveIt { .. } => "Download: {what}",
        Text::OpenHere => "Open a picture that was saved here",
        Text::OpenLink => "Or paste a link",
        Text::OpenNothing => "There is no link of Rollscope in it.",
        Text::Embed => "Embed",
        Text::EmbedTitle => "A Kubernetes rollout, pod by pod",
        Text::EmbedHost => "For",
        Text::EmbedAs => "As",
        Text::EmbedHeight => "Height in pixels",
        Text::EmbedNoHeight { .. } => "A number from {least} to {most}.",
        Text::EmbedTheme => "Light or dark",
        Text::EmbedLang => "Language",
        Text::AsSite => "as the site",
        Text::AsReader => "as the reader’s browser",
        Text::EmbedControls => "Buttons to play and step",
        Text::EmbedClick => "Loaded when pressed",
        Text::EmbedLoop => "Again and again",
        Text::EmbedStops => "Stop at every decision",
        Text::EmbedSteps => "Only steps",
        Text::EmbedNoSteps => "The first and the last step, such as 5-40, 5- or -40.",
        Text::EmbedPanels => "Shown",
        Text::EmbedNoPanels => "With none of them there are pods, chart and why.",
        Text::PanelPods => "Pods",
        Text::PanelChart => "Chart",
        Text::PanelWhy => "Why",
        Text::PanelEvents => "Events",
        Text::PanelSettings => "Settings",
        Text::PanelNumbers => "Numbers",
        Text::Snippet => "Snippet",
        Text::NoteHtml => "Into any page, or into Markdown that allows HTML.",
        Text::NoteDocusaurus => "Into a page (.md or .mdx).",
        Text::NoteHugo => "The first part is a file of your site, once; the second goes into a page.",
        Text::NoteMarkdown => "Into a chapter, with an empty line before and after it.",
        Text::NoteMkdocs => "Into a page, with an empty line before and after it.",
        Text::NoteSphinx => "Into a page (.rst). What is not HTML shows a link.",
        Text::NoteReadme => {
            "Nothing runs there: save the SVG above both in light and in dark, and put both files beside the README."
        }
        Text::PreviewShow => "Show a preview",
        Text::PreviewAgain => "Preview this moment",
        Text::Preview => "Preview",
        Text::PreviewHint => {
            "If it stays empty, this site’s Content-Security-Policy allows no frames: frame-src 'self' is missing."
        }
        Text::ManifestNoText => "This is not text: it has a NUL or characters that are not UTF-8.",
    }
}
