//! The page: owns the session, takes messages, draws frames.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_render::{AnimationFrame, request_animation_frame};
use yew::{Callback, Component, Context, Html, NodeRef, Properties};

use super::chart::chart;
use super::el::{El, classed, el, list};
use super::events::events;
use super::icon;
use super::keys::keys;
use super::part::part;
use super::raster::Rasters;
use super::settings::settings;
use super::stage::{numbers, picture};
use super::stall::stall;
use super::stories::stories;
use super::transport::transport;
use super::why::why;
use crate::i18n::Text;
use crate::session::effect::Effect;
use crate::session::msg::Msg;
use crate::session::{Options, Session};
use crate::view::{Frame, frame};

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
    session: Session,
    frame: Frame,
    rasters: Rasters,
    on_msg: Callback<Msg>,
    /// Measured, since the picture is drawn in pixels.
    picture: NodeRef,
    /// The next frame while time runs; dropping it cancels it, so a page at rest does nothing.
    animation: Option<AnimationFrame>,
    /// When the last frame was drawn, in microseconds; shared with the next one.
    drawn: Rc<Cell<Option<u64>>>,
    /// The list of events, and the step of the last one that was scrolled to.
    events: NodeRef,
    scrolled: Option<usize>,
    /// Hears when the window changes its size.
    resize: Option<EventListener>,
}

impl Component for App {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let session = Session::new(ctx.props().options);
        let frame = frame(&session, None);
        let mut rasters = Rasters::default();
        rasters.paint(&session);
        let on_msg = ctx.link().callback(|msg| msg);
        Self {
            session,
            frame,
            rasters,
            on_msg,
            picture: NodeRef::default(),
            animation: None,
            drawn: Rc::default(),
            events: NodeRef::default(),
            scrolled: None,
            resize: None,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        if msg == Msg::PointAt(self.session.pointed) {
            return false;
        }
        if let Msg::HoverPod(pod) = msg {
            return self.point(pod);
        }
        if let Some(effect) = self.session.update(msg) {
            ctx.props().on_effect.emit(effect);
        }
        self.frame = frame(&self.session, Some(&self.frame));
        self.rasters.paint(&self.session);
        self.run_clock(ctx);
        // What is the same is found to be so when it is drawn: parts by their identity, the rest by Yew.
        true
    }

    /// The picture is measured once and when the window changes, never while time runs.
    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        self.scroll_events();
        self.rasters.put();
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
        let (frame, on_msg) = (&self.frame, &self.on_msg);
        let say = |text| frame.lang.say(text);
        let main = el("main").child(self.settings(say(Text::Settings))).child(self.middle()).child(
            classed("div", "side")
                .child(self.why(say(Text::Why)))
                .child(list(self.stall()))
                .child(self.events(say(Text::Events))),
        );
        let footer = el("footer").child(el("p").text(frame.about.clone())).child(keys(
            frame.lang,
            frame.keys_enabled,
            on_msg,
        ));
        classed("div", "rollscope")
            .attr("lang", frame.lang.tag())
            .attr("data-report", frame.report.clone())
            .on_pods(on_msg)
            .child(self.header())
            .child(main)
            .child(footer)
            .child(classed("p", "hidden").attr("role", "status").text(frame.live.clone()))
            .into()
    }
}

impl App {
    fn header(&self) -> El {
        let (frame, on_msg) = (&self.frame, &self.on_msg);
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
        let theme = ghost()
            .attr("title", say(Text::SwitchTheme))
            .attr("aria-label", say(Text::SwitchTheme))
            .on_click(on_msg, Msg::SwitchTheme)
            .child(icon::theme());
        classed("header", "top").child(title).child(self.stories()).child(language).child(theme)
    }

    fn middle(&self) -> El {
        let (frame, on_msg) = (&self.frame, &self.on_msg);
        let label = frame.lang.say(Text::Timeline);
        let time = classed("section", "card")
            .attr("aria-label", label.clone())
            .child(picture(frame, &self.session, &self.rasters, on_msg))
            .child(transport(&frame.transport, on_msg))
            .child(chart(frame, self.rasters.fabric(), label, on_msg))
            .child(classed("p", "hidden").text(frame.chart.weave_label.clone()));
        classed("div", "middle")
            .child(classed("div", "ruler").node_ref(&self.picture))
            .child(time)
            .child(classed("section", "card").attr("aria-label", "ReplicaSet").child(numbers(frame)))
            .children(self.terminal())
    }

    #[cfg(feature = "terminal")]
    fn terminal(&self) -> Option<Html> {
        let on_msg = self.on_msg.clone();
        Some(part(&self.frame.terminal, move |model| super::terminal::terminal(model, &on_msg)))
    }

    #[cfg(not(feature = "terminal"))]
    fn terminal(&self) -> Option<Html> {
        None
    }

    fn settings(&self, title: String) -> Html {
        let on_msg = self.on_msg.clone();
        part(&self.frame.settings, move |model| settings(model, &title, &on_msg))
    }

    fn stories(&self) -> Html {
        let (on_msg, label) = (self.on_msg.clone(), self.frame.lang.say(Text::ChooseStory));
        part(&self.frame.stories, move |model| stories(model, &label, &on_msg))
    }

    /// Another pod is pointed at, or the same still: then nothing is drawn.
    fn point(&mut self, pod: Option<u32>) -> bool {
        if self.session.hovered.map(|pod| pod.0) == pod {
            return false;
        }
        self.session.update(Msg::HoverPod(pod));
        self.frame.point(&self.session);
        true
    }

    fn stall(&self) -> Option<Html> {
        let on_msg = self.on_msg.clone();
        let model = self.frame.stall.as_ref()?;
        Some(part(model, move |model| stall(model, &on_msg)))
    }

    fn why(&self, title: String) -> Html {
        part(&self.frame.why, move |model| why(model, &title))
    }

    fn events(&self, title: String) -> Html {
        let (list, on_msg) = (self.events.clone(), self.on_msg.clone());
        part(&self.frame.event_list, move |model| events(model, &title, &list, &on_msg))
    }

    /// The latest event is always in view.
    fn scroll_events(&mut self) {
        let last = self.frame.events.rows.last().map(|row| row.step);
        if last == self.scrolled {
            return;
        }
        self.scrolled = last;
        if let Some(list) = self.events.cast::<web_sys::Element>() {
            list.set_scroll_top(list.scroll_height());
        }
    }

    /// Asks for the next animation frame while time runs.
    fn run_clock(&mut self, ctx: &Context<Self>) {
        if !self.session.is_playing() {
            self.animation = None;
            self.drawn.set(None);
            return;
        }
        let (link, drawn) = (ctx.link().clone(), Rc::clone(&self.drawn));
        self.animation = Some(request_animation_frame(move |now| {
            let now = (now * 1000.0) as u64;
            let before = drawn.replace(Some(now)).unwrap_or(now);
            link.send_message(Msg::Frame(now.saturating_sub(before)));
        }));
    }
}
