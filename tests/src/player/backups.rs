//! Acts about backups: what the till keeps, and how it goes on with one of them.

use super::{Played, Player};
use crate::act::decimal;
use crate::transcript;
use serde_json::{Value, json};
use std::path::PathBuf;
use terminal::workers::Next;
use wire::backup::{BackupList, BackupView};

impl Player {
    pub(super) fn backup(&mut self, words: &[&str]) -> Played {
        match words {
            [] => self.make_backup(),
            ["list"] => self.backups(),
            ["to", "stick"] => self.back_up_to_stick(),
            ["stick", "is", "away"] => self.move_stick("stick", "pocket"),
            ["stick", "is", "back"] => self.move_stick("pocket", "stick"),
            ["is", "damaged", number] => self.damage(number),
            _ => Err("backup [list | to stick | stick is away | stick is back | is damaged N]".to_owned()),
        }
    }

    fn stick(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn make_backup(&mut self) -> Played {
        let played = self.command("backup.make", json!({}), None, |_: Value| Vec::new())?;
        if !played.is_empty() {
            return Ok(played);
        }
        self.keep_backups()?;
        self.backups()
    }

    /// Lets the worker do all it wants to do now.
    fn keep_backups(&mut self) -> Result<(), String> {
        let till = self.till.as_mut().ok_or("the till is off")?;
        while till.backups.step() == Next::Again {}
        Ok(())
    }

    /// Lets so many seconds pass without a customer, in minutes.
    pub(super) fn quiet(&mut self, seconds: &str) -> Played {
        let mut left: i64 = decimal(seconds, 3)?;
        self.keep_backups()?;
        while left > 0 {
            self.till()?.clock.pass(left.min(60_000));
            left -= 60_000;
            self.keep_backups()?;
        }
        self.backups()
    }

    fn backups(&mut self) -> Played {
        self.query("backup.list", json!({}), |list: BackupList| {
            let mut lines: Vec<String> = list.backups.iter().map(told).collect();
            lines.extend(list.second_place.map(|place| format!("second place: {place:?}")));
            lines.extend(
                list.failure.map(|failure| format!("the last attempt failed: {}", failure.code.text())),
            );
            if lines.is_empty() { vec!["no backups".to_owned()] } else { lines }
        })
    }

    fn back_up_to_stick(&mut self) -> Played {
        std::fs::create_dir_all(self.stick("stick")).map_err(|error| error.to_string())?;
        let list: Value = match self.ask("backup.list", json!({})) {
            Ok(list) => list,
            Err(body) => return Ok(transcript::error(&body)),
        };
        let base = list["plan"].clone();
        let mut plan = base.clone();
        plan["second_place"] = json!(self.stick("stick"));
        let request = json!({ "base": base, "plan": plan });
        let played = self.command("backup.save_plan", request, None, |_: Value| Vec::new())?;
        self.keep_backups()?;
        Ok(played)
    }

    fn move_stick(&mut self, from: &str, to: &str) -> Played {
        std::fs::rename(self.stick(from), self.stick(to)).map_err(|error| error.to_string())?;
        Ok(Vec::new())
    }

    /// The path of a backup by its place in the list, from 1.
    fn backup_path(&mut self, number: &str) -> Result<String, String> {
        let list: BackupList = self.ask("backup.list", json!({})).map_err(|body| body.to_string())?;
        let place: usize = number.parse().map_err(|_| format!("{number} is not a number"))?;
        let backup = place.checked_sub(1).and_then(|place| list.backups.get(place));
        Ok(backup.ok_or("there is no such backup")?.path.clone())
    }

    fn damage(&mut self, number: &str) -> Played {
        let path = self.backup_path(number)?;
        let mut bytes = std::fs::read(&path).map_err(|error| error.to_string())?;
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&path, bytes).map_err(|error| error.to_string())?;
        Ok(Vec::new())
    }

    /// Restores, and starts the till again as its program does.
    pub(super) fn restore(&mut self, number: &str) -> Played {
        let path = self.backup_path(number)?;
        let played = self.command("backup.restore", json!({ "path": path }), None, |_: Value| Vec::new())?;
        if !self.terminal()?.is_restarting() {
            return Ok(played);
        }
        let scan = self.ask::<Value>("sale.current", json!({}));
        if scan.is_err() {
            return Err("a till that starts again still answers queries".to_owned());
        }
        let refused = self.command("sale.scan", json!({ "code": "5449000000996" }), None, |_: Value| {
            vec!["! a till that starts again sells".to_owned()]
        })?;
        let passed = self.till()?.clock.passed_ms();
        self.till = None;
        self.open(passed + 60_000)?;
        let terminal = std::sync::Arc::clone(self.terminal()?);
        self.aftermath.begin_again(&terminal)?;
        let mut happened = refused;
        happened.push("the till starts again".to_owned());
        Ok(happened)
    }
}

fn told(backup: &BackupView) -> String {
    let there = if backup.at_second_place { ", at the second place too" } else { "" };
    match &backup.contents {
        Some(contents) => format!(
            "{}: {:?}, {} facts of {}{there}",
            backup.name, contents.reason, contents.facts, contents.shop_name
        ),
        None => format!("{}: not checked", backup.name),
    }
}
