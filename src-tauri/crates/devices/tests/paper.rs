//! Two hundred varied receipts, as bytes read back by a renderer nobody here wrote, as pictures, and as PDF files read by
//! poppler: text where it is text, dots where it is dots, codes by a scanner's library.

mod contact_sheet;
mod files;
mod printed;
mod renderer;
mod varied;
