import type { InvoiceRateTotal, LineInvoice } from '../../templates/invoice/invoice.types.ts';
import { compareTax } from '../../templates/invoice/invoice.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { Locale } from '../shared/money.ts';
import type { CorrectedAddresses } from './corrected-parties.ts';
import { countItems, streamInvoiceItems, type InvoiceOfItems } from './line-invoice-items.queries.ts';
import type { FoundInvoice } from './line-invoice.queries.ts';
import { listParties } from './keep-parties.ts';

/**
 * The content of a closed invoice, from what was stored when its period closed or when it was corrected, so that it is the same whenever it is asked for.
 * How to reach the carrier is as it is now, and the holder's address is the line master's; on a correction both are as it was filed.
 */
export async function describeInvoice(
  deps: Deps,
  invoice: FoundInvoice,
  language: Locale,
): Promise<LineInvoice> {
  const [issuer, counts, taxes] = [
    await findIssuer(deps, invoice),
    await countItems(deps, invoice),
    correctedTaxes(invoice.correction) ?? (await listTaxes(deps, invoice)),
  ];
  const rateTotals = taxes.map((tax): InvoiceRateTotal => {
    const { part, ...rate } = tax;
    const counted = counts.find(
      (count) => count.part === part && count.taxCode === tax.taxCode && count.taxRateBps === tax.taxRateBps,
    );
    return { ...rate, isQualified: part === 'registered', itemCount: counted?.items ?? 0 };
  });
  const { currency, carrier } = deps.config;
  const { recipient, issuer: reached } = invoice.correction?.addresses ?? addressesNow(deps, invoice);
  return {
    language,
    currency,
    number: invoice.number,
    lineId: invoice.lineId,
    billingPeriod: invoice.billingPeriod,
    startsOn: invoice.startsOn,
    closesOn: invoice.closesOn,
    issueDate: invoice.issueOn,
    replaces: invoice.replaces,
    dueDate: invoice.dueOn,
    issuer: {
      // Its English name only as long as the name on the invoice is the current one.
      name: language === 'en' && issuer.name === carrier.name ? carrier.nameEn : issuer.name,
      registrationNumber: issuer.registrationNumber,
      address: reached.address,
      contact: language === 'en' ? reached.contactEn : reached.contact,
    },
    recipient: { name: invoice.holder, ...recipient },
    itemCount: invoice.itemCount,
    totalMinor: invoice.totalMinor,
    rateTotals: rateTotals.toSorted(
      (one, other) => Number(other.isQualified) - Number(one.isQualified) || compareTax(one, other),
    ),
    hasLateItems: counts.some(({ late }) => late),
    items: streamInvoiceItems(deps, invoice, { issuerNumber: issuer.registrationNumber }),
  };
}

/** How the holder and the carrier are reached now. */
export function addressesNow(
  { config: { carrier } }: Pick<Deps, 'config'>,
  { postalCode, address, building }: Pick<FoundInvoice, 'postalCode' | 'address' | 'building'>,
): CorrectedAddresses {
  return {
    recipient: {
      postalCode: postalCode ?? '',
      address: [address, building].filter((text) => text !== null).join(' '),
    },
    issuer: { address: carrier.address, contact: carrier.contact, contactEn: carrier.contactEn },
  };
}

/** The carrier as named on the invoices of a period; as configured now for a period that an older release closed. */
export async function findIssuer(
  deps: Deps,
  { billingPeriod, closingGroup }: Pick<FoundInvoice, 'billingPeriod' | 'closingGroup'>,
): Promise<{ readonly name: string; readonly registrationNumber: string }> {
  const { issuer } = await listParties(deps, { period: billingPeriod, closingGroup });
  const { name, registrationNumber } = deps.config.carrier;
  return {
    name: issuer?.name ?? name,
    registrationNumber: issuer?.registrationNumber ?? registrationNumber,
  };
}

/** Those of a corrected invoice; undefined for another. */
function correctedTaxes(correction: FoundInvoice['correction']) {
  return correction?.taxes?.map(({ totalMinor, taxMinor, ...tax }) => ({
    ...tax,
    totalMinor: BigInt(totalMinor),
    taxMinor: BigInt(taxMinor),
  }));
}

/** Totals and tax by supplier status (column `part`) and rate, as numbered. */
function listTaxes(deps: Deps, { billingPeriod, closingGroup, lineId, holderFrom }: InvoiceOfItems) {
  return sqlOf(emOf(deps))
    .selectFrom('line_invoice_tax')
    .select(['part', 'taxCode', 'taxRateBps', 'totalMinor', 'taxMinor'])
    .where('billingPeriod', '=', billingPeriod)
    .where('closingGroup', '=', closingGroup)
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .execute();
}
