//! Columns of numbers, side by side in one piece of memory.

/// A table of which each column is one piece.
#[derive(Clone, Debug, Default)]
pub(super) struct Table<const COLUMNS: usize> {
    cells: Vec<u32>,
    /// How many rows each column has room for, and how many there are.
    room: usize,
    len: usize,
}

impl<const COLUMNS: usize> Table<COLUMNS> {
    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Room for so many rows.
    pub(super) fn reserve(&mut self, rows: usize) {
        // Zeros cost nothing until they are written over.
        let mut cells = vec![0; COLUMNS * rows];
        for column in 0..COLUMNS {
            cells[column * rows..][..self.len].copy_from_slice(self.column(column));
        }
        (self.cells, self.room) = (cells, rows);
    }

    /// So many more rows, of which something is to be written into each column.
    pub(super) fn extend(&mut self, rows: usize) {
        let len = self.len + rows;
        if self.room < len {
            self.reserve(2 * len);
        }
        self.len = len;
    }

    pub(super) fn column(&self, column: usize) -> &[u32] {
        &self.cells[column * self.room..][..self.len]
    }

    pub(super) fn column_mut(&mut self, column: usize) -> &mut [u32] {
        &mut self.cells[column * self.room..][..self.len]
    }
}

/// What there is room for makes no difference.
impl<const COLUMNS: usize> PartialEq for Table<COLUMNS> {
    fn eq(&self, other: &Self) -> bool {
        (0..COLUMNS).all(|column| self.column(column) == other.column(column))
    }
}
