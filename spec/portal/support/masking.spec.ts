import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../../src/database/sql.ts';
import { supportMatrix } from '../guard/support-matrix.ts';
import { HOLDER } from './support-world.ts';
import { openSupportSite, type SupportSite } from './support-site.ts';

/** Pages of the console of billing that agents open too. */
const BEYOND = [
  '/billing/lines?line={line}',
  '/billing/lines/{line}',
  '/billing/records/invoices',
  '/billing/records/invoices?party={line}',
  '/billing/records/invoices?min=1&max=99999999',
  '/billing/records/invoices/{invoice}/1',
];

/** What no page shows whole: all that is known of the holder, and the names of the people with an ID. */
const SECRETS = [...Object.values(HOLDER), HOLDER.holder.replace(' ', ''), '1980年2月3日', '03-1234-9876'];

describe('what agents see of people without asking', () => {
  let site: SupportSite;
  before(async () => void (site = await openSupportSite()));
  after(() => site.close());

  const rows = supportMatrix.opened.filter(({ expected }) => expected['agent'] === 200);
  for (const path of new Set([
    ...rows.map((row) => row.path),
    ...BEYOND,
    '/support?q=東西',
    '/support?q=03-1234-9876',
  ]))
    it(`is masked on ${path}`, async () => {
      for (const language of ['ja', 'en'] as const) {
        const { text, status } = await site.get('agent', path, language);
        assert.equal(status, 200);
        // What the agent typed is in the box.
        const shown = text.replaceAll(/<input[^>]*>|href="[^"]*"/g, '');
        assert.deepEqual(
          SECRETS.filter((secret) => shown.includes(secret)),
          [],
        );
      }
    });

  it('is masked in the audit trail and in the log of what was asked', async () => {
    const reveal = '/support/lines/{line}/tenures/{tenure}/personal-data';
    assert.equal((await site.send('lead', reveal, { reason: 'caller' })).status, 303);
    const audits = await sqlOf(site.world.deps.orm.em.fork())
      .selectFrom('audit_entry')
      .select(['actor', 'subject', 'facts'])
      .execute();
    const text = JSON.stringify(audits);
    assert.deepEqual(
      SECRETS.filter((secret) => text.includes(secret)),
      [],
    );
  });

  it('is whole for the person who asked, and still masked for another', async () => {
    const line = '/support/lines/{line}';
    assert.ok((await site.get('lead', line)).text.includes(HOLDER.holder));
    assert.ok(!(await site.get('agent', line)).text.includes(HOLDER.holder));
  });
});
