// What was sold, for whoever looks after the shop: the day at a glance, and reports with their charts, files and prints.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, callsOf, hindrances, settled, smallTargets } from './browser.mjs';
import { BAGUETTE, LOAF } from './goods.mjs';
import { useTill } from './stage.mjs';

describe('reports', () => {
  const stage = useTill();

  const owner = (t, more) => stage.signedOn(t, 'Amina', { screen: 'reports', ...more });
  const figure = (page, name) => page.locator('.figure-card').filter({ hasText: name }).locator('dd').first();
  const overDays = (page) => page.getByText('All reports', { exact: true }).click();
  const pick = (page, label, value) => page.getByLabel(label, { exact: true }).selectOption(value);

  /** Sells by calls beside the screen, as another sign-on would. */
  async function sell(page, ...codes) {
    let sale;
    for (const code of codes) ({ sale } = await ask(page, 'sale.scan', { code }));
    await ask(page, 'sale.complete', { sale, total: null, tenders: [{ kind: 'cash', amount: null }] });
  }

  test('the day begins with nothing, and every sale is seen at once without anything moving', async (t) => {
    const page = await owner(t);
    await page.getByText('The first sale shows here at once.').waitFor();
    assert.match(await figure(page, 'Receipts').innerText(), /^0/);
    await sell(page, BAGUETTE, LOAF);
    await page.locator('svg rect.value').first().waitFor();
    const place = await page.locator('.top').boundingBox();
    await sell(page, LOAF);
    await page.waitForFunction(() => /^2/.test(document.querySelectorAll('.figure-card dd')[2].innerText));
    assert.deepEqual(await page.locator('.top').boundingBox(), place);
    assert.match(await page.locator('.top li').first().innerText(), /sourdough loaf/);
    assert.deepEqual([...(await hindrances(page)), ...(await smallTargets(page))], []);
  });

  test('the chart is read by keys, and says each hour beside the week before', async (t) => {
    const page = await owner(t);
    const chart = page.getByRole('slider', { name: 'Hour by hour' });
    await chart.focus();
    await page.keyboard.press('Home');
    assert.match(await chart.getAttribute('aria-valuetext'), /^\d+:00 {2}€/);
    await page.keyboard.press('End');
    const last = await chart.getAttribute('aria-valuenow');
    assert.equal(last, await chart.getAttribute('aria-valuemax'));
  });

  test('what is picked is shown at once, beside other days, by hours; the address of a call says it', async (t) => {
    const page = await owner(t);
    await overDays(page);
    await page.locator('tfoot').waitFor();
    const calls = callsOf(page, 'report.run');
    const shown = async (label, value) => {
      const answer = page.waitForResponse((response) => response.url().endsWith('/api/report.run'));
      await pick(page, label, value);
      await answer;
      return calls.at(-1).payload;
    };
    assert.equal((await shown('Report', 'hours')).report, 'hours');
    assert.equal((await shown('Beside', 'weeks_before')).compare, 'weeks_before');
    await page.getByRole('columnheader', { name: 'Change' }).waitFor();
    await shown('From hour', '9');
    assert.deepEqual((await shown('To hour', '9')).hours, { from: 9, to: 9 });
    const { from, to } = await shown('Period', 'last-month');
    assert.match(from, /-01$/);
    assert.equal(to.slice(0, 7), from.slice(0, 7));
    await page.getByText('Nothing in these days').waitFor();
    await settled(page);
  });

  test('a report is saved as a table, as a workbook and as pages', async (t) => {
    const page = await owner(t, { acceptDownloads: true });
    await overDays(page);
    await pick(page, 'Period', 'today');
    await pick(page, 'Report', 'products');
    await page.locator('td .bar').first().waitFor();
    for (const [form, beginning] of [
      ['Text (CSV)', '\ufeffProduct,Quantity,Lines,Net,Tax,Total'],
      ['Workbook (XLSX)', 'PK'],
      ['PDF', '%PDF-'],
    ]) {
      await page.getByRole('button', { name: 'File' }).click();
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: form }).click();
      const stream = await (await download).createReadStream();
      const bytes = Buffer.concat(await stream.toArray());
      assert.ok(bytes.toString('utf8').startsWith(beginning), `${form}: ${bytes.subarray(0, 60).toString('utf8')}`);
    }
  });

  test('where there is no printer, that is said in place of the print, and the report stays', async (t) => {
    const page = await owner(t);
    await overDays(page);
    await page.locator('tfoot').waitFor();
    await page.getByRole('button', { name: 'Print', exact: true }).click();
    await page.getByRole('alert').getByText('Check port and address.').waitFor();
    assert.ok(await page.locator('tfoot').isVisible());
  });
});
