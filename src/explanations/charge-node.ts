import type { Owned } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { findConfirmationFacts } from './confirmation-facts.queries.ts';
import { compareFigures } from './evaluate-equation.rules.ts';
import { pathTo } from './figure-address.rules.ts';
import { money, type ChargeFacts, type FigureNode, type FigureRow } from './figure-node.types.ts';
import { findRunOfCharge } from './run-of-charge.queries.ts';

interface ExplainedChargeId {
  readonly id: string;
  readonly seesBuyer: boolean;
}

/**
 * A captured charge: its refunds, what was confirmed, the invoice it is on and the run that put it there. The amount is compared
 * with its invoice item. @throws Problem `charge-not-found`
 */
export async function explainCharge(
  deps: Deps,
  owned: Owned,
  { id, seesBuyer }: ExplainedChargeId,
): Promise<FigureNode> {
  const charge = await getCaptured(deps, owned, id);
  const { code, name, nameEn, serviceCode, serviceName, serviceNameEn, capturedMinor } = charge;
  const invoice = await findInvoice(deps, id);
  const value = money(capturedMinor);
  const address = { of: 'charge', id, figure: 'captured' } as const;
  const run = await findRunOfCharge(deps, charge);
  const subject = {
    of: 'charge',
    id,
    company: { code, name, nameEn },
    service: { code: serviceCode, name: serviceName, nameEn: serviceNameEn },
  } as const;
  return {
    address,
    path: pathTo(address),
    subject,
    label: { name: 'captured', service: subject.service },
    value,
    check: invoice
      ? compareFigures(value, money(invoice.amountMinor))
      : { outcome: 'unchecked', why: 'given' },
    rule: { name: 'captured' },
    rows: { rows: await listRefunds(deps, { id, description: charge.description }) },
    run: invoice && run,
    charge: {
      ...factsOf(charge),
      invoice: invoice && {
        number: seesBuyer ? invoice.number : null,
        ...(seesBuyer &&
          invoice.number !== null && {
            address: { of: 'invoice', number: invoice.number, figure: 'total' } as const,
          }),
      },
      confirmation: await findConfirmationFacts(deps, charge, seesBuyer),
    },
  };
}

type CapturedRow = Awaited<ReturnType<typeof getCaptured>>;

async function getCaptured(deps: Deps, { rows: { companyId } }: Owned, id: string) {
  const row = await sqlOf(emOf(deps))
    .selectFrom('charge as h')
    .innerJoin('company as c', 'c.id', 'h.companyId')
    .innerJoin('service as s', 's.id', 'h.serviceId')
    .selectAll('h')
    .select(['c.code', 'c.name', 'c.nameEn'])
    .select(['s.code as serviceCode', 's.name as serviceName', 's.nameEn as serviceNameEn'])
    .where('h.id', '=', id)
    .$if(companyId !== undefined, (query) => query.where('h.companyId', '=', companyId!))
    .executeTakeFirst();
  if (!row || row.capturedMinor === null) throw new Problem('charge-not-found');
  return { ...row, capturedMinor: row.capturedMinor };
}

function factsOf(charge: CapturedRow): Omit<ChargeFacts, 'invoice' | 'confirmation'> {
  const { kind, description, reference, capturedAt, businessDate, billingPeriod, closingGroup, late } =
    charge;
  const tax = { code: charge.taxCode, rateBps: charge.taxRateBps };
  return {
    kind,
    description,
    reference,
    capturedAt,
    businessDate,
    billingPeriod,
    closingGroup,
    late,
    tax,
  };
}

async function findInvoice(deps: Deps, chargeId: string) {
  return await sqlOf(emOf(deps))
    .selectFrom('invoice_item as i')
    .innerJoin('line_invoice as l', (join) =>
      join
        .onRef('l.billingPeriod', '=', 'i.billingPeriod')
        .onRef('l.closingGroup', '=', 'i.closingGroup')
        .onRef('l.lineId', '=', 'i.lineId')
        .onRef('l.holderFrom', '=', 'i.holderFrom'),
    )
    .select(['i.amountMinor', 'l.number'])
    .where('i.chargeId', '=', chargeId)
    .where('i.refundId', '=', '')
    .executeTakeFirst();
}

/** What was given back of it, each deducted in the month it was booked in. */
async function listRefunds(
  deps: Deps,
  { id, description }: { readonly id: string; readonly description: string },
): Promise<readonly FigureRow[]> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('refund')
    .select(['id', 'kind', 'businessDate', 'amountMinor', 'reference', 'chargePeriod'])
    .where('chargeId', '=', id)
    .orderBy('id')
    .execute();
  return rows.map(({ kind, chargePeriod, amountMinor, ...row }) => ({
    ...row,
    kind: kind === 'bank' ? 'bank' : 'refund',
    address: { of: 'charge', id, figure: 'captured' },
    description,
    amountMinor: -amountMinor,
    originalPeriod: chargePeriod,
  }));
}
