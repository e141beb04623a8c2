// A list saved as a table for a spreadsheet: what is found and no more, as a file the import reads back.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { ask, cutWords, hindrances, settled, smallTargets, takePicture } from './browser.mjs';
import { show, useTill } from './stage.mjs';

describe('an export', () => {
  const stage = useTill();

  const fine = async (page) => {
    await settled(page);
    return [...(await hindrances(page)), ...(await smallTargets(page)), ...(await cutWords(page))];
  };
  const saved = async (page, button) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };

  test('products that were found are saved, and the import says that nothing is different', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { screen: 'products' });
    const all = (await ask(page, 'product.list')).total.count;
    await page.getByRole('button', { name: 'Table for a spreadsheet' }).click();
    await page.getByText('All products of this list').waitFor();
    assert.deepEqual(await fine(page), []);
    await takePicture(page, 'table-en');
    const whole = await saved(page, 'Workbook (XLSX)');
    assert.equal(whole.name, 'tillkeeper-products.xlsx');
    await page.getByTestId('notice').getByText(`${all} rows saved as tillkeeper-products.xlsx`).waitFor();

    await page.getByRole('searchbox').fill('cola');
    await page.getByText(`${all} products`, { exact: true }).waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Table for a spreadsheet' }).click();
    await page.getByText('The products that this list shows').waitFor();
    const found = await saved(page, 'Text (CSV)');
    const lines = found.bytes.toString('utf8').trim().split('\r\n');
    assert.deepEqual([...found.bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf], 'it says that it is UTF-8');
    assert.ok(lines[0].startsWith('name,sku,barcode,price'), lines[0]);
    assert.ok(lines.length > 1 && lines.length < 10, 'what was found and no more');
    assert.ok(lines.slice(1).every((line) => /cola/i.test(line)), lines.join('\n'));

    await page.getByRole('button', { name: 'Table for a spreadsheet' }).click();
    const semicolons = await saved(page, 'CSV with semicolons');
    const [, first] = semicolons.bytes.toString('utf8').split('\r\n');
    assert.match(first, /;\d+,\d+;/, 'a comma in the price');

    await show(page, 'import');
    await page.getByText('Many at once, from a file').waitFor();
    const file = { name: whole.name, mimeType: 'application/octet-stream', buffer: whole.bytes };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('heading', { name: whole.name }).waitFor();
    assert.deepEqual(await fine(page), []);
    await page.getByRole('button', { name: 'Check every row' }).click();
    await page.getByText('Nothing is wrong with any row.').waitFor();
    const { current } = await ask(page, 'import.list');
    assert.equal(current.counts.unchanged, all, JSON.stringify(current.counts));
  });

  test('customers are saved by who may look after them', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { screen: 'customers' });
    await page.getByText('No customers yet').waitFor();
    await page.getByRole('button', { name: 'Table for a spreadsheet' }).click();
    assert.deepEqual(await fine(page), []);
    const none = await saved(page, 'Text (CSV)');
    assert.equal(none.name, 'tillkeeper-customers.csv');
    assert.equal(none.bytes.toString('utf8').trim().split('\r\n').length, 1, 'the names of the columns');
  });
});
