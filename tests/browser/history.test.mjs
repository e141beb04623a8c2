// How a record came to be as it is: who changed what, from which screen, also in an import and when that was taken back.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, cutWords, hindrances, settled, smallTargets, takePicture } from './browser.mjs';
import { show, useTill } from './stage.mjs';

describe('the history of a record', () => {
  const stage = useTill();

  const fine = async (page) => {
    await settled(page);
    return [...(await hindrances(page)), ...(await smallTargets(page)), ...(await cutWords(page))];
  };
  const history = async (page) => {
    const part = page.locator('details', { hasText: 'History' });
    await part.getByText('History', { exact: true }).click();
    await part.locator('li').first().waitFor();
    return part;
  };
  const stand = (page, state) =>
    page.waitForResponse(async (response) => {
      if (!/\/api\/import\.(show|check|commit|undo)$/.test(response.url())) return false;
      return (await response.json()).state === state;
    });

  test('of a product: each field before and after, from its screen or in which file it was brought', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { screen: 'products' });
    const row = page.locator('[role=grid] [role=row]', { hasText: 'Baguette' });
    await row.click();
    await page.getByRole('textbox', { name: 'Price', exact: true }).fill('1.45');
    await page.keyboard.press('Control+s');
    await row.getByText('€1.45').waitFor();
    const [{ product: id }] = (await ask(page, 'product.find', { text: 'baguette' })).tiles;
    const { product } = await ask(page, 'product.get', { id });
    assert.ok(product.sku, 'the demo shop numbers its products');

    await show(page, 'import');
    // The products stay until the import is loaded, and have a place for files too.
    await page.getByText('Many at once, from a file').waitFor();
    await page.locator('input[type=file]').setInputFiles({
      name: 'names.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`sku,name\n${product.sku},Baguette of the house\n`),
    });
    await page.getByRole('heading', { name: 'names.csv' }).waitFor();
    const checked = stand(page, 'checked');
    await page.getByRole('button', { name: 'Check every row' }).click();
    await checked;
    const done = stand(page, 'done');
    await page.getByRole('button', { name: /^Import 1/ }).click();
    await done;
    await show(page, 'products');
    await page.locator('[role=grid] [role=row]', { hasText: 'Baguette of the house' }).click();
    const told = await history(page);
    const [imported, typed] = [told.locator('li').nth(0), told.locator('li').nth(1)];
    await imported.getByText('Imported a file').waitFor();
    await imported.getByText('names.csv').waitFor();
    await imported.locator('s', { hasText: /^Baguette$/ }).waitFor();
    await imported.getByText('Baguette of the house').waitFor();
    await typed.getByText('Changed a product').waitFor();
    await typed.getByText('Amina').waitFor();
    await typed.getByText('Screen Products').waitFor();
    await typed.locator('dd', { hasText: '€1.45' }).waitFor();
    await told.scrollIntoViewIfNeeded();
    assert.deepEqual(await fine(page), []);
    await takePicture(page, 'history-product-en');
  });

  test('of a category, by touch', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { screen: 'products', hasTouch: true });
    await page.getByText('Categories', { exact: true }).tap();
    await page.getByRole('button', { name: 'Bread', exact: true }).tap();
    await page.getByLabel('Name', { exact: true }).fill('Breads');
    await page.getByRole('button', { name: 'Save' }).tap();
    await page.getByTestId('notice').getByText('Saved.').waitFor();
    const told = await history(page);
    await told.locator('li').first().getByText('Changed a category').waitFor();
    await told.locator('li').first().locator('s', { hasText: 'Bread' }).waitFor();
    assert.deepEqual(await fine(page), []);
    await takePicture(page, 'history-category-en');
  });
});
