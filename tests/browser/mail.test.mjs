// E-mail is set up, tried and sent, by keys and by fingers, while nobody answers; and what became of it is seen where
// somebody looks.

import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { describe, test } from 'node:test';
import { ask, cutWords, hindrances, settled, smallTargets, takePicture } from './browser.mjs';
import { shows } from './cashier.mjs';
import { LOAF } from './goods.mjs';
import { show, useTill } from './stage.mjs';

describe('e-mail', () => {
  const stage = useTill();

  const fine = async (page) => {
    await settled(page);
    assert.deepEqual([...(await hindrances(page)), ...(await smallTargets(page)), ...(await cutWords(page))], []);
  };

  /** A port at which nobody listens. */
  async function deadPort() {
    const server = createServer();
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address();
    await new Promise((resolve) => server.close(resolve));
    return port;
  }

  async function sellTwo(page) {
    await ask(page, 'sale.scan', { code: LOAF });
    const { sale } = await ask(page, 'sale.current');
    await ask(page, 'sale.complete', { sale: sale.sale, tenders: [{ kind: 'cash', amount: null }] });
    await shows(page, 'change', '0.00');
    return sale.sale;
  }

  test('the server is set up and tried, and a receipt waits for it', async (t) => {
    const page = await stage.signedOn(t, 'Amina');
    const sale = await sellTwo(page);
    await show(page, 'receipts');
    await page.getByRole('button', { name: 'E-mail', exact: true }).click();
    const asked = page.getByRole('dialog', { name: /^E-mail receipt/ });
    await asked.getByText('No mail server is set up.').waitFor();
    await fine(page);
    await page.keyboard.press('Escape');
    await show(page, 'reports');
    await page.getByText('All reports', { exact: true }).click();
    await page.getByRole('button', { name: 'E-mail', exact: true }).click();
    const report = page.getByRole('dialog', { name: 'Send this report by e-mail' });
    await report.getByText('No mail server is set up.').waitFor();
    await fine(page);
    await page.keyboard.press('Escape');

    await show(page, 'settings');
    await page.getByText('E-mail', { exact: true }).click();
    await page.getByLabel('Mail server (SMTP)').fill('127.0.0.1');
    const encryption = page.getByRole('group', { name: 'Encryption' });
    await encryption.getByText('None', { exact: true }).click();
    assert.equal(await page.getByLabel('Port', { exact: true }).inputValue(), '25');
    await page.getByLabel('Port', { exact: true }).fill(String(await deadPort()));
    await page.getByLabel('Sender’s name').fill('Corner Shop');
    await page.getByLabel('Sender’s address').fill('till@example.com');
    await page.keyboard.press('Control+s');
    await page.getByTestId('notice').getByText('Saved.').waitFor();
    await page.getByLabel('E-mail address').fill('amina@example.com');
    await page.keyboard.press('Enter');
    const tried = page.getByRole('list', { name: 'E-mails' }).getByRole('listitem').first();
    await tried.getByText('the mail server does not answer.').waitFor();
    await fine(page);
    await takePicture(page, 'mail-settings-en');
    await tried.getByRole('button', { name: 'Give up' }).click();
    await tried.getByText('Given up').waitFor();

    await show(page, 'receipts');
    await page.getByRole('button', { name: 'E-mail', exact: true }).click();
    await asked.getByLabel('E-mail address').waitFor();
    // Slower than a scanner, whose keys would go to the list.
    await page.keyboard.type('anna.lee@example.org', { delay: 80 });
    await fine(page);
    await takePicture(page, 'mail-asked-en');
    await page.keyboard.press('Enter');
    await page.getByTestId('notice').getByText('is on its way.').waitFor();
    const { letters } = await ask(page, 'mail.of_sale', { sale });
    assert.deepEqual(
      letters.map((letter) => [letter.kind, letter.address]),
      [['receipt', 'anna.lee@example.org']],
    );
    await show(page, 'health');
    const line = page.getByRole('listitem').filter({ hasText: 'E-mails waiting: 1' });
    await line.getByText('Check the network.').waitFor();
    await fine(page);
    await takePicture(page, 'mail-health-en');
    await line.getByRole('button', { name: 'Show e-mails' }).click();
    await page.getByRole('dialog', { name: 'E-mails' }).getByText('anna.lee@example.org').waitFor();
    await fine(page);
    await takePicture(page, 'mail-list-en');
  });

  test('an invoice is sent from its sheet', async (t) => {
    const page = await stage.signedOn(t, 'Amina');
    const { settings } = await ask(page, 'mail.settings');
    const wanted = { ...settings, host: '127.0.0.1', port: await deadPort(), security: 'none', user: '' };
    await ask(page, 'mail.save_settings', { base: settings, settings: { ...wanted, sender_address: 'till@example.com' } });
    const sale = await sellTwo(page);
    await ask(page, 'invoice.issue', { sale, buyer: { name: 'Café des Arts' } });
    await show(page, 'receipts');
    await page.getByRole('button', { name: /^Invoice \S+-I\d{6}$/ }).click();
    const sheet = page.getByRole('dialog', { name: /^Invoice/ });
    await sheet.getByRole('button', { name: 'E-mail', exact: true }).click();
    await sheet.getByLabel('E-mail address').waitFor();
    await page.keyboard.type('arts@example.org', { delay: 80 });
    await fine(page);
    await takePicture(page, 'mail-invoice-en');
    await page.keyboard.press('Enter');
    await sheet.getByText('It was given out once: the next one is marked as a copy.').waitFor();
    const { letters } = await ask(page, 'mail.of_sale', { sale });
    assert.deepEqual(
      letters.map((letter) => [letter.kind, letter.address, letter.copy]),
      [['invoice', 'arts@example.org', 0]],
    );
  });

  test('a report is sent from where it is shown, to who gets the Z reports or another', async (t) => {
    const page = await stage.signedOn(t, 'Amina');
    await sellTwo(page);
    await show(page, 'reports');
    await page.getByText('All reports', { exact: true }).click();
    const asked = page.getByRole('dialog', { name: 'Send this report by e-mail' });
    const { settings: before } = await ask(page, 'mail.settings');
    const wanted = { ...before, host: '127.0.0.1', port: await deadPort(), security: 'none', user: '' };
    const owner = { sender_address: 'till@example.com', reports_to: 'owner@example.com' };
    await ask(page, 'mail.save_settings', { base: before, settings: { ...wanted, ...owner } });
    await page.getByRole('button', { name: 'E-mail', exact: true }).click();
    const address = asked.getByLabel('E-mail address');
    await address.waitFor();
    assert.equal(await address.inputValue(), 'owner@example.com');
    await fine(page);
    await takePicture(page, 'mail-report-en');
    await page.keyboard.press('Enter');
    await page.getByTestId('notice').getByText('The report is on its way.').waitFor();
    const { letters } = await ask(page, 'mail.list');
    const last = letters.filter(({ kind }) => kind === 'report').at(-1);
    assert.deepEqual([last.address, last.copy], ['owner@example.com', 0]);
    assert.match(last.number, /^Days /);
  });

  test('sent and given up by a finger in French', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { hasTouch: true });
    const { settings } = await ask(page, 'mail.settings');
    const wanted = { ...settings, host: '127.0.0.1', port: await deadPort(), security: 'none', user: '' };
    await ask(page, 'mail.save_settings', { base: settings, settings: { ...wanted, sender_address: 'till@example.com' } });
    await sellTwo(page);
    const { shop } = await ask(page, 'shop.settings');
    await ask(page, 'shop.save_settings', { base: shop, shop: { ...shop, language: 'fr' } });
    await show(page, 'settings');
    await page.getByText('E-mail', { exact: true }).tap();
    await page.getByLabel('Serveur de messagerie (SMTP)').waitFor();
    await fine(page);
    await takePicture(page, 'mail-settings-fr');
    await show(page, 'receipts');
    await page.getByRole('button', { name: 'E-mail', exact: true }).tap();
    const asked = page.getByRole('dialog', { name: /^Envoyer le ticket/ });
    await asked.getByLabel('Adresse e-mail').fill('anna.lee@example.org');
    await asked.getByRole('button', { name: 'Envoyer', exact: true }).tap();
    await asked.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'E-mail', exact: true }).tap();
    // The pause after the last try is for the server: somebody who asks does not wait for it.
    await asked.getByRole('button', { name: 'Réessayer' }).tap();
    await asked.getByText('le serveur de messagerie ne répond pas.').waitFor();
    await fine(page);
    await takePicture(page, 'mail-asked-fr');
    await asked.getByRole('button', { name: 'Abandonner' }).tap();
    await asked.getByText('Abandonné').waitFor();
    await ask(page, 'shop.save_settings', { base: { ...shop, language: 'fr' }, shop });
  });
});
