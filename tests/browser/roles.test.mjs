// What a role allows: every permission has its box, and what one has is kept when another is changed.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, cutWords, hindrances, settled, smallTargets, takePicture } from './browser.mjs';
import { useTill } from './stage.mjs';

describe('the roles', () => {
  const stage = useTill();

  test('one that is saved keeps what it had; where nobody may look after customers it is said', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { screen: 'people' });
    const before = (await ask(page, 'role.list')).roles;
    const all = before.find(({ role }) => role.grants.length === Math.max(...before.map((each) => each.role.grants.length)));
    await page.getByText('Roles', { exact: true }).click();
    await page.getByRole('button', { name: all.role.name }).click();
    assert.equal(await page.locator('fieldset input[type=checkbox]:checked').count(), all.role.grants.length);
    // One box for each permission, the one that a badge asks for the PIN too, and the one that others' sales are hidden, and the one that it only trains.
    assert.equal(await page.locator('fieldset input[type=checkbox]:not(:checked)').count(), 3);
    await page.getByLabel('Name', { exact: true }).fill('Everything');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByTestId('notice').getByText('Saved.').waitFor();
    const granted = (roles, id) => roles.find((each) => each.id === id).role.grants.map(({ permission }) => permission);
    assert.deepEqual(granted((await ask(page, 'role.list')).roles, all.id).toSorted(), granted(before, all.id).toSorted());

    // A shop of before there were customers.
    for (const { id, role } of (await ask(page, 'role.list')).roles) {
      const grants = role.grants.filter(({ permission }) => permission !== 'manage_customers');
      if (grants.length < role.grants.length) await ask(page, 'role.save', { id, base: role, role: { ...role, grants } });
    }
    const hint = page.getByText('No role may see and change customers yet.');
    await hint.waitFor();
    await page.getByRole('button', { name: 'Everything' }).click();
    await settled(page);
    assert.deepEqual([...(await hindrances(page)), ...(await smallTargets(page)), ...(await cutWords(page))], []);
    await takePicture(page, 'roles-hint-en');
    await page.getByLabel('See and change customers').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await hint.waitFor({ state: 'detached' });
    assert.ok(granted((await ask(page, 'role.list')).roles, all.id).includes('manage_customers'));
  });
});
