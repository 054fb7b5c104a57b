import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { recordUsageCharges } from '../../../src/charges/record-usage-charges.ts';
import { createCharge } from '../../../src/charges/create-charge.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import type { Deps } from '../../../src/deps.ts';
import { createWriter } from '../../../src/api/idempotency/idempotent-writers.ts';
import { executeRun } from '../../../src/runs/execute-run.ts';
import { createSubscription } from '../../../src/subscriptions/create-subscription.ts';
import { joinSubscription } from '../../../src/subscriptions/join-subscription.ts';
import { makeSale } from '../../support/factories.ts';
import type { Cluster } from './cluster.ts';
import { ClusterSite } from './cluster-site.ts';
import { assertNodesAgree } from './equal-nodes.ts';
import { keyOf, signedIn } from '../../support/actors.ts';

const TIMES = 20;

type Sale = Awaited<ReturnType<typeof makeSale>>;

/** Sends two nodes simultaneous requests that may take effect once, or that exceed a limit together. */
export async function meetOnTwoNodes(cluster: Cluster) {
  const site = await ClusterSite.create(cluster, 'meeting');
  site.clock.set(new Date('2026-05-10T03:00:00.000Z'));
  try {
    const both = [await site.depsAt(cluster.a), await site.depsAt(cluster.b)] as const;
    const sale = await makeSale(both[0]);
    const captured = await exhaustLimit(both, sale);
    const replayed = await sendTwice(both, sale);
    const joined = await joinTwice(both, sale);
    await runTwice(both);
    await assertNodesAgree(site);
    return { captured, replayed, joined };
  } finally {
    await site.close();
  }
}

type Both = readonly [Deps, Deps];

/** The usual monthly limit of a line allows ten of these. */
async function exhaustLimit(both: Both, { company, consent }: Sale): Promise<number> {
  const item = {
    consentId: consent.id,
    amountMinor: 1_000n,
    taxCode: 'standard' as const,
    description: 'track',
  };
  const outcomes = await Promise.all(
    both.flatMap((deps) =>
      Array.from({ length: TIMES }, () => recordUsageCharges(deps, keyOf(company.id), { items: [item] })),
    ),
  );
  const captured = outcomes.flat().filter(({ kind }) => kind === 'captured').length;
  assert.equal(captured, 10, 'the limit of the line holds');
  return captured;
}

/** The same request under one key, like a client that has lost the first response. */
async function sendTwice(both: Both, { company, service }: Sale): Promise<number> {
  let replayed = 0;
  for (let time = 0; time < TIMES; time += 1) {
    const hash = createHash('sha256').update(`order ${time}`).digest('hex');
    const request = { companyId: company.id, keyHash: hash, requestHash: hash };
    const requested = {
      serviceCode: service.code,
      amountMinor: 100n,
      taxCode: 'standard' as const,
    };
    const terms = { description: 'film', returnUrl: 'https://shop.example/done', automaticCapture: true };
    const send = (deps: Deps) =>
      createWriter(deps, async (tx, input: typeof requested) => ({
        status: 201,
        text: (await createCharge(tx, keyOf(company.id), { ...input, ...terms })).id,
      }))({ request, input: requested, renderRefusal: ({ status }) => ({ status, text: '' }) });
    const [one, other] = await Promise.all([send(both[0]), send(both[1])]);
    assert.equal(one.response.text, other.response.text, 'both get the same response');
    assert.notEqual(one.replayed, other.replayed);
    replayed += 1;
  }
  const made = await sqlOf(both[0].orm.em.fork())
    .selectFrom('charge')
    .select('id')
    .where('kind', '=', 'one_time')
    .execute();
  assert.equal(made.length, TIMES);
  return replayed;
}

/** Two offers of one item, confirmed in two windows: the month is charged once. */
async function joinTwice(both: Both, { service, company }: Sale): Promise<number> {
  let charged = 0;
  for (let time = 0; time < TIMES / 4; time += 1) {
    const { buyer } = await makeSale(both[0]);
    const offer = () =>
      createSubscription(both[0], keyOf(company.id), {
        serviceCode: service.code,
        itemCode: 'monthly',
        amountMinor: 500n,
        taxCode: 'standard',
        description: 'unlimited',
        chargeDay: 1,
        firstMonthFree: false,
        lastMonthFree: false,
        returnUrl: 'https://shop.example/done',
      });
    const offers = [await offer(), await offer()];
    await Promise.allSettled(
      offers.map(({ id }, at) => joinSubscription(both[at]!, signedIn(buyer), { subscriptionId: id })),
    );
    const rows = await sqlOf(both[1].orm.em.fork())
      .selectFrom('charge')
      .select('id')
      .where('kind', '=', 'monthly')
      .where('subscriberId', '=', buyer.subscriberId)
      .execute();
    assert.equal(rows.length, 1, 'a month of an item is charged once');
    charged += rows.length;
  }
  return charged;
}

/** A run that two processes start at once on two nodes is executed by one of them. */
async function runTwice(both: Both): Promise<void> {
  for (let day = 1; day <= 9; day += 1) {
    let done = 0;
    const outcomes = await Promise.all(
      both.map((deps) =>
        executeRun(
          deps,
          { job: 'expire-authorizations', businessDate: `2026-04-0${day}` },
          async (_, run) => {
            await run.inChunk(async () => ({}));
            done += 1;
            return {};
          },
        ),
      ),
    );
    assert.equal(outcomes.filter(({ kind }) => kind === 'finished').length, 1);
    assert.equal(done, 1, 'one process did it');
  }
}
