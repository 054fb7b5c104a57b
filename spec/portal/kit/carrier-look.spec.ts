import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { findLookFaults } from '../../../config/carrier-look.ts';
import { accentStyles } from '../../../src/portal/kit/carrier-assets.ts';
import { contrastOf, mixColours } from '../../../src/shared/contrast.rules.ts';
import { openCheckoutSite, ScriptedLineCheck, type CheckoutSite } from '../../support/checkout-site.ts';
import { PageClient } from '../../support/page-client.ts';

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="20"><rect width="80" height="20"/></svg>';

describe('the contrast of two colours', () => {
  for (const [one, other, contrast] of [
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#000000', 21],
    ['#777777', '#ffffff', 4.48],
    ['#767676', '#ffffff', 4.54],
    ['#17496f', '#17496f', 1],
  ] as const) {
    it(`of ${one} and ${other} is ${contrast}`, () => {
      assert.equal(Number(contrastOf(one, other).toFixed(2)), contrast);
    });
  }

  it('lies between that of its parts for a mixture', () => {
    assert.equal(mixColours('#000000', '#ffffff', 0.5), '#808080');
    assert.equal(mixColours('#17496f', '#ffffff', 0), '#17496f');
  });
});

describe('the look of the carrier', () => {
  let dir: string;
  let logo: string;
  let site: CheckoutSite;
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tabane-look-'));
    logo = join(dir, 'logo.svg');
    await writeFile(logo, SVG);
    site = await openCheckoutSite(new ScriptedLineCheck(), { CARRIER_LOGO: logo, CARRIER_ACCENT: '#8a0f3c' });
  });
  after(async () => {
    await site.close();
    await rm(dir, { recursive: true });
  });

  it('is on every page: logo and style sheet of its own, kept for a year, without a style in the page', async () => {
    const { url } = await site.newCharge();
    const client = new PageClient();
    const { text } = await client.get(url);
    const [, sheet = ''] =
      /<link rel="stylesheet" href="(\/assets\/carrier\.[0-9a-f]{12}\.css)"/.exec(text) ?? [];
    const [, image = ''] = /<img src="(\/assets\/logo\.[0-9a-f]{12}\.svg)"/.exec(text) ?? [];
    const styles = await client.get(`${site.origin}${sheet}`);
    assert.ok(styles.text.includes('--accent: #8a0f3c;'));
    assert.match(styles.headers.get('cache-control') ?? '', /immutable/);
    const shown = await client.get(`${site.origin}${image}`);
    assert.deepEqual([shown.text, shown.headers.get('content-type')], [SVG, 'image/svg+xml']);
    assert.doesNotMatch(text, /<style|\sstyle=/);
  });

  for (const accent of ['#17496f', '#8a0f3c', '#006b3c', '#000000', '#595959']) {
    it(`can be read in both schemes: ${accent}`, () => {
      const [light = '', dark = ''] = [...accentStyles(accent).matchAll(/--accent: (#[0-9a-f]{6})/g)].map(
        ([, colour]) => colour,
      );
      assert.ok(contrastOf(light, '#ffffff') >= 4.5);
      assert.ok(contrastOf(dark, '#19222b') >= 4.5, dark);
      assert.ok(contrastOf(dark, '#0c1f2e') >= 4.5, 'the text of a button');
    });
  }

  it('is refused at the start where nobody could read a button, or there is no logo', async () => {
    const large = join(dir, 'large.png');
    await writeFile(large, Buffer.alloc(100_001));
    assert.deepEqual(findLookFaults({}), []);
    assert.deepEqual(findLookFaults({ CARRIER_ACCENT: '#17496f', CARRIER_LOGO: logo }), []);
    assert.match(findLookFaults({ CARRIER_ACCENT: '#ffcc00' }).join(), /CARRIER_ACCENT must be darker.*1\.5/);
    for (const file of [large, join(dir, 'missing.svg'), dir]) {
      assert.match(findLookFaults({ CARRIER_LOGO: file }).join(), /CARRIER_LOGO must name a readable file/);
    }
  });
});
