import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { issueSubscriber } from '../../src/identity/issue-subscriber.ts';
import { mailPasswordCode } from '../../src/identity/mail-password-code.ts';
import { staff } from '../support/actors.ts';
import { makeLine } from '../support/factories.ts';
import { person } from '../support/people.ts';
import { createWorld, type World } from '../support/world.ts';

const agent = person('acct-1', 'agent');
const reason = { askedBy: 'person', why: 'パスワードを忘れたとのお申し出' } as const;

describe('a code for a new password, mailed from the desk', () => {
  let world: World;
  before(async () => void (world = await createWorld()));
  after(() => world.close());

  async function newId(email: string | null): Promise<{ issuedId: string; id: number }> {
    const { lineId } = await makeLine(world.deps, { holder: { email } });
    return (await issueSubscriber(world.deps, staff(), { lineId, displayName: '花子' })).subscriber;
  }
  const sql = () => sqlOf(world.deps.orm.em.fork());
  const codesOf = (subscriberId: number) =>
    sql().selectFrom('one_time_code').select('purpose').where('subscriberId', '=', subscriberId).execute();
  const mailsOf = (subscriberId: number) =>
    sql()
      .selectFrom('mail')
      .select(['kind', 'toAddress', 'facts'])
      .where('subscriberId', '=', subscriberId)
      .where('kind', '=', 'password-reset-code')
      .execute();
  const auditsOf = (subscriberId: number) =>
    sql()
      .selectFrom('audit_entry')
      .select(['actor', 'facts'])
      .where('subject', '=', `subscriber:${subscriberId}`)
      .where('action', '=', 'subscriber.mail-code')
      .execute();

  it('goes to the holder of the line alone, with who asked and why in the audit trail', async () => {
    const { issuedId, id } = await newId('hanako@holder.example');
    const { sentTo } = await mailPasswordCode(world.deps, agent, { issuedId, reason });
    assert.ok(!sentTo.includes('hanako@'), sentTo);
    assert.deepEqual(
      (await mailsOf(id)).map(({ toAddress }) => toAddress),
      ['hanako@holder.example'],
    );
    assert.deepEqual(await codesOf(id), [{ purpose: 'password' }]);
    const [audit] = await auditsOf(id);
    assert.deepEqual([audit?.actor, audit?.facts], ['staff:acct-1', reason]);
  });

  it('is refused without an address, for an ID that is not there, and after five in an hour: nothing is written', async () => {
    const { issuedId, id } = await newId(null);
    await assert.rejects(mailPasswordCode(world.deps, agent, { issuedId, reason }), {
      code: 'mail-address-missing',
    });
    assert.deepEqual([await codesOf(id), await auditsOf(id)], [[], []]);
    await assert.rejects(mailPasswordCode(world.deps, agent, { issuedId: 'F00000000000', reason }), {
      code: 'subscriber-not-found',
    });
    const many = await newId('many@holder.example');
    for (let count = 0; count < 5; count += 1)
      await mailPasswordCode(world.deps, agent, { issuedId: many.issuedId, reason });
    await assert.rejects(mailPasswordCode(world.deps, agent, { issuedId: many.issuedId, reason }), {
      code: 'code-limit-reached',
    });
    assert.equal((await auditsOf(many.id)).length, 5);
  });
});
