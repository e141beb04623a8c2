//! The till's own scanner, for screens that want its codes instead of the sale.

shapes! {
    /// Asks for codes, and holds the lease on the scanner for some seconds more.
    pub struct ListenToScanner {
        /// The number of the last code that was taken; `None` begins anew.
        #[serde(default)]
        pub after: Option<u64>,
    }

    /// What the scanner read for this screen.
    pub struct HeardFromScanner {
        /// The codes behind the one that was taken last, in order. They come again until they are taken.
        pub codes: Vec<HeardCode>,
        /// The number to begin with.
        pub last: u64,
        /// Milliseconds until codes go into the sale again, unless it is asked again before.
        pub lease_ms: u64,
    }

    /// A code, numbered.
    pub struct HeardCode {
        /// Goes up by one with every code.
        pub number: u64,
        /// As read.
        pub code: String,
    }

    /// Gives the lease on the scanner back.
    pub struct LeaveScanner {
        /// The number of the last code that was taken.
        pub after: u64,
    }
    /// Two or more codes that are known, and what the scanner made of them.
    pub struct LearnScanner {
        /// As they are printed.
        pub known: Vec<String>,
        /// As they were read, in the same order, by a scanner of which nothing is taken off.
        pub read: Vec<String>,
    }

    /// What was learnt of a scanner.
    pub struct LearntScanner {
        /// What it puts around every code; `None` when it does not put the same around each, or changes them.
        pub around: Option<AroundCodes>,
    }

    /// What a scanner puts around its codes.
    pub struct AroundCodes {
        /// Before them.
        pub prefix: String,
        /// Behind them.
        pub suffix: String,
    }
}
