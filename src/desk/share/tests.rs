use super::*;
use crate::desk::{Moment, Msg};
use crate::i18n::Lang;
use crate::markup::{El, Node};
use crate::sim::time::SimTime;

const LINE: &str = "image=web:v1 replicas=4 maxSurge=1 maxUnavailable=0 @10.000 image=web:v2";
const LINK: &str = "v=1&replicas=4&maxSurge=1&maxUnavailable=0&at=12";

fn desk() -> Desk {
    let time = SimTime::from_secs(12);
    let mut desk = Desk::new(Lang::En, LINE, Moment { step: 1, time });
    desk.show(Lang::En, LINE, Moment { step: desk.timeline.last_at(time), time });
    desk.page = "https://docs.example/rollscope/index.html".to_owned();
    desk
}

fn snippet(desk: &Desk) -> String {
    (HOSTS[desk.share.host].write)(&embed(desk, &link(&desk.timeline)))
}

fn chosen(acts: &[Act]) -> Desk {
    let mut desk = desk();
    for act in acts {
        assert_eq!(desk.update(Msg::Share(act.clone())), None);
    }
    desk
}

#[test]
fn a_snippet_for_each_host() {
    #[track_caller]
    fn check(host: &str, acts: &[Act], expect: &str) {
        let place = HOSTS.iter().position(|known| known.name == host).expect("a host of that name");
        let desk = chosen(&[acts, &[Act::Host(place)]].concat());
        assert_eq!(snippet(&desk), expect);
    }

    const IFRAME: &str = "<iframe src=\"https://docs.example/rollscope/embed.html#v=1&amp;replicas=4&amp;maxSurge=1&amp;maxUnavailable=0&amp;at=12\" width=\"100%\" height=\"720\" loading=\"lazy\" allow=\"fullscreen; clipboard-write\" title=\"A Kubernetes rollout, pod by pod\"></iframe>";
    const ELEMENT: &str = "<rollscope-player link=\"v=1&amp;replicas=4&amp;maxSurge=1&amp;maxUnavailable=0&amp;at=12\" height=\"720\" title=\"A Kubernetes rollout, pod by pod\"><a href=\"https://docs.example/rollscope/index.html#v=1&amp;replicas=4&amp;maxSurge=1&amp;maxUnavailable=0&amp;at=12\">A Kubernetes rollout, pod by pod</a></rollscope-player>";
    const SCRIPT: &str = "<script src=\"https://docs.example/rollscope/embed.js\" async></script>";
    let element = &[Act::Element(true)][..];

    check("HTML", &[], &format!("{IFRAME}\n"));
    check("HTML", element, &format!("{SCRIPT}\n{ELEMENT}\n"));
    check("mdBook", &[], &format!("{IFRAME}\n"));
    check("MkDocs Material", &[], &format!("{IFRAME}\n"));
    check(
        "MkDocs Material",
        element,
        &format!(
            "# mkdocs.yml\nextra_javascript:\n  - https://docs.example/rollscope/embed.js\n\n<!-- in a page -->\n{ELEMENT}\n"
        ),
    );
    check(
        "Docusaurus",
        &[],
        "<iframe\n  src=\"https://docs.example/rollscope/embed.html#v=1&amp;replicas=4&amp;maxSurge=1&amp;maxUnavailable=0&amp;at=12\"\n  title=\"A Kubernetes rollout, pod by pod\"\n  width=\"100%\"\n  height={720}\n  loading=\"lazy\"\n  allow=\"fullscreen; clipboard-write\"\n  style={{border: 0}}\n/>\n",
    );
    check(
        "Docusaurus",
        element,
        &format!(
            "{{/* docusaurus.config.js: scripts: [{{src: 'https://docs.example/rollscope/embed.js', async: true}}] */}}\n\n{ELEMENT}\n"
        ),
    );
    check(
        "Hugo, Docsy",
        &[],
        &format!(
            "<!-- layouts/shortcodes/rollscope.html -->\n<iframe src=\"{{{{ printf \"%s%s\" \"https://docs.example/rollscope/embed.html#\" (.Get \"link\") | safeURL }}}}\" width=\"100%\" height=\"{{{{ .Get \"height\" }}}}\" loading=\"lazy\" allow=\"fullscreen; clipboard-write\" title=\"{{{{ .Get \"title\" }}}}\"></iframe>\n\n{{{{< rollscope link=\"{LINK}\" height=\"720\" title=\"A Kubernetes rollout, pod by pod\" >}}}}\n"
        ),
    );
    check(
        "Sphinx",
        element,
        &format!(
            ".. only:: html\n\n   .. raw:: html\n\n      {SCRIPT}\n      {ELEMENT}\n\n.. only:: not html\n\n   `A Kubernetes rollout, pod by pod <https://docs.example/rollscope/index.html#{LINK}>`__\n"
        ),
    );
    check(
        "GitHub README",
        &[],
        "<a href=\"https://docs.example/rollscope/index.html#v=1&amp;replicas=4&amp;maxSurge=1&amp;maxUnavailable=0&amp;at=12\"><picture>\n  <source media=\"(prefers-color-scheme: dark)\" srcset=\"rollout-dark.svg\">\n  <img src=\"rollout-light.svg\" alt=\"A Kubernetes rollout, pod by pod\">\n</picture></a>\n",
    );
}

#[test]
fn choices_stand_in_the_link_or_at_the_element() {
    let choices = [
        Act::Panel(2),
        Act::Controls,
        Act::Theme("dark".to_owned()),
        Act::Lang("zh-Hans".to_owned()),
        Act::Height(" 480 ".to_owned()),
        Act::Click,
        Act::Loop,
        Act::Stops,
        Act::Steps(" 5-40 ".to_owned()),
    ];
    let desk = chosen(&choices);
    let options = "steps=5-40&view=pods,chart&controls=none&loop=1&pauseonmarkers=1&theme=dark&lang=zh-Hans";
    assert_eq!(embed(&desk, LINK).fragment(), format!("{LINK}&{options}"));
    let text = snippet(&desk);
    assert!(
        text.contains("height=\"480\"") && text.contains("title=\"逐个 Pod 看 Kubernetes 滚动更新\""),
        "{text}"
    );
    // An iframe cannot wait for a press.
    assert!(!text.contains("load=\"click\""), "{text}");
    let text = snippet(&chosen(&[&choices[..], &[Act::Element(true)]].concat()));
    let attributes = "steps=\"5-40\" view=\"pods,chart\" controls=\"none\" loop=\"1\" pauseonmarkers=\"1\" theme=\"dark\" lang=\"zh-Hans\" load=\"click\"";
    assert!(text.contains(attributes), "{text}");
}

#[test]
fn what_is_no_height_is_not_taken_for_one() {
    for (typed, expect) in [("480", Some(480)), ("", None), ("7", None), ("1e9", None), ("99999", None)] {
        let desk = chosen(&[Act::Height(typed.to_owned())]);
        assert_eq!(desk.share.height(), expect, "{typed}");
        assert!(snippet(&desk).contains(&format!("height=\"{}\"", expect.unwrap_or(HEIGHT))));
    }
}

#[test]
fn what_is_no_range_of_steps_is_not_taken_for_one() {
    for (typed, is_range) in [("5-", true), ("-40", true), ("9-4", false), ("0-4", false), ("x", false)] {
        let desk = chosen(&[Act::Steps(typed.to_owned())]);
        assert_eq!(embed(&desk, LINK).fragment().contains("steps="), is_range, "{typed}");
        assert_eq!(!desk.share.has_no_steps(), is_range, "{typed}");
    }
}

#[test]
fn pictures_and_addresses_are_opened_and_nothing_else() {
    #[track_caller]
    fn check(text: &str, expect: Option<&str>) {
        let mut desk = desk();
        let ask = desk.update(Msg::Share(Act::Open(text.to_owned())));
        assert_eq!(ask, expect.map(|link| Ask::Open(link.to_owned())), "{text}");
        assert_eq!(desk.share.unread, expect.is_none() && !text.trim().is_empty(), "{text}");
    }

    check(&forms::text(&desk(), Form::Svg), Some(LINK));
    check(&forms::text(&desk(), Form::Moving), Some(LINK));
    check("https://elsewhere.example/x/#v=1&replicas=3&at=5\n", Some("v=1&replicas=3&at=5"));
    check("#replicas=3", Some("replicas=3"));
    check("<svg xmlns=\"http://www.w3.org/2000/svg\"><a href=\"#a=b\"/></svg>", None);
    check("hello", None);
    check("", None);
}

#[test]
fn every_form_is_written_and_named() {
    let mut desk = chosen(&[Act::Look(Look::Dark)]);
    desk.terminal.press("kubectl get pods", "No resources found", false);
    let names: Vec<_> = forms::FORMS
        .map(|form| forms::file(&desk, form))
        .map(|file| {
            assert!(!file.text.is_empty() && file.kind.contains('/'), "{}", file.name);
            file.name
        })
        .into();
    let svgs = ["rollout-dark.svg", "rollout-dark-moving.svg", "rollout-dark.png"];
    assert_eq!(names, [&svgs[..], &["rollout.json", "rollout.csv", "rollout.md", "rollout.txt"]].concat());
    assert_eq!(desk.update(Msg::Share(Act::Copy(Form::Csv))), Some(Ask::Copy(forms::text(&desk, Form::Csv))));
    assert_eq!(desk.share.copied, Some(Form::Csv));
}

/// All that is said in an element.
fn said(el: &El<Msg>) -> String {
    let words = el.0.children.iter().map(|node| match node {
        Node::Text(words) => words.to_string(),
        Node::El(el) => said(el),
        Node::Part(_) => String::new(),
    });
    words.collect()
}

#[test]
fn what_is_not_chosen_is_as_the_site_for_an_element_and_as_the_browser_for_an_iframe() {
    let hugo = HOSTS.iter().position(|host| !host.has_elements).expect("an iframe at any rate");
    for (acts, expect) in [
        (&[][..], (false, true)),
        (&[Act::Element(true)], (true, false)),
        (&[Act::Element(true), Act::Host(hugo)], (false, true)),
    ] {
        let said = said(&view::share(&chosen(acts)));
        assert_eq!(
            (said.contains("as the site"), said.contains("as the reader’s browser")),
            expect,
            "{acts:?}"
        );
    }
}

#[test]
fn it_is_said_what_an_embed_without_panels_shows() {
    let hint = "With none of them there are pods, chart and why.";
    let all = [Act::Panel(0), Act::Panel(1), Act::Panel(2)];
    assert!(!said(&view::share(&chosen(&all[..2]))).contains(hint));
    assert!(said(&view::share(&chosen(&all))).contains(hint));
    assert!(!snippet(&chosen(&all)).contains("view="));
}
