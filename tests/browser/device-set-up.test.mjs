// Setting devices up with a person's help, on lines of the test's own: a scanner is learnt from two codes, a printer's
// letters from a page, a printer that fails has another in its place; and a receipt is saved as a file.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { layLine } from '../desktop/line.mjs';
import { until } from '../desktop/screen.mjs';
import { ask, takePicture } from './browser.mjs';
import { scan, shows } from './cashier.mjs';
import { LOAF } from './goods.mjs';
import { show, useTill } from './stage.mjs';

/** What sets the number of a code page, and é in page 858. */
const PAGE_19 = Buffer.from([0x1b, 0x74, 19]);
const E_IN_858 = 0x82;

describe('setting devices up', () => {
  const stage = useTill();
  let folder;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'tillkeeper-'))));
  after(() => rm(folder, { recursive: true, force: true }));

  async function line(t, name) {
    const laid = await layLine(join(folder, name));
    t.after(() => laid.close());
    return laid;
  }

  async function save(page, wanted) {
    const { devices } = await ask(page, 'device.settings');
    await ask(page, 'device.save_settings', { base: devices, devices: { ...devices, ...wanted } });
  }

  const saved = async (page) => (await ask(page, 'device.settings')).devices;
  const region = (page, name) => page.getByRole('region', { name, exact: true });

  test('a scanner is learnt from two codes on the screen, and its codes are counted', async (t) => {
    const page = await stage.signedOn(t, 'Amina');
    const scanner = await line(t, 'scanner');
    const connection = { via: 'serial', port: scanner.path, baud: 9600 };
    // What somebody typed once is wrong.
    await save(page, { scanner: { connection, prefix: '#', suffix: '', same_within_ms: 0 } });
    await show(page, 'devices');
    const form = region(page, 'Scanner');
    const card = region(page, 'How they are').locator('[data-role=scanner]');
    await card.getByText('ready').waitFor();
    await form.getByRole('button', { name: 'Learn from two scans' }).click();
    const shown = form.getByTestId('teach-code');
    await shown.waitFor();
    assert.deepEqual((await saved(page)).scanner.prefix, '');
    const read = async (before, behind) => {
      const code = await shown.getAttribute('data-code');
      scanner.scan(`${before}${code}${behind}`);
      return code;
    };
    // The first two do not have the same around them: that is said, and it begins anew.
    const first = await read('~F', 'X');
    await form.getByText('(2 of 2)').waitFor();
    const second = await read('', 'X');
    assert.notEqual(second, first);
    await form.getByText('That did not fit').waitFor();
    assert.equal(await shown.getAttribute('data-code'), first);
    await read('~F', 'X');
    await form.getByText('(2 of 2)').waitFor();
    await read('~F', 'X');
    await page.getByTestId('notice').getByText('Learnt.').waitFor();
    assert.equal(await form.getByLabel('Puts in front').inputValue(), '~F');
    assert.equal(await form.getByLabel('Puts behind').inputValue(), 'X');
    await page.keyboard.press('Control+s');
    await page.getByTestId('notice').getByText('Saved.').waitFor();
    // Codes go into the sale again, without what stands around them. The one that is read just while the till takes the
    // settings up still has it, and is refused: then it is scanned again, as a cashier does.
    const scans = async () => (await ask(page, 'device.status')).scans;
    for (let pieces = 0; pieces === 0; ) {
      const { read: before } = await scans();
      scanner.scan(`~F${LOAF}X`);
      const { sale } = await until('the code is dealt with', async () => {
        const { read, taken, refused } = await scans();
        return read > before && read === taken + refused && ask(page, 'sale.current');
      });
      pieces = sale?.pieces ?? 0;
    }
    scanner.scan('~F4006381333931X');
    const last = await until('the last code is refused', async () => {
      const { sale, refused_scan: refused } = await ask(page, 'sale.current');
      return sale && refused?.code === '4006381333931' && scans();
    });
    const words = `${last.read} codes read: ${last.taken} taken, ${last.refused} refused.`;
    assert.equal(last.taken, 5);
    await card.getByText(words).waitFor();
  });

  /** A scanner set to the French keyboard, at a computer with another: what it presses for a text, in one go. */
  const pressed = (page, text) =>
    page.evaluate((text) => {
      const press = (code, shiftKey = false) =>
        (document.activeElement ?? document.body).dispatchEvent(
          new KeyboardEvent('keydown', { code, key: code.at(-1), shiftKey, bubbles: true, cancelable: true }),
        );
      const moved = { a: 'q', q: 'a', A: 'Q', Q: 'A' };
      for (const character of text) {
        const letter = moved[character] ?? character;
        if (/\d/.test(letter)) press(`Digit${letter}`, true);
        else if (letter === '-') press('Digit6');
        else press(`Key${letter.toUpperCase()}`, letter !== letter.toLowerCase());
      }
      press('Enter');
    }, text);

  test('a scanner that is a French keyboard is learnt from two codes, and read so everywhere', async (t) => {
    const page = await stage.signedOn(t, 'Amina');
    await save(page, { scanner: null });
    const { sale: open } = await ask(page, 'sale.current');
    if (open) await ask(page, 'sale.cancel', { sale: open.sale });
    await show(page, 'devices');
    const form = region(page, 'Scanner');
    await form.getByRole('button', { name: 'Learn from two scans' }).click();
    const shown = form.getByTestId('teach-code');
    await shown.waitFor();
    const read = async () => pressed(page, await shown.getAttribute('data-code'));
    await read();
    await form.getByText('(2 of 2)').waitFor();
    // The second one is misread: that is said, and it begins anew.
    await pressed(page, 'misread');
    await form.getByText('That did not fit').waitFor();
    await takePicture(page, 'teach-keyboard-en');
    await read();
    await form.getByText('(2 of 2)').waitFor();
    await read();
    await page.getByTestId('notice').getByText('Learnt.').waitFor();
    assert.equal(await form.getByLabel('Keyboard it is set to').inputValue(), 'french');
    await page.keyboard.press('Control+s');
    await page.getByTestId('notice').getByText('Saved.').waitFor();
    assert.deepEqual((await saved(page)).keyboard, { layout: 'french', prefix: '', suffix: '' });
    await show(page, 'sell');
    await page.getByTestId('total').or(page.getByTestId('change')).waitFor();
    await pressed(page, LOAF);
    await shows(page, 'total', '4.20');
    const { sale } = await ask(page, 'sale.current');
    await ask(page, 'sale.cancel', { sale: sale.sale });
    await save(page, { keyboard: null });
  });

  test('what is plugged in while the screen is open is told, and set up by a tap', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { prepare: (page) => page.route('**/api/device.find', found) });
    // What the machine of a test has plugged in is nobody's to say: the list is one of the test.
    const printer = { via: 'usb_port', path: '/dev/usb/lp7' };
    let devices = [];
    function found(route) {
      return route.fulfill({ json: { devices } });
    }
    const looked = page.waitForResponse('**/api/device.find');
    await show(page, 'devices');
    await looked;
    const told = page.getByText('Just plugged in: tap to set it up');
    assert.equal(await told.count(), 0);
    devices = [{ role: 'receipt_printer', name: 'Receipts', printer, scanner: null }];
    await told.waitFor();
    await takePicture(page, 'plugged-in-en');
    await page.getByRole('button', { name: 'Receipts /dev/usb/lp7' }).click();
    await told.waitFor({ state: 'detached' });
    const form = region(page, 'Printer');
    assert.equal(await form.getByLabel('Connected by').inputValue(), 'usb_port');
    assert.equal(await form.locator('input').first().inputValue(), printer.path);
  });

  test('the letters of a printer are found on a page, and receipts are written in them', async (t) => {
    const page = await stage.signedOn(t, 'Amina');
    const printer = await line(t, 'printer');
    const connection = { via: 'serial', port: printer.path, baud: 38400 };
    await save(page, { receipt_printer: { profile: 'generic-80', connection, code_page: null, asks_status: false } });
    await show(page, 'devices');
    const form = region(page, 'Printer');
    await form.getByRole('button', { name: 'Print the letter test' }).click();
    await page.getByTestId('notice').getByText('The letter test is being printed.').waitFor();
    // Every number is on the paper, each with its own; the last thing is the knife.
    await until('the page is printed', () => printer.received().includes(Buffer.from([0x1d, 0x56])));
    for (let slot = 0; slot <= 53; slot += 1) {
      assert.ok(printer.received().includes(Buffer.from([0x1b, 0x74, slot])), `line ${slot}`);
    }
    // The person reads: in line 19 the second way is right.
    await form.getByLabel('Letters with accents read right in').selectOption({ label: 'B' });
    await form.getByLabel('In line').fill('19');
    await page.keyboard.press('Control+s');
    await page.getByTestId('notice').getByText('Saved.').waitFor();
    assert.deepEqual((await saved(page)).receipt_printer.code_page, { slot: 19, page: 858 });
    printer.take();
    const { tax_categories: taxes } = await ask(page, 'tax_category.list');
    const item = { name: 'Café', price: 2_000_000, tax_category: taxes[0].id };
    const { sale, totals } = await ask(page, 'sale.add_open_item', item);
    await ask(page, 'sale.complete', { sale, tenders: [{ kind: 'cash', amount: null }], total: totals.total });
    const word = Buffer.concat([Buffer.from('Caf'), PAGE_19, Buffer.from([E_IN_858])]);
    await until('the receipt is printed', () => printer.received().includes(word));
  });

  test('a printer without a cable has another in its place, and the cashier is told', async (t) => {
    const page = await stage.signedOn(t, 'Amina');
    const nowhere = { via: 'serial', port: join(folder, 'nowhere'), baud: 9600 };
    const second = { via: 'file', path: join(folder, 'second.prn') };
    const settings = { profile: 'generic-80', code_page: null, asks_status: false };
    const printers = {
      receipt_printer: { ...settings, connection: nowhere },
      backup_printer: { ...settings, connection: second },
    };
    await save(page, printers);
    await scan(page, LOAF);
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
    const { sales } = await ask(page, 'sale.list', { after: null });
    await until('the second printer has it', async () => {
      const paper = await readFile(join(folder, 'second.prn'), 'latin1').catch(() => '');
      return paper.includes(sales[0].receipt_number);
    });
    const strip = page.getByRole('button', { name: /^Printer/ });
    await strip.click();
    await page.getByText('the backup printer prints instead').waitFor();
    await save(page, { receipt_printer: null, backup_printer: null });
  });

  test('a receipt is saved as a file', async (t) => {
    const page = await stage.signedOn(t, 'Amina');
    await show(page, 'receipts');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as PDF' }).click();
    const file = await download;
    assert.match(file.suggestedFilename(), /receipt.*\.pdf$/);
    const bytes = await readFile(await file.path());
    assert.equal(bytes.subarray(0, 5).toString('latin1'), '%PDF-');
    await page.getByTestId('notice').getByText(/Saved as .*\.pdf/).waitFor();
    const picture = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as picture' }).click();
    const png = await readFile(await (await picture).path());
    assert.equal(png.subarray(1, 4).toString('latin1'), 'PNG');
    assert.equal((await picture).suggestedFilename(), 'tillkeeper-receipt.png');
    await takePicture(page, 'receipt-files-en');
  });
});
