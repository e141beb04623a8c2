// How the till itself is: a mark while something is wrong, what is to be done, and the file for whoever helps.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { ask, fillDisk } from './browser.mjs';
import { show, useTill } from './stage.mjs';

describe('how the till is', () => {
  const stage = useTill();

  test('all is well without a word, and a full disk has one mark that leads to what is to be done', async (t) => {
    const well = await stage.signedOn(t, 'Jonas');
    assert.equal(await well.locator('header').getByText('Disk').count(), 0);

    const page = await stage.signedOn(t, 'Jonas', { prepare: fillDisk });
    assert.equal(await page.getByRole('dialog').count(), 0, 'nothing is in the way');
    await page.locator('header').getByRole('button', { name: 'Disk' }).click();
    const line = page.locator('.lines li.trouble');
    await line.getByText('The disk is full: 61.2 MB are left.').waitFor();
    await line.getByText('Delete or move files now.').waitFor();
    assert.equal(await page.getByText('File for support').count(), 0, 'a cashier looks after other things');
  });

  test('a number nobody knows is said so, and the file for support is saved', async (t) => {
    const page = await stage.signedOn(t, 'Amina');
    await show(page, 'health');
    await page.getByLabel('A number that was read out').fill('zz99 zz99');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByText('Nothing is known of ZZ99-ZZ99.').waitFor();

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Make the file' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'tillkeeper-support.zip');
    const bytes = await readFile(await download.path());
    assert.equal(bytes.subarray(0, 4).toString('latin1'), 'PK\x03\x04');
    const { details } = await ask(page, 'health.show');
    assert.equal(details.series, 'A');
  });
});
