// Many products from a file: what the columns are is guessed, what is wrong is told by row and column, nothing changes
// before that, and what was imported is taken back.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, cutWords, hindrances, settled, smallTargets, takePicture } from './browser.mjs';
import { scan, shows } from './cashier.mjs';
import { archive, picture } from './picture.mjs';
import { show, useTill } from './stage.mjs';

/** Products of the file that can be imported. */
const GOOD = 120;
const ROWS = Array.from({ length: GOOD }, (_, index) => {
  const number = String(index).padStart(3, '0');
  return `T-${number};Tulip bulbs no. ${number};20100000${number};${1 + (index % 9)},50`;
});
const FILE = ['Réf.;Désignation;Code-barres;Prix', ...ROWS, 'X-1;;2099999999991;1,00', 'X-2;Broken;;cheap'].join('\n');

describe('an import', () => {
  const stage = useTill();

  const file = (text, name = 'bulbs.csv') => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  const choose = (page, what) => page.locator('input[type=file]').setInputFiles(what);
  const fine = async (page) => {
    await settled(page);
    return [...(await hindrances(page)), ...(await smallTargets(page)), ...(await cutWords(page))];
  };
  const stand = (page, state) =>
    page.waitForResponse(async (response) => {
      if (!/\/api\/import\.(show|check|commit|undo)$/.test(response.url())) return false;
      return (await response.json()).state === state;
    });

  test('a table is guessed, checked row by row, imported without its errors, and taken back', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { screen: 'import' });
    await page.getByText('Many at once, from a file').waitFor();
    assert.deepEqual(await fine(page), []);
    await takePicture(page, 'import-file-en');
    await choose(page, file(FILE));
    await page.getByRole('heading', { name: 'bulbs.csv' }).waitFor();
    const columns = await page.locator('thead select').evaluateAll((nodes) => nodes.map(({ value }) => value));
    assert.deepEqual(columns, ['sku', 'name', 'code', 'price']);
    assert.equal(await page.getByText('1.234,50').locator('..').locator('input:checked').count(), 1, 'a comma');
    assert.deepEqual(await fine(page), []);
    await takePicture(page, 'import-columns-en');

    const before = (await ask(page, 'product.list')).total.count;
    const checked = stand(page, 'checked');
    await page.getByRole('button', { name: 'Check every row' }).click();
    await checked;
    await page.getByText('2 errors').waitFor();
    const wrong = page.locator('tbody tr');
    await wrong.filter({ hasText: 'The name is missing' }).filter({ hasText: String(GOOD + 2) }).waitFor();
    await wrong.filter({ hasText: 'This is no price' }).filter({ hasText: 'cheap' }).filter({ hasText: 'Prix' }).waitFor();
    assert.equal((await ask(page, 'product.list')).total.count, before, 'nothing is changed by looking');
    assert.deepEqual(await fine(page), []);
    await takePicture(page, 'import-checked-en');

    const done = stand(page, 'done');
    // Errors are never left out by mistake: who wants that says so.
    const go = page.getByRole('button', { name: `Import ${GOOD}`, exact: true });
    assert.equal(await go.isDisabled(), true);
    await page.getByText('Correct the file, or leave the rows with errors out.').waitFor();
    await page.getByLabel('Leave out every row with an error').check();
    await go.click();
    await done;
    await page.getByText('bulbs.csv is imported.').waitFor();
    assert.deepEqual(await fine(page), []);
    await takePicture(page, 'import-done-en');
    assert.equal((await ask(page, 'product.list')).total.count, before + GOOD);

    await show(page, 'sell');
    await page.getByTestId('total').waitFor();
    await scan(page, '20100000007');
    await shows(page, 'total', '8.50');
    await ask(page, 'sale.cancel', { sale: (await ask(page, 'sale.current')).sale.sale });

    await show(page, 'import');
    const entry = page.locator('.made li', { hasText: 'bulbs.csv' });
    await entry.getByText(`${GOOD} new`).waitFor();
    await takePicture(page, 'import-made-en');
    await entry.getByRole('button', { name: 'Undo' }).click();
    const undone = stand(page, 'done');
    await entry.getByRole('button', { name: 'Really undo?' }).click();
    await undone;
    await page.getByText('bulbs.csv is undone.').waitFor();
    assert.equal((await ask(page, 'product.list')).total.count, before);
  });

  test('pictures come with a table in an archive, and what is missing is told by row', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { screen: 'import' });
    const table = 'Name;Price;Picture\nPhotographed tea;1,50;tea.png\nUnseen tea;1,50;none.png\n';
    const files = [
      ['shop/list.csv', Buffer.from(table)],
      ['shop/photos/tea.png', picture(900, 450)],
    ];
    await choose(page, { name: 'shop.zip', mimeType: 'application/zip', buffer: archive(files) });
    await page.getByRole('heading', { name: 'shop.zip' }).waitFor();
    await page.getByText('One picture came with it.').waitFor();
    assert.equal(await page.locator('thead select').nth(2).inputValue(), 'picture');
    assert.deepEqual(await fine(page), []);
    const checked = stand(page, 'checked');
    await page.getByRole('button', { name: 'Check every row' }).click();
    await checked;
    const wrong = page.locator('tbody tr');
    await wrong.filter({ hasText: 'The archive has no picture of this name' }).filter({ hasText: 'none.png' }).waitFor();
    await takePicture(page, 'import-pictures-en');
    const done = stand(page, 'done');
    await page.getByRole('button', { name: 'Import 2 with warnings' }).click();
    await done;
    await show(page, 'products');
    await page.getByRole('searchbox').fill('Photographed');
    const row = page.getByRole('row').filter({ hasText: 'Photographed tea' });
    const shown = row.locator('img');
    await shown.waitFor();
    await page.waitForFunction((image) => image.complete && image.naturalWidth > 0, await shown.elementHandle());
    // Plain red is a small file: it is shown as it is.
    assert.equal(await shown.evaluate((image) => image.naturalWidth), 900);
    await takePicture(page, 'import-pictures-list-en');
  });

  test('a file that is no table is refused in words, and the next one can be chosen', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { screen: 'import' });
    await choose(page, file('', 'nothing.csv'));
    await page.getByRole('alert').waitFor();
    assert.deepEqual(await fine(page), []);
    await choose(page, file(FILE, 'again.csv'));
    await page.getByRole('heading', { name: 'again.csv' }).waitFor();
    // A column that nobody wants; then all of it is given up.
    await page.locator('thead select').nth(3).selectOption('');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Given up. Nothing was changed.').waitFor();
    await page.getByRole('button', { name: 'Another file' }).click();
    await page.getByText('Many at once, from a file').waitFor();
  });
});
