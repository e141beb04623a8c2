// A page that goes away while a command is under way: the command is sent again, and done once.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { until } from './screen.mjs';
import { MANAGER, openShop } from './till.mjs';
import { KEY } from './webdriver.mjs';

const LOAF = '2900000001015';

/** Makes the page load again at the very moment it sends this operation, before the answer can come. */
const RELOAD_WHEN_SENT = `(operation) => {
  const fetch = window.fetch;
  window.fetch = (address, options) => {
    const sent = fetch(address, options);
    const body = options?.body;
    const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
    if (text.includes('"' + operation + '"')) location.reload();
    return sent;
  };
}`;

describe('a page that is loaded again', () => {
  let shop, till;
  before(async () => {
    shop = await openShop();
    till = await shop.open();
    await till.signOn(MANAGER);
  });
  after(async () => {
    await till?.stop();
    await shop?.close();
  });

  test('in the middle of paying, the sale is paid once', async () => {
    await till.call('sale.scan', { code: LOAF });
    await till.see('.cart button');
    await till.driver.evaluate(RELOAD_WHEN_SENT, 'sale.complete');
    await till.driver.keys(KEY.f12);
    const again = () => till.log().filter((line) => line.includes('answered again')).length;
    await until('the command came a second time', () => till.called('sale.complete') >= 2);
    await until('it was answered with the first result', () => again() >= 1);
    assert.equal(again(), till.called('sale.complete') - 1, 'all but the first were answered again');

    await till.see('[data-testid="change"]');
    await till.keep('paid-after-reload');
    const { sales } = await till.call('sale.list');
    assert.equal(sales.length, 1);
  });

  test('in the middle of a sale, the sale and the sign-on are there', async () => {
    await till.call('sale.scan', { code: LOAF });
    await till.see('.cart button');
    await till.driver.evaluate('() => { window.before = true; location.reload(); }');
    // The page that goes away still shows the line, and answers nothing any more.
    await until('the page is another one', () => till.driver.evaluate('() => window.before === undefined'));
    await till.see('.cart button');
    const { sale } = await till.call('sale.current');
    assert.equal(sale.lines_active, 1);
  });
});
