import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../../src/database/sql.ts';
import { parsePublicId } from '../../../src/shared/public-id.rules.ts';
import { signInAccount } from '../guard/accounts-visitors.ts';
import { openSupportSite, type SupportSite } from './support-site.ts';

const why = { askedBy: 'holder', why: '身に覚えがないとのお申し出' };

describe('what the support desk does for a caller', () => {
  let site: SupportSite;
  before(async () => void (site = await openSupportSite()));
  after(() => site.close());

  const auditOf = async (action: string) =>
    await sqlOf(site.world.deps.orm.em.fork())
      .selectFrom('audit_entry')
      .select('facts')
      .where('action', '=', action)
      .execute();
  const refundsOf = async (name: string) =>
    await sqlOf(site.world.deps.orm.em.fork())
      .selectFrom('refund')
      .select(['amountMinor', 'reason'])
      .where('chargeId', '=', parsePublicId('charge', site.ids[name]!)!)
      .execute();

  it('cancels a purchase with who asked and why in the audit trail, once', async () => {
    const path = '/support/charges/{reserved}/cancel';
    assert.equal((await site.send('agent', path, {})).status, 422, 'without a reason');
    const { status, location } = await site.send('agent', path, why);
    assert.equal(status, 303);
    assert.match(location!, /\/support\/charges\/ch_/);
    assert.equal((await site.send('agent', path, why)).status, 303, 'again changes nothing');
    const rows = await auditOf('charge.cancel');
    assert.equal(rows.length, 1);
    assert.deepEqual(rows[0]!.facts, why);
    const { text } = await site.get('agent', path);
    assert.match(text, /取り消せません/);
    assert.match(
      (await site.get('agent', '/support/charges/{reserved}')).text,
      /サポート窓口が取り消しました/,
    );
  });

  it('refuses to cancel a purchase that is captured', async () => {
    const { status, text } = await site.send('agent', '/support/charges/{charge}/cancel', why);
    assert.equal(status, 409);
    assert.match(text, /現在の状態ではできません/);
  });

  it('previews a refund, and refunds a part once although the form is sent twice', async () => {
    const path = '/support/charges/{charge}/refund';
    const { text } = await site.get('agent', `${path}?amount=100`);
    assert.match(text, /100円を返金しますか/);
    assert.match(text, /販売元への支払額/);
    const fields = { amount: '100', refunded: '0', reason: 'goodwill' };
    const faulty = await site.send('agent', path, { ...fields, note: '長'.repeat(201) });
    assert.equal(faulty.status, 422);
    assert.match(faulty.text, /100円を返金しますか/, 'the amount stays the one that was asked for');
    assert.match(faulty.text, /type="hidden" name="amount" value="100"/);
    const replies = await Promise.all([site.send('agent', path, fields), site.send('agent', path, fields)]);
    const [done, refused] = replies.toSorted((one, other) => one.status - other.status);
    assert.deepEqual([done!.status, refused!.status], [303, 409]);
    assert.match(refused!.text, /先に返金されています/);
    assert.doesNotMatch(refused!.text, /返金しますか|type="hidden" name="amount"/, 'nothing more to press');
    assert.match(refused!.text, /name="amount" type="text" value="100"/);
    assert.deepEqual(await refundsOf('charge'), [{ amountMinor: 100n, reason: 'goodwill' }]);
  });

  it('says on the page why an amount cannot be refunded', async () => {
    const { status, text } = await site.get('agent', '/support/charges/{charge}/refund?amount=9000');
    assert.equal(status, 200);
    assert.match(text, /返金できる額を超えています/);
    assert.doesNotMatch(text, /返金しますか/);
  });

  it('asks for a fresh second factor before an approval', async () => {
    const { deps, clock } = site.world;
    const { client, token = '' } = await signInAccount(deps, site.accounts.get('lead')!, 'staff');
    clock.advance(6 * 60_000);
    const reply = await client.post(site.addressOf('/support/approvals/{proposal}'), { form_token: token });
    assert.match(reply.location!, /^\/staff\/step-up/);
  });

  it('refunds what was proposed when another person approves it, once', async () => {
    const shown = await site.get('lead', '/support/approvals/{proposal}');
    assert.match(shown.text, /1,100円/);
    const approved = await site.send('lead', '/support/approvals/{proposal}', { note: '' });
    assert.equal(approved.status, 303);
    assert.equal(approved.location, '/support/approvals');
    const again = await site.send('lead', '/support/approvals/{proposal}', { note: '' });
    assert.equal(again.status, 409);
    assert.match(again.text, /処理済みです/);
  });

  it('cancels one month of a subscription, once', async () => {
    const path = '/support/subscriptions/{subscription}/months/2026-04/cancel';
    const fields = { note: '二重申し込みのため' };
    assert.equal((await site.send('agent', path, fields)).status, 303);
    assert.notEqual((await site.send('agent', path, fields)).status, 303);
  });

  it('cancels a subscription and revokes a consent, each once', async () => {
    for (const [path, action] of [
      ['/support/subscriptions/{subscription}/cancel', 'subscription.leave'],
      ['/support/consents/{consent}/revoke', 'consent.end'],
    ] as const) {
      assert.equal((await site.send('auditor', path, why)).status, 403);
      assert.equal((await site.send('agent', path, why)).status, 303);
      assert.equal((await site.send('agent', path, why)).status, 303);
      const rows = await auditOf(action);
      assert.deepEqual(
        rows.map(({ facts }) => facts),
        [why],
      );
      assert.doesNotMatch((await site.get('agent', path)).text, /しますか/);
    }
  });
});
