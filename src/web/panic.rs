//! Last words: when all fails the page says so, and hands on what reproduces it.

use web_sys::{Document, Element};

use crate::i18n::Lang;

use super::address;

/// From now on a panic is shown. It is written to the console too.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        let message = info.to_string();
        web_sys::console::error_1(&message.as_str().into());
        if let Some(document) = web_sys::window().and_then(|window| window.document()) {
            show(&document, &message);
        }
    }));
}

/// Says what happened, above what is on screen. The run is read from the page itself, since after a
/// panic nothing else can be trusted.
fn show(document: &Document, message: &str) -> Option<()> {
    let page = document.query_selector(".rollscope").ok().flatten();
    let link = page.and_then(|page| page.get_attribute("data-link")).unwrap_or_default();
    let lang = document.document_element()?.get_attribute("lang").unwrap_or_default();
    let sentence = match Lang::from_tag(&lang) {
        Lang::En => {
            "Rollscope has stopped: this is our fault. Reload the page to go on. \
                     Please report these lines; they reproduce it:"
        }
        Lang::ZhHans => {
            "Rollscope 已停止：这是我们的错误。请重新加载页面以继续。请报告以下内容，它们可以重现问题："
        }
    };
    let card = element(document, "div", "crash", "")?;
    card.set_attribute("role", "alert").ok()?;
    let words = element(document, "p", "", sentence)?;
    let lines = element(document, "pre", "", &format!("{}\n{message}", address::with(&link)))?;
    card.append_with_node_2(&words, &lines).ok()?;
    document.body()?.prepend_with_node_1(&card).ok()
}

fn element(document: &Document, name: &str, class: &str, text: &str) -> Option<Element> {
    let element = document.create_element(name).ok()?;
    element.set_class_name(class);
    element.set_text_content(Some(text));
    Some(element)
}
