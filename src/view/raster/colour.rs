//! Colours of what is painted: those of style.css, since a canvas knows no style sheet.

use crate::session::Theme;

/// Red, green, blue and opacity, as a canvas has them.
pub type Rgba = [u8; 4];

/// The colours of a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Of revisions.
    pub hues: [Rgba; 4],
    /// The ground.
    pub card: Rgba,
    /// A place without a pod.
    pub slot: Rgba,
    /// Of failure.
    pub floor: Rgba,
}

/// Nothing at all.
pub const CLEAR: Rgba = [0; 4];

const LIGHT: Palette = Palette {
    hues: [rgb(0x2f_6f_b3), rgb(0xc2_57_0a), rgb(0x7a_4f_b5), rgb(0x17_80_6d)],
    card: rgb(0xff_fe_fb),
    slot: rgb(0xef_ec_e4),
    floor: rgb(0xa8_20_1a),
};

const DARK: Palette = Palette {
    hues: [rgb(0x6a_a8_ec), rgb(0xff_9d_4d), rgb(0xb7_96_f0), rgb(0x4f_c4_ab)],
    card: rgb(0x1a_1f_29),
    slot: rgb(0x23_2a_36),
    floor: rgb(0xff_8a_80),
};

const fn rgb(hex: u32) -> Rgba {
    [(hex >> 16) as u8, (hex >> 8) as u8, hex as u8, 255]
}

impl Palette {
    /// The colours of a theme.
    pub fn of(theme: Theme) -> Self {
        match theme {
            Theme::Light => LIGHT,
            Theme::Dark => DARK,
        }
    }

    /// So many percent of a colour, on the ground.
    pub fn tint(&self, colour: Rgba, percent: u32) -> Rgba {
        let channel = |index: usize| {
            let (colour, ground) = (u32::from(colour[index]), u32::from(self.card[index]));
            ((colour * percent + ground * (100 - percent)) / 100) as u8
        };
        [channel(0), channel(1), channel(2), 255]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The value of a token in the block of a theme.
    fn token(block: &str, name: &str) -> Rgba {
        let start = block.find(&format!("--{name}: #")).unwrap_or_else(|| panic!("no {name}"));
        let hex = block[start..].split('#').nth(1).map_or("", |rest| &rest[..6]);
        rgb(u32::from_str_radix(hex, 16).expect("a colour of six digits"))
    }

    #[test]
    fn the_canvas_has_the_colours_of_the_style_sheet() {
        let css = include_str!("../../../static/style.css");
        let dark = css.find("[data-theme=\"dark\"] {").expect("there is a dark theme");
        for (theme, block) in [(Theme::Light, css), (Theme::Dark, &css[dark..])] {
            let palette = Palette::of(theme);
            let hues = ["hue-1", "hue-2", "hue-3", "hue-4"].map(|name| token(block, name));
            assert_eq!(palette.hues, hues);
            let others = [palette.card, palette.slot, palette.floor];
            assert_eq!(others, ["card", "slot", "floor"].map(|name| token(block, name)));
        }
    }
    /// Until the program has said which theme it is, the browser chooses, by colours that are written twice.
    #[test]
    fn the_dark_theme_is_the_same_before_the_program_is_there() {
        let css = include_str!("../../../static/style.css");
        let after = |head: &str| {
            let block = css.split_once(head).expect("there is such a block").1;
            let lines = block.split('}').next().unwrap_or_default().lines().map(str::trim);
            lines.filter(|line| !line.is_empty()).collect::<Vec<_>>()
        };
        let dark = after("[data-theme=\"dark\"] {");
        assert!(10 < dark.len());
        assert_eq!(after(":root:not([data-theme]) {"), dark);
    }
}
