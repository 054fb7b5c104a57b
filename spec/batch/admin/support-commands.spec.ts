import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { authorizeCharge } from '../../../src/charges/authorize-charge.ts';
import { captureCharge } from '../../../src/charges/capture-charge.ts';
import { createCharge } from '../../../src/charges/create-charge.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { createSubscription } from '../../../src/subscriptions/create-subscription.ts';
import { joinSubscription } from '../../../src/subscriptions/join-subscription.ts';
import { makeSale } from '../../support/factories.ts';
import { createWorld, type World } from '../../support/world.ts';
import { typeCommand } from './type-command.ts';
import { keyOf, signedIn } from '../../support/actors.ts';

describe('the support centre, whose subscriber calls', () => {
  let world: World;
  let sale: Awaited<ReturnType<typeof makeSale>>;
  before(async () => {
    world = await createWorld();
    sale = await makeSale(world.deps);
  });
  after(() => world.close());

  const type = async (...args: string[]) => {
    const { code, error, out } = await typeCommand(world.deps, [...args, '--json']);
    return { code, error, body: out === '' ? undefined : (JSON.parse(out) as unknown) };
  };
  const input = () => ({
    serviceCode: sale.service.code,
    amountMinor: 800n,
    taxCode: 'standard' as const,
    description: '映画「海の底」',
    returnUrl: 'https://shop.example/thanks',
  });
  const authorized = async () => {
    const { id } = await createCharge(world.deps, keyOf(sale.company.id), {
      ...input(),
      automaticCapture: false,
    });
    await authorizeCharge(world.deps, signedIn(sale.buyer), { chargeId: id });
    return { id, name: publicId('charge', id) };
  };
  const auditOf = (subject: string) =>
    sqlOf(world.deps.orm.em.fork())
      .selectFrom('audit_entry')
      .select(['actor', 'action'])
      .where('subject', '=', subject)
      .execute();

  it('looks a charge up and cancels it, under the name of who did it', async () => {
    const { id, name } = await authorized();
    const shown = (await type('charge', 'show', '--charge', name)).body as Record<string, unknown>;
    assert.deepEqual(
      [shown['charge'], shown['company'], shown['description'], shown['amountMinor'], shown['state']],
      [name, sale.company.name, '映画「海の底」', 800, 'authorized'],
    );
    assert.deepEqual([shown['lineId'], shown['issuedId']], [sale.line.lineId, sale.subscriber.issuedId]);
    const cancelled = (await type('charge', 'cancel', '--charge', name)).body as Record<string, unknown>;
    assert.deepEqual([cancelled['state'], cancelled['endedBy']], ['cancelled', 'support']);
    assert.equal((await type('charge', 'cancel', '--charge', name)).code, 0, 'again, it changes nothing');
    assert.deepEqual(await auditOf(`charge:${id}`), [{ actor: 'staff:spec', action: 'charge.cancel' }]);
    const spent = sqlOf(world.deps.orm.em.fork()).selectFrom('line_period').select('spentMinor');
    const [row] = await spent.where('lineId', '=', sale.line.lineId).execute();
    assert.equal(row?.spentMinor, 0n, 'the limit has room again');
  });

  it('does not cancel what is captured, nor what is not there, and writes nothing', async () => {
    const { id, name } = await authorized();
    await captureCharge(world.deps, keyOf(sale.company.id), { chargeId: id });
    const captured = await type('charge', 'cancel', '--charge', name);
    assert.deepEqual([captured.code, /illegal-state/.test(captured.error)], [1, true]);
    assert.deepEqual(await auditOf(`charge:${id}`), []);
    const none = await type('charge', 'show', '--charge', 'ch_01JV0000000000000000000000');
    assert.deepEqual([none.code, /charge-not-found/.test(none.error)], [1, true]);
  });

  it('takes an identifier without its prefix, and refuses that of something else by name', async () => {
    const { id, name } = await authorized();
    const shown = (await type('charge', 'show', '--charge', id)).body as Record<string, unknown>;
    assert.equal(shown['charge'], name);
    for (const [typed, said] of [
      [`sb_${id}`, `--charge must be a charge, ch_…; sb_${id} names a subscription`],
      ['x', '--charge must be ch_ and 26 characters, not x'],
    ] as const) {
      const { code, error } = await type('charge', 'show', '--charge', typed);
      assert.equal(code, 2);
      assert.ok(error.includes(said), error);
    }
  });

  it('finds what an issued ID has agreed to, and ends it', async () => {
    const terms = { itemCode: 'all', chargeDay: 25, firstMonthFree: false, lastMonthFree: false };
    const subscription = await createSubscription(world.deps, keyOf(sale.company.id), {
      ...input(),
      ...terms,
    });
    await joinSubscription(world.deps, signedIn(sale.buyer), { subscriptionId: subscription.id });
    const id = sale.subscriber.issuedId;
    const typed = `${id.slice(0, 4)} ${id.slice(4)}`;
    const listed = async () =>
      ((await type('subscriber', 'agreements', '--id', typed)).body as { id: string; state: string }[]).map(
        (agreement) => [agreement.id, agreement.state],
      );
    const [sb, cs] = [publicId('subscription', subscription.id), publicId('consent', sale.consent.id)];
    assert.deepEqual(await listed(), [
      [sb, 'active'],
      [cs, 'active'],
    ]);
    assert.equal((await type('subscription', 'cancel', '--subscription', sb)).code, 0);
    assert.equal((await type('consent', 'revoke', '--consent', cs)).code, 0);
    assert.deepEqual(await listed(), [
      [sb, 'leaving'],
      [cs, 'ended'],
    ]);
    assert.deepEqual(await auditOf(`subscription:${subscription.id}`), [
      { actor: 'staff:spec', action: 'subscription.leave' },
    ]);
    assert.deepEqual(await auditOf(`consent:${sale.consent.id}`), [
      { actor: 'staff:spec', action: 'consent.end' },
    ]);
    assert.match((await type('subscriber', 'agreements', '--id', 'F0')).error, /subscriber-not-found/);
  });
});
