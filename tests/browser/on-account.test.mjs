// On account: a customer's limit is set on their screen, a sale goes on their account by one key, and beyond the limit a
// colleague allows it in place.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ask, cutWords, hindrances, openPage, settled, takePicture } from './browser.mjs';
import { scan, shows, signOn, typePin } from './cashier.mjs';
import { LOAF } from './goods.mjs';
import { useTill } from './stage.mjs';

const OWNER_PIN = '1470';

describe('on account', () => {
  const stage = useTill();

  before(async () => {
    const { page } = await openPage(stage.browser, stage.till.address);
    await signOn(page, 'Amina');
    const { shop } = await ask(page, 'shop.settings');
    const tenders = { ...shop.tenders, on_account: true };
    await ask(page, 'shop.save_settings', { base: shop, shop: { ...shop, tenders } });
    for (const [name, number] of [
      ['Ada Vandenbroucke', '990011'],
      ['Bo Lindqvist', '990012'],
    ]) {
      await ask(page, 'customer.save', { customer: { name, number, status: 'active' } });
    }
    await page.context().close();
  });

  const last = async (page) => {
    const { sales } = await ask(page, 'sale.list', {});
    const sale = await ask(page, 'sale.completed', { sale: sales[0].sale });
    return [sale.tenders.map(({ kind, tendered }) => [kind, tendered.amount]), sale.owed?.amount ?? null];
  };

  test('a limit is agreed on the screen of the customer', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { screen: 'customers', viewport: { width: 1024, height: 768 } });
    await page.locator('[role=grid] [role=row]', { hasText: 'Ada Vandenbroucke' }).click();
    const account = page.getByRole('region', { name: 'Account' });
    await account.getByLabel('May owe up to').fill('6.00');
    await account.getByRole('button', { name: 'Set limit' }).click();
    await page.getByText('What Ada Vandenbroucke may owe is set.').waitFor();
    await account.scrollIntoViewIfNeeded();
    await settled(page);
    assert.deepEqual(await hindrances(page), []);
    assert.deepEqual(await cutWords(page), []);
    await takePicture(page, 'on-account-limit-1024');
    const found = await ask(page, 'customer.find', { text: '990011' });
    const { account: agreed } = await ask(page, 'account.get', { customer: found.customers[0].id });
    assert.deepEqual(agreed, { limit: { amount: 600, currency: 'EUR' } });
  });

  for (const viewport of [
    { width: 1024, height: 768 },
    { width: 768, height: 1024 },
  ]) {
    test(`a sale goes on account, and beyond the limit with consent (${viewport.width})`, async (t) => {
      const page = await stage.signedOn(t, 'Jonas', { viewport });
      const found = await ask(page, 'sale.find_customers', { text: '990011' });
      const owed = found.customers[0].owed?.amount ?? 0;
      await scan(page, LOAF);
      await shows(page, 'total', '4.20');
      await scan(page, '990012');
      await shows(page, 'sale-customer', 'Bo Lindqvist');
      await page.keyboard.press('F9');
      await page.getByText('May not buy on account').waitFor();
      await page.keyboard.press('Escape');
      await scan(page, '990011');
      await shows(page, 'sale-customer', 'Ada Vandenbroucke');
      await page.keyboard.press('F9');
      await page.getByRole('button', { name: 'On account, €' }).waitFor();
      await settled(page);
      assert.deepEqual(await hindrances(page), []);
      assert.deepEqual(await cutWords(page), []);
      await takePicture(page, `on-account-pay-${viewport.width}`);
      await page.keyboard.press('Alt+6');
      if (owed > 0) {
        // More than she may: somebody else allows it in place.
        await page.getByText('Let a customer owe more').waitFor();
        await settled(page);
        assert.deepEqual(await hindrances(page), []);
        assert.deepEqual(await cutWords(page), []);
        await takePicture(page, `on-account-consent-${viewport.width}`);
        await page.locator('.approval').getByText('Amina').click();
        await typePin(page, OWNER_PIN);
      }
      await shows(page, 'owed', `${((owed + 420) / 100).toFixed(2)}`);
      await settled(page);
      assert.deepEqual(await hindrances(page), []);
      await takePicture(page, `on-account-owed-${viewport.width}`);
      assert.deepEqual(await last(page), [[['on_account', 420]], owed + 420]);
    });
  }

  test('by finger: what comes back of it is owed no longer', async (t) => {
    const page = await stage.signedOn(t, 'Jonas', { hasTouch: true });
    const { sales } = await ask(page, 'sale.list', {});
    const returnable = await ask(page, 'sale.returnable', { number: sales[0].receipt_number });
    const lines = returnable.lines.map(({ line, left }) => ({ line, quantity: left }));
    await ask(page, 'sale.take_back', { from: returnable.sale, lines, restock: true, reason: 'unwanted' });
    await shows(page, 'total', '-€4.20');
    await page.getByTestId('give-back').tap();
    await shows(page, 'owed', '4.20');
    await settled(page);
    await takePicture(page, 'on-account-back');
    assert.deepEqual(await last(page), [[['on_account', 420]], 420]);
  });

  test('what is owed is paid at the drawer, by key, and the rest from the screen of the customer', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { screen: 'shift', viewport: { width: 1024, height: 768 } });
    await page.getByRole('button', { name: 'Payment on account' }).click();
    await page.getByLabel('Name, number or card of the customer').fill('ada');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Ada Vandenbroucke pays on account' }).waitFor();
    await settled(page);
    assert.deepEqual(await hindrances(page), []);
    assert.deepEqual(await cutWords(page), []);
    await takePicture(page, 'account-pay-1024');
    await page.getByLabel('Amount').fill('4.00');
    await page.keyboard.press('Enter');
    await page.getByText('Ada Vandenbroucke paid €4.00; €0.20 is owed still.').waitFor();
    const customer = (await ask(page, 'customer.find', { text: '990011' })).customers[0].id;
    const owed = async () => (await ask(page, 'account.get', { customer })).owed.amount;
    assert.equal(await owed(), 20);

    const other = await stage.signedOn(t, 'Amina', { screen: 'customers', viewport: { width: 768, height: 1024 } });
    await other.locator('[role=grid] [role=row]', { hasText: 'Ada Vandenbroucke' }).click();
    const account = other.getByRole('region', { name: 'Account' });
    await account.getByRole('button', { name: 'Payment on account' }).click();
    await other.getByRole('dialog').getByText('Card', { exact: true }).click();
    await settled(other);
    assert.deepEqual(await hindrances(other), []);
    assert.deepEqual(await cutWords(other), []);
    await takePicture(other, 'account-pay-768');
    await other.getByRole('button', { name: 'Take payment' }).click();
    await other.getByText('Ada Vandenbroucke paid €0.20; €0.00 is owed still.').waitFor();
    assert.equal(await owed(), 0);
  });
});
