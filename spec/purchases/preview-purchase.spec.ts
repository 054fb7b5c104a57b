import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { authorizeCharge } from '../../src/charges/authorize-charge.ts';
import { Charge } from '../../src/charges/charge.entity.ts';
import { createCharge } from '../../src/charges/create-charge.ts';
import { Consent } from '../../src/consents/consent.entity.ts';
import { createConsent } from '../../src/consents/create-consent.ts';
import { grantConsent } from '../../src/consents/grant-consent.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { previewPurchase } from '../../src/purchases/preview-purchase.ts';
import type { Sale } from '../../src/purchases/sale.ts';
import { setPurchaseRule } from '../../src/safeguards/set-purchase-rule.ts';
import { Problem } from '../../src/shared/problem.ts';
import { joinSubscription } from '../../src/subscriptions/join-subscription.ts';
import { Subscription } from '../../src/subscriptions/subscription.entity.ts';
import { offer, subscribe } from '../subscriptions/subscribing.ts';
import { keyOf, signedIn } from '../support/actors.ts';
import { makeSale, makeSubscriber } from '../support/factories.ts';
import { createWorld, NOON_IN_TOKYO, type World } from '../support/world.ts';

type Selling = Awaited<ReturnType<typeof makeSale>>;

describe('the preview of a purchase', () => {
  let world: World;
  let sale: Selling;
  before(async () => void (world = await createWorld()));
  after(() => world.close());
  beforeEach(async () => {
    world.clock.set(NOON_IN_TOKYO);
    sale = await makeSale(world.deps);
  });

  const em = () => world.deps.orm.em.fork();
  const goods = () => ({
    serviceCode: sale.service.code,
    taxCode: 'standard' as const,
    description: '映画',
    returnUrl: 'https://shop.example/thanks',
  });
  const charge = async (amountMinor: bigint, automaticCapture = true): Promise<Sale> => {
    const { id } = await createCharge(world.deps, keyOf(sale.company.id), {
      ...goods(),
      amountMinor,
      automaticCapture,
    });
    return { kind: 'charge', row: await em().findOneOrFail(Charge, { id }) };
  };
  const subscription = async (over: Parameters<typeof offer>[2] = {}): Promise<Sale> => {
    const { id } = await offer(world.deps, sale, over);
    return { kind: 'subscription', row: await em().findOneOrFail(Subscription, { id }) };
  };
  const consent = async (): Promise<Sale> => {
    const { id } = await createConsent(world.deps, keyOf(sale.company.id), goods());
    return { kind: 'consent', row: await em().findOneOrFail(Consent, { id }) };
  };
  const buyer = () => signedIn(sale.buyer);
  const preview = (offered: Sale, actor = buyer()) =>
    previewPurchase(world.deps, actor, { sale: offered, history: {} });
  /** Confirms it; the code of the refusal. */
  const confirm = async ({ kind, row }: Sale, actor = buyer()): Promise<string | undefined> => {
    try {
      if (kind === 'charge') await authorizeCharge(world.deps, actor, { chargeId: row.id });
      else if (kind === 'consent') await grantConsent(world.deps, actor, { consentId: row.id });
      else await joinSubscription(world.deps, actor, { subscriptionId: row.id });
      return undefined;
    } catch (error) {
      if (error instanceof Problem) return error.code;
      throw error;
    }
  };
  const set = (table: 'company' | 'line' | 'subscriber', id: object, values: object) =>
    sqlOf(em())
      .updateTable(table)
      .set(values)
      .where(({ and }) => and(id as never))
      .execute();
  const block = () =>
    setPurchaseRule(world.deps, signedIn(sale.buyer, { isHolder: true }), {
      kind: 'block',
      subscriberId: null,
      companyId: sale.company.id,
      serviceId: null,
      inForce: true,
    });
  const suspend = () => set('company', { id: sale.company.id }, { state: 'suspended' });

  const situations: Record<string, readonly [string | undefined, () => Promise<Sale>]> = {
    'a charge with room': [undefined, () => charge(1_100n)],
    'a charge that reaches the limit exactly': [undefined, () => charge(10_000n)],
    'a charge after others': [
      'limit-exceeded',
      async () => {
        await confirm(await charge(9_000n));
        return charge(1_001n);
      },
    ],
    'a charge beside an open authorization': [
      'limit-exceeded',
      async () => {
        await confirm(await charge(9_000n, false));
        return charge(1_001n);
      },
    ],
    'a charge to be captured later, after others': [
      'limit-exceeded',
      async () => {
        await confirm(await charge(9_000n));
        return charge(1_001n, false);
      },
    ],
    'a charge above the limit of the issued ID': [
      'limit-exceeded',
      async () => {
        await set('subscriber', { id: sale.buyer.subscriberId }, { monthlyLimitMinor: 500n });
        return charge(501n);
      },
    ],
    'a charge of a company that is suspended since': [
      'company-suspended',
      async () => {
        const offered = await charge(100n);
        await suspend();
        return offered;
      },
    ],
    'a charge on a line that is suspended': [
      'entitlement-ended',
      async () => {
        await set('line', { lineId: sale.line.lineId }, { status: 'suspended' });
        return charge(100n);
      },
    ],
    'a subscription that is charged at once': [undefined, () => subscription()],
    'a subscription that is charged at once, without room': [
      'limit-exceeded',
      async () => {
        await confirm(await charge(9_500n));
        return subscription();
      },
    ],
    'a subscription that is charged later, without room now': [
      undefined,
      async () => {
        await confirm(await charge(9_500n));
        return subscription({ chargeDay: 25 });
      },
    ],
    'a subscription to what the buyer has': [
      'already-subscribed',
      async () => {
        await subscribe(world.deps, sale);
        return subscription();
      },
    ],
    'a charge of a company that the holder has blocked': [
      'company-blocked',
      async () => {
        await block();
        return charge(100n);
      },
    ],
    'a subscription of a company that the holder has blocked': [
      'company-blocked',
      async () => {
        await block();
        return subscription();
      },
    ],
    'a consent to a company that the holder has blocked': [
      'company-blocked',
      async () => {
        await block();
        return consent();
      },
    ],
    'a consent': [undefined, () => consent()],
    'a consent to a company that is suspended since': [
      'company-suspended',
      async () => {
        const offered = await consent();
        await suspend();
        return offered;
      },
    ],
  };
  for (const [name, [code, arrange]] of Object.entries(situations)) {
    it(`says what the button would do: ${name}${code === undefined ? '' : `, ${code}`}`, async () => {
      const offered = await arrange();
      assert.equal((await preview(offered)).problem?.code, code);
      assert.equal(await confirm(offered), code);
    });
  }

  it('says what is left of the month, and for an issued ID with a limit of its own, that', async () => {
    await confirm(await charge(4_000n));
    await confirm(await charge(500n, false));
    const { room } = await preview(await charge(100n));
    assert.deepEqual(room, { limitMinor: 10_000n, remainingMinor: 5_500n, closesOn: '2026-05-31' });
    const child = await makeSubscriber(world.deps, {
      lineId: sale.line.lineId,
      slot: 2,
      monthlyLimitMinor: 300n,
    });
    const actor = signedIn({ ...sale.buyer, subscriberId: child.id });
    assert.equal((await preview(await charge(100n), actor)).room?.remainingMinor, 300n);
  });

  it('says the invoice and its due date: of a charge today’s, of a subscription those of its first two charges', async () => {
    assert.deepEqual((await preview(await charge(100n))).invoices, [
      { chargedOn: '2026-05-10', period: '2026-05', closesOn: '2026-05-31', dueOn: '2026-06-30' },
    ]);
    const ahead = await preview(await subscription({ chargeDay: 25, firstMonthFree: true }));
    assert.deepEqual(ahead.invoices, [
      { chargedOn: '2026-06-25', period: '2026-06', closesOn: '2026-06-30', dueOn: '2026-07-31' },
      { chargedOn: '2026-07-25', period: '2026-07', closesOn: '2026-07-31', dueOn: '2026-08-31' },
    ]);
  });

  it('locks and writes nothing', async () => {
    const before = await sqlOf(em()).selectFrom('line_period').selectAll().execute();
    const offered = await charge(100n);
    await world.deps.orm.em.fork().transactional(async (other) => {
      await other.execute('SELECT * FROM line WHERE line_id = ? FOR UPDATE', [sale.line.lineId]);
      await other.execute('INSERT INTO tenure_hold (line_id, holder_from, held_minor) VALUES (?, ?, 0)', [
        sale.line.lineId,
        sale.buyer.holderFrom,
      ]);
      assert.equal((await preview(offered)).problem, undefined);
    });
    assert.deepEqual(await sqlOf(em()).selectFrom('line_period').selectAll().execute(), before);
  });

  // Last: a period does not open again.
  it('says the next invoice once the period has closed', async () => {
    await confirm(await charge(100n));
    await sqlOf(em()).updateTable('billing_period').set({ state: 'closing' }).execute();
    const { invoices } = await preview(await charge(100n));
    assert.equal(invoices[0]?.period, '2026-06');
  });
});
