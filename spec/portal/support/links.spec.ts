import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { supportMatrix } from '../guard/support-matrix.ts';
import { openSupportSite, type SupportSite } from './support-site.ts';

const HREF = /<a\b[^>]*\shref="(\/[^"#]*)"/g;

const linksOf = (text: string) => [...text.matchAll(HREF)].map(([, href]) => href!.replaceAll('&amp;', '&'));

describe('links of the support desk', () => {
  let site: SupportSite;
  before(async () => void (site = await openSupportSite()));
  after(() => site.close());

  it('lead an agent to pages that open', async () => {
    const rows = supportMatrix.opened.filter(({ expected }) => expected['agent'] === 200);
    const from = new Map<string, string>();
    for (const { path } of rows)
      for (const href of linksOf((await site.get('agent', path)).text)) from.set(href, path);
    assert.ok(from.size > 40, `${from.size} links`);
    const broken: string[] = [];
    for (const [href, path] of from) {
      const { status } = await site.get('agent', href);
      if (status !== 200) broken.push(`${status} ${href} on ${path}`);
    }
    assert.deepEqual(broken, []);
  });
});
