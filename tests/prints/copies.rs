//! What somebody sees who looks at the paper.

/// What of a receipt is on the paper.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Copies {
    /// Begun, and not marked as a duplicate.
    pub unmarked: u32,
    /// Begun, marked.
    pub marked: u32,
    /// Whole, from its head to the cut, marked or not.
    pub whole: u32,
}

/// Looks at the paper as a person does: a receipt begins with its number; it is whole when what belongs to it follows.
pub fn looked_at(paper: &[String], number: &str) -> Copies {
    let mut copies = Copies::default();
    let head = format!("Receipt {number} ");
    let mut marked = false;
    let mut inside = false;
    for line in paper {
        if line.contains("DUPLICATE") {
            marked = true;
        } else if line.starts_with(&head) {
            inside = true;
            if marked {
                copies.marked += 1;
            } else {
                copies.unmarked += 1;
            }
        } else if line.starts_with("Receipt ") {
            inside = false;
        } else if line == "[cut]" {
            if inside {
                copies.whole += 1;
            }
            (inside, marked) = (false, false);
        }
    }
    copies
}
