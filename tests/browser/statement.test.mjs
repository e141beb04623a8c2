// What a customer owes: the statement on their screen, what is written off of it, and the slips of what they paid.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ask, callsOf, cutWords, hindrances, openPage, settled, takePicture } from './browser.mjs';
import { scan, shows, signOn } from './cashier.mjs';
import { CAKE, LOAF } from './goods.mjs';
import { show, useTill } from './stage.mjs';

const SIZES = [
  { width: 1024, height: 768 },
  { width: 768, height: 1024 },
];

describe('statement', () => {
  const stage = useTill();

  const customerOf = async (page, number) => (await ask(page, 'customer.find', { text: number })).customers[0].id;

  /** Opens a customer's editor, by their name. */
  async function open(page, name) {
    await page.locator('[role=grid] [role=row]', { hasText: name }).click();
    const account = page.getByRole('region', { name: 'Account' });
    await account.waitFor();
    return account;
  }

  before(async () => {
    const { page } = await openPage(stage.browser, stage.till.address);
    await signOn(page, 'Amina');
    const { shop } = await ask(page, 'shop.settings');
    const tenders = { ...shop.tenders, on_account: true, store_credit: true };
    await ask(page, 'shop.save_settings', { base: shop, shop: { ...shop, tenders } });
    for (const [name, number] of [
      ['Ada Vandenbroucke', '990011'],
      ['Bo Lindqvist', '990012'],
    ]) {
      const { id } = await ask(page, 'customer.save', { customer: { name, number, status: 'active' } });
      await ask(page, 'account.save', { customer: id, account: { limit: { amount: 100_000, currency: 'EUR' } } });
    }
    // Ada buys on account often enough for two pages, and pays once; Bo buys once.
    for (let bought = 0; bought < 53; bought++) {
      const { sale } = await ask(page, 'sale.scan', { code: LOAF });
      await ask(page, 'sale.set_customer', { customer: await customerOf(page, bought === 0 ? '990012' : '990011') });
      await ask(page, 'sale.complete', {
        sale,
        tenders: [{ kind: 'on_account', amount: null, reference: null }],
      });
    }
    const amount = { amount: 1000, currency: 'EUR' };
    await ask(page, 'account.pay', { customer: await customerOf(page, '990011'), kind: 'cash', amount });
    await page.context().close();
  });

  for (const viewport of SIZES) {
    test(`it is read page by page, and saved (${viewport.width})`, async (t) => {
      const page = await stage.signedOn(t, 'Amina', { screen: 'customers', viewport });
      const account = await open(page, 'Ada Vandenbroucke');
      await account.getByRole('button', { name: 'Statement' }).click();
      const sheet = page.getByRole('dialog', { name: 'Statement of Ada Vandenbroucke' });
      await sheet.getByTestId('statement-opening').waitFor();
      assert.equal(await sheet.locator('tbody tr').count(), 51, 'fifty entries behind the opening balance');
      assert.equal(await sheet.getByTestId('statement-closing').count(), 0, 'it ends on its last page');
      await settled(page);
      assert.deepEqual(await hindrances(page), []);
      assert.deepEqual(await cutWords(page), []);
      await takePicture(page, `statement-${viewport.width}`);
      await sheet.getByRole('button', { name: 'Show more' }).click();
      await sheet.getByTestId('statement-closing').waitFor();
      const { owed } = await ask(page, 'account.get', { customer: await customerOf(page, '990011') });
      const closing = await sheet.getByTestId('statement-closing').textContent();
      assert.equal(closing, `€${(owed.amount / 100).toFixed(2)}`);
      assert.equal(await sheet.locator('tbody tr').count(), viewport === SIZES[0] ? 55 : 56);
      await sheet.getByTestId('statement-closing').scrollIntoViewIfNeeded();
      await sheet.getByRole('button', { name: /Print slip A-P000001 again/ }).waitFor();
      await settled(page);
      await takePicture(page, `statement-end-${viewport.width}`);
      await sheet.getByRole('button', { name: 'File' }).click();
      await page.getByRole('button', { name: 'PDF' }).click();
      await page.getByText('tillkeeper-statement.pdf is saved.').waitFor();
      await sheet.getByRole('button', { name: 'E-mail' }).click();
      const mail = page.getByRole('dialog', { name: 'Send this statement by e-mail' });
      await mail.getByText('No mail server is set up.').waitFor();
      await page.keyboard.press('Escape');
      await mail.waitFor({ state: 'detached' });
      await page.keyboard.press('Escape');
      await sheet.waitFor({ state: 'detached' });

      await account.getByRole('button', { name: 'Write off' }).click();
      const form = page.getByRole('dialog', { name: 'Write off what Ada Vandenbroucke owes' });
      await form.getByLabel('Amount').fill('1.00');
      await form.getByLabel('Why').selectOption({ label: 'Goodwill' });
      await settled(page);
      assert.deepEqual(await hindrances(page), []);
      assert.deepEqual(await cutWords(page), []);
      await takePicture(page, `write-off-${viewport.width}`);
      await form.getByRole('button', { name: 'Write off' }).click();
      await page.getByText('€1.00 of Ada Vandenbroucke is written off').waitFor();
      const after = await ask(page, 'account.get', { customer: await customerOf(page, '990011') });
      assert.equal(after.owed.amount, owed.amount - 100);
      // The form around it was not saved by that: the editor is there still.
      assert.equal(await account.getByTestId('account-owed').textContent(), `€${(after.owed.amount / 100).toFixed(2)}`);
    });
  }

  test('it is read on, printed and saved by the days that are shown', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { screen: 'customers', viewport: SIZES[0] });
    const read = callsOf(page, 'account.statement');
    const printed = callsOf(page, 'account.print');
    const saved = callsOf(page, 'account.make_file');
    const account = await open(page, 'Ada Vandenbroucke');
    await account.getByRole('button', { name: 'Statement' }).click();
    const sheet = page.getByRole('dialog', { name: 'Statement of Ada Vandenbroucke' });
    await sheet.getByTestId('statement-opening').waitFor();
    const answer = page.waitForResponse((response) => response.url().endsWith('/api/account.statement'));
    await sheet.getByLabel('Period').selectOption({ label: 'This month' });
    const { from, to } = await (await answer).json();
    // At midnight "this month" may become another one: from here on only what stands there counts.
    const shown = { ...read.at(-1).payload, period: 'days', from, to };
    await sheet.getByRole('button', { name: 'Show more' }).click();
    await sheet.getByTestId('statement-closing').waitFor();
    assert.deepEqual({ ...read.at(-1).payload, after: null }, shown);
    assert.notEqual(read.at(-1).payload.after, null);
    const asked = page.waitForRequest('**/api/account.print');
    await sheet.getByRole('button', { name: 'Print', exact: true }).click();
    await asked;
    assert.deepEqual(printed.map(({ payload }) => payload), [{ shown }]);
    await sheet.getByRole('button', { name: 'File' }).click();
    await page.getByRole('button', { name: 'PDF' }).click();
    await page.getByText('tillkeeper-statement.pdf is saved.').waitFor();
    assert.deepEqual(saved.map(({ payload }) => payload), [{ shown, form: 'pdf' }]);
  });

  test('by the keyboard alone it is opened, read and closed', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { screen: 'customers', viewport: SIZES[0] });
    const account = await open(page, 'Bo Lindqvist');
    const button = account.getByRole('button', { name: 'Statement' });
    await button.focus();
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog', { name: 'Statement of Bo Lindqvist' });
    await sheet.getByTestId('statement-closing').waitFor();
    assert.equal(await sheet.getByTestId('statement-closing').textContent(), '€4.20');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
  });

  test('it is sent to the address of its customer', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { screen: 'customers', viewport: SIZES[0] });
    const { settings: base } = await ask(page, 'mail.settings');
    // A port of this machine at which nobody listens: the letter waits.
    const settings = { ...base, host: '127.0.0.1', port: 9, security: 'none', user: '', sender_address: 'till@example.com' };
    await ask(page, 'mail.save_settings', { base, settings });
    const id = await customerOf(page, '990011');
    const { customer } = await ask(page, 'customer.get', { id });
    await ask(page, 'customer.save', { id, base: customer, customer: { ...customer, email: 'ada@example.org' } });
    const account = await open(page, 'Ada Vandenbroucke');
    await account.getByRole('button', { name: 'Statement' }).click();
    const sheet = page.getByRole('dialog', { name: 'Statement of Ada Vandenbroucke' });
    await sheet.getByTestId('statement-opening').waitFor();
    await sheet.getByRole('button', { name: 'E-mail' }).click();
    const mail = page.getByRole('dialog', { name: 'Send this statement by e-mail' });
    const address = mail.getByLabel('E-mail address');
    await address.waitFor();
    assert.equal(await address.inputValue(), 'ada@example.org');
    await settled(page);
    assert.deepEqual(await hindrances(page), []);
    assert.deepEqual(await cutWords(page), []);
    await takePicture(page, 'statement-mail-1024');
    const saves = callsOf(page, 'customer.save');
    await page.keyboard.press('Enter');
    await page.getByTestId('notice').getByText('The statement is on its way.').waitFor();
    await mail.waitFor({ state: 'detached' });
    const { letters } = await ask(page, 'mail.list');
    const last = letters.at(-1);
    assert.deepEqual([last.kind, last.address], ['statement', 'ada@example.org']);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    assert.deepEqual(saves, [], 'the form of the customer around it is not sent by that');
  });

  test('who owes something is archived only by who was told', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { screen: 'customers', viewport: SIZES[0] });
    const id = await customerOf(page, '990012');
    await open(page, 'Bo Lindqvist');
    await page.getByText('Archived', { exact: true }).last().click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('This customer still owes €4.20.').waitFor();
    await settled(page);
    assert.deepEqual(await hindrances(page), []);
    await takePicture(page, 'archive-owes-1024');
    assert.equal((await ask(page, 'customer.find', { text: '990012' })).customers[0].status, 'active');
    await page.getByRole('button', { name: 'Archive all the same' }).click();
    await page.getByText('Bo Lindqvist is saved.').waitFor();
    const { customer } = await ask(page, 'customer.get', { id });
    assert.equal(customer.status, 'archived');
  });

  test('the drawer lists what was paid on account, with its slip', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { screen: 'shift', viewport: SIZES[0] });
    const row = page.getByRole('list', { name: 'Moved without a sale' }).getByRole('button', { name: /A-P000001/ });
    await row.waitFor();
    await settled(page);
    assert.deepEqual(await hindrances(page), []);
    assert.deepEqual(await cutWords(page), []);
    await takePicture(page, 'drawer-account-1024');
    await row.click();
    const slip = page.getByRole('dialog', { name: 'Payment on account' });
    await slip.getByText('A-P000001').first().waitFor();
    await slip.getByRole('button', { name: 'Print again' }).waitFor();
    await settled(page);
    await takePicture(page, 'drawer-account-slip-1024');
  });

  test('in French, with the customer on the receipt', async (t) => {
    const page = await stage.open(t, { viewport: SIZES[1] });
    await signOn(page, 'Amina');
    const { shop } = await ask(page, 'shop.settings');
    const layout = { ...shop.receipt_layout, customer: true };
    const french = { ...shop, language: 'fr', receipt_layout: layout };
    await ask(page, 'shop.save_settings', { base: shop, shop: french });
    await scan(page, CAKE);
    await scan(page, '990011');
    await shows(page, 'sale-customer', 'Ada Vandenbroucke');
    await page.keyboard.press('F9');
    await page.keyboard.press('Alt+6');
    await page.getByTestId('owed').waitFor();
    const { sales } = await ask(page, 'sale.list', {});
    const { lines } = await ask(page, 'receipt.preview', { sale: sales[0].sale });
    assert.match(lines.join('\n'), /Client +Ada Vandenbroucke, 990011/);
    await show(page, 'customers');
    await page.locator('[role=grid] [role=row]', { hasText: 'Ada Vandenbroucke' }).click();
    await page.getByRole('button', { name: 'Relevé' }).click();
    await page.getByTestId('statement-opening').waitFor();
    await settled(page);
    assert.deepEqual(await hindrances(page), []);
    assert.deepEqual(await cutWords(page), []);
    await takePicture(page, 'statement-french-768');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Passer en perte' }).click();
    await settled(page);
    assert.deepEqual(await cutWords(page), []);
    await takePicture(page, 'write-off-french-768');
    await ask(page, 'shop.save_settings', { base: french, shop });
  });
});
