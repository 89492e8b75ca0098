//! The page: takes messages, draws the screen.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use yew::{Callback, Component, Context, Html, NodeRef, Properties};

use super::chart::chart;
use super::clock::Clock;
use super::desk::desk;
use super::el::{El, classed, el, list};
use super::embed::{title, whole_page};
use super::events::events;
use super::icon;
use super::keys::keys;
use super::part::part;
use super::problems::problems;
use super::screen::Screen;
use super::settings::settings;
use super::stage::{numbers, picture};
use super::stall::stall;
use super::stories::stories;
use super::transport::transport;
use super::why::why;
use crate::i18n::Text;
use crate::session::Options;
use crate::session::effect::Effect;
use crate::session::embed::{Embed, Panel};
use crate::session::msg::Msg;
use crate::view::Frame;

/// How the page is opened, and who carries out what it asks of the browser.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// How the page is opened.
    pub options: Options,
    /// Who carries out what it asks of the browser.
    pub on_effect: Callback<Effect>,
}

/// The page.
pub struct App {
    screen: Rc<RefCell<Screen>>,
    clock: Clock,
    on_msg: Callback<Msg>,
    /// Measured, since the picture is drawn in pixels.
    picture: NodeRef,
    /// Hears when the window changes its size.
    resize: Option<EventListener>,
}

impl Component for App {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let screen = Rc::new(RefCell::new(Screen::new(ctx.props().options.clone())));
        let on_msg = ctx.link().callback(|msg| msg);
        let clock = Clock::new(Box::new({
            let (screen, on_msg) = (Rc::clone(&screen), on_msg.clone());
            move |micros| {
                let mut screen = screen.borrow_mut();
                if screen.pass(micros) {
                    // Time has passed already.
                    on_msg.emit(Msg::Frame(0));
                }
                screen.session.is_playing()
            }
        }));
        Self { screen, clock, on_msg, picture: NodeRef::default(), resize: None }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let mut screen = self.screen.borrow_mut();
        if msg == Msg::PointAt(screen.session.pointed) {
            return false;
        }
        if let Msg::HoverPod(pod) = msg {
            return screen.point(pod);
        }
        let effect = screen.update(msg);
        if screen.session.is_playing() {
            self.clock.run();
        }
        drop(screen);
        if let Some(effect) = effect {
            ctx.props().on_effect.emit(effect);
        }
        // What is the same is found to be so when it is drawn: parts by their identity, the rest by Yew.
        true
    }

    /// The picture is measured once and when the window changes, never while time runs.
    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        self.screen.borrow_mut().connect();
        let effects = self.screen.borrow_mut().session.tell();
        effects.into_iter().for_each(|effect| ctx.props().on_effect.emit(effect));
        if !first {
            return;
        }
        let (link, picture) = (ctx.link().clone(), self.picture.clone());
        let measure = move || {
            let width = picture.cast::<web_sys::Element>().map_or(0, |picture| picture.client_width());
            if 0 < width {
                link.send_message(Msg::Resized(width as u32));
            }
        };
        measure();
        self.resize =
            web_sys::window().map(|window| EventListener::new(&window, "resize", move |_| measure()));
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        let (screen, on_msg) = (&*self.screen.borrow(), &self.on_msg);
        let frame = &screen.frame;
        let say = |text| frame.lang.say(text);
        let page = classed("div", if frame.embed.is_some() { "rollscope embed" } else { "rollscope" });
        let shows = |panel| frame.embed.as_ref().is_none_or(|embed| embed.shows(panel));
        let mut main = el("main");
        if shows(Panel::Settings) {
            main = main.child(self.settings(frame, say(Text::Settings)));
        }
        main = main.child(self.middle(screen));
        let mut side = classed("div", "side");
        if shows(Panel::Why) {
            side = side.child(Self::why(frame, say(Text::Why))).child(list(self.stall(frame)));
        }
        if shows(Panel::Events) {
            side = side.child(self.events(frame, say(Text::Events)));
        }
        if shows(Panel::Why) || shows(Panel::Events) {
            main = main.child(side);
        }
        let footer = match frame.embed {
            Some(_) => whole_page(frame),
            None => el("footer").child(el("p").text(frame.about.clone())).child(keys(
                frame.lang,
                frame.keys_enabled,
                on_msg,
            )),
        };
        page.attr("lang", frame.lang.tag())
            .attr("data-link", frame.link.clone())
            .on_pods(on_msg)
            .child(if frame.embed.is_some() { title(frame) } else { self.header(frame) })
            .child(problems(frame, on_msg))
            .child(main)
            .child(footer)
            .child(classed("p", "hidden").attr("role", "status").text(frame.live.clone()))
            .into()
    }
}

impl App {
    fn header(&self, frame: &Frame) -> El {
        let on_msg = &self.on_msg;
        let say = |text| frame.lang.say(text);
        let title = el("h1")
            .child(icon::logo())
            .child(el("span").text("Rollscope"))
            .child(el("small").text(say(Text::Tagline)));
        let ghost = || classed("button", "ghost").attr("type", "button");
        let language = ghost()
            .attr("lang", frame.lang.other().tag())
            .on_click(on_msg, Msg::SwitchLanguage)
            .text(say(Text::SwitchLanguage));
        let copied = frame.link_is_copied;
        let link = ghost()
            .attr("title", say(Text::CopyLink))
            .attr("aria-label", say(if copied { Text::Copied } else { Text::CopyLink }))
            .on_click(on_msg, Msg::CopyLink)
            .child(icon::icon(if copied { icon::DONE } else { icon::LINK }));
        let share = ghost().on_click(on_msg, Msg::Share).text(say(Text::Share));
        let theme = ghost()
            .attr("title", say(Text::SwitchTheme))
            .attr("aria-label", say(Text::SwitchTheme))
            .on_click(on_msg, Msg::SwitchTheme)
            .child(icon::theme());
        classed("header", "top")
            .child(title)
            .child(self.stories(frame))
            .child(link)
            .child(share)
            .child(language)
            .child(theme)
    }

    fn middle(&self, screen: &Screen) -> El {
        let (Screen { session, frame, rasters, playhead }, on_msg) = (screen, &self.on_msg);
        let label = frame.lang.say(Text::Timeline);
        let embed = frame.embed.as_ref();
        let shows = |panel| embed.is_none_or(|embed| embed.shows(panel));
        let has_controls = embed.is_none_or(Embed::has_controls);
        let time = classed("section", "card")
            .attr("aria-label", label.clone())
            .children(shows(Panel::Pods).then(|| picture(frame, session, rasters, on_msg).into()))
            .children(has_controls.then(|| transport(&frame.transport, on_msg)))
            .children(shows(Panel::Chart).then(|| chart(frame, rasters.fabric(), playhead, label, on_msg)))
            .child(classed("p", "hidden").text(frame.chart.weave_label.clone()));
        let numbers = || classed("section", "card").attr("aria-label", "ReplicaSet").child(numbers(frame));
        classed("div", "middle")
            .child(classed("div", "ruler").node_ref(&self.picture))
            .child(time)
            .children(shows(Panel::Numbers).then(|| numbers().into()))
            .children(embed.is_none().then(|| desk(frame, on_msg).into()))
    }

    fn settings(&self, frame: &Frame, title: String) -> Html {
        let on_msg = self.on_msg.clone();
        part(&frame.settings, move |model| settings(model, &title, &on_msg))
    }

    fn stories(&self, frame: &Frame) -> Html {
        let (on_msg, label) = (self.on_msg.clone(), frame.lang.say(Text::ChooseStory));
        part(&frame.stories, move |model| stories(model, &label, &on_msg))
    }

    fn stall(&self, frame: &Frame) -> Option<Html> {
        let on_msg = self.on_msg.clone();
        let model = frame.stall.as_ref()?;
        Some(part(model, move |model| stall(model, &on_msg)))
    }

    fn why(frame: &Frame, title: String) -> Html {
        part(&frame.why, move |model| why(model, &title))
    }

    fn events(&self, frame: &Frame, title: String) -> Html {
        let on_msg = self.on_msg.clone();
        part(&frame.event_list, move |model| events(model, &title, &on_msg))
    }
}
