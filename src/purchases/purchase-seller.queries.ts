import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { publicId } from '../shared/public-id.rules.ts';
import type { PurchaseSubject } from './purchase-subject.types.ts';

/** How mails and pages name who sold a purchase. */
export interface PurchaseSeller {
  /** Of the company. */
  readonly code: string;
  readonly serviceCode: string;
  readonly company: { readonly ja: string; readonly en: string };
  readonly service: { readonly ja: string; readonly en: string };
  /** Where enquiries arrive; never shown to subscribers. */
  readonly email: string | null;
  readonly telephone: string | null;
  readonly address: { readonly ja: string; readonly en: string } | null;
}

/** Who sold a purchase, and how it is reached. */
export async function getPurchaseSeller(deps: Deps, serviceId: number): Promise<PurchaseSeller> {
  const row = await sqlOf(emOf(deps))
    .selectFrom('service as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .select(['c.code', 'c.name as companyName', 'c.nameEn as companyNameEn', 's.name', 's.nameEn'])
    .select('s.code as serviceCode')
    .select(['s.contactEmail', 's.sellerTelephone', 's.sellerAddress', 's.sellerAddressEn'])
    .where('s.id', '=', serviceId)
    .executeTakeFirstOrThrow();
  const { sellerAddress: ja, sellerAddressEn: en } = row;
  return {
    code: row.code,
    serviceCode: row.serviceCode,
    company: { ja: row.companyName, en: row.companyNameEn },
    service: { ja: row.name, en: row.nameEn },
    email: row.contactEmail,
    telephone: row.sellerTelephone,
    address: ja === null || en === null ? null : { ja, en },
  };
}

/** The facts by which a mail names a purchase. */
export function purchaseFacts(purchase: PurchaseSubject, { company, service }: PurchaseSeller) {
  return {
    company,
    service,
    description: purchase.description,
    receiptNumber: publicId(purchase.kind, purchase.id),
    purchasedAt: purchase.boughtAt,
    amountMinor: purchase.amountMinor,
  };
}
