import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { CompiledQuery } from 'kysely';
import { listAudit } from '../../src/access/audit/audit.queries.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { endSubscriber } from '../../src/identity/end-subscriber.ts';
import { listTenureRows } from '../../src/safeguards/tenure-safeguards.queries.ts';
import { setOwnLimit } from '../../src/safeguards/set-own-limit.ts';
import { setOnlyListed, setPurchaseRule } from '../../src/safeguards/set-purchase-rule.ts';
import { undoScheduled } from '../../src/safeguards/undo-scheduled.ts';
import { safeguardsOn } from '../../src/safeguards/safeguard.rules.ts';
import { signedIn, staff } from '../support/actors.ts';
import { makeSale, makeSubscriber } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let sale: Awaited<ReturnType<typeof makeSale>>;
let child: { subscriberId: number; lineId: string; holderFrom: string };
before(async () => (world = await createWorld()));
after(() => world.close());
beforeEach(async () => {
  sale = await makeSale(world.deps);
  const { lineId } = sale.line;
  const { id: subscriberId } = await makeSubscriber(world.deps, { lineId, slot: 2 });
  child = { ...sale.buyer, subscriberId };
});

const holder = (isOnLine = true) => signedIn(sale.buyer, { isHolder: true, isOnLine });
const limitTo = (limitMinor: bigint | null, actor = holder(), subscriberId: number | null = null) =>
  setOwnLimit(world.deps, actor, { subscriberId, kind: 'monthly-limit', limitMinor });
const rows = () => listTenureRows(world.deps, sale.buyer);
const refused = (code: string) => ({ code });

describe('who may set what', () => {
  it('elsewhere than on the line the holder lowers and blocks, and permits nothing', async () => {
    await limitTo(5_000n, holder(false));
    await limitTo(4_000n, holder(false));
    await assert.rejects(limitTo(4_001n, holder(false)), refused('permission-denied'));
    await assert.rejects(limitTo(null, holder(false)), refused('permission-denied'));
    const rule = { kind: 'block', subscriberId: null, companyId: sale.company.id, serviceId: null } as const;
    await setPurchaseRule(world.deps, holder(false), { ...rule, inForce: true });
    const unblocked = setPurchaseRule(world.deps, holder(false), { ...rule, inForce: false });
    await assert.rejects(unblocked, refused('permission-denied'));
    assert.equal((await rows()).length, 3, 'a refused change leaves nothing');
  });

  it('others lower and block for their own ID only, and never take it back', async () => {
    const own = signedIn(child);
    await limitTo(500n, own, child.subscriberId);
    await assert.rejects(limitTo(501n, own, child.subscriberId), refused('permission-denied'));
    await assert.rejects(limitTo(1n, own, sale.buyer.subscriberId), refused('subscriber-not-found'));
    await assert.rejects(limitTo(1n, own, null), refused('permission-denied'));
    await assert.rejects(
      limitTo(1n, signedIn(child, { isOnLine: false }), child.subscriberId),
      refused('permission-denied'),
    );
  });

  it('an issued ID of another line, or one that has ended, is not found', async () => {
    const other = await makeSale(world.deps);
    await assert.rejects(limitTo(1n, holder(), other.buyer.subscriberId), refused('subscriber-not-found'));
    const { id, issuedId } = await makeSubscriber(world.deps, { lineId: sale.line.lineId, slot: 3 });
    await endSubscriber(world.deps, staff(), { issuedId });
    await assert.rejects(limitTo(1n, holder(), id), refused('subscriber-not-found'));
  });
});

describe('a setting', () => {
  it('is refused for what does not exist or is no amount', async () => {
    const rule = { kind: 'block', subscriberId: null, inForce: true } as const;
    const block = (companyId: number, serviceId: number | null) =>
      setPurchaseRule(world.deps, holder(), { ...rule, companyId, serviceId });
    await assert.rejects(block(9_999, null), refused('company-not-found'));
    const other = await makeSale(world.deps);
    await assert.rejects(block(sale.company.id, other.service.id), refused('service-not-found'));
    await assert.rejects(limitTo(-1n), refused('invalid-request'));
    const forLine = { ...rule, kind: 'allow', companyId: sale.company.id, serviceId: null } as const;
    await assert.rejects(setPurchaseRule(world.deps, holder(), forLine), refused('invalid-request'));
  });

  it('is in the audit trail with who set it and from when, and set again changes nothing', async () => {
    await limitTo(5_000n);
    assert.equal((await limitTo(5_000n)).isUnchanged, true);
    const lines = await listAudit(world.deps, staff(), { limit: 50 });
    const found = lines.filter(({ subject }) => subject === `line:${sale.line.lineId}`);
    assert.equal(found.length, 1);
    assert.equal(found[0]?.actorIdentity, String(sale.buyer.subscriberId));
    assert.deepEqual(found[0]?.facts, {
      subject: 'monthly-limit|||',
      limit: '5000',
      inForce: true,
      validFrom: '2026-05-10',
    });
  });

  it('keeps its order when two are made at once, and both are kept', async () => {
    await Promise.all([limitTo(5_000n), limitTo(4_000n), limitTo(3_000n, holder(), child.subscriberId)]);
    const kept = await rows();
    assert.deepEqual(
      kept.map(({ version }) => version),
      [1, 2, 3],
    );
  });

  it('cannot be made a hundred and one times a day', async () => {
    for (let n = 0; n < 100; n += 1) await limitTo(BigInt(10_000 - n));
    await assert.rejects(limitTo(1n), refused('rate-limit-exceeded'));
  });

  it('of another person is bounded by itself: nobody of the line keeps its holder from protecting it', async () => {
    const own = signedIn(child);
    for (let n = 0; n < 20; n += 1) await limitTo(BigInt(10_000 - n), own, child.subscriberId);
    await assert.rejects(limitTo(1n, own, child.subscriberId), refused('rate-limit-exceeded'));
    assert.equal((await limitTo(3_000n)).isUnchanged, false);
    assert.equal((await limitTo(2_000n, holder(), child.subscriberId)).isUnchanged, false);
  });
});

describe('a raise that is to begin tomorrow', () => {
  it('can be undone, which leaves what is in force today for good', async () => {
    await limitTo(3_000n);
    await limitTo(8_000n);
    const raise = (await rows()).at(-1)!;
    await undoScheduled(world.deps, holder(false), { version: raise.version });
    await undoScheduled(world.deps, holder(false), { version: raise.version });
    const all = await rows();
    const now = safeguardsOn(all, '2026-05-10');
    assert.deepEqual(safeguardsOn(all, '2027-01-01'), now);
    assert.equal(now[0]?.limitMinor, 3_000n);
    assert.equal(all.length, 3);
  });

  it('is not found by a number that the tenure does not have, nor by a child that it does not concern', async () => {
    await limitTo(3_000n);
    await limitTo(8_000n);
    await assert.rejects(undoScheduled(world.deps, holder(), { version: 9 }), refused('safeguard-not-found'));
    await assert.rejects(
      undoScheduled(world.deps, signedIn(child), { version: 2 }),
      refused('safeguard-not-found'),
    );
  });
});

const run = (text: string) => sqlOf(world.deps.orm.em.fork()).executeQuery(CompiledQuery.raw(text));

const insert = (lineId: string, values: string) =>
  run(`INSERT INTO safeguard (line_id, holder_from, version, kind, subscriber_id, limit_minor, in_force, valid_from,
    set_at, set_by) VALUES ('${lineId}', '2026-01-01', ${values}, '2026-05-10', '2026-05-10', 'spec')`);

describe('the database', () => {
  it('keeps every setting as it was made', async () => {
    await setOnlyListed(world.deps, holder(), { subscriberId: child.subscriberId, inForce: true });
    await assert.rejects(run('UPDATE safeguard SET in_force = FALSE'), /safeguard_is_final/);
    await assert.rejects(run('DELETE FROM safeguard'), /safeguard_stays/);
  });

  it('refuses a setting that no sale would find, out of order, of another tenure or without sense', async () => {
    const { lineId } = sale.line;
    await assert.rejects(insert(lineId, "1, 'monthly-limit', NULL, 5, TRUE"), /safeguard_is_found/);
    await limitTo(5n);
    await assert.rejects(insert(lineId, "3, 'monthly-limit', NULL, 5, TRUE"), /safeguard_in_order/);
    const other = await makeSale(world.deps);
    const { subscriberId } = other.buyer;
    await assert.rejects(
      insert(lineId, `2, 'monthly-limit', ${subscriberId}, 5, TRUE`),
      /safeguard_of_tenure/,
    );
    await assert.rejects(insert(lineId, "2, 'monthly-limit', NULL, NULL, TRUE"), /safeguard_limit/);
    await assert.rejects(insert(lineId, "2, 'only-listed', NULL, NULL, TRUE"), /safeguard_of_one/);
    await assert.rejects(insert(lineId, "2, 'block', NULL, NULL, TRUE"), /safeguard_company_named/);
  });
});
