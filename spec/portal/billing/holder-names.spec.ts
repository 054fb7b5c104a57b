import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../../src/database/sql.ts';
import { openSupportSite, type SupportSite } from '../support/support-site.ts';
import { HOLDER } from '../support/support-world.ts';

const LIST = '/billing/records/invoices?party={line}';
const INVOICE = '/billing/records/invoices/{invoice}/1';
const BY_NAME = `/billing/records/invoices?party=${encodeURIComponent(HOLDER.holder)}`;
const MASKED = '東＊＊＊ 花＊＊＊';

/** Without what was typed, which is in its box and in the words of the filter. */
const foundIn = (text: string) => /<table[\s\S]*<\/table>/.exec(text)?.[0] ?? '';

const pathOf = (address: string) => new URL(address).pathname;

describe('the names of holders among the documents of billing', () => {
  let site: SupportSite;
  before(async () => void (site = await openSupportSite()));
  after(() => site.close());
  const reveal = () => site.addressOf('/support/lines/{line}/tenures/{tenure}/personal-data');

  it('are masked for agents, leads and auditors, and whole for who bills and who approves', async () => {
    for (const path of [LIST, INVOICE]) {
      for (const role of ['agent', 'lead', 'auditor'] as const) {
        const { text } = await site.get(role, path);
        assert.ok(text.includes(MASKED) && !text.includes(HOLDER.holder), `${path} for ${role}`);
      }
      for (const role of ['billing', 'billing-approver'] as const)
        assert.ok((await site.get(role, path)).text.includes(HOLDER.holder), `${path} for ${role}`);
    }
  });

  it('find documents only for who reads them without asking; others are told so', async () => {
    const number = site.ids.invoice;
    assert.ok(foundIn((await site.get('billing', BY_NAME)).text).includes(number));
    for (const role of ['agent', 'lead', 'auditor'] as const) {
      const { text, status } = await site.get(role, BY_NAME);
      assert.equal(status, 200);
      assert.ok(!text.includes(number), role);
      assert.ok(text.includes('契約者名では検索できません'), role);
      assert.ok(foundIn((await site.get(role, LIST)).text).includes(number), role);
    }
    assert.ok((await site.get('billing', BY_NAME)).text.includes('請求書に記載の契約者名'));
  });

  it('open on a document only after its reader has said why, which is kept', async () => {
    assert.ok((await site.get('billing', `${INVOICE}/pdf`)).text.startsWith('%PDF'));
    for (const role of ['agent', 'lead', 'auditor'] as const) {
      const refused = await site.get(role, `${INVOICE}/pdf`);
      assert.equal(refused.status, 403, role);
      assert.ok(refused.text.includes(`href="${pathOf(reveal())}"`), 'the page leads to where it is asked');
      assert.match(refused.text, /このファイルには個人情報が含まれています/);
      const page = await site.get(role, INVOICE);
      assert.ok(page.text.includes(`href="${pathOf(reveal())}"`) && !page.text.includes('/1/pdf'));
    }
    const asked = { reason: 'check' };
    assert.equal((await site.send('auditor', pathOf(reveal()), asked)).status, 303);
    assert.ok((await site.get('auditor', `${INVOICE}/pdf`)).text.startsWith('%PDF'));
    for (const path of [LIST, INVOICE])
      assert.ok((await site.get('auditor', path)).text.includes(HOLDER.holder), path);
    assert.equal((await site.get('lead', `${INVOICE}/pdf`)).status, 403, 'another person has not asked');
    const kept = await sqlOf(site.world.deps.orm.em.fork())
      .selectFrom('audit_entry')
      .select('subject')
      .where('action', '=', 'personal-data.reveal')
      .execute();
    assert.deepEqual(kept, [{ subject: `line:${site.ids.line}` }]);
  });

  it('are hidden again when the time to look has run out', async () => {
    const { clock } = site.world;
    clock.set(new Date(clock.now().getTime() + 31 * 60_000));
    assert.equal((await site.get('auditor', `${INVOICE}/pdf`)).status, 403);
    assert.ok((await site.get('auditor', LIST)).text.includes(MASKED));
  });
});
