//! Backups: where a second copy goes, and which of them are kept for how long.

use crate::time::{BusinessDay, Month};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How a till's backups are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct BackupPlan {
    /// A folder on another disk, a stick or the network, where each backup is copied too.
    pub second_place: Option<String>,
    /// The newest backup of each of this many days is kept.
    pub keep_days: u32,
    /// The same of weeks, which begin on Monday.
    pub keep_weeks: u32,
    /// The same of months.
    pub keep_months: u32,
    /// Years for which the archives of the months are kept.
    pub keep_years: u32,
}

impl Default for BackupPlan {
    /// Ten years: the longest that books of a shop have to be kept in the countries looked at (Germany, § 147 AO).
    fn default() -> Self {
        Self { second_place: None, keep_days: 7, keep_weeks: 4, keep_months: 12, keep_years: 10 }
    }
}

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum BackupReason {
    /// Each business day, by itself.
    Daily,
    /// Somebody asked for it.
    Asked,
    /// Before the files were brought to a newer version.
    BeforeMigration,
}

/// The newest backups, which are kept whatever the plan says: the last one, and one to fall back on.
pub const KEPT_ALWAYS: usize = 2;

impl BackupPlan {
    /// Which of these backups, told by their days and the newest first, need not be kept any more.
    pub fn outdated(&self, days: &[BusinessDay]) -> Vec<usize> {
        let mut kept: BTreeSet<usize> = (0..KEPT_ALWAYS.min(days.len())).collect();
        kept.extend(newest_of_each(days, self.keep_days, BusinessDay::unix_day));
        kept.extend(newest_of_each(days, self.keep_weeks, week));
        kept.extend(newest_of_each(days, self.keep_months, BusinessDay::month));
        (0..days.len()).filter(|index| !kept.contains(index)).collect()
    }

    /// Whether the archive of a month has been kept long enough on this day.
    pub fn archive_is_outdated(&self, archive: Month, today: BusinessDay) -> bool {
        let years = i16::try_from(self.keep_years).unwrap_or(i16::MAX);
        archive.years_later(years) < today.month()
    }
}

/// The number of a day's week since 1970: that year began on a Thursday, weeks begin on Monday.
fn week(day: BusinessDay) -> i32 {
    day.unix_day().saturating_add(3).div_euclid(7)
}

/// The first index of each of the `most` first values that `of` gives.
fn newest_of_each<T: Ord>(days: &[BusinessDay], most: u32, of: impl Fn(BusinessDay) -> T) -> Vec<usize> {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let mut seen = BTreeSet::new();
    let newest = days.iter().enumerate().filter(|(_, day)| seen.insert(of(**day))).map(|(index, _)| index);
    newest.take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> BusinessDay {
        BusinessDay::parse(text).unwrap()
    }

    /// Lets the plan work day after day, as the worker does, and returns what is left.
    fn after(plan: &BackupPlan, first: &str, count: i32) -> Vec<BusinessDay> {
        let mut kept: Vec<BusinessDay> = Vec::new();
        for number in 0..count {
            kept.insert(0, BusinessDay::from_unix_day(day(first).unix_day() + number));
            let outdated = plan.outdated(&kept);
            let mut index = 0;
            kept.retain(|_| {
                index += 1;
                !outdated.contains(&(index - 1))
            });
        }
        kept
    }

    #[test]
    fn two_years_of_daily_backups_leave_days_weeks_and_months() {
        // 2026-03-02 is a Monday, 730 days later is 2028-03-01.
        let kept = after(&BackupPlan::default(), "2026-03-02", 730);
        let texts: Vec<String> = kept.iter().map(ToString::to_string).collect();
        assert_eq!(
            &texts[..7],
            [
                "2028-02-29",
                "2028-02-28",
                "2028-02-27",
                "2028-02-26",
                "2028-02-25",
                "2028-02-24",
                "2028-02-23"
            ]
        );
        // The Sundays before, then the last day of each month.
        assert_eq!(&texts[7..9], ["2028-02-20", "2028-02-13"]);
        assert!(texts.contains(&"2028-01-31".to_owned()) && texts.contains(&"2027-03-31".to_owned()));
        assert!(!texts.contains(&"2027-02-28".to_owned()));
        assert_eq!(texts.len(), 7 + 2 + 11, "{texts:?}");
    }

    #[test]
    fn of_many_on_one_day_the_newest_is_kept_and_the_last_two_always() {
        let plan = BackupPlan { keep_weeks: 0, keep_months: 0, ..BackupPlan::default() };
        let days = [day("2026-03-02"); 5];
        assert_eq!(plan.outdated(&days), [2, 3, 4]);
        let nothing = BackupPlan { keep_days: 0, ..plan };
        assert_eq!(nothing.outdated(&days[..2]), Vec::<usize>::new());
    }

    #[test]
    fn an_archive_is_kept_ten_years() {
        let plan = BackupPlan::default();
        let month = day("2026-02-10").month();
        assert!(!plan.archive_is_outdated(month, day("2036-02-29")));
        assert!(plan.archive_is_outdated(month, day("2036-03-01")));
    }
}
