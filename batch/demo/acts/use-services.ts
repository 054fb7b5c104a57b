import { recordUsageCharges } from '../../../src/charges/record-usage-charges.ts';
import type { UsageItem } from '../../../src/charges/usage.types.ts';
import { parsePublicId } from '../../../src/shared/public-id.rules.ts';
import type { DemoCompany } from '../plan/demo-company.ts';
import type { PlannedUsage } from '../plan/world-plan.ts';
import { ApiRefusal } from '../site/company-client.ts';
import { assertState, companyOf, known, type DemoWorld } from './demo-world.ts';

/** As many as one request or one transaction takes. */
const CHUNK = 500;

interface Outcomes {
  readonly captured: number;
  readonly refused: number;
}

/** Charges one use by the API. A line that has moved must be refused. */
export async function useOnce(world: DemoWorld, usage: PlannedUsage): Promise<void> {
  const { client } = companyOf(world, usage.company);
  const body = bodyOf(world, usage);
  const name = usageKey(usage);
  try {
    const charge = await client.post<{ id: string; state: string }>('/v1/usage-charges', body, name);
    assertState('a usage charge', charge.state, usage.isRefused ? 'refused' : 'captured');
    world.charges.set(name, charge.id);
  } catch (error) {
    if (!usage.isRefused || !(error instanceof ApiRefusal)) throw error;
    assertState('the use of a line that has moved', error.code, 'entitlement-ended');
  }
}

/** Names a single use in the world. */
export function usageKey({ consent, at }: PlannedUsage): string {
  return `usage|${consent.key}|${at}`;
}

/** Charges many uses with one request after another. */
export async function useMany(world: DemoWorld, company: DemoCompany, usages: readonly PlannedUsage[]) {
  const { client } = companyOf(world, company);
  for (const [index, chunk] of chunksOf(usages).entries()) {
    const body = { charges: chunk.map((usage) => bodyOf(world, usage)) };
    const name = `batch|${company.code}|${chunk[0]!.at}|${index}`;
    const { refused } = await client.post<Outcomes>('/v1/usage-charges/batch', body, name);
    assertState('the number of refused charges', String(refused), '0');
  }
}

/** Imports a company's daily usage file by the use case that the API calls. The company recorded each use when it happened. */
export async function importUses(world: DemoWorld, company: DemoCompany, usages: readonly PlannedUsage[]) {
  const { companyId } = companyOf(world, company);
  const actor = {
    kind: 'company-user',
    companyId,
    account: 'file',
    roles: ['owner'],
    provenBy: 'password',
  } as const;
  for (const chunk of chunksOf(usages)) {
    const items = chunk.map((usage) => itemOf(world, usage));
    const outcomes = await recordUsageCharges(world.site.deps, actor, { items });
    for (const outcome of outcomes) if (outcome.kind === 'refused') throw outcome.problem;
  }
}

function bodyOf(world: DemoWorld, { consent, goods, amountMinor }: PlannedUsage) {
  const { taxCode: tax_code, description } = goods;
  return { consent: known(world.consents, consent.key), amount: amountMinor, tax_code, description };
}

function itemOf(world: DemoWorld, { consent, goods, amountMinor, at }: PlannedUsage): UsageItem {
  const consentId = parsePublicId('consent', known(world.consents, consent.key));
  if (consentId === undefined) throw new Error(`${consent.key} has no identifier`);
  const { taxCode, description } = goods;
  const usedAt = new Date(at);
  return {
    consentId,
    amountMinor: BigInt(amountMinor),
    taxCode,
    description,
    occurredAt: usedAt,
    createdAt: usedAt,
  };
}

function chunksOf<T>(all: readonly T[]): T[][] {
  const count = Math.ceil(all.length / CHUNK);
  return Array.from({ length: count }, (_, index) => all.slice(index * CHUNK, (index + 1) * CHUNK));
}
