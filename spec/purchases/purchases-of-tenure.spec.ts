import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { inspect } from 'node:util';
import { listCasesOfTenure } from '../../src/cases/cases-of-tenure.queries.ts';
import { listLineHistory } from '../../src/line-history/line-history.queries.ts';
import { listMailsOfTenure } from '../../src/line-history/mails-of-tenure.queries.ts';
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
