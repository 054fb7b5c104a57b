import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { explainedCell } from '../../../src/portal/billing/explain/explain-link.rules.ts';
import { correctStatement } from '../../../src/statements/correct-statement.ts';
import { renderStatements } from '../../../src/statements/render-statements.ts';
import { fakeRun } from '../../support/fake-run.ts';
import { hanako } from '../../support/people.ts';
import { openBillingSite, type BillingSite } from './billing-site.ts';

/** Figures of a page that lead to their explanation, with the text that they show. */
function explainedFigures(html: string) {
  const cells = html.matchAll(/<a class="" href="(\/billing\/explain\/[^"]+)">([^<]+)<\/a>/g);
  const facts = html.matchAll(/<a href="(\/billing\/explain\/[^"]+)">([^<]+)<\/a>/g);
  return [...cells, ...facts].map(([, href = '', text = '']) => ({ href, text }));
}

/** The figures of a row. */
const numbers = (cells: string) =>
  [...cells.matchAll(/<(?:td|th)[^>]*class="number[^>]*>(?:<a[^>]*>|<span>)?([^<]*)/g)].map(
    ([, cell]) => cell,
  );

const bare = (text: string) => text.replaceAll(/[-−\s]/g, '');

describe('figures of the console that explain themselves', () => {
  let site: BillingSite;
  before(async () => void (site = await openBillingSite()));
  after(() => site.close());

  /** Every linked figure of the page is the figure of its explanation, which adds up. */
  async function assertExplained(path: string, expected: readonly string[]): Promise<void> {
    const figures = explainedFigures((await site.get('auditor', path, 'en')).text);
    for (const part of expected)
      assert.ok(
        figures.some(({ href }) => href.includes(part)),
        `${path} has no link to ${part}`,
      );
    for (const { href, text } of figures) {
      const { status, text: explanation } = await site.get('auditor', href, 'en');
      assert.equal(status, 200, href);
      const [, value = ''] = /<p class="figure-large">([^<]+)</.exec(explanation) ?? [];
      // The explanation of an average is exact, the page of the settlement cuts it off after the yen.
      if (href.endsWith('/average'))
        assert.ok(bare(value).startsWith(bare(text)), `${href}: ${text}, ${value}`);
      else assert.ok(bare(value).startsWith(bare(text)), `${href}: ${text} is explained as ${value}`);
      assert.doesNotMatch(explanation, /This does not add up/, href);
    }
  }

  it('are those of a settlement, of the month before, and of its services', async () => {
    await assertExplained('/billing/settlements/{settlement}', [
      '/payout',
      '/billed',
      '/fee',
      '/fee-tax',
      '/lines',
      '/items',
      '/average',
      '/service.',
      '/total',
    ]);
  });

  it('are those of a draft, and of the settlements of a month', async () => {
    await assertExplained('/billing/settlements/{draft}', ['/payout', '/carried-in']);
    await assertExplained('/billing/settlements', ['/payout', '/total']);
  });

  it('are those of an issued statement', async () => {
    const { deps } = site.world;
    await fakeRun(deps, renderStatements, { job: 'render-statements', businessDate: '2026-05-13' });
    await deps.orm.em
      .fork()
      .getConnection()
      .execute("UPDATE company SET name = '株式会社あおば音楽出版' WHERE code = 'aoba'");
    await correctStatement(deps, hanako, { companyCode: 'aoba', period: '2026-01', reason: '宛名の誤り' });
    for (const revision of [1, 2])
      await assertExplained(`/billing/records/statements/aoba/2026-01/${revision}`, ['/payout', '/fee-tax']);
  });

  it('are no links for somebody who may not read explanations', () => {
    const address = { of: 'settlement', number: 'S202601-000001', figure: 'payout' } as const;
    assert.deepEqual(explainedCell('¥1', address, { can: () => false }), { text: '¥1' });
    const { href } = explainedCell('¥1', address, { can: () => true });
    assert.equal(href, '/billing/explain/settlement/S202601-000001/payout');
  });

  it('are, in a report, those of a month, which leads to what it is the sum of', async () => {
    const rows = /<th scope="row"[^>]*>.*?href="([^"]+)"[^>]*>.*?<\/th>(.*?)<\/tr>/gs;
    const { text } = await site.get('auditor', '/billing/reports?report=sales&by=time', 'en');
    const months = [...text.matchAll(rows)];
    assert.notEqual(months.length, 0);
    for (const [, href = '', cells = ''] of months) {
      const { text: divided } = await site.get('auditor', href.replaceAll('&amp;', '&'), 'en');
      const [, foot = ''] = /<tfoot>(.*?)<\/tfoot>/s.exec(divided) ?? [];
      assert.deepEqual(numbers(foot), numbers(cells), href);
    }
  });
});
