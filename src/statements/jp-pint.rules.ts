import { create } from 'xmlbuilder2';
import { sumMinor } from '../shared/money.ts';
import { taxOn } from '../shared/tax.rules.ts';

/** A party of an electronic invoice. */
export interface InvoiceParty {
  readonly name: string;
  readonly postalCode: string;
  readonly address: string;
  /** `T` and thirteen digits; null for one that is not registered. */
  readonly registrationNumber: string | null;
}

/** One thing supplied, before tax. Yen. */
export interface InvoiceSupply {
  readonly content: string;
  readonly exTaxMinor: bigint;
  /** Of this supply, rounded once. */
  readonly taxMinor: bigint;
  /** Null for an exempt supply. */
  readonly taxRateBps: number | null;
}

export interface ElectronicInvoice {
  readonly number: string;
  readonly issueDate: string;
  /** First and last day of supply, both included. */
  readonly supplyFrom: string;
  readonly supplyTo: string;
  /** The invoice in place of which this one is issued. */
  readonly replaces: { readonly number: string; readonly issueDate: string } | null;
  readonly note: string;
  readonly supplier: InvoiceParty;
  readonly customer: InvoiceParty;
  readonly supplies: readonly InvoiceSupply[];
  /** Of an invoice that was printed with the tax of each supply rounded by itself: it stays what the customer was given. */
  readonly isRoundedApart?: boolean;
}

const UBL = 'urn:oasis:names:specification:ubl:schema:xsd';
/** Electronic addresses by registration number, in the code list of Peppol. */
const REGISTRATION_SCHEME = '0221';
/** UN/CEFACT 4461: settled by setting off amounts between the parties. */
const SET_OFF = '97';
/** UN/ECE Recommendation 20: one piece. */
const PIECE = 'H87';

/**
 * A qualified invoice as JP PINT 1.0 (UBL 2.1): amounts in whole yen, settled by deduction from the payout. The customer's
 * electronic address is left out where it has no registration number; its access point fills it in. Throws RangeError when the
 * tax of a rate is not that of its taxable amount, rounded once (domain.md section 5): two supplies of one rate whose taxes were
 * rounded apart are two invoices, except in one that says so.
 */
export function writeJpPintInvoice(invoice: ElectronicInvoice): string {
  const { supplies, replaces } = invoice;
  const exTax = sumMinor(supplies.map(({ exTaxMinor }) => exTaxMinor));
  const tax = sumMinor(supplies.map(({ taxMinor }) => taxMinor));
  const root = create({ version: '1.0', encoding: 'UTF-8' }).ele(`${UBL}:Invoice-2`, 'Invoice', {
    'xmlns:cac': `${UBL}:CommonAggregateComponents-2`,
    'xmlns:cbc': `${UBL}:CommonBasicComponents-2`,
  });
  root.ele({
    'cbc:CustomizationID': 'urn:peppol:pint:billing-1@jp-1',
    'cbc:ProfileID': 'urn:peppol:bis:billing',
    'cbc:ID': invoice.number,
    'cbc:IssueDate': invoice.issueDate,
    'cbc:InvoiceTypeCode': '380',
    'cbc:Note': invoice.note,
    'cbc:DocumentCurrencyCode': 'JPY',
    'cac:InvoicePeriod': { 'cbc:StartDate': invoice.supplyFrom, 'cbc:EndDate': invoice.supplyTo },
    ...(replaces && {
      'cac:BillingReference': {
        'cac:InvoiceDocumentReference': {
          'cbc:ID': replaces.number,
          'cbc:IssueDate': replaces.issueDate,
        },
      },
    }),
    'cac:AccountingSupplierParty': partyOf(invoice.supplier),
    'cac:AccountingCustomerParty': partyOf(invoice.customer),
    'cac:PaymentMeans': { 'cbc:PaymentMeansCode': SET_OFF },
    'cac:TaxTotal': {
      'cbc:TaxAmount': yen(tax),
      'cac:TaxSubtotal': subtotalsOf(invoice),
    },
    'cac:LegalMonetaryTotal': {
      'cbc:LineExtensionAmount': yen(exTax),
      'cbc:TaxExclusiveAmount': yen(exTax),
      'cbc:TaxInclusiveAmount': yen(exTax + tax),
      'cbc:PayableAmount': yen(exTax + tax),
    },
    'cac:InvoiceLine': supplies.map((supply, index) => lineOf(supply, index + 1)),
  });
  return `${root.end({ prettyPrint: true })}\n`;
}

function partyOf({ name, postalCode, address, registrationNumber }: InvoiceParty) {
  return {
    'cac:Party': {
      ...(registrationNumber !== null && {
        'cbc:EndpointID': { '@schemeID': REGISTRATION_SCHEME, '#': registrationNumber },
      }),
      'cac:PartyName': { 'cbc:Name': name },
      'cac:PostalAddress': {
        'cbc:StreetName': address,
        ...(postalCode !== '' && { 'cbc:PostalZone': postalCode }),
        'cac:Country': { 'cbc:IdentificationCode': 'JP' },
      },
      ...(registrationNumber !== null && {
        'cac:PartyTaxScheme': {
          'cbc:CompanyID': registrationNumber,
          'cac:TaxScheme': { 'cbc:ID': 'VAT' },
        },
      }),
      'cac:PartyLegalEntity': { 'cbc:RegistrationName': name },
    },
  };
}

function subtotalsOf({ supplies, isRoundedApart = false }: ElectronicInvoice) {
  return [...Map.groupBy(supplies, ({ taxRateBps }) => taxRateBps)].map(([taxRateBps, ofRate]) => {
    const exTax = sumMinor(ofRate.map(({ exTaxMinor }) => exTaxMinor));
    const tax = sumMinor(ofRate.map(({ taxMinor }) => taxMinor));
    if (!isRoundedApart && tax !== taxOn(exTax, taxRateBps ?? 0))
      throw new RangeError(`a tax of ${tax} on ${exTax} is not rounded once at ${taxRateBps ?? 0} bps`);
    return {
      'cbc:TaxableAmount': yen(exTax),
      'cbc:TaxAmount': yen(tax),
      'cac:TaxCategory': categoryOf(taxRateBps),
    };
  });
}

function lineOf({ content, exTaxMinor, taxRateBps }: InvoiceSupply, id: number) {
  return {
    'cbc:ID': String(id),
    'cbc:InvoicedQuantity': { '@unitCode': PIECE, '#': '1' },
    'cbc:LineExtensionAmount': yen(exTaxMinor),
    'cac:Item': { 'cbc:Name': content, 'cac:ClassifiedTaxCategory': categoryOf(taxRateBps) },
    'cac:Price': { 'cbc:PriceAmount': yen(exTaxMinor) },
  };
}

/** Category of UN/CEFACT 5305: `S` taxed, `E` exempt. */
function categoryOf(taxRateBps: number | null) {
  return {
    'cbc:ID': taxRateBps === null ? 'E' : 'S',
    'cbc:Percent': String((taxRateBps ?? 0) / 100),
    'cac:TaxScheme': { 'cbc:ID': 'VAT' },
  };
}

function yen(amountMinor: bigint) {
  return { '@currencyID': 'JPY', '#': String(amountMinor) };
}
