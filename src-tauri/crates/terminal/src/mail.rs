//! Letters: how they leave the till, and what becomes of each. An operation only queues; the worker sends
//! (`workers/mail.rs`), by the way that `mail_link` knows.

pub mod letter;
mod password;

use crate::Terminal;
use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::error::Error;
use crate::receipt::seen;
use crate::record::{Saved, change, topics, wanted};
use database::error::DatabaseError;
use database::mail::{Letter, LetterStep, NewLetter};
use database::{Durability, LedgerTx, Reader};
use domain::customer::CustomerError;
use domain::ids::{CustomerId, OperatorId, ShiftId, TerminalId};
use domain::mail::{MailError, MailReason, MailSettings, MailState, is_address};
use domain::people::{Grants, Permission};
use domain::sale::SaleError;
use domain::time::{BusinessDay, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicBool, Ordering};
use wire::account::GetAccount;
use wire::envelope::Topic;
use wire::fact::{Fact, ReceiptMailed, ReportMailed};
use wire::mail::{
    LetterKind, LetterResolution, MailInvoice, MailLetter, MailList, MailProposal, MailReceipt, MailReport,
    MailSettingsView, ResolveLetter, SaleMail, SaveMailSettings, SendTestLetter,
};
use wire::receipt::PrintJobKind;
use wire::record::Entity;
use wire::sale::GetSale;
use wire::session::Nothing;

/// Letters that are done and are still shown.
const DONE_SHOWN: u32 = 20;
/// What is remembered of prints and letters goes after this long; a receipt that is older counts as given out.
const REMEMBERED_MS: i64 = 29 * 86_400_000;

/// What the till knows of its letters besides the outbox.
#[derive(Default)]
pub(crate) struct Mail {
    seal: password::Seal,
    /// Somebody does not want to wait for the next try.
    asked: AtomicBool,
}

impl Mail {
    /// Whether somebody asked since the last time.
    pub fn is_asked(&self) -> bool {
        self.asked.swap(false, Ordering::AcqRel)
    }

    fn ask(&self) {
        self.asked.store(true, Ordering::Release);
    }
}

/// How letters leave this till, and the version of that record; empty settings while nothing is set up.
pub fn settings_of(terminal: &Terminal, reader: &Reader) -> Result<(u64, MailSettings), Error> {
    Ok(reader.record_as(Entity::Mail, terminal.id.0)?.unwrap_or_default())
}

/// The password for these settings.
pub fn password_of(terminal: &Terminal, settings: &MailSettings) -> Result<Option<String>, Error> {
    Ok(password::find(terminal, settings).map_err(DatabaseError::Directory)?)
}

/// `mail.settings`
pub fn settings(ask: &Ask<'_>, _: Nothing) -> Result<MailSettingsView, Error> {
    let (_, settings) = settings_of(ask.terminal, ask.reader)?;
    Ok(MailSettingsView {
        is_set_up: settings.is_set_up(),
        has_password: settings.is_set_up() && password_of(ask.terminal, &settings)?.is_some(),
        settings,
    })
}

/// `mail.save_settings`
pub fn save_settings(act: &Act<'_>, request: SaveMailSettings) -> Result<Saved<MailSettingsView>, Error> {
    let SaveMailSettings { base, settings, password } = request;
    let settings = settings.tidied();
    settings.check()?;
    let terminal = act.terminal;
    // Before the settings are: should the till stop in between, the password is asked for again.
    let kept = match password.filter(|password| !password.is_empty()) {
        _ if settings.user.is_empty() => password::forget(terminal),
        Some(password) => password::keep(terminal, &settings, &password),
        None => Ok(()),
    };
    kept.map_err(DatabaseError::Directory)?;
    let (id, operator) = (terminal.id.0, act.operator);
    let saved = act.commit(move |tx| {
        let base = tx.record(Entity::Mail, id)?.map(|_| &base);
        change(tx, operator, Entity::Mail, id, wanted(base, &settings))?;
        Ok(Saved::new(id))
    })?;
    terminal.mail.ask();
    Ok(saved)
}

impl Effect for Saved<MailSettingsView> {
    type Answer = MailSettingsView;

    fn topics(&self) -> &'static [Topic] {
        topics(Entity::Mail)
    }

    fn answer(self, ask: &Ask<'_>) -> Result<MailSettingsView, Error> {
        settings(ask, Nothing {})
    }
}

/// An address as it was typed, if it is one.
pub fn address(typed: &str) -> Result<String, MailError> {
    let address = typed.trim();
    // The one who writes letters is asked too: what was taken on is sent one day.
    match is_address(address) && address.parse::<lettre::Address>().is_ok() {
        true => Ok(address.to_owned()),
        false => Err(MailError::AddressInvalid {}),
    }
}

/// Nobody queues a letter that no server is known for.
pub fn must_be_set_up(act: &Act<'_>) -> Result<(), Error> {
    match act.read(|reader| settings_of(act.terminal, reader))?.1.is_set_up() {
        true => Ok(()),
        false => Err(MailError::NotSetUp {}.into()),
    }
}

/// `mail.test`
pub fn test(act: &Act<'_>, request: SendTestLetter) -> Result<LetterQueued, Error> {
    let address = address(&request.address)?;
    must_be_set_up(act)?;
    let id = act.id();
    let queued = act.commit(move |tx| {
        let letter = NewLetter {
            letter: id,
            kind: LetterKind::Test,
            about: id,
            number: String::new(),
            copy: 0,
            address,
            customer: None,
        };
        Ok(LetterQueued { letter: tx.queue_letter(&letter)? })
    })?;
    act.terminal.mail.ask();
    Ok(queued)
}

/// `receipt.mail`
pub fn receipt(act: &Act<'_>, request: MailReceipt) -> Result<LetterQueued, Error> {
    let address = address(&request.address)?;
    act.read(|reader| seen(act.caller, reader, request.sale))?;
    must_be_set_up(act)?;
    let post = Post { letter: act.id(), operator: act.operator, day: act.day(), grants: act.grants.clone() };
    act.commit(move |tx| Ok(LetterQueued { letter: post.receipt(tx, request, address)? }))
}

/// `invoice.mail`
pub fn invoice(act: &Act<'_>, request: MailInvoice) -> Result<LetterQueued, Error> {
    let address = address(&request.address)?;
    act.read(|reader| seen(act.caller, reader, request.sale))?;
    must_be_set_up(act)?;
    let (id, operator, day, grants) = (act.id(), act.operator, act.day(), act.grants.clone());
    act.commit(move |tx| {
        let Given { number, copy, customer } =
            crate::invoice::give_by_mail(tx, operator, day, &grants, request.sale)?;
        let (kind, about) = (LetterKind::Invoice, request.sale.0);
        let letter = NewLetter { letter: id, kind, about, number, copy, address, customer };
        Ok(LetterQueued { letter: tx.queue_letter(&letter)? })
    })
}

/// `report.mail`
pub fn report(act: &Act<'_>, request: MailReport) -> Result<LetterQueued, Error> {
    let address = address(&request.address)?;
    must_be_set_up(act)?;
    let asked = crate::report::visible(act.caller, request.shown)?;
    let shop = act.read(|reader| crate::ask::shop(act.terminal, reader))?.1;
    let (id, operator) = (act.id(), act.operator);
    act.commit(move |tx| {
        let (report, from, to) = (asked.report.clone(), asked.from, asked.to);
        tx.append(operator, &Fact::ReportMailed(ReportMailed { report, from, to }), &[])?;
        tx.keep_asked_report(id, &asked)?;
        let number = crate::report::title(&shop, &asked);
        let (kind, copy, customer) = (LetterKind::Report, 0, None);
        let letter = NewLetter { letter: id, kind, about: id, number, copy, address, customer };
        Ok(LetterQueued { letter: tx.queue_letter(&letter)? })
    })
}

/// `mail.of_reports`
pub fn of_reports(ask: &Ask<'_>, _: Nothing) -> Result<MailProposal, Error> {
    let (_, settings) = settings_of(ask.terminal, ask.reader)?;
    let is_set_up = settings.is_set_up();
    Ok(MailProposal { is_set_up, proposed: Some(settings.reports_to).filter(|address| !address.is_empty()) })
}

/// `mail.of_account`
pub fn of_account(ask: &Ask<'_>, request: GetAccount) -> Result<MailProposal, Error> {
    let stored = ask.reader.customer(request.customer)?.ok_or(CustomerError::Unknown {})?;
    let is_set_up = settings_of(ask.terminal, ask.reader)?.1.is_set_up();
    Ok(MailProposal { is_set_up, proposed: stored.customer.email })
}

/// What of an invoice a letter has to know.
pub struct Given {
    /// Its number as printed.
    pub number: String,
    /// 0 for the first time it is given out.
    pub copy: u32,
    /// The customer's record, where there is one.
    pub customer: Option<CustomerId>,
}

/// Queues the report of a shift that is closed, for whoever gets them. Nothing of it can hold up the close: it is a row more.
pub fn queue_shift(
    terminal: TerminalId,
    tx: &LedgerTx<'_>,
    shift: ShiftId,
    number: &str,
) -> Result<(), Error> {
    let settings: Option<(u64, MailSettings)> = tx.record_as(Entity::Mail, terminal.0)?;
    let address = settings.map(|(_, settings)| settings.reports_to).unwrap_or_default();
    if !address.is_empty() {
        // A shift is closed once, so its id does for the letter too.
        tx.queue_letter(&NewLetter {
            letter: shift.0,
            kind: LetterKind::Shift,
            about: shift.0,
            number: number.to_owned(),
            copy: 0,
            address,
            customer: None,
        })?;
    }
    Ok(())
}

/// Who sends a letter, and when.
struct Post {
    letter: uuid::Uuid,
    operator: OperatorId,
    day: BusinessDay,
    grants: Grants,
}

impl Post {
    fn receipt(self, tx: &mut LedgerTx<'_>, request: MailReceipt, address: String) -> Result<i64, Error> {
        // What was sold in training was sold to nobody.
        let sale = tx.completed_sale(request.sale)?.filter(|sale| !sale.training);
        let sale = sale.ok_or(SaleError::Unknown {})?;
        let given = tx.next_copy(PrintJobKind::Receipt, request.sale.0)? > 0
            || tx.was_mailed(LetterKind::Receipt, request.sale.0)?;
        let given = given || sale.copies > 0 || is_forgotten(sale.completed_at, tx.moment().wall);
        if given {
            self.grants.require(Permission::ReprintReceipt)?;
        }
        let copy = if given { sale.copies + 1 } else { 0 };
        let (number, customer) = (sale.fact.receipt_number, sale.fact.customer);
        let (sale, receipt_number, business_day) = (request.sale, number.clone(), self.day);
        let fact = ReceiptMailed { sale, receipt_number, copy, business_day };
        tx.append(self.operator, &Fact::ReceiptMailed(fact), &[])?;
        let (kind, about) = (LetterKind::Receipt, sale.0);
        let letter = NewLetter { letter: self.letter, kind, about, number, copy, address, customer };
        Ok(tx.queue_letter(&letter)?)
    }
}

/// Whether what was given out then may be forgotten.
const fn is_forgotten(completed_at: Timestamp, now: Timestamp) -> bool {
    now.0.saturating_sub(completed_at.0) > REMEMBERED_MS
}

/// `mail.of_sale`
pub fn of_sale(ask: &Ask<'_>, request: GetSale) -> Result<SaleMail, Error> {
    seen(ask.caller, ask.reader, request.sale)?;
    let sale = ask.reader.completed_sale(request.sale)?.filter(|sale| !sale.training);
    let sale = sale.ok_or(SaleError::Unknown {})?;
    let customer = sale.fact.customer.map(|customer| ask.reader.customer(customer)).transpose()?.flatten();
    let letters = ask.reader.letters_about(request.sale.0)?;
    let mailed = letters.iter().any(|letter| letter.kind == LetterKind::Receipt && letter.may_have_gone());
    let printed = ask.reader.was_queued(PrintJobKind::Receipt, request.sale)?;
    Ok(SaleMail {
        is_set_up: settings_of(ask.terminal, ask.reader)?.1.is_set_up(),
        proposed: customer.and_then(|stored| stored.customer.email),
        is_duplicate: printed || mailed || sale.copies > 0 || is_forgotten(sale.completed_at, ask.now.wall),
        letters: letters.into_iter().map(view).collect(),
    })
}

/// `mail.list`
pub fn list(ask: &Ask<'_>, _: Nothing) -> Result<MailList, Error> {
    Ok(MailList {
        letters: shown(ask, ask.reader.open_letters()?)?,
        done: shown(ask, ask.reader.done_letters(DONE_SHOWN)?)?,
    })
}

/// The letters somebody may see: those about sales of others are as unknown as the sales, where their role says so.
fn shown(ask: &Ask<'_>, letters: Vec<Letter>) -> Result<Vec<MailLetter>, Error> {
    let mut shown = Vec::new();
    for letter in letters {
        if may_see(ask, &letter)? {
            shown.push(view(letter));
        }
    }
    Ok(shown)
}

fn may_see(ask: &Ask<'_>, letter: &Letter) -> Result<bool, Error> {
    match letter.kind {
        // Addresses of those who look after the shop are for those who do.
        LetterKind::Test => Ok(ask.caller.may(Permission::ManageSettings)),
        LetterKind::Shift | LetterKind::Report => Ok(ask.caller.may(Permission::ViewReports)),
        LetterKind::Statement => Ok(ask.caller.may(Permission::ManageCustomers)),
        LetterKind::Receipt | LetterKind::Invoice => match seen(ask.caller, ask.reader, letter.sale()) {
            Ok(()) => Ok(true),
            Err(Error::Sale(SaleError::Unknown {})) => Ok(false),
            Err(error) => Err(error),
        },
    }
}

/// `mail.resolve`
pub fn resolve(act: &Act<'_>, request: ResolveLetter) -> Result<LetterQueued, Error> {
    let ResolveLetter { id, resolution } = request;
    let visible = act.read(|reader| {
        let ask = Ask { terminal: act.terminal, caller: act.caller, reader, now: act.now };
        reader.letter(id)?.map(|letter| may_see(&ask, &letter)).transpose()
    })?;
    if visible != Some(true) {
        return Err(MailError::LetterUnknown {}.into());
    }
    let resolved = act.commit(move |tx| {
        let letter = tx.letter(id)?.ok_or(MailError::LetterUnknown {})?;
        match (letter.state, resolution) {
            (MailState::Queued | MailState::Failed | MailState::Uncertain, LetterResolution::SendAgain) => {
                tx.send_letter_again(id, letter.state == MailState::Uncertain)?;
            }
            (MailState::Uncertain, LetterResolution::Arrived) => {
                tx.note_letter(id, &LetterStep::to(MailState::Sent))?;
            }
            (MailState::Queued | MailState::Failed | MailState::Uncertain, LetterResolution::GiveUp) => {
                tx.note_letter(
                    id,
                    &LetterStep { reason: letter.reason, ..LetterStep::to(MailState::GivenUp) },
                )?;
            }
            // What is leaving cannot be called back, and what is done is done.
            (MailState::Queued | MailState::Failed, LetterResolution::Arrived)
            | (MailState::Sending | MailState::Sent | MailState::GivenUp, _) => {
                return Err(MailError::LetterUnknown {}.into());
            }
        }
        Ok(LetterQueued { letter: id })
    })?;
    if resolution == LetterResolution::SendAgain {
        act.terminal.mail.ask();
    }
    Ok(resolved)
}

/// `mail.send_now`
pub fn send_now(act: &Act<'_>, _: Nothing) -> Result<SendingNow, Error> {
    must_be_set_up(act)?;
    let asked = act.commit(|_| Ok(SendingNow {}))?;
    act.terminal.mail.ask();
    act.terminal.wake.all();
    Ok(asked)
}

/// What waits is tried at once.
#[derive(Serialize, Deserialize)]
pub struct SendingNow {}

impl Effect for SendingNow {
    type Answer = MailList;

    fn topics(&self) -> &'static [Topic] {
        &[]
    }

    fn answer(self, ask: &Ask<'_>) -> Result<MailList, Error> {
        list(ask, Nothing {})
    }
}

/// A letter was queued, or something was said about it.
#[derive(Serialize, Deserialize)]
pub struct LetterQueued {
    /// Its number on this till.
    pub letter: i64,
}

impl Effect for LetterQueued {
    type Answer = MailLetter;

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Mail, Topic::Health]
    }

    fn answer(self, ask: &Ask<'_>) -> Result<MailLetter, Error> {
        Ok(view(ask.reader.letter(self.letter)?.ok_or(MailError::LetterUnknown {})?))
    }
}

/// A letter for the screen.
fn view(letter: Letter) -> MailLetter {
    MailLetter {
        id: letter.id,
        kind: letter.kind,
        state: letter.state,
        number: letter.number,
        copy: letter.copy,
        address: letter.address,
        queued_at: letter.queued_at,
        moved_at: letter.moved_at,
        attempts: letter.attempts,
        reason: letter.reason,
        reply: letter.reply,
    }
}

/// Once after a start: what was leaving when the till stopped may or may not have gone. A person is asked.
pub fn recover(terminal: &Terminal) -> Result<(), Error> {
    let letters = terminal.database.read(Reader::leaving_letters)?;
    for letter in letters {
        let step =
            LetterStep { reason: Some(MailReason::Interrupted), ..LetterStep::to(MailState::Uncertain) };
        terminal.database.write(Durability::Durable, terminal.now(), move |tx| {
            tx.note_letter(letter.id, &step).map_err(Error::from)
        })?;
    }
    Ok(())
}
