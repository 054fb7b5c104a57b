import { listAudit } from '../../src/access/audit/audit.queries.ts';
import { startOfBusinessDate } from '../../src/shared/calendar.rules.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { date, optional, text, wholeNumber, withDefault } from '../cli/options.ts';

const KINDS = 'staff, job, company-key, company-user or subscriber';

export const auditCommands: readonly Command[] = [
  defineCommand({
    name: 'audit list',
    summary: 'list who did what, the newest first',
    changes: false,
    options: {
      actor: optional(text('NAME'), 'who: hanako, or staff:hanako'),
      kind: optional(text('KIND'), KINDS, { field: 'actorKind' }),
      action: optional(text('ACTION'), 'what was done: company.create'),
      subject: optional(text('SUBJECT'), 'the subject of the action: company:shinonome'),
      from: optional(date, 'from the beginning of this day'),
      to: optional(date, 'until the beginning of this day'),
      limit: withDefault(wholeNumber('ROWS', { from: 1, to: 1_000 }), '50', 'at most so many'),
      after: optional(text('ID'), 'continue after this entry, the last of the previous page'),
    },
    example: '--actor hanako --from 2026-05-01 --to 2026-06-01',
    run: async (deps, { kind, from, to, ...options }, { actor: reader }) => {
      const startOf = (day: string) => startOfBusinessDate(day, deps.config.timeZone);
      const rows = await listAudit(deps, reader, {
        ...options,
        actorKind: kind,
        from: from === undefined ? undefined : startOf(from),
        to: to === undefined ? undefined : startOf(to),
      });
      const last = rows.length === options.limit ? rows.at(-1) : undefined;
      return {
        list: rows,
        shown: rows.map(({ id, at, actorKind, actorIdentity, action, subject, facts }) => ({
          id,
          at,
          actor: `${actorKind}:${actorIdentity}`,
          action,
          subject,
          facts,
        })),
        none: 'Nothing in the audit trail matches.',
        ...(last && { notes: [`More entries may follow: add --after ${last.id}.`] }),
      };
    },
  }),
];
