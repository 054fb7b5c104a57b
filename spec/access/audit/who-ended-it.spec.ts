import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { cancelCharge } from '../../../src/charges/cancel-charge.ts';
import { createCharge } from '../../../src/charges/create-charge.ts';
import { revokeConsent } from '../../../src/consents/grant-consent.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { keyOf, signedIn, staff, userOf } from '../../support/actors.ts';
import { makeSale } from '../../support/factories.ts';
import { createWorld, type World } from '../../support/world.ts';

let world: World;
before(async () => void (world = await createWorld()));
after(() => world.close());

async function actorsOf(subject: string) {
  const query = sqlOf(world.deps.orm.em.fork()).selectFrom('audit_entry').select('actor');
  return (await query.where('subject', '=', subject).execute()).map(({ actor }) => actor);
}

type Sale = Awaited<ReturnType<typeof makeSale>>;

const people = {
  'a person of the company': (sale: Sale) => userOf(sale.company.id, 'owner'),
  'a person of the carrier': () => staff('saburo', 'agent'),
};

for (const [who, actorOf] of Object.entries(people)) {
  it(`a charge that ${who} cancels says who did it`, async () => {
    const sale = await makeSale(world.deps);
    const { id } = await createCharge(world.deps, keyOf(sale.company.id), {
      serviceCode: sale.service.code,
      amountMinor: 500n,
      taxCode: 'standard',
      description: '映画',
      returnUrl: 'https://shop.example/thanks',
      automaticCapture: true,
    });
    const actor = actorOf(sale);
    await cancelCharge(world.deps, actor, { chargeId: id });
    assert.deepEqual(await actorsOf(`charge:${id}`), [`${actor.kind}:${actor.account}`]);
  });
}

for (const [who, actorOf] of Object.entries({
  ...people,
  'the subscriber': ({ buyer }: Sale) => signedIn(buyer),
})) {
  it(`a consent that ${who} revokes says who did it`, async () => {
    const sale = await makeSale(world.deps);
    await revokeConsent(world.deps, actorOf(sale), { consentId: sale.consent.id });
    const [actor, ...others] = await actorsOf(`consent:${sale.consent.id}`);
    assert.equal(actor?.split(':')[0], actorOf(sale).kind);
    assert.deepEqual(others, []);
  });
}
