//! Columns, aligned the way kubectl aligns them.
//!
//! Cells end with a tab, lines with a newline; a line's last cell belongs to no column. A column is as
//! wide as the lines next to each other need that have it: Go's `text/tabwriter`, with the settings of
//! `cli-runtime/pkg/printers/tabwriter.go` and of `kubectl/pkg/describe/describe.go tabbedString`.

/// The settings of a table, and how wide its columns have become.
#[derive(Clone, Debug)]
pub struct Table {
    min_width: usize,
    padding: usize,
    /// The widths of former prints: columns of `kubectl get -w` never become narrower. Absent where
    /// every print is for itself.
    remembered: Option<Vec<usize>>,
}

impl Table {
    /// The table of `kubectl get`.
    pub fn get() -> Self {
        Self { min_width: 6, padding: 3, remembered: Some(Vec::new()) }
    }

    /// The table of `kubectl describe` and of `kubectl rollout history`.
    pub fn describe() -> Self {
        Self { min_width: 0, padding: 2, remembered: None }
    }

    /// Lines of cells as text. `tabwriter.go Flush`.
    pub fn align(&mut self, text: &str) -> String {
        let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
        let mut aligned = String::new();
        self.format(&lines, &mut Vec::new(), &mut aligned);
        aligned
    }

    /// `tabwriter.go format`: a block of lines that have the next column in common is laid out with it,
    /// other lines without.
    fn format(&mut self, lines: &[Vec<&str>], widths: &mut Vec<usize>, aligned: &mut String) {
        let column = widths.len();
        let has_column = |line: &Vec<&str>| column + 1 < line.len();
        let mut rest = lines;
        while let Some(first) = rest.first() {
            let alike = has_column(first);
            let end = rest.iter().position(|line| has_column(line) != alike).unwrap_or(rest.len());
            let (block, after) = rest.split_at(end);
            match alike {
                true => {
                    let cells = block.iter().map(|line| line[column].chars().count());
                    widths.push(self.width(column, cells.max().unwrap_or(0)));
                    self.format(block, widths, aligned);
                    widths.pop();
                }
                false => block.iter().for_each(|line| write_line(line, widths, aligned)),
            }
            rest = after;
        }
    }

    fn width(&mut self, column: usize, widest: usize) -> usize {
        let width = (widest + self.padding).max(self.min_width);
        let Some(remembered) = &mut self.remembered else { return width };
        remembered.resize(remembered.len().max(column + 1), 0);
        remembered[column] = remembered[column].max(width);
        remembered[column]
    }
}

fn write_line(line: &[&str], widths: &[usize], aligned: &mut String) {
    for (column, cell) in line.iter().enumerate() {
        aligned.push_str(cell);
        if let Some(width) = widths.get(column) {
            aligned.extend(std::iter::repeat_n(' ', width - cell.chars().count()));
        }
    }
    aligned.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_padded_and_the_last_is_not() {
        let text = "NAME\tREADY\tAGE\na-long-name\t8/10\t23s\n";
        assert_eq!(Table::get().align(text), "NAME          READY   AGE\na-long-name   8/10    23s\n");
    }
}
