//! Moments and the day a sale counts for.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use std::fmt;

/// An instant in milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "contract", ts(type = "number"))]
pub struct Timestamp(pub i64);

/// Milliseconds in a day.
const DAY_MS: i64 = 86_400_000;

impl Timestamp {
    /// The instant `ms` milliseconds later.
    #[must_use]
    pub fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// What a clock on the wall shows at this instant in a zone `zone_min` minutes east of UTC.
    pub fn local(self, zone_min: i16) -> DateTime {
        let shifted = self.0.saturating_add(i64::from(zone_min).saturating_mul(60_000));
        let days = shifted.div_euclid(DAY_MS);
        let of_day = shifted.rem_euclid(DAY_MS);
        let date = date_of_unix_day(days);
        let part = |divisor: i64, modulus: i64| {
            i8::try_from(of_day.div_euclid(divisor).rem_euclid(modulus)).unwrap_or(0)
        };
        date.at(part(3_600_000, 24), part(60_000, 60), part(1_000, 60), 0)
    }
}

/// The civil date `days` after 1970-01-01, held within the years -9999 to 9999.
fn date_of_unix_day(days: i64) -> Date {
    let epoch = jiff::civil::date(1970, 1, 1);
    jiff::Span::new().try_days(days).and_then(|span| epoch.checked_add(span)).unwrap_or(if days < 0 {
        Date::MIN
    } else {
        Date::MAX
    })
}

/// The moment something happened, as the terminal's clock saw it. Made at the edge, kept in every fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The wall clock.
    pub wall: Timestamp,
    /// Minutes east of UTC of the shop's zone at that instant.
    pub zone_min: i16,
    /// Names the run of the machine that `mono_ms` counts within.
    pub boot: u64,
    /// Milliseconds of a clock that never goes back within one boot.
    pub mono_ms: u64,
    /// How far the wall clock can be trusted.
    pub quality: ClockQuality,
}

impl Moment {
    /// What the clock on the shop's wall shows.
    pub fn local(&self) -> DateTime {
        self.wall.local(self.zone_min)
    }
}

/// How far a wall clock can be trusted (envelope field `clock_quality`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockQuality {
    /// Nothing is known of its last setting.
    Unknown,
    /// Set from a trusted source within the hour.
    Hour,
    /// Set from a trusted source within the week.
    Week,
    /// It jumped since it was last set.
    Jumped,
}

impl ClockQuality {
    /// The byte in the envelope.
    pub const fn code(self) -> u8 {
        match self {
            Self::Unknown => 0,
            Self::Hour => 1,
            Self::Week => 2,
            Self::Jumped => 3,
        }
    }
}

/// A hybrid logical clock reading: 48 bits of milliseconds, 16 bits of counter (Kulkarni et al., 2014). It never goes
/// back, whatever the wall clock does; it is evidence of order, not an arbiter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hlc(pub u64);

impl Hlc {
    /// The reading after `self` when the wall shows `wall`.
    #[must_use]
    pub fn next(self, wall: Timestamp) -> Self {
        let wall = u64::try_from(wall.0).unwrap_or(0) << 16;
        if wall > self.0 { Self(wall) } else { Self(self.0.saturating_add(1)) }
    }
}

/// The day a sale counts for; not the date of the clock.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "contract", ts(type = "string"), schemars(with = "String"))]
pub struct BusinessDay(Date);

impl BusinessDay {
    /// The business day of a moment: days change at midnight of the shop.
    pub fn of(moment: &Moment) -> Self {
        Self::at(moment.wall, moment.zone_min)
    }

    /// The business day of an instant in a zone `zone_min` minutes east of UTC.
    pub fn at(wall: Timestamp, zone_min: i16) -> Self {
        Self(wall.local(zone_min).date())
    }

    /// The business day of a moment in a shop whose days turn at this hour: what is sold before it counts for the day
    /// before.
    ///
    /// ```
    /// use domain::time::{BusinessDay, ClockQuality, Moment, Timestamp};
    /// // 21 November 2026, 02:30 in a shop one hour east of UTC.
    /// let wall = Timestamp(1_795_224_600_000);
    /// let night = Moment { wall, zone_min: 60, boot: 0, mono_ms: 0, quality: ClockQuality::Unknown };
    /// assert_eq!(BusinessDay::turning_at(3, &night).to_string(), "2026-11-20");
    /// assert_eq!(BusinessDay::turning_at(2, &night).to_string(), "2026-11-21");
    /// ```
    pub fn turning_at(hour: u8, moment: &Moment) -> Self {
        Self::at(moment.wall.plus_ms(i64::from(hour).saturating_mul(-3_600_000)), moment.zone_min)
    }

    /// The day written `YYYY-MM-DD`, or `None`.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }

    /// Days since 1970-01-01, as stored.
    pub fn unix_day(self) -> i32 {
        let epoch = jiff::civil::date(1970, 1, 1);
        epoch.until(self.0).map_or(0, |span| span.get_days())
    }

    /// The day this many days after 1970-01-01.
    pub fn from_unix_day(days: i32) -> Self {
        Self(date_of_unix_day(i64::from(days)))
    }

    /// The day so many days later, or earlier where they are negative.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self::from_unix_day(self.unix_day().saturating_add(days))
    }

    /// The day of the week from 1 for Monday to 7 for Sunday (ISO 8601).
    pub fn weekday(self) -> i8 {
        self.0.weekday().to_monday_one_offset()
    }

    /// The month it lies in.
    pub fn month(self) -> Month {
        Month { year: self.0.year(), month: self.0.month() }
    }
}

/// A month of business days, written `YYYY-MM`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i16,
    month: i8,
}

impl Month {
    /// The month written `YYYY-MM`, or `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let first = BusinessDay::parse(&format!("{text}-01"))?;
        (first.month().to_string() == text).then(|| first.month())
    }

    /// Months since January of the year 0, as stored.
    pub fn number(self) -> i32 {
        i32::from(self.year).saturating_mul(12).saturating_add(i32::from(self.month)).saturating_sub(1)
    }

    /// Its first day.
    pub fn first_day(self) -> BusinessDay {
        BusinessDay(Date::new(self.year, self.month, 1).unwrap_or(Date::MIN))
    }

    /// The month after it.
    #[must_use]
    pub fn following(self) -> Self {
        match self.month {
            12 => Self { year: self.year.saturating_add(1), month: 1 },
            month => Self { year: self.year, month: month.saturating_add(1) },
        }
    }

    /// The same month so many years later.
    #[must_use]
    pub fn years_later(self, years: i16) -> Self {
        Self { year: self.year.saturating_add(years), month: self.month }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl TryFrom<String> for BusinessDay {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("{text} is not a day written YYYY-MM-DD"))
    }
}

impl From<BusinessDay> for String {
    fn from(day: BusinessDay) -> Self {
        day.to_string()
    }
}

impl fmt::Display for BusinessDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for BusinessDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_shop_lives_in_its_own_zone() {
        let late = Timestamp(1_790_808_300_000); // 2026-09-30T22:45:00Z
        assert_eq!(late.local(0).to_string(), "2026-09-30T22:45:00");
        assert_eq!(late.local(120).to_string(), "2026-10-01T00:45:00");
    }

    #[test]
    fn the_logical_clock_never_goes_back() {
        let first = Hlc(0).next(Timestamp(1_000));
        let second = first.next(Timestamp(900));
        let third = second.next(Timestamp(1_001));
        assert!(first < second && second < third);
    }

    #[test]
    fn a_day_is_stored_as_a_number() {
        let day = BusinessDay::parse("2026-11-20").unwrap();
        assert_eq!(day.unix_day(), 20_777);
        assert_eq!(BusinessDay::from_unix_day(20_777), day);
    }

    proptest! {
        /// A wall clock that stands still, goes back, or leaps ahead and comes home again.
        #[test]
        fn whatever_the_wall_shows_the_logical_clock_goes_on(
            walls in prop::collection::vec(prop_oneof![0i64..1 << 47, 1_700_000_000_000i64..1_700_000_000_010, Just(-1)], 1..200)
        ) {
            let (mut clock, mut latest) = (Hlc(0), 0);
            for wall in walls {
                let next = clock.next(Timestamp(wall));
                prop_assert!(next > clock, "it stood still at {wall}");
                latest = latest.max(wall);
                // It shows the latest time that was ever seen, unless more happened then than its counter holds.
                let shown = i64::try_from(next.0 >> 16).unwrap();
                prop_assert_eq!(shown, latest);
                // A time not seen before starts the count anew.
                prop_assert!(wall <= i64::try_from(clock.0 >> 16).unwrap() || next.0 & 0xffff == 0);
                clock = next;
            }
        }
    }
}
