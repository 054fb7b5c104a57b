import { companyRoles } from '../../../../src/access/permissions.ts';
import type { MatrixRow } from '../read-matrix.ts';

/** Somebody without a session, each role of a company, and a person of the staff with a session of theirs. */
export const companyOpeners = ['nobody', ...companyRoles, 'other-site'] as const;

type Rows = readonly MatrixRow<(typeof companyOpeners)[number]>[];

/** The rows of one area. Addresses name subjects of `company-world.ts`: `{charge}`, `{other-charge}`. */
export interface CompanyRows {
  /** Pages and downloads. */
  readonly opened: Rows;
  /** Forms, posted with their token and without a field, which write nothing: they miss a field (422), or name what is not there (404). */
  readonly posted: Rows;
  /** Forms that act without a field, each posted in a session of its own. */
  readonly acting: Rows;
}
