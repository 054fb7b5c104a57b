import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../../src/database/sql.ts';
import { settlementView } from '../../../src/portal/company/settlements/settlement.view.rules.ts';
import { formatsOf } from '../../../src/portal/kit/format.rules.ts';
import type { ViewFrame } from '../../../src/portal/kit/define-page.ts';
import { translator } from '../../../src/portal/messages/translate.ts';
import { getOwnSettlement } from '../../../src/settlements/own-settlements.queries.ts';
import { listOwnStatements } from '../../../src/statements/own-statements.ts';
import { userOf } from '../../support/actors.ts';
import { openCompanySite, type CompanySite } from './company-site.ts';

const frame: ViewFrame = {
  language: 'ja',
  t: translator('ja'),
  format: formatsOf({ language: 'ja', currency: 'JPY', timeZone: 'Asia/Tokyo' }),
  form: undefined,
  can: () => true,
  nameOf: (named) => named,
};

const explainLinks = (text: string) =>
  [...text.matchAll(/href="(\/company\/explain\/[^"]+)"/g)].map(([, href]) => href!);

describe("what a company's portal says of money", () => {
  let site: CompanySite;
  before(async () => void (site = await openCompanySite()));
  after(() => site.close());

  it('lists what is approved, and nothing that the night has only drafted', async () => {
    const { text } = await site.get('finance', '/company/settlements');
    assert.match(text, /2026年1月/);
    assert.ok(!text.includes('2026年3月</a>'));
  });

  it('leads each figure of a settlement to its explanation, down to single charges, without a buyer', async () => {
    const { text } = await site.get('finance', `/company/settlements/${site.ids['settlement']}`);
    const links = explainLinks(text);
    assert.ok(links.length >= 8, String(links.length));
    for (const href of new Set(links)) {
      const page = await site.get('finance', href);
      assert.equal(page.status, 200, href);
      assert.ok(!/COP\d/.test(page.text), href);
    }
  });

  it('sends the statement as it was issued', async () => {
    const path = `/company/settlements/${site.ids['settlement']}/statement.pdf`;
    const { status, headers } = await site.get('owner', path);
    assert.equal(status, 200);
    assert.match(headers.get('content-type') ?? '', /application\/pdf/);
    assert.equal((await site.get('owner', `${path}?revision=2`)).status, 409);
  });

  it('links each invoice for fees that there is, and none that there is not', async () => {
    const number = site.ids['settlement'];
    const { deps } = site.world;
    const { text } = await site.get('finance', `/company/settlements/${number}`);
    const links = [...text.matchAll(/href="([^"]+fee-invoice\.xml[^"]*)"/g)].map(([, href]) => href!);
    assert.deepEqual(links, [`/company/settlements/${number}/fee-invoice.xml?revision=1&amp;of=fee`]);
    assert.equal((await site.get('finance', links[0]!.replace('&amp;', '&'))).status, 200);
    const { id } = await sqlOf(deps.orm.em.fork())
      .selectFrom('company')
      .select('id')
      .where('code', '=', site.ids.company)
      .executeTakeFirstOrThrow();
    const details = await getOwnSettlement(deps, userOf(id, 'finance'), number);
    const [revision] = await listOwnStatements(deps, userOf(id, 'finance'), { number });
    const linksOf = (amounts: Partial<typeof details.settlement>, namesSetUpInvoice: boolean) => {
      const settlement = { ...details.settlement, ...amounts };
      const loaded = {
        details: { ...details, settlement },
        payouts: [],
        revisions: [{ ...revision!, namesSetUpInvoice }],
      };
      const files = settlementView(loaded, frame).sections.find((section) => section.id === 'files')!;
      return files.links!.slice(1).map(({ href }) => href.slice(href.indexOf('of=')));
    };
    assert.deepEqual(linksOf({ setUpExTaxMinor: 50_000n }, true), ['of=fee', 'of=set-up']);
    // An older statement has both fees on one invoice, also where there is no fee.
    assert.deepEqual(linksOf({ setUpExTaxMinor: 50_000n }, false), ['of=fee']);
    assert.deepEqual(linksOf({ setUpExTaxMinor: 50_000n, feeExTaxMinor: 0n }, false), ['of=fee']);
    assert.deepEqual(linksOf({ feeExTaxMinor: 0n }, true), []);
  });

  it('says where the minimum per line set the fee, and what another average would cost', async () => {
    const { text } = await site.get('finance', '/company/minimum-fee');
    assert.match(text, /最低手数料がかかります/);
    assert.match(text, /badge-warn">最低手数料/);
    const asked = await site.get('finance', '/company/minimum-fee?average=１,０００&lines=100');
    assert.match(asked.text, /平均1,000円・100回線の場合/);
    assert.match(asked.text, /100,000円/);
    const wrong = await site.get('finance', '/company/minimum-fee?average=0&lines=100');
    assert.match(wrong.text, /数字で入力してください/);
  });

  it('says what is to be paid, and that nothing waits where nothing does', async () => {
    const payouts = await site.get('finance', '/company/payouts');
    assert.match(payouts.text, /これからの支払い[\s\S]*?2026年1月/);
    assert.match(payouts.text, /振込はまだありません/);
    assert.match((await site.get('finance', '/company/clawbacks')).text, /返還はありません/);
  });

  it('shows sales by day as the night added them up, and as CSV, of the company alone', async () => {
    const { text } = await site.get('developer', '/company/statistics');
    assert.match(text, /5月13日[\s\S]*?1,050円/);
    const byService = await site.get('developer', '/company/statistics?grain=month&by=service&from=2026-05');
    assert.match(byService.text, new RegExp(`${site.ids['service']}[\\s\\S]*?1,050円`));
    const file = await site.get('developer', '/company/statistics.csv', 'en');
    assert.match(file.text, /2026-05-13,3,1050,0,0,1050/);
    assert.match(file.text, /End of file, rows: 1/);
  });

  it('shows a week by hour and kind, with the sales of today', async () => {
    const { text } = await site.get('support', '/company/statistics/hours');
    assert.match(text, /月額[\s\S]*?500円/);
    assert.match(text, /利用料[\s\S]*?1,100円/);
    const file = await site.get('support', '/company/statistics/hours.csv', 'en');
    assert.match(file.text, /2026-05-14,10,[\w-]+,Usage,1,550/);
    const toCome = await site.get('support', '/company/statistics/hours.csv?day=2027-01-01', 'en');
    assert.equal(toCome.text, file.text, 'the week that the page shows');
  });

  it('lists subscriptions with what comes next, and cancels one after asking', async () => {
    const { subscription } = site.ids;
    assert.match((await site.get('support', '/company/subscriptions')).text, /動画見放題[\s\S]*?500円/);
    const months = await site.get('support', '/company/subscription-months');
    assert.match(months.text, /2026年5月[\s\S]*?次の請求の予定/);
    const theirs = await site.get('support', `/company/subscriptions?q=${site.ids['other-subscription']}`);
    assert.match(theirs.text, /該当する契約はありません/);
    const path = `/company/subscriptions/${subscription}/cancel`;
    assert.match((await site.get('support', path)).text, /2026年5月分は請求済みのため/);
    assert.equal((await site.send('support', path)).status, 303);
    assert.equal((await site.send('support', path)).status, 303, 'again changes nothing');
    assert.match(
      (await site.get('support', `/company/subscriptions/${subscription}`)).text,
      /解約されました/,
    );
  });

  it('lists consents, and revokes one after asking', async () => {
    const path = `/company/consents/${site.ids['consent']}`;
    assert.match((await site.get('developer', path)).text, /お客さまが同意しました/);
    assert.equal((await site.send('developer', `${path}/revoke`)).status, 403);
    assert.match((await site.get('owner', `${path}/revoke`)).text, /この同意を取り消しますか/);
    assert.equal((await site.send('owner', `${path}/revoke`)).status, 303);
    assert.match((await site.get('owner', path)).text, /同意が終了しました/);
  });
});
