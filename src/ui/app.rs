//! The page: owns the session, takes messages, draws frames.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_render::{AnimationFrame, request_animation_frame};
use yew::{Callback, Component, Context, Html, MouseEvent, NodeRef, Properties, html};

use super::chart::chart;
use super::events::events;
use super::icon;
use super::keys::keys;
use super::part::part;
use super::settings::settings;
use super::stage::{numbers, picture};
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
        let on_msg = ctx.link().callback(|msg| msg);
        Self {
            session,
            frame,
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
        if let Some(effect) = self.session.update(msg) {
            ctx.props().on_effect.emit(effect);
        }
        let frame = frame(&self.session, Some(&self.frame));
        let changed = frame != self.frame;
        self.frame = frame;
        self.run_clock(ctx);
        changed
    }

    /// The picture is measured once and when the window changes, never while time runs.
    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        self.scroll_events();
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
        let press = |msg: Msg| on_msg.reform(move |_: MouseEvent| msg.clone());
        html! {
            <div class="rollscope" lang={frame.lang.tag()} data-report={frame.report.clone()}>
                <header class="top">
                    <h1>{ icon::logo() }<span>{ "Rollscope" }</span><small>{ say(Text::Tagline) }</small></h1>
                    <button type="button" class="ghost" lang={frame.lang.other().tag()}
                        onclick={press(Msg::SwitchLanguage)}>{ say(Text::SwitchLanguage) }</button>
                    <button type="button" class="ghost" title={say(Text::SwitchTheme)}
                        aria-label={say(Text::SwitchTheme)} onclick={press(Msg::SwitchTheme)}>{ icon::theme() }</button>
                </header>
                <main>
                    { self.settings(say(Text::Settings)) }
                    <div class="middle">
                        <div class="ruler" ref={self.picture.clone()}></div>
                        <section class="card" aria-label={say(Text::Timeline)}>
                            { picture(frame) }
                            { transport(&frame.transport, on_msg) }
                            { chart(frame, say(Text::Timeline), on_msg) }
                            <p class="hidden">{ &frame.chart.weave_label }</p>
                        </section>
                        <section class="card" aria-label="ReplicaSet">{ numbers(frame) }</section>
                    </div>
                    <div class="side">
                        { self.why(say(Text::Why)) }
                        { self.events(say(Text::Events)) }
                    </div>
                </main>
                <footer>
                    <p>{ say(Text::About) }</p>
                    { keys(frame.lang, frame.keys_enabled, on_msg) }
                </footer>
                <p class="hidden" role="status">{ &frame.live }</p>
            </div>
        }
    }
}

impl App {
    fn settings(&self, title: String) -> Html {
        let on_msg = self.on_msg.clone();
        part(&self.frame.settings, move |model| settings(model, &title, &on_msg))
    }

    fn why(&self, title: String) -> Html {
        part(&self.frame.why, move |model| why(model, &title))
    }

    fn events(&self, title: String) -> Html {
        let (list, on_msg) = (self.events.clone(), self.on_msg.clone());
        part(&self.frame.events, move |model| events(model, &title, &list, &on_msg))
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
