import type { Deps } from '../deps.ts';
import type { InTransaction } from '../database/transaction.ts';
import { runPipeline } from '../database/statement-pipeline.ts';
import type { Statement } from '../database/statement.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { findPartnerRefusal, findPartnerVersions } from '../partners/accepted-partners.ts';
import { readSafeguards, type SafeguardedTenure } from '../safeguards/safeguard.queries.ts';
import { Problem } from '../shared/problem.ts';
import {
  decideCaptures,
  persistCaptures,
  type CaptureRequest,
  type CapturedCharge,
} from './capture-sales.ts';
import {
  findItemKeys,
  findKeyRefusal,
  insertItemKeys,
  nameOfKey,
  readKeyedCharges,
  type RecordedUsage,
} from './item-keys.ts';
import { findContractTerms, findUsageTerms, usageKey } from './usage.queries.ts';
import { allowUsage, type AllowedUsage, type UsageTerms } from './usage.rules.ts';
import type { Usage, UsageOutcome } from './usage.types.ts';

/** A use that may be captured, if its month has room for it. */
interface Candidate {
  readonly index: number;
  readonly item: Usage;
  readonly request: CaptureRequest;
}

/** What becomes of uses, and the statements that write it. */
export interface DecidedUsages {
  readonly outcomes: UsageOutcome[];
  readonly persist: readonly Statement<void>[];
}

/** A use that is captured, and how. */
interface ChargedUse {
  readonly charge: CapturedCharge;
  readonly use: Usage;
}

/** Decides on usage charges, many in one transaction, as `decideCaptures` does, with an outcome each in the order given. */
export async function decideUsages(
  tx: InTransaction<Deps>,
  usages: readonly Usage[],
): Promise<DecidedUsages> {
  const { outcomes, charged } = await allowUsages(tx, usages);
  return { outcomes, persist: await persistUsages(tx, charged) };
}

/** The decision of `decideUsages` alone, for uses that are captured later by `persistUsages`. The tenures are locked. */
export async function allowUsages(
  tx: InTransaction<Deps>,
  usages: readonly Usage[],
): Promise<{ readonly outcomes: UsageOutcome[]; readonly charged: readonly ChargedUse[] }> {
  const outcomes = new Map<number, UsageOutcome>();
  const candidates = await selectAllowed(tx, usages, outcomes);
  const decided = await decideCaptures(
    tx,
    candidates.map(({ request }) => request),
  );
  const charged: ChargedUse[] = [];
  for (const [i, { index, item }] of candidates.entries()) {
    const outcome = decided[i]!;
    if (outcome.kind === 'captured') charged.push({ charge: outcome.charge, use: item });
    outcomes.set(index, outcome.kind === 'repeated' ? repeated(outcome.charge, item) : outcome);
  }
  return { outcomes: usages.map((_, index) => outcomes.get(index)!), charged };
}

/** The statements that write captured uses, their keys and what follows from them. */
export async function persistUsages(
  tx: InTransaction<Deps>,
  charged: readonly {
    readonly charge: CapturedCharge;
    readonly use: Pick<Usage, 'consentId' | 'itemKey'>;
  }[],
): Promise<Statement<void>[]> {
  const captures = await persistCaptures(
    tx,
    charged.map(({ charge }) => charge),
  );
  return [...captures, insertItemKeys(charged)];
}

/** What becomes of a use whose key has been charged. */
function repeated(charge: CapturedCharge | RecordedUsage, item: Usage): UsageOutcome {
  const problem = findKeyRefusal(charge, item);
  return problem ? { kind: 'refused', problem } : { kind: 'captured', charge, replayed: true };
}

/** Those whose key is new and whose consent, line, service and contract allow the use. */
async function selectAllowed(
  tx: InTransaction<Deps>,
  usages: readonly Usage[],
  outcomes: Map<number, UsageOutcome>,
): Promise<Candidate[]> {
  const [terms, contracts, keys, partners] = await runPipeline(tx.em, [
    findUsageTerms(usages),
    findContractTerms(usages),
    findItemKeys(usages),
    findPartnerVersions(usages),
  ]);
  const charged = await readKeyedCharges(tx, keys);
  const inForce = await readSafeguards(tx, safeguardedTenures(terms));
  const { eligibleProducts } = tx.config;
  return usages.flatMap((item, index) => {
    const before = charged.get(nameOfKey(item) ?? '');
    if (before) {
      outcomes.set(index, repeated(before, item));
      return [];
    }
    const { companyId, amountMinor } = item;
    const capturedAt = item.occurredAt ?? tx.clock.now();
    const businessDate = businessDateOf(capturedAt, tx.config.timeZone);
    const known = { terms: terms.get(usageKey(item)), contracts: contracts.get(companyId) ?? [] };
    const allowed =
      findPartnerRefusal(item, businessDate, partners) ??
      allowUsage({ ...known, inForce, businessDate, amountMinor, eligibleProducts });
    if (!(allowed instanceof Problem)) {
      return [{ index, item, request: requestOf(tx, { item, allowed, capturedAt, businessDate }) }];
    }
    outcomes.set(index, { kind: 'refused', problem: allowed });
    return [];
  });
}

/** The tenures of consents whose holders have set safeguards: nearly always none. */
function safeguardedTenures(terms: ReadonlyMap<string, UsageTerms>): SafeguardedTenure[] {
  const tenures: SafeguardedTenure[] = [];
  for (const { lineId, holderFrom, hasSafeguards } of terms.values()) {
    if (hasSafeguards && lineId !== null && holderFrom !== null)
      tenures.push({ lineId, holderFrom, hasSafeguards: true });
  }
  return tenures;
}

interface AllowedUse extends Pick<CaptureRequest, 'capturedAt' | 'businessDate'> {
  readonly item: Usage;
  readonly allowed: AllowedUsage;
}

function requestOf({ clock }: Deps, { item, allowed, capturedAt, businessDate }: AllowedUse): CaptureRequest {
  const { companyId, amountMinor, taxCode, description, reference = null, consentId } = item;
  const { partnerCode = null } = item;
  return {
    sale: {
      companyId,
      serviceId: allowed.serviceId,
      kind: 'usage',
      amountMinor,
      taxCode,
      description,
      reference,
      partnerCode,
      consentId,
      subscriptionId: null,
      subscriptionMonth: null,
      createdAt: item.createdAt ?? (item.occurredAt ? clock.now() : capturedAt),
      authorizedAt: capturedAt,
    },
    entitlement: allowed.entitlement,
    terms: allowed.contract,
    capturedAt,
    businessDate,
    onceKey: nameOfKey(item),
  };
}
