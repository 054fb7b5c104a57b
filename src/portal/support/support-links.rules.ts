import { writeFigureAddress } from '../../explanations/figure-address.rules.ts';
import { publicId, type SoldKind } from '../../shared/public-id.rules.ts';

/** Addresses of the desk's subjects; areas link to each other by these. */

export const lineHref = (lineId: string, holderFrom?: string): string =>
  `/support/lines/${lineId}${holderFrom === undefined ? '' : `?tenure=${holderFrom}`}`;

/** Of a part of a line's page: `charges`, `cases`. */
export const linePartHref = (lineId: string, part: string): string => `/support/lines/${lineId}/${part}`;

export const chargeHref = (id: string): string => `/support/charges/${publicId('charge', id)}`;

/** Opens a case for somebody of a tenure. */
export const newCaseHref = (lineId: string, holderFrom: string): string =>
  `/support/new-case?line=${lineId}&tenure=${holderFrom}`;

/** Opens a case about a purchase. */
export const newCaseAboutHref = (kind: SoldKind, id: string): string =>
  `/support/new-case?purchase=${publicId(kind, id)}`;

export const caseHref = (number: string): string => `/support/cases/${number}`;

/** What an invoice is made of. */
export const invoiceHref = (number: string): string =>
  `/support/explain/${writeFigureAddress({ of: 'invoice', number, figure: 'total' })}`;

export const guideHref = (code: string): string => `/support/guides/${code}`;

/** A company as a caller asks about it. Who manages companies has another page, in the console of billing. */
export const companyHref = (code: string): string => `/support/companies/${encodeURIComponent(code)}`;

export const issuedIdHref = (issuedId: string): string => `/support/ids/${encodeURIComponent(issuedId)}`;
