import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../../batch/demo/random.ts';
import { recordUsageCharges } from '../../../src/charges/record-usage-charges.ts';
import { isTransient } from '../../../src/database/database-error.rules.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import type { Deps } from '../../../src/deps.ts';
import { closePeriods } from '../../../src/invoices/close-periods.ts';
import { executeRun } from '../../../src/runs/execute-run.ts';
import type { Market } from '../../invoices/captured-charges.ts';
import { makeConsent, makeContract, makeSubscriber } from '../../support/factories.ts';
import { keyOf } from '../../support/actors.ts';

interface UnderIntake {
  readonly intakes: readonly Deps[];
  readonly nights: Deps;
  readonly market: Market;
  readonly random: Random;
}

/** January to October 2026. */
const LAST_DAYS = Array.from({ length: 10 }, (_, at) =>
  new Date(Date.UTC(2026, at + 1, 0)).toISOString().slice(0, 10),
);
const SENDERS_OF_INTAKE = 4;
const CHARGES_BEFORE_CLOSE = 40;

/** Closes month after month while every intake sends charges of just that month, and some of the one before. */
export async function closeUnderIntake({ intakes, nights, market, random }: UnderIntake) {
  const consents = await makeConsents(nights, market);
  const { companyId } = market.registered;
  const sale = { month: 0, captured: 0 };
  const send = async (deps: Deps) => {
    while (sale.month < LAST_DAYS.length) {
      const day = LAST_DAYS[Math.max(0, sale.month - (random.below(4) === 0 ? 1 : 0))]!;
      const item = {
        consentId: random.pick(consents),
        amountMinor: BigInt(random.between(1, 99)),
        taxCode: 'standard' as const,
        description: 'track',
        occurredAt: new Date(`${day}T03:00:00.000Z`),
      };
      const outcomes = await recordUsageCharges(deps, keyOf(companyId), { items: [item] }).catch(putOff);
      if (!outcomes) continue;
      assert.equal(outcomes[0]?.kind, 'captured');
      sale.captured += 1;
    }
  };
  const senders = intakes.flatMap((deps) => Array.from({ length: SENDERS_OF_INTAKE }, () => send(deps)));
  for (const [month, day] of LAST_DAYS.entries()) {
    sale.month = month;
    const wanted = sale.captured + CHARGES_BEFORE_CLOSE;
    // A failure ends the wait at once.
    while (sale.captured < wanted) await Promise.race([...senders, pause(5)]);
    await closeNight(nights, day);
  }
  sale.month = LAST_DAYS.length;
  await Promise.all(senders);
  return { closes: LAST_DAYS.length, captured: sale.captured, late: await countLate(nights) };
}

/** A charge that lost to the other nodes too often: its client gets 503 and must send it again. */
function putOff(error: unknown): undefined {
  if (!isTransient(error)) throw error;
}

/** Closes the periods that are due after a business date. */
export async function closeNight(deps: Deps, businessDate: string): Promise<void> {
  const outcome = await executeRun(deps, { job: 'close-periods', businessDate }, closePeriods);
  assert.equal(outcome.kind, 'finished');
}

async function makeConsents(deps: Deps, { registered, lines }: Market): Promise<string[]> {
  await makeContract(deps, { companyId: registered.companyId, validFrom: '2025-01-01' });
  const consents: string[] = [];
  for (const lineId of lines) {
    const { id: subscriberId } = await makeSubscriber(deps, { lineId });
    consents.push((await makeConsent(deps, { ...registered, subscriberId, lineId })).id);
  }
  return consents;
}

async function countLate(deps: Deps): Promise<number> {
  const rows = await sqlOf(deps.orm.em.fork())
    .selectFrom('charge')
    .select('id')
    .where('late', '=', true)
    .execute();
  assert.ok(rows.length > LAST_DAYS.length, 'charges came too late for their period');
  return rows.length;
}
