use super::*;
use crate::i18n::Lang;
use crate::session::Options as Page;

/// A page that is opened with a link.
fn open(link: &str, lang: Lang) -> Session {
    session(Session::new(Page { link: link.to_owned(), lang, ..Page::default() }))
}

fn of(link: &str) -> (String, String) {
    let session = open(link, Lang::En);
    (still(&session, &Options::default()), moving(&session, &Options::default()))
}

#[test]
fn it_shows_what_the_page_shows() {
    let (svg, _) = of("replicas=10&at=13");
    for words in
        ["at least 8 available", "at most 13", "web-77bb89678", "allowed (10 + 3)", "NewRSNewReplicas"]
    {
        assert!(svg.contains(words), "{words} is not in it");
    }
    // Ten old pods of which two leave, and five new ones.
    assert_eq!(svg.matches(">v1</text>").count(), 10);
    assert_eq!(svg.matches(">v2</text>").count(), 5);
}

#[test]
fn its_link_leads_back_to_it() {
    for link in ["maxSurge=1&maxUnavailable=0&at=12", "story=never-ready&at=30", "replicas=4&step=9"] {
        let session = open(link, Lang::En);
        for page in ["", "https://docs.example/rollscope/"] {
            let options = Options { page: page.to_owned(), ..Options::default() };
            let svg = still(&session, &options);
            let found = link_in(&svg).expect("it has a link");
            assert_eq!(found, format!("#{}", session.link()));
            assert_eq!(still(&open(&found[1..], Lang::En), &options), svg, "{link}");
            assert_eq!(svg.contains("<a href=\"https://docs.example/rollscope/#v=1"), !page.is_empty());
        }
    }
    assert_eq!(link_in("<svg><metadata>#v=1</metadata></svg>"), None);
}

#[test]
fn names_are_never_markup() {
    let (svg, moving) = of("image=a%3C/text%3E%3Cscript%3E%26%22&ops=10:image=%3Cb%3E&at=13");
    for svg in [svg, moving] {
        assert!(!svg.contains("<script") && !svg.contains("<b>"));
    }
}

#[test]
fn it_stands_for_itself() {
    let (still, moving) = of("at=13");
    for svg in [still, moving] {
        let outside = svg
            .replace("<a href=\"https://github.com/kubernetes/", "")
            .replace("http://www.w3.org/2000/svg", "");
        for word in ["://", "<script", "<image", "@import", "onload", "foreignObject"] {
            assert!(!outside.contains(word), "{word}");
        }
    }
}

#[test]
fn a_picture_of_many_pods_stays_small() {
    for (pods, most) in [(10, 40), (100, 40), (3_000, 50), (150_000, 60)] {
        let link = format!("replicas={pods}&web:v2.ready=9&web:v2.jitter=50&at=13");
        let (still, moving) = of(&link);
        println!("{pods} pods: {} bytes, moving {}", still.len(), moving.len());
        assert!(still.len() < most * 1024, "{pods} pods: {} bytes", still.len());
        assert!(moving.len() < 3 * most * 1024, "{pods} pods: {} bytes move", moving.len());
    }
}

#[test]
fn what_moves_stands_where_less_motion_is_wanted() {
    let (_, moving) = of("at=13");
    assert!(moving.contains("@media(prefers-reduced-motion:reduce){.rs *{animation:none!important}}"));
    // Every set of keyframes is used, and begins and ends where the loop does.
    let sheet =
        moving.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>")).expect("a sheet").0;
    let mut checked = 0;
    for (number, frames) in (0..).zip(sheet.split("@keyframes ").skip(1)) {
        assert!(frames.starts_with(&format!("rs{number}{{0%{{")), "{frames}");
        assert!(frames.contains("100%{"), "{frames}");
        assert!(moving.contains(&format!(" k{number}\"")), "nothing has the keyframes {number}");
        checked += 1;
    }
    assert!(20 < checked, "only {checked} keyframes");
    let (still, _) = of("at=13");
    assert!(!still.contains("keyframes") && !still.contains("visibility"));
}

#[test]
fn it_is_told_with_the_signs_of_its_language() {
    let told = |lang, tag: &str| {
        let svg = still(&open("at=13", lang), &Options::default());
        let (_, rest) = svg.split_once(&format!("<{tag}>")).expect("it is there");
        rest.split_once('<').expect("it ends").0.to_owned()
    };
    assert!(told(Lang::En, "title").starts_with("web: Rolling out"), "{}", told(Lang::En, "title"));
    assert!(told(Lang::ZhHans, "title").starts_with("web：正在上线"), "{}", told(Lang::ZhHans, "title"));
    let (en, zh_hans) = (told(Lang::En, "desc"), told(Lang::ZhHans, "desc"));
    assert!(
        en.contains(" leaving. Scale v2 up, as far as the ceiling allows: web-77bb89678 3 → 5. Next: "),
        "{en}"
    );
    assert!(zh_hans.contains("正在离开。在上限之内扩容 v2：web-77bb89678 3 → 5。接下来："), "{zh_hans}");
}
