// Pages of tiles of a shop's own: laid out by mouse and by keyboard, coloured, undone, and shown where one sells.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SIZES, ask, cutWords, hindrances, settled, smallTargets, takePicture } from './browser.mjs';
import { useTill } from './stage.mjs';

describe('pages of tiles', () => {
  const stage = useTill();

  const fine = async (page) => {
    await settled(page);
    return [...(await hindrances(page)), ...(await smallTargets(page)), ...(await cutWords(page))];
  };
  const laid = async (page) =>
    (await ask(page, 'tile.layout')).layout.pages.map(({ name, tiles }) => [name, tiles.length]);
  const names = (page) => page.getByTestId('laid-tile').locator('.name').allInnerTexts();
  const stand = async (page, wanted) => {
    await page.waitForFunction(
      (names) =>
        JSON.stringify([...document.querySelectorAll('[data-testid=laid-tile] .name')].map((n) => n.innerText)) ===
        JSON.stringify(names),
      wanted,
    );
    await settled(page);
  };
  const add = async (page, text, product) => {
    await page.getByRole('combobox', { name: 'Add a product' }).fill(text);
    await page.getByRole('option', { name: product }).first().click();
    await page.getByRole('heading', { level: 2, name: product }).waitFor();
  };

  test('favourites are laid out, moved, coloured, undone, and sold from', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { screen: 'products' });
    const seller = await stage.tab(page);
    await seller.getByRole('tab', { name: 'All' }).waitFor();
    const usual = await seller.getByRole('tab').allInnerTexts();
    // What stands behind draws but once a second.
    await page.bringToFront();

    await page.getByText('Tiles', { exact: true }).click();
    await page.getByText('The sell screen shows your categories').waitFor();
    assert.deepEqual(await fine(page), []);
    await page.getByRole('button', { name: 'New page' }).click();
    await page.getByText('Nothing on this page yet').waitFor();
    await add(page, 'baguette', 'Baguette');
    await add(page, 'banan', 'Bananas');
    await add(page, 'blueberry muf', 'Blueberry muffin');
    await page.getByLabel('Add a category').selectOption({ label: 'Fruit & vegetables' });
    await stand(page, ['Baguette', 'Bananas', 'Blueberry muffin', 'Fruit & vegetables']);
    // The other tab, which only sells, shows the page at once.
    await seller.getByRole('tab', { name: 'Favourites' }).waitFor();
    assert.deepEqual(await seller.getByRole('tab').allInnerTexts(), ['Favourites', usual.at(-1)]);

    // By keyboard: Alt and an arrow carry the tile, and the focus goes with it.
    await page.getByTestId('laid-tile').first().focus();
    await page.keyboard.press('Alt+ArrowRight');
    await stand(page, ['Bananas', 'Baguette', 'Blueberry muffin', 'Fruit & vegetables']);
    await page.locator('[data-testid=laid-tile]:focus', { hasText: 'Baguette' }).waitFor();
    // By mouse: dragged to the beginning.
    const from = await page.getByTestId('laid-tile').nth(3).boundingBox();
    const to = await page.getByTestId('laid-tile').first().boundingBox();
    await page.mouse.move(from.x + 20, from.y + 20);
    await page.mouse.down();
    await page.mouse.move(from.x + 40, from.y + 10, { steps: 3 });
    await page.mouse.move(to.x + 20, to.y + 20, { steps: 6 });
    await page.mouse.up();
    await stand(page, ['Fruit & vegetables', 'Bananas', 'Baguette', 'Blueberry muffin']);
    // Colours of the palette.
    await page.getByTestId('laid-tile').nth(1).click();
    await page.getByRole('button', { name: 'Yellow' }).click();
    await page.locator('[data-testid=laid-tile][data-color=yellow]').waitFor();
    assert.deepEqual(await fine(page), []);
    await takePicture(page, 'tiles-en');
    const usualSize = page.viewportSize();
    await page.setViewportSize(SIZES.at(-1));
    assert.deepEqual(await fine(page), [], 'on the narrowest screen');
    await takePicture(page, 'tiles-narrow-en');
    await page.setViewportSize(usualSize);
    // Taken off, and back again.
    await page.getByRole('button', { name: 'Take off this page' }).click();
    await stand(page, ['Fruit & vegetables', 'Baguette', 'Blueberry muffin']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await stand(page, ['Fruit & vegetables', 'Bananas', 'Baguette', 'Blueberry muffin']);
    // A page of another name, in another place.
    await page.getByRole('button', { name: 'New page' }).click();
    await page.getByRole('tab', { name: 'Page 2', selected: true }).waitFor();
    await page.getByLabel('Name of the page').fill('Counter');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'Counter' }).waitFor();
    await page.getByRole('button', { name: 'Page one place earlier' }).click();
    await page.getByRole('tab').first().filter({ hasText: 'Counter' }).waitFor();
    assert.deepEqual(await laid(page), [
      ['Counter', 0],
      ['Favourites', 4],
    ]);

    await seller.bringToFront();
    // Sold from: a product by a tap, a category by two.
    await seller.getByRole('tab', { name: 'Favourites' }).click();
    await seller
      .locator('[data-testid=tile][data-color=yellow]', {
        hasText: 'Bananas',
      })
      .waitFor();
    await takePicture(seller, 'tiles-sell-en');
    await seller.getByTestId('tile').filter({ hasText: 'Baguette' }).click();
    await seller.waitForFunction(() => document.body.innerText.includes('1.30'));
    await seller.getByTestId('tile').filter({ hasText: 'Fruit & vegetables' }).click();
    await seller.getByTestId('tile').filter({ hasText: 'Apples' }).first().waitFor();
    assert.equal((await ask(seller, 'sale.current')).sale.lines_active, 1);

    await page.bringToFront();
    // All taken back: what was there before is there again.
    const undo = page.getByRole('button', { name: 'Undo' });
    while ((await laid(page)).length > 0) {
      const { version } = await ask(page, 'tile.layout');
      await undo.click();
      const ends = Date.now() + 20_000;
      while ((await ask(page, 'tile.layout')).version === version) {
        assert.ok(Date.now() < ends, 'what was pressed is not undone');
        await settled(page);
      }
    }
    await page.getByText('The sell screen shows your categories').waitFor();
    assert.deepEqual(await laid(page), []);
    await seller.getByRole('tab', { name: usual[0] }).waitFor();
    assert.deepEqual(await seller.getByRole('tab').allInnerTexts(), usual);
    assert.deepEqual(await names(page), []);
  });
});
