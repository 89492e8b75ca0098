//! The page: owns the session, takes messages, draws frames.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_render::{AnimationFrame, request_animation_frame};
use yew::{Callback, Component, Context, Html, MouseEvent, NodeRef, Properties, html};

use super::chart::Chart;
use super::events::Events;
use super::icon;
use super::keys::Keys;
use super::settings::Settings;
use super::stage::Stage;
use super::transport::Transport;
use super::why::Why;
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
        let picture = NodeRef::default();
        Self { session, frame, on_msg, picture, animation: None, drawn: Rc::default(), resize: None }
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
                    <Settings model={frame.settings.clone()} title={say(Text::Settings)} on_msg={on_msg} />
                    <div class="middle">
                        <div class="ruler" ref={self.picture.clone()}></div>
                        <Stage sentence={frame.sentence.clone()} line={frame.budget_line.clone()}
                            legend={frame.legend.clone()} sets={frame.sets.clone()}
                            kubectl_get={frame.kubectl_get.clone()} />
                        <section class="card" aria-label={say(Text::Timeline)}>
                            <Transport model={frame.transport.clone()} on_msg={on_msg} />
                            <Chart model={frame.chart.clone()} playhead={frame.playhead}
                                position={frame.position.clone()} label={say(Text::Timeline)} on_msg={on_msg} />
                            <p class="hidden">{ &frame.chart.weave_label }</p>
                        </section>
                    </div>
                    <div class="side">
                        <Why model={frame.why.clone()} title={say(Text::Why)} />
                        <Events model={frame.events.clone()} title={say(Text::Events)} on_msg={on_msg} />
                    </div>
                </main>
                <footer>
                    <p>{ say(Text::About) }</p>
                    <Keys lang={frame.lang} enabled={frame.keys_enabled} on_msg={on_msg} />
                </footer>
                <p class="hidden" role="status">{ &frame.live }</p>
            </div>
        }
    }
}

impl App {
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
