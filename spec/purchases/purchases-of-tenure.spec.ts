import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { inspect } from 'node:util';
import { recordAudit } from '../../src/access/audit/record-audit.ts';
import { listCasesOfTenure } from '../../src/cases/cases-of-tenure.queries.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { listLineHistory } from '../../src/line-history/line-history.queries.ts';
import { listMailsOfTenure } from '../../src/line-history/mails-of-tenure.queries.ts';
import type { TenureRef } from '../../src/personal-data/personal-data.queries.ts';
import { revealPersonalData } from '../../src/personal-data/reveal-personal-data.ts';
import { listConsentsOfLine } from '../../src/purchases/consents-of-line.queries.ts';
import { listInvoicesOfLine } from '../../src/purchases/invoices-of-line.queries.ts';
import { listPurchases } from '../../src/purchases/purchase.queries.ts';
import { listSubscriptionsOfLine } from '../../src/purchases/subscriptions-of-line.queries.ts';
import { listRefundsOfTenure } from '../../src/refunds/refunds-of-tenure.queries.ts';
import { fillSupportWorld, type SupportIds } from '../portal/support/support-world.ts';
import { signedIn } from '../support/actors.ts';
import { person } from '../support/people.ts';
import { createWorld, type World } from '../support/world.ts';

const agent = person('acct-1', 'agent');

describe('what the carrier sees of a tenure', () => {
  let world: World;
  let ids: SupportIds;
  before(async () => {
    world = await createWorld();
    ids = await fillSupportWorld(world.deps, world.clock);
  });
  after(() => world.close());

  const tenure = () => ({ lineId: ids.line, holderFrom: ids.tenure });
  const bought = async (filter: object = {}) => {
    const page = { limit: 20, ...filter };
    return (await listPurchases(world.deps, agent, page, tenure())).purchases.map(({ id }) => `ch_${id}`);
  };

  it('is what everybody of it bought, by date and amount', async () => {
    assert.equal((await bought()).length, 4);
    assert.deepEqual(await bought({ minMinor: 550n, maxMinor: 550n }), [ids.charge]);
    assert.deepEqual(await bought({ from: '2026-04-11', to: '2026-05-13' }), []);
    assert.ok((await bought({ from: '2026-05-14' })).includes(ids.reserved));
  });

  it('is its invoices, subscriptions, consents, cases and history', async () => {
    const { deps } = world;
    const { invoices } = await listInvoicesOfLine(deps, agent, tenure());
    assert.ok(invoices.some(({ number }) => number === ids.invoice));
    const [subscription] = await listSubscriptionsOfLine(deps, agent, tenure());
    assert.equal(`sb_${subscription?.id}`, ids.subscription);
    assert.equal((await listConsentsOfLine(deps, agent, tenure())).length, 5);
    const [found] = await listCasesOfTenure(deps, agent, { ...tenure(), limit: 5 });
    assert.equal(found?.number, ids.case);
    assert.deepEqual(await listRefundsOfTenure(deps, agent, { ...tenure(), limit: 5 }), []);
  });

  it('has masked names and addresses until they are asked for', async () => {
    const { deps } = world;
    const shown = async () =>
      inspect(
        [
          await listPurchases(deps, agent, { limit: 20 }, tenure()),
          await listMailsOfTenure(deps, agent, { ...tenure(), limit: 20 }),
        ],
        { depth: null },
      );
    const before = await shown();
    assert.ok(!before.includes('花子') && !before.includes('tozai@'), before);
    assert.ok(before.includes('＊＊＊@＊＊＊.jp'), 'a mail was sent');
    await revealPersonalData(deps, agent, { ...tenure(), reason: 'caller' });
    const after = await shown();
    assert.ok(after.includes('花子') && after.includes('tozai@'));
    const [newest] = await listLineHistory(deps, agent, { ...tenure(), limit: 5 });
    assert.deepEqual([newest?.action, newest?.actor], ['personal-data.reveal', 'staff:acct-1']);
  });

  it('has the acts on its line while it was in force, and those that name it, and none of other holders', async () => {
    const { deps, clock } = world;
    const former = { lineId: ids.line, holderFrom: '2001-01-01' };
    const query = sqlOf(deps.orm.em.fork());
    await query
      .insertInto('line_holder')
      .columns(['lineId', 'validFrom', 'validTo', 'holder', 'updatedAt'])
      .expression((eb) =>
        eb
          .selectFrom('line_holder')
          .select(['lineId', eb.val('2001-01-01').as('from'), eb.val('2002-01-01').as('to')])
          .select([eb.val('前の契約者').as('holder'), 'updatedAt'])
          .where('lineId', '=', ids.line)
          .where('validFrom', '=', ids.tenure),
      )
      .execute();
    const now = clock.now();
    const act = (at: string, action: string, facts: Record<string, string> = {}) => {
      clock.set(new Date(at));
      const subject = `line:${ids.line}`;
      return inTransaction(deps, (tx) => recordAudit(tx, { actor: 'staff:acct-1', action, subject, facts }));
    };
    await act('2001-06-01T00:00:00.000Z', 'line.of-former');
    // The last instant of the former tenure in Tokyo, and the first one after it, when nobody held the line.
    await act('2001-12-31T14:59:59.999Z', 'line.last-of-former');
    await act('2001-12-31T15:00:00.000Z', 'line.of-nobody');
    clock.set(now);
    await act(now.toISOString(), 'line.of-present');
    await act(now.toISOString(), 'personal-data.of-former', { holderFrom: former.holderFrom });
    const actions = async (of: TenureRef) =>
      (await listLineHistory(deps, agent, { ...of, limit: 500 })).map(({ action }) => action);
    assert.deepEqual(await actions(former), [
      'personal-data.of-former',
      'line.last-of-former',
      'line.of-former',
    ]);
    const present = await actions(tenure());
    assert.ok(present.includes('line.of-present') && present.includes('personal-data.reveal'));
    assert.deepEqual(
      present.filter((action) => /former|nobody/.test(action)),
      [],
    );
    assert.deepEqual(await actions({ ...former, holderFrom: '2001-02-01' }), []);
  });

  it('is empty for a tenure without an issued ID, and nothing for who does not name one', async () => {
    const none = { lineId: ids.line, holderFrom: '2020-01-01' };
    assert.deepEqual((await listPurchases(world.deps, agent, { limit: 5 }, none)).purchases, []);
    assert.deepEqual(await listSubscriptionsOfLine(world.deps, agent, none), []);
    assert.deepEqual(await listConsentsOfLine(world.deps, agent, none), []);
    await assert.rejects(listPurchases(world.deps, agent, { limit: 5 }), { code: 'permission-denied' });
  });

  it('is not reached by a person with an issued ID who names a tenure', async () => {
    const buyer = { subscriberId: 1, ...tenure() };
    await assert.rejects(listPurchases(world.deps, signedIn(buyer), { limit: 5 }, tenure()), {
      code: 'permission-denied',
    });
  });
});
