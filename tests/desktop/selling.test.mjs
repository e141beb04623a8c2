// A cashier at the window: scans on a serial line and on a keyboard, cash with one key, drawer and paper on another
// line.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { until } from './screen.mjs';
import { MANAGER, openShop } from './till.mjs';
import { KEY } from './webdriver.mjs';

const LOAF = { code: '2900000001015', name: 'Country sourdough loaf' };
const RYE = { code: '2900000001039', name: 'Rye bread with caraway' };
const PULSE = Buffer.from([0x1b, 0x70]);
const CUT = Buffer.from([0x1d, 0x56]);

describe('selling', () => {
  let shop, till, printer, scanner;
  before(async () => {
    shop = await openShop();
    [printer, scanner] = [await shop.line('printer'), await shop.line('scanner')];
    till = await shop.open();
    await till.keep('sign-in');
    await till.signOn(MANAGER);
    await till.setUpDevices({ printer, scanner });
  });
  after(async () => {
    await till?.stop();
    await shop?.close();
  });

  test('a scan and one key sell: the drawer opens first, then the receipt comes', async () => {
    printer.take();
    scanner.scan(LOAF.code);
    await till.seeLine(LOAF.name);
    await till.keep('scanned');
    await till.driver.keys(KEY.f12);
    await till.see('[data-testid="change"]');
    await till.keep('paid');
    const bytes = await until('the receipt is cut', () => {
      const received = printer.received();
      return received.includes(CUT) && received;
    });
    const pulse = bytes.indexOf(PULSE);
    const paper = bytes.indexOf('sourdough', 0, 'latin1');
    assert.ok(pulse >= 0 && pulse < paper, `the drawer's pulse is at ${pulse}, the paper begins at ${paper}`);
    assert.equal(bytes.indexOf(PULSE, pulse + 2), -1, 'the drawer opened more than once');
    assert.equal(till.called('sale.complete'), 1);
  });

  test('the next scan begins the next sale, and nothing has to be closed before', async () => {
    scanner.scan(RYE.code);
    await till.seeLine(RYE.name);
    const current = await till.call('sale.current');
    assert.equal(current.sale.lines_active, 1);
    const { sales } = await till.call('sale.list', {});
    assert.equal(sales.length, 1);
  });

  test('a scanner that is a keyboard rings up too', async () => {
    const window = await shop.screen.xdotool('search', '--onlyvisible', '--name', 'Tillkeeper');
    await shop.screen.xdotool('windowfocus', window.split('\n')[0]);
    await shop.screen.xdotool('key', '--delay', '0', ...LOAF.code, 'Return');
    await until('there are two lines', async () => (await till.call('sale.current')).sale.lines_active === 2);
    await till.seeLine(LOAF.name);
    await till.keep('typed-by-a-scanner');
  });

  test('the security policy was never broken', async () => {
    assert.equal(await till.violations(), '0');
  });

  test('a broken policy would have been noticed', async () => {
    await till.driver.evaluate('() => { document.body.append(Object.assign(new Image(), { src: "http://elsewhere.invalid/" })); }');
    await until('the violation is counted', async () => (await till.violations()) === '1');
  });
});
