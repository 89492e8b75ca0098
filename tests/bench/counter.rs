//! The least page that Yew makes: a number and two buttons. What the page's start is held against (G5).

#[cfg(target_arch = "wasm32")]
fn main() {
    yew::Renderer::<counter::Counter>::new().render();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("This is a web page: `make bench` builds and opens it.");
    std::process::exit(2);
}

#[cfg(target_arch = "wasm32")]
mod counter {
    use yew::prelude::*;

    /// A number that can be counted up and down.
    pub struct Counter {
        value: i64,
    }

    /// What its buttons ask for.
    pub enum Msg {
        Increment,
        Decrement,
    }

    impl Component for Counter {
        type Message = Msg;
        type Properties = ();

        fn create(_ctx: &Context<Self>) -> Self {
            Self { value: 0 }
        }

        fn update(&mut self, _ctx: &Context<Self>, msg: Msg) -> bool {
            self.value += match msg {
                Msg::Increment => 1,
                Msg::Decrement => -1,
            };
            true
        }

        fn view(&self, ctx: &Context<Self>) -> Html {
            html! {
                <main>
                    <button onclick={ctx.link().callback(|_| Msg::Increment)}>{ "+1" }</button>
                    <button onclick={ctx.link().callback(|_| Msg::Decrement)}>{ "-1" }</button>
                    <output>{ self.value }</output>
                </main>
            }
        }
    }
}
