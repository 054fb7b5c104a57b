import { runPipeline } from '../database/statement-pipeline.ts';
import { selectStatement } from '../database/statement.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { allocateUncollected, type InvoicedAmount, type UncollectedShare } from './allocation.rules.ts';
import { clawbackOf, listClawbackSteps, type ChargeExposure, type ClawbackStep } from './clawback.rules.ts';
import type { ShareMove } from './collection-entries.rules.ts';
import { readInvoiceItems, type ChargeItem } from './invoice-items.queries.ts';
import { LegalModels, type LegalModel } from './legal-models.queries.ts';

/** An invoice whose uncollected amount has changed, and how far it is collected now. */
export interface StandingInvoice {
  readonly number: string;
  readonly billingPeriod: string;
  readonly totalMinor: bigint;
  readonly collectedMinor: bigint;
  readonly uncollectedMinor: bigint;
  /** Companies for which everything that is not collected counts as uncollected. */
  readonly cutFor: ReadonlySet<number>;
}

interface DetermineShares {
  readonly invoices: readonly StandingInvoice[];
  /** Only the shares of this company; of all by default. */
  readonly companyId?: number | undefined;
  /** By charge, what is to be refunded beside what was: for previews. */
  readonly alsoRefunded?: ReadonlyMap<string, bigint> | undefined;
  /** Locks the charges, as refunds do, and the shares. */
  readonly lock: boolean;
}

/**
 * What uncollected invoices cost each company, or the carrier in its place, and the difference to what has been booked. A share
 * that has neither cost anything nor does is not listed; one whose difference is nothing is.
 */
export async function determineShares(
  tx: InTransaction<Deps>,
  { invoices, companyId, alsoRefunded, lock }: DetermineShares,
): Promise<MovedShare[]> {
  if (invoices.length === 0) return [];
  const items = await readInvoiceItems(
    tx,
    invoices.map(({ number }) => number),
  );
  const companies = [...new Set([...items.values()].flat().map((item) => item.companyId))];
  const models = await LegalModels.read(tx, companies);
  const shares = invoices.flatMap((invoice) =>
    listShares(invoice, items.get(invoice.number) ?? [])
      .filter((share) => companyId === undefined || share.companyId === companyId)
      .map((share) => ({
        ...share,
        invoice,
        items: items.get(invoice.number) ?? [],
        legalModel: models.of(share.companyId, invoice.billingPeriod),
      })),
  );
  const booked = await readBooked(tx, shares, lock ? 'FOR UPDATE' : '');
  return shares.flatMap((share) => determineMove(share, booked, alsoRefunded));
}

/** The share of each company: of what is uncollected, or where its month has been cut, of what is not collected. */
function listShares(invoice: StandingInvoice, items: readonly InvoicedAmount[]): readonly UncollectedShare[] {
  const { totalMinor, collectedMinor, uncollectedMinor, cutFor } = invoice;
  const shares = allocateUncollected(uncollectedMinor, items);
  if (cutFor.size === 0) return shares;
  const cut = allocateUncollected(totalMinor - collectedMinor, items);
  return shares.map((share, index) => (cutFor.has(share.companyId) ? cut[index]! : share));
}

/** A company's share of an uncollected invoice. */
export interface CompanyShare extends UncollectedShare {
  readonly invoice: StandingInvoice;
  readonly items: readonly ChargeItem[];
  readonly legalModel: LegalModel;
}

interface BookedShares {
  readonly charges: ReadonlyMap<
    string,
    Omit<ChargeExposure, 'chargeId' | 'uncollectedMinor'> & { readonly steps: number }
  >;
  /** By invoice number and company. */
  readonly companies: ReadonlyMap<string, { readonly lostMinor: bigint; readonly recoveredMinor: bigint }>;
}

type Sum = number | string;

/** Reads what has become of the charges. */
async function readBooked(
  tx: InTransaction<Deps>,
  shares: readonly CompanyShare[],
  lock: 'FOR UPDATE' | '',
): Promise<BookedShares> {
  const chargeIds = shares.flatMap(({ charges }) => [...charges.keys()]);
  const numbers = [...new Set(shares.map(({ invoice }) => invoice.number))];
  if (chargeIds.length === 0) return { charges: new Map(), companies: new Map() };
  const [captured, refunds, steps, companies] = await runPipeline(tx.em, [
    selectStatement<{ id: string; captured: Sum }>(
      `SELECT id, captured_minor AS captured FROM charge WHERE id IN (?) ORDER BY id ${lock}`,
      [chargeIds],
    ),
    selectStatement<{ id: string; refunded: Sum }>(
      'SELECT charge_id AS id, SUM(amount_minor) AS refunded FROM refund WHERE charge_id IN (?) GROUP BY charge_id',
      [chargeIds],
    ),
    selectStatement<{ id: string; net: Sum; steps: Sum }>(
      `SELECT charge_id AS id, SUM(IF(kind = 'clawback', amount_minor, -amount_minor)) AS net, COUNT(*) AS steps
       FROM clawback WHERE charge_id IN (?) GROUP BY charge_id`,
      [chargeIds],
    ),
    selectStatement<{ number: string; companyId: number; lost: Sum; recovered: Sum }>(
      `SELECT invoice_number AS number, company_id AS companyId, lost_minor AS lost, recovered_minor AS recovered
       FROM company_collection WHERE invoice_number IN (?) ${lock}`,
      [numbers],
    ),
  ]);
  const refunded = new Map(refunds.map((row) => [row.id, BigInt(row.refunded)]));
  const clawedBack = new Map(steps.map((row) => [row.id, row]));
  return {
    charges: new Map(
      captured.map(({ id, captured: capturedMinor }) => [
        id,
        {
          capturedMinor: BigInt(capturedMinor),
          refundedMinor: refunded.get(id) ?? 0n,
          clawedBackMinor: BigInt(clawedBack.get(id)?.net ?? 0),
          steps: Number(clawedBack.get(id)?.steps ?? 0),
        },
      ]),
    ),
    companies: new Map(
      companies.map(({ number, companyId, lost, recovered }) => [
        `${number}/${companyId}`,
        { lostMinor: BigInt(lost), recoveredMinor: BigInt(recovered) },
      ]),
    ),
  };
}

/** A share and the difference that has to be booked. */
export interface MovedShare extends ShareMove {
  readonly share: CompanyShare;
  readonly before: { readonly lostMinor: bigint; readonly recoveredMinor: bigint };
  /** With the position of each step; none for an assigned claim. */
  readonly steps: readonly (ClawbackStep & { readonly position: number })[];
}

const NOTHING_LOST = { lostMinor: 0n, recoveredMinor: 0n };

/** The difference of one share; none when it has neither cost anything nor does. */
function determineMove(
  share: CompanyShare,
  booked: BookedShares,
  alsoRefunded: ReadonlyMap<string, bigint> = new Map(),
): MovedShare[] {
  const { invoice, companyId, legalModel } = share;
  const before = booked.companies.get(`${invoice.number}/${companyId}`);
  const exposures = [...share.charges].map(([chargeId, uncollectedMinor]) => {
    const charge = booked.charges.get(chargeId);
    if (!charge) throw new Error(`charge ${chargeId} of invoice ${invoice.number} is not there`);
    const refundedMinor = charge.refundedMinor + (alsoRefunded.get(chargeId) ?? 0n);
    return { ...charge, refundedMinor, chargeId, uncollectedMinor };
  });
  const common = { share, companyId, billingPeriod: invoice.billingPeriod, before: before ?? NOTHING_LOST };
  if (share.amountMinor === 0n && !before) return [];
  if (legalModel === 'agency') {
    const steps = listClawbackSteps(exposures).map((step) => ({
      ...step,
      position: (booked.charges.get(step.chargeId)?.steps ?? 0) + 1,
    }));
    const sumOf = (kind: ClawbackStep['kind']) =>
      steps.reduce((sum, step) => (step.kind === kind ? sum + step.amountMinor : sum), 0n);
    return [{ ...common, steps, lostMinor: sumOf('clawback'), recoveredMinor: sumOf('recovery') }];
  }
  const { lostMinor, recoveredMinor } = common.before;
  const difference =
    exposures.reduce((sum, charge) => sum + clawbackOf(charge), 0n) - (lostMinor - recoveredMinor);
  const moved =
    difference > 0n
      ? { lostMinor: difference, recoveredMinor: 0n }
      : { lostMinor: 0n, recoveredMinor: -difference };
  return [{ ...common, ...moved, steps: [] }];
}
