// Customers as a shop keeps them: added, found by the beginning of a word or by their card, changed, and erased for good.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, cutWords, hindrances, settled, smallTargets, takePicture } from './browser.mjs';
import { scan } from './cashier.mjs';
import { useTill } from './stage.mjs';

describe('customers', () => {
  const stage = useTill();

  const fine = async (page) => {
    await settled(page);
    return [...(await hindrances(page)), ...(await smallTargets(page)), ...(await cutWords(page))];
  };
  const row = (page, name) => page.locator('[role=grid] [role=row]', { hasText: name });

  test('one is added, found by a word and by the card, archived and erased', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { screen: 'customers' });
    await page.getByText('No customers yet').waitFor();
    assert.deepEqual(await fine(page), []);
    await page.getByRole('button', { name: 'New customer' }).click();
    const form = page.getByRole('region', { name: 'New customer' });
    await form.getByLabel('Name').fill('Maximiliana Wittelsbach');
    // The card goes into its field, not into the sale.
    await scan(page, '7000000000011');
    await page.waitForFunction(() =>
      [...document.querySelectorAll('input')].some(({ value }) => value === '7000000000011'),
    );
    await form.getByLabel('Telephone').fill('+33 1 23 45 67 89');
    await form.getByLabel('Note').fill('Likes rye');
    assert.deepEqual(await fine(page), []);
    await takePicture(page, 'customer-en');
    await page.keyboard.press('Control+s');
    await row(page, 'Maximiliana Wittelsbach').waitFor();
    await page.getByRole('region', { name: 'Maximiliana Wittelsbach' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('[role=grid]').and(page.locator(':focus')).waitFor();
    await takePicture(page, 'customers-en');

    await page.getByRole('searchbox').fill('wittels');
    await row(page, 'Maximiliana Wittelsbach').waitFor();
    await page.getByRole('searchbox').fill('nobody');
    await page.getByText('Nothing found').waitFor();
    await page.keyboard.press('Escape');
    await scan(page, '7000000000011');
    const opened = page.getByRole('region', { name: 'Maximiliana Wittelsbach' });
    await opened.getByLabel('Note').waitFor();
    assert.equal(await opened.getByLabel('Note').inputValue(), 'Likes rye');
    assert.equal((await ask(page, 'sale.current')).sale, null, 'the card is no goods');

    await opened.getByText('Archived', { exact: true }).click();
    await page.keyboard.press('Control+s');
    await opened.getByRole('button', { name: 'Erase who they are' }).click();
    await opened.getByRole('button', { name: 'Erase for good' }).click();
    await page.getByTestId('notice').getByText('They are erased.').waitFor();
    const { customers } = await ask(page, 'customer.list', { status: 'archived', after: null });
    assert.deepEqual(
      customers.map(({ name, phone }) => [name, phone]),
      [['', null]],
    );
  });
});
