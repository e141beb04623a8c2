//! Reading a script and comparing it with what happened.

/// One part of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A comment or an empty line, kept as it is.
    Comment(String),
    /// An act and what is expected of it.
    Act {
        /// The line in the file, from 1.
        line: usize,
        /// What to do.
        text: String,
        /// What should happen, line by line.
        expected: Vec<String>,
    },
}

/// Reads a script. A line that is neither an act, nor indented under one, nor a comment, is an error with its number.
///
/// # Errors
/// The line that cannot be read.
pub fn parse(source: &str) -> Result<Vec<Part>, String> {
    let mut parts: Vec<Part> = Vec::new();
    for (index, line) in source.lines().enumerate() {
        if let Some(text) = line.strip_prefix("> ") {
            parts.push(Part::Act { line: index + 1, text: text.to_owned(), expected: Vec::new() });
        } else if let Some(text) = line.strip_prefix("  ") {
            match parts.last_mut() {
                Some(Part::Act { expected, .. }) => expected.push(text.to_owned()),
                _ => return Err(format!("line {}: an answer without an act", index + 1)),
            }
        } else if line.is_empty() || line.starts_with('#') {
            parts.push(Part::Comment(line.to_owned()));
        } else {
            return Err(format!("line {}: neither act, answer nor comment: {line}", index + 1));
        }
    }
    Ok(parts)
}

/// Writes a script anew with what happened.
pub fn write(parts: &[Part], happened: &[Vec<String>]) -> String {
    let mut text = String::new();
    let mut answers = happened.iter();
    for part in parts {
        match part {
            Part::Comment(line) => {
                text.push_str(line);
                text.push('\n');
            }
            Part::Act { text: act, .. } => {
                text.push_str("> ");
                text.push_str(act);
                text.push('\n');
                for line in answers.next().into_iter().flatten() {
                    text.push_str("  ");
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
    }
    text
}
