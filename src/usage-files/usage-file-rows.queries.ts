import type { UsageItem } from '../charges/usage.types.ts';
import { insertRows } from '../database/rows.ts';
import { rawInstant } from '../database/raw-instant.ts';
import { queryRows } from '../database/statement-pipeline.ts';
import type { Statement } from '../database/statement.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { ClosingGroup } from '../shared/calendar.rules.ts';
import type { TaxCode } from '../shared/tax.rules.ts';
import type { RowFault } from './usage-row.rules.ts';
import type { UsageRowOutcome } from './usage-file.entity.ts';
import { CHUNK_ROWS, type LockedFile } from './usage-file-step.ts';

/** What was decided on a row when it was accepted, for its charge. */
export interface Acceptance {
  readonly acceptedAt: Date;
  readonly serviceId: number;
  readonly subscriberId: number;
  readonly lineId: string;
  readonly holderFrom: string;
  readonly closingGroup: ClosingGroup;
  readonly limitMinor: bigint;
  readonly ownLimitMinor: bigint | null;
}

/** A row of a file that is not refused. */
export interface StoredUse extends UsageItem {
  readonly number: number;
  readonly outcome: UsageRowOutcome;
  /** None for a row that waits, or repeats an earlier row of the file. */
  readonly acceptance: Acceptance | undefined;
}

interface RawRow {
  readonly number: number;
  readonly outcome: UsageRowOutcome;
  readonly consentId: string;
  readonly amountMinor: number | string;
  readonly taxCode: TaxCode;
  readonly description: string;
  readonly reference: string | null;
  readonly itemKey: string | null;
  readonly occurredAt: string | null;
  readonly acceptedAt: string | null;
  readonly serviceId: number;
  readonly subscriberId: number;
  readonly lineId: string | null;
  readonly holderFrom: string;
  readonly closingGroup: ClosingGroup;
  readonly limitMinor: number | string;
  readonly ownLimitMinor: number | string | null;
}

/** Rows that come next, by their numbers, those left out that are done. */
export interface NextRows {
  readonly uses: readonly StoredUse[];
  /** Undefined when there are no more rows. */
  readonly throughRow: number | undefined;
}

/** The next rows of a step, in the order of the file. */
export async function readNextRows(
  tx: InTransaction<Deps>,
  { id, throughRow }: Pick<LockedFile, 'id' | 'throughRow'>,
  wanted: UsageRowOutcome,
): Promise<NextRows> {
  const rows = await queryRows<RawRow>(
    tx.em,
    `SELECT number, outcome, consent_id AS consentId, amount_minor AS amountMinor, tax_code AS taxCode, description,
       reference, item_key AS itemKey, occurred_at AS occurredAt, accepted_at AS acceptedAt, service_id AS serviceId,
       subscriber_id AS subscriberId, line_id AS lineId, holder_from AS holderFrom, closing_group AS closingGroup,
       limit_minor AS limitMinor, own_limit_minor AS ownLimitMinor
     FROM usage_file_row WHERE file_id = ? AND number > ? ORDER BY number LIMIT ?`,
    [id, throughRow, CHUNK_ROWS],
  );
  const uses = rows.filter(({ outcome }) => outcome === wanted).map(useOf);
  return { uses, throughRow: rows.at(-1)?.number };
}

function useOf(row: RawRow): StoredUse {
  const { number, outcome, consentId, taxCode, description, occurredAt } = row;
  return {
    number,
    outcome,
    consentId,
    amountMinor: BigInt(row.amountMinor),
    taxCode,
    description,
    reference: row.reference ?? undefined,
    itemKey: row.itemKey ?? undefined,
    occurredAt: occurredAt === null ? undefined : rawInstant(occurredAt),
    acceptance: acceptanceOf(row),
  };
}

function acceptanceOf(row: RawRow): Acceptance | undefined {
  const { acceptedAt, lineId, serviceId, subscriberId, holderFrom, closingGroup, ownLimitMinor } = row;
  if (acceptedAt === null || lineId === null) return undefined;
  return {
    acceptedAt: rawInstant(acceptedAt),
    serviceId,
    subscriberId,
    lineId,
    holderFrom,
    closingGroup,
    limitMinor: BigInt(row.limitMinor),
    ownLimitMinor: ownLimitMinor === null ? null : BigInt(ownLimitMinor),
  };
}

/** What becomes of a row. */
export type RowDecision =
  | { readonly kind: 'accepted'; readonly acceptance: Acceptance | undefined }
  | { readonly kind: 'charged' | 'repeated'; readonly chargeId: string }
  | { readonly kind: 'refused'; readonly fault: RowFault };

const nothingAccepted = {
  acceptedAt: null,
  serviceId: null,
  subscriberId: null,
  lineId: null,
  holderFrom: null,
  closingGroup: null,
  limitMinor: null,
  ownLimitMinor: null,
};
/** Buyers stay with the carrier: once a row is done, the file names nobody. */
const decided = ['outcome', 'problem_code', 'problem_text', 'charge_id'];
const accepted = ['accepted_at', 'service_id', 'subscriber_id', 'line_id', 'holder_from', 'closing_group'];
const OVERWRITE = [...decided, ...accepted, 'limit_minor', 'own_limit_minor']
  .map((column) => `${column} = VALUES(${column})`)
  .join(', ');

/** Writes what becomes of rows. The rows are there: one statement changes them all. */
export function writeDecisions(
  fileId: string,
  decisions: readonly (readonly [number: number, decision: RowDecision])[],
): Statement<void> {
  const rows = decisions.map(([number, decision]) => ({
    fileId,
    number,
    outcome: decision.kind,
    problemCode: decision.kind === 'refused' ? decision.fault.code : null,
    problemText: decision.kind === 'refused' ? decision.fault.text : null,
    chargeId: 'chargeId' in decision ? decision.chargeId : null,
    ...(('acceptance' in decision && decision.acceptance) || nothingAccepted),
  }));
  return insertRows('usage_file_row', rows, `ON DUPLICATE KEY UPDATE ${OVERWRITE}`);
}
