import { captureAccepted, type AcceptedSale } from '../charges/capture-sales.ts';
import { persistUsages } from '../charges/decide-usages.ts';
import { findItemKeys, findKeyRefusal, nameOfKey, readKeyedCharges } from '../charges/item-keys.ts';
import { runPipeline, runStatement } from '../database/statement-pipeline.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { lockTenures } from '../limits/tenure-hold.ts';
import { releaseUsageHolds, type UseHold } from '../limits/usage-holds.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { readNextRows, writeDecisions, type RowDecision, type StoredUse } from './usage-file-rows.queries.ts';
import type { FileProgress, LockedFile } from './usage-file-step.ts';
import { faultOf } from './usage-row.rules.ts';

/**
 * Charges the next rows of a file whose rows were all accepted, each as it was accepted: on the business date of then, whatever has become
 * of the consent or the limits since. One thing alone can still refuse a row: its own company has charged another use under the key of the
 * row meanwhile.
 */
export async function chargeAcceptedRows(tx: InTransaction<Deps>, file: LockedFile): Promise<FileProgress> {
  const { uses, throughRow } = await readNextRows(tx, file, 'accepted');
  if (throughRow === undefined) return { state: 'done' };
  const { sales, decisions, repeats } = await findCharged(tx, file, uses);
  const charges = await captureAccepted(
    tx,
    sales.map((use) => saleOf(tx, file, use)),
  );
  const charged = charges.map((charge, at) => ({ charge, use: sales[at]! }));
  for (const { charge, use } of charged) decisions.set(use.number, { kind: 'charged', chargeId: charge.id });
  const byKey = new Map(
    charged.map(({ charge, use }) => [nameOfKey({ ...use, companyId: file.companyId }), charge.id]),
  );
  for (const use of repeats) {
    const chargeId = byKey.get(nameOfKey({ ...use, companyId: file.companyId }));
    if (chargeId === undefined) throw new Error(`row ${use.number} repeats a row that is not charged`);
    decisions.set(use.number, { kind: 'repeated', chargeId });
  }
  await runPipeline(tx.em, [
    ...(await persistUsages(tx, charged)),
    ...releaseUsageHolds(holdsOf(file, uses)),
    writeDecisions(file.id, [...decisions]),
  ]);
  const kinds = [...decisions.values()].map(({ kind }) => kind);
  return {
    throughRow,
    charged: charges.length,
    chargedMinor: charges.reduce((sum, { capturedMinor }) => sum + capturedMinor, 0n),
    repeated: kinds.filter((kind) => kind === 'repeated').length,
    refused: kinds.filter((kind) => kind === 'refused').length,
  };
}

/** Gives back what the next rows of a refused file hold. */
export async function releaseAcceptedRows(tx: InTransaction<Deps>, file: LockedFile): Promise<FileProgress> {
  const { uses, throughRow } = await readNextRows(tx, file, 'accepted');
  if (throughRow === undefined) return { state: 'refused' };
  const holds = holdsOf(file, uses);
  if (holds.length > 0) await runStatement(tx.em, lockTenures(holds));
  await runPipeline(tx.em, releaseUsageHolds(holds));
  return { throughRow };
}

const holdsOf = ({ id }: LockedFile, uses: readonly StoredUse[]): UseHold[] =>
  uses.flatMap(({ number, amountMinor, acceptance }) => {
    if (!acceptance) return [];
    const { lineId, holderFrom, subscriberId } = acceptance;
    return [{ fileId: id, number, lineId, holderFrom, subscriberId, amountMinor }];
  });

type Accepted = StoredUse & { readonly acceptance: NonNullable<StoredUse['acceptance']> };

const isSale = (use: StoredUse): use is Accepted => use.acceptance !== undefined;

interface Found {
  readonly sales: readonly Accepted[];
  /** Rows that repeat one of this chunk. */
  readonly repeats: readonly StoredUse[];
  readonly decisions: Map<number, RowDecision>;
}

/** Tells the rows whose key has been charged since, by an earlier row or by another request, from those to be charged. */
async function findCharged(
  tx: InTransaction<Deps>,
  { companyId }: LockedFile,
  uses: readonly StoredUse[],
): Promise<Found> {
  const keyed = uses.map((use) => ({ ...use, companyId }));
  const charged = await readKeyedCharges(tx, await runStatement(tx.em, findItemKeys(keyed)));
  const decisions = new Map<number, RowDecision>();
  for (const use of keyed) {
    const charge = charged.get(nameOfKey(use) ?? '');
    if (!charge) continue;
    const refusal = findKeyRefusal(charge, use);
    decisions.set(
      use.number,
      refusal ? { kind: 'refused', fault: faultOf(refusal) } : { kind: 'repeated', chargeId: charge.id },
    );
  }
  const open = uses.filter(({ number }) => !decisions.has(number));
  return { sales: open.filter(isSale), repeats: open.filter((use) => !isSale(use)), decisions };
}

function saleOf({ config }: Deps, { companyId }: LockedFile, use: Accepted): AcceptedSale {
  const { consentId, amountMinor, taxCode, description, reference = null, acceptance } = use;
  const { acceptedAt, serviceId, limitMinor, ownLimitMinor, ...buyer } = acceptance;
  const capturedAt = use.occurredAt ?? acceptedAt;
  return {
    sale: {
      companyId,
      serviceId,
      kind: 'usage',
      amountMinor,
      taxCode,
      description,
      reference,
      consentId,
      subscriptionId: null,
      subscriptionMonth: null,
      partnerCode: null,
      createdAt: acceptedAt,
      authorizedAt: capturedAt,
    },
    buyer,
    limits: { limitMinor, ownLimitMinor },
    capturedAt,
    businessDate: businessDateOf(capturedAt, config.timeZone),
  };
}
