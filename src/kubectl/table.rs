//! Columns, aligned the way kubectl aligns them: `cli-runtime/pkg/printers/tabwriter.go`.

/// At least this wide.
const MIN_WIDTH: usize = 6;
/// This many blanks between the widest cell and the next column.
const PADDING: usize = 3;

/// Lines of cells as text: every cell but a line's last is padded to its column's width.
pub fn aligned(lines: &[Vec<String>]) -> String {
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = lines.iter().filter(|line| column + 1 < line.len()).map(|line| &line[column]);
        let widest = cells.map(|cell| cell.chars().count()).max().unwrap_or(0);
        (widest + PADDING).max(MIN_WIDTH)
    };
    let widths: Vec<_> = (0..columns).map(width).collect();
    let mut text = String::new();
    for line in lines {
        for (column, cell) in line.iter().enumerate() {
            text.push_str(cell);
            if column + 1 < line.len() {
                let blanks = widths[column] - cell.chars().count();
                text.extend(std::iter::repeat_n(' ', blanks));
            }
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_padded_and_the_last_is_not() {
        let lines = [vec!["NAME", "READY", "AGE"], vec!["a-long-name", "8/10", "23s"]];
        let lines = lines.map(|line| line.into_iter().map(str::to_owned).collect());
        assert_eq!(aligned(&lines), "NAME          READY   AGE\na-long-name   8/10    23s\n");
    }
}
