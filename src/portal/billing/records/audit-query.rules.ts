import type { AuditFilter } from '../../../access/audit/audit.queries.ts';
import { addDays, startOfBusinessDate } from '../../../shared/calendar.rules.ts';

/** What the address of the audit trail says; days are business dates, both included. */
export const auditQuery = {
  type: 'object',
  properties: {
    actor: { type: 'string', maxLength: 80 },
    action: { type: 'string', maxLength: 60 },
    subject: { type: 'string', maxLength: 80 },
    from: { type: 'string', format: 'date' },
    to: { type: 'string', format: 'date' },
    after: { type: 'string', pattern: '^[0-9A-HJKMNP-TV-Z]{26}$' },
  },
  additionalProperties: false,
} as const;

export type AuditQuery = { readonly [Name in keyof typeof auditQuery.properties]?: string | undefined };

/** Rows of a page. */
export const AUDIT_ROWS = 50;

const typed = (text: string | undefined) => text?.normalize('NFKC').trim() || undefined;

/** The search that an address asks for; one row more than a page shows whether another follows. */
export function readAudit({ from, to, ...query }: AuditQuery, timeZone: string): AuditFilter {
  return {
    actor: typed(query.actor),
    action: typed(query.action),
    subject: typed(query.subject),
    after: query.after,
    from: from === undefined ? undefined : startOfBusinessDate(from, timeZone),
    to: to === undefined ? undefined : startOfBusinessDate(addDays(to, 1), timeZone),
    limit: AUDIT_ROWS + 1,
  };
}

/** The address of a search, with changes; other conditions begin at the first page. */
export function auditHref({ after: _after, ...query }: AuditQuery, changes: AuditQuery = {}): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, ...changes })) if (value) words.set(name, value);
  return words.size === 0 ? '/billing/audit' : `/billing/audit?${words.toString()}`;
}
