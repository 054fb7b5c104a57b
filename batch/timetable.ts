import { nights } from './nights.ts';
import { runRequests } from './run-requests.ts';
import type { TimetableEntry } from './timetable-entry.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/**
 * Everything that the service does by itself, beside answering requests. Each entry runs its own work, in every process
 * with SCHEDULE=on; an entry that fails backs off, and the others are not affected.
 *
 * A job for each business date is no entry here: add it to jobs.ts, and the run table makes it unique. What runs each hour
 * is an entry like
 *
 *     { name: 'send-reminders', everyMs: 60 * MINUTE_MS, work: (deps, stopping) => sendReminders(deps, stopping) },
 *
 * A loop has no row in the run table: two processes run it at the same time, and its work is safe for that
 * (timetable-entry.ts). config/operations/alerts.yaml watches each loop without a change.
 */
export const createTimetable = (): readonly TimetableEntry[] => [
  nights(),
  runRequests(),
  {
    name: 'send-mails',
    everyMs: 3 * SECOND_MS,
    work: async (deps, stopping) => {
      const { sendMails } = await import('../src/mails/send-mails.ts');
      const sent = await sendMails(deps, { kind: 'job', job: 'send-mails' }, { stopping });
      return { facts: { ...sent } };
    },
  },
  {
    name: 'publish-events',
    everyMs: SECOND_MS,
    work: async (deps, stopping, progressed) => {
      const { publishEvents } = await import('../src/published-events/publish-events.ts');
      const actor = { kind: 'job', job: 'publish-events' } as const;
      return { facts: { ...(await publishEvents(deps, actor, { stopping, progressed })) } };
    },
  },
  {
    name: 'deliver-webhooks',
    everyMs: SECOND_MS,
    work: async (deps, stopping, progressed) => {
      const { deliverWebhooks } = await import('../src/webhooks/deliver-webhooks.ts');
      const actor = { kind: 'job', job: 'deliver-webhooks' } as const;
      return { facts: { ...(await deliverWebhooks(deps, actor, { stopping, progressed })) } };
    },
  },
  {
    name: 'payment-requests',
    everyMs: SECOND_MS,
    work: async (deps, stopping) => {
      const { announcePaymentRequests } =
        await import('../src/payment-requests/announce-payment-requests.ts');
      const { expirePaymentRequests } = await import('../src/payment-requests/expire-payment-requests.ts');
      const actor = { kind: 'job', job: 'payment-requests' } as const;
      const expired = await expirePaymentRequests(deps, actor, { stopping });
      return { facts: { announced: await announcePaymentRequests(deps, actor, { stopping }), expired } };
    },
  },
  {
    name: 'charge-usage-files',
    everyMs: 2 * SECOND_MS,
    work: async (deps, stopping, progressed) => {
      const { chargeUsageFiles } = await import('../src/usage-files/charge-usage-files.ts');
      const actor = { kind: 'job', job: 'charge-usage-files' } as const;
      return { facts: { ...(await chargeUsageFiles(deps, actor, { stopping, progressed })) } };
    },
  },
  {
    // Looks even without SUPPORT_MAIL: the folder is empty then.
    name: 'receive-case-mails',
    everyMs: 10 * SECOND_MS,
    work: async (deps, stopping) => {
      const { collectMails } = await import('../src/case-mails/collect-mails.ts');
      const actor = { kind: 'job', job: 'receive-case-mails' } as const;
      return { facts: { ...(await collectMails(deps, actor, stopping)) } };
    },
  },
  {
    name: 'expire-approvals',
    everyMs: 10 * MINUTE_MS,
    work: async (deps, stopping) => {
      const { expireApprovals } = await import('../src/access/approvals/expire-approvals.ts');
      const actor = { kind: 'job', job: 'expire-approvals' } as const;
      return { facts: { expired: await expireApprovals(deps, actor, stopping) } };
    },
  },
  {
    name: 'purge-nonces',
    everyMs: MINUTE_MS,
    work: async (deps, stopping) => {
      const { purgeNonces } = await import('../src/signing-keys/use-nonce.ts');
      return { facts: { purged: await purgeNonces(deps, stopping) } };
    },
  },
  {
    name: 'drop-idle-worlds',
    everyMs: 60 * MINUTE_MS,
    work: async (deps, stopping) => {
      const { dropIdleWorlds } = await import('../src/sandbox/drop-idle-worlds.ts');
      return { facts: { ...(await dropIdleWorlds(deps, { stopping })) } };
    },
  },
  {
    name: 'rehearse',
    everyMs: 3 * SECOND_MS,
    work: async (deps, stopping) => {
      const { executeRehearsals } = await import('../src/rehearsals/execute-rehearsal.ts');
      return { facts: { ...(await executeRehearsals(deps, stopping)) } };
    },
  },
  {
    name: 'apply-changes',
    everyMs: 10 * MINUTE_MS,
    work: async (deps, stopping) => {
      const { applyPartyChanges } = await import('../src/companies/apply-party-changes.ts');
      const actor = { kind: 'job', job: 'apply-changes' } as const;
      return { facts: await applyPartyChanges(deps, actor, stopping) };
    },
  },
  {
    // The job of this name imports what is there at night, before the settlements.
    name: 'import-collections',
    everyMs: MINUTE_MS,
    work: async (deps, stopping) => {
      const { importArrivedFiles } = await import('../src/collections/import-arrived-files.ts');
      return { facts: { ...(await importArrivedFiles(deps, stopping)) } };
    },
  },
];
