import { jobNeeds } from '../src/runs/job-needs.rules.ts';
import type { PartitionWork } from '../src/runs/partition-handle.ts';
import type { JobWork } from '../src/runs/run-handle.ts';

/** One job of the night. */
export interface Job {
  readonly name: string;
  readonly description: string;
  /** Jobs without which this one must not run: it is left out, or refused by itself, when one of them has not finished. */
  readonly needs: readonly string[];
  readonly work: JobWork;
  /** It parks refused files and refused rows: run alone, it then ends with the exit code of a refusal. */
  readonly parksRefusals?: boolean;
  /** Its partitioned steps (`RunHandle.runPartitioned`), for a process that assists the one that runs the job. */
  readonly partitions?: Readonly<Record<string, PartitionWork<never>>>;
}

/** The jobs of a night in their order. Each forwards to the use case of its name, loaded when it runs: one job needs fonts, another none. */
export const jobs: readonly Job[] = [
  {
    name: 'import-lines',
    description: 'imports the line master files in the inbox',
    needs: jobNeeds['import-lines'],
    parksRefusals: true,
    work: async (deps, run) =>
      (await import('../src/line-import/import-line-files.ts')).importLineFiles(deps, run),
  },
  {
    name: 'renew-subscriptions',
    description: 'charges the monthly subscriptions that are due',
    needs: jobNeeds['renew-subscriptions'],
    work: async (deps, run) =>
      (await import('../src/subscriptions/renew-subscriptions.ts')).renewSubscriptions(deps, run),
    partitions: {
      renew: async (deps, partition) =>
        (await import('../src/subscriptions/renew-partition.ts')).renewPartition(deps, partition),
    },
  },
  {
    name: 'expire-authorizations',
    description: 'releases what was not confirmed or captured in time',
    needs: jobNeeds['expire-authorizations'],
    work: async (deps, run) =>
      (await import('../src/charges/expire-authorizations.ts')).expireAuthorizations(deps, run),
  },
  {
    // Before the periods of the night close: a notice is about an open one.
    name: 'queue-notices',
    description: 'queues the mails that holders of lines want about their spending and purchases',
    needs: jobNeeds['queue-notices'],
    work: async (deps, run) => (await import('../src/safeguards/queue-notices.ts')).queueNotices(deps, run),
  },
  {
    name: 'purge-expired',
    description:
      'removes ended sessions, old sign-in failures, old mails, webhook deliveries, logged requests, records of searches and stored responses past their time',
    needs: jobNeeds['purge-expired'],
    work: async (deps) => ({
      ...(await (await import('../src/identity/purge-expired.ts')).purgeExpired(deps)),
      mails: await (await import('../src/mails/purge-mails.ts')).purgeMails(deps),
      caseMails: await (await import('../src/case-mails/purge-case-mails.ts')).purgeCaseMails(deps),
      personSearches: await (
        await import('../src/personal-data/purge-person-searches.ts')
      ).purgePersonSearches(deps),
      webhooks: await (await import('../src/webhooks/purge-webhooks.ts')).purgeWebhooks(deps),
      usageFiles: await (await import('../src/usage-files/purge-usage-files.ts')).purgeUsageFiles(deps),
      requests: await (await import('../src/request-log/purge-requests.ts')).purgeRequests(deps),
      contactQuotas: await (
        await import('../src/enquiries/purge-contact-quotas.ts')
      ).purgeContactQuotas(deps),
      answers: await (
        await import('../src/api/idempotency/idempotency-records.ts')
      ).deleteOldIdempotencyKeys(deps),
    }),
  },
  {
    name: 'fold-charges',
    description: 'folds captured charges into the open line invoices',
    needs: jobNeeds['fold-charges'],
    work: async (deps, run) => (await import('../src/invoices/fold-charges.ts')).foldCharges(deps, run),
    partitions: {
      fold: async (deps, partition) =>
        (await import('../src/invoices/fold-partition.ts')).foldPartition(deps, partition),
    },
  },
  {
    name: 'close-periods',
    description: 'proves, numbers and closes the billing periods of the day, and exports the invoice details',
    needs: jobNeeds['close-periods'],
    work: async (deps, run) => (await import('../src/invoices/close-periods.ts')).closePeriods(deps, run),
    partitions: {
      fold: async (deps, partition) =>
        (await import('../src/invoices/fold-partition.ts')).foldClosingPartition(deps, partition),
    },
  },
  {
    // Before the settlements, which take over what was clawed back.
    name: 'import-collections',
    description: "imports the carrier's files of collection results and answers in the inbox",
    needs: jobNeeds['import-collections'],
    parksRefusals: true,
    work: async (deps, run) =>
      (await import('../src/collections/import-collection-files.ts')).importCollectionFiles(deps, run),
  },
  {
    name: 'decide-refunds',
    description: 'decides the refunds by bank whose charges are collected, or are not',
    needs: jobNeeds['decide-refunds'],
    work: async (deps, run) =>
      (await import('../src/refunds/decide-bank-refunds.ts')).decideBankRefunds(deps, run),
  },
  {
    name: 'settle-companies',
    description: 'bills each company its fee once all closing groups of a month are closed',
    needs: jobNeeds['settle-companies'],
    work: async (deps, run) =>
      (await import('../src/settlements/settle-companies.ts')).settleCompanies(deps, run),
  },
  {
    name: 'render-statements',
    description: 'renders the settlement statements as PDF',
    needs: jobNeeds['render-statements'],
    work: async (deps, run) =>
      (await import('../src/statements/render-statements.ts')).renderStatements(deps, run),
  },
  {
    name: 'roll-up',
    description: 'adds up the sales, refunds, subscriptions and collection of the day for reports',
    needs: jobNeeds['roll-up'],
    work: async (deps, run) => (await import('../src/reports/roll-up.ts')).rollUp(deps, run),
  },
  {
    name: 'check-invariants',
    description: 'proves that all figures agree, of old months one a night, and names the rows that do not',
    needs: jobNeeds['check-invariants'],
    work: async (deps, run) =>
      (await import('../src/invariants/check-invariants-job.ts')).checkInvariantsJob(deps, run),
  },
  {
    name: 'seal-day',
    description: 'seals what the day added, chained to the night before',
    needs: jobNeeds['seal-day'],
    work: async (deps, run) => (await import('../src/seals/seal-day.ts')).sealDay(deps, run),
  },
];

/** The job of that name; undefined when there is none. */
export function findJob(name: string): Job | undefined {
  return jobs.find((job) => job.name === name);
}
