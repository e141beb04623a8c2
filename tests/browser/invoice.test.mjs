// An invoice is written on the receipt of its sale, by keys and by fingers; it is printed, saved, and a copy from then on.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, cutWords, hindrances, settled, smallTargets, takePicture } from './browser.mjs';
import { shows } from './cashier.mjs';
import { LOAF } from './goods.mjs';
import { show, useTill } from './stage.mjs';

describe('invoices', () => {
  const stage = useTill();

  /** The receipts of an operator who has just sold two loaves for cash. */
  async function receipts(t, name, options) {
    const page = await stage.signedOn(t, name, options);
    await ask(page, 'sale.scan', { code: LOAF });
    await ask(page, 'sale.scan', { code: LOAF });
    const { sale } = await ask(page, 'sale.current');
    await ask(page, 'sale.complete', { sale: sale.sale, tenders: [{ kind: 'cash', amount: null }] });
    await shows(page, 'change', '0.00');
    await show(page, 'receipts');
    return { page, sale: sale.sale };
  }

  const fine = async (page) => {
    await settled(page);
    assert.deepEqual([...(await hindrances(page)), ...(await smallTargets(page)), ...(await cutWords(page))], []);
  };

  test('written by keys, printed, and from then on a copy', async (t) => {
    const { page, sale } = await receipts(t, 'Amina');
    await page.getByRole('button', { name: 'Invoice', exact: true }).click();
    const asked = page.getByRole('dialog', { name: /^Invoice for receipt/ });
    await asked.getByLabel('Name or company').waitFor();
    await fine(page);
    await takePicture(page, 'invoice-asked-en');
    // Slower than a scanner, whose keys would go to the list.
    await page.keyboard.type('Café des Arts', { delay: 80 });
    await asked.getByLabel('Address').fill('1, rue du Port\n75001 Paris');
    await page.keyboard.press('Tab');
    await page.keyboard.type('FR 40 303', { delay: 80 });
    await page.keyboard.press('Enter');
    const { issued, buyer } = await (async () => {
      await page.getByRole('dialog', { name: /^Invoice \S+-I\d{6}$/ }).waitFor();
      return ask(page, 'invoice.of_sale', { sale });
    })();
    assert.deepEqual([buyer.name, buyer.address], ['Café des Arts', '1, rue du Port\n75001 Paris']);
    const sheet = page.getByRole('dialog', { name: `Invoice ${issued.invoice_number}` });
    await sheet.locator('pre', { hasText: 'Café des Arts' }).waitFor();
    await fine(page);
    await takePicture(page, 'invoice-written-en');
    await sheet.getByRole('button', { name: 'Print', exact: true }).click();
    await sheet.getByText('It was given out once: the next one is marked as a copy.').waitFor();
    await sheet.getByRole('button', { name: 'Save as PDF' }).click();
    await sheet.getByText('It was given out 2 times: the next one is marked as a copy.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: `Invoice ${issued.invoice_number}` }).waitFor();
    await fine(page);
    await takePicture(page, 'invoice-receipt-en');
    const { jobs, done } = await ask(page, 'print_job.list');
    const printed = [...jobs, ...done].filter((job) => job.kind === 'invoice');
    assert.deepEqual(
      printed.map((job) => [job.receipt_number, job.copy]),
      [[issued.invoice_number, 0]],
    );
  });

  test('written by a finger in French', async (t) => {
    const { page, sale } = await receipts(t, 'Amina', { hasTouch: true });
    const { shop } = await ask(page, 'shop.settings');
    await ask(page, 'shop.save_settings', { base: shop, shop: { ...shop, language: 'fr' } });
    await page.getByRole('button', { name: 'Facture', exact: true }).tap();
    const asked = page.getByRole('dialog', { name: /^Facture du ticket/ });
    await asked.getByLabel('Nom ou société').fill('Société des Œuvres Complètes de la Région Provence');
    await fine(page);
    await takePicture(page, 'invoice-asked-fr');
    await asked.getByRole('button', { name: 'Établir la facture' }).tap();
    await page.locator('dialog pre', { hasText: 'Société des Œuvres' }).waitFor();
    await fine(page);
    await takePicture(page, 'invoice-written-fr');
    const { issued } = await ask(page, 'invoice.of_sale', { sale });
    assert.match(issued.invoice_number, /-I\d{6}$/);
    await ask(page, 'shop.save_settings', { base: { ...shop, language: 'fr' }, shop });
  });
});
