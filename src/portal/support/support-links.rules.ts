import { publicId } from '../../shared/public-id.rules.ts';

/** Addresses of the desk's subjects; areas link to each other by these. */

export const lineHref = (lineId: string, holderFrom?: string): string =>
  `/support/lines/${lineId}${holderFrom === undefined ? '' : `?tenure=${holderFrom}`}`;

/** Of a part of a line's page: `charges`, `cases`. */
export const linePartHref = (lineId: string, part: string): string => `/support/lines/${lineId}/${part}`;

export const chargeHref = (id: string): string => `/support/charges/${publicId('charge', id)}`;

/** Opens a case for somebody of a tenure. */
export const newCaseHref = (lineId: string, holderFrom: string): string =>
  `/support/new-case?line=${lineId}&tenure=${holderFrom}`;

export const caseHref = (number: string): string => `/support/cases/${number}`;

export const invoiceHref = (lineId: string, number: string): string =>
  `/support/lines/${lineId}/invoices/${number}`;

export const guideHref = (code: string): string => `/support/guides/${code}`;

export const companyHref = (code: string): string => `/support/companies/${code}`;

export const issuedIdHref = (issuedId: string): string => `/support/ids/${encodeURIComponent(issuedId)}`;
