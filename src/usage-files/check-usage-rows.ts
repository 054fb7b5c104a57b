import type { CapturedCharge } from '../charges/capture-sales.ts';
import { allowUsages } from '../charges/decide-usages.ts';
import { queryRows, runPipeline } from '../database/statement-pipeline.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { placeUsageHolds, type UseHold } from '../limits/usage-holds.ts';
import { Problem } from '../shared/problem.ts';
import { refuseEarlyUses } from './early-uses.ts';
import { readNextRows, writeDecisions, type RowDecision, type StoredUse } from './usage-file-rows.queries.ts';
import type { FileProgress, LockedFile } from './usage-file-step.ts';
import { faultOf } from './usage-row.rules.ts';

/**
 * Decides on the next rows of a file that is charged as a whole or not at all, as they would be charged now, and holds what they need of
 * the limits. After the last one either every row can be charged, whatever others buy meanwhile, or a row was refused and all is released.
 */
export async function checkUsageRows(tx: InTransaction<Deps>, file: LockedFile): Promise<FileProgress> {
  const { uses, throughRow } = await readNextRows(tx, file, 'read');
  if (throughRow === undefined) return checked(file);
  const decisions = new Map<number, RowDecision>();
  await decideRepeats(tx, { file, uses, decisions });
  await refuseEarlyUses(tx, file, { uses, decisions });
  const holds = await accept(tx, { file, uses, decisions });
  await runPipeline(tx.em, [...placeUsageHolds(holds), writeDecisions(file.id, [...decisions])]);
  const kinds = [...decisions.values()].map(({ kind }) => kind);
  const count = (kind: RowDecision['kind']) => kinds.filter((one) => one === kind).length;
  return { throughRow, refused: count('refused'), repeated: count('repeated') };
}

function checked({ refusedCount }: LockedFile): FileProgress {
  if (refusedCount === 0) return { state: 'charging', throughRow: 0 };
  const detail = `${refusedCount === 1 ? '1 row was' : `${refusedCount} rows were`} refused, so nothing is charged.`;
  return { state: 'releasing', throughRow: 0, refusal: { code: 'rows-refused', detail } };
}

interface Checking {
  readonly file: LockedFile;
  readonly uses: readonly StoredUse[];
  readonly decisions: Map<number, RowDecision>;
}

/**
 * A row with the key of an earlier row of the file is the same use again, or refused. Compared with the first row of the key alone, whose
 * charge it would repeat: one entry of the index for each row, also where all rows of a file have one key.
 */
async function decideRepeats(tx: InTransaction<Deps>, { file, uses, decisions }: Checking): Promise<void> {
  const keyed = uses.filter(({ itemKey }) => itemKey !== undefined);
  if (keyed.length === 0) return;
  const rows = await queryRows<{ number: number; isSame: number }>(
    tx.em,
    `SELECT STRAIGHT_JOIN r.number, (r.amount_minor = e.amount_minor AND r.tax_code = e.tax_code
       AND BINARY r.description = BINARY e.description AND BINARY r.reference <=> BINARY e.reference
       AND (r.occurred_at IS NULL OR r.occurred_at <=> e.occurred_at)) AS isSame
     FROM usage_file_row r JOIN usage_file_row e FORCE INDEX FOR JOIN (PRIMARY)
       ON e.file_id = r.file_id AND e.number = (
         SELECT x.number FROM usage_file_row x FORCE INDEX (usage_file_row_of_key)
         WHERE x.file_id = r.file_id AND x.consent_id = r.consent_id AND x.item_key = r.item_key ORDER BY x.number LIMIT 1)
     WHERE r.file_id = ? AND r.number BETWEEN ? AND ? AND r.outcome = 'read' AND r.item_key IS NOT NULL
       AND e.number < r.number AND e.outcome <> 'refused'`,
    [file.id, keyed[0]!.number, keyed.at(-1)!.number],
  );
  for (const { number, isSame } of rows)
    decisions.set(
      number,
      isSame === 1
        ? { kind: 'accepted', acceptance: undefined }
        : { kind: 'refused', fault: faultOf(new Problem('item-key-reused', repeatedKey)) },
    );
}

const repeatedKey = { detail: 'Another row of this file has the key with other content.' };

/** Decides on the rows without a decision; returns what those that are accepted hold. */
async function accept(
  tx: InTransaction<Deps>,
  { file, uses, decisions }: Checking,
): Promise<readonly UseHold[]> {
  const asked = uses.filter(({ number }) => !decisions.has(number));
  const usages = asked.map((use) => ({ ...use, companyId: file.companyId }));
  const { outcomes } = await allowUsages(tx, usages);
  const acceptedAt = tx.clock.now();
  const holds: UseHold[] = [];
  for (const [at, { number, amountMinor }] of asked.entries()) {
    const outcome = outcomes[at]!;
    if (outcome.kind === 'refused')
      decisions.set(number, { kind: 'refused', fault: faultOf(outcome.problem) });
    else if (outcome.replayed) decisions.set(number, { kind: 'repeated', chargeId: outcome.charge.id });
    else {
      // Not a repetition, so it was decided on just now.
      const charge = outcome.charge as CapturedCharge;
      const { serviceId, closingGroup, limitMinor, ownLimitMinor, ...sold } = charge;
      const buyer = { subscriberId: sold.subscriberId, lineId: sold.lineId, holderFrom: sold.holderFrom };
      const acceptance = { acceptedAt, serviceId, closingGroup, limitMinor, ownLimitMinor, ...buyer };
      decisions.set(number, { kind: 'accepted', acceptance });
      holds.push({ ...buyer, fileId: file.id, number, amountMinor });
    }
  }
  return holds;
}
