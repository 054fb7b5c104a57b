import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readImports, unitOf } from './read-imports.ts';

/**
 * Folders and the files beside them, from the ground up: each imports only what stands above it in this list, types
 * included. A new folder gets its place here; an arrow back up, and so every circle, fails.
 */
const fromTheGroundUp = [
  [
    'src/shared',
    'src/client',
    'templates/pdf',
    'templates/statement',
    'templates/invoice',
    'templates/receipt',
    'templates/letter',
    'templates/mails',
    'templates/contract',
    'config/eligible-products.ts',
    'config/tax-rates.ts',
    'config/database-url.ts',
  ],
  [
    'config/development.ts',
    'config/secret-strength.rules.ts',
    'config/mail-server.rules.ts',
    'config/carrier-look.ts',
    'config/chart-of-accounts.ts',
    'config/contract-clauses.ts',
    'config/payout-originator.ts',
    'config/config-faults.ts',
    'config/config.ts',
  ],
  ['config/assert-files-dir.ts', 'src/rendering'],
  // What every domain stands on.
  [
    'src/database',
    'src/deps.ts',
    'src/access',
    'src/events',
    'src/security',
    'src/radius',
    'src/runs',
    'src/http',
    'src/mails',
  ],
  // Who sells, under which terms, to which line.
  [
    'src/tariffs',
    'src/bank-accounts',
    'src/contracts',
    'src/ledger',
    'src/companies',
    'src/signing-keys',
    'src/request-log',
    'src/api',
    'src/safeguards',
    'src/personal-data',
    'src/lines',
  ],
  ['src/billing-periods', 'src/limits', 'src/identity', 'src/line-import'],
  ['src/partners'],
  ['src/accounts', 'src/letters'],
  // What is sold.
  ['src/checkout', 'src/charges', 'src/consents', 'src/subscriptions', 'src/services'],
  // What becomes of it at night, and what of it comes back.
  [
    'src/line-checks',
    'src/payment-requests',
    'src/usage-files',
    'src/collections',
    'src/invoices',
    'src/refunds',
  ],
  // What people make of it.
  ['src/purchases', 'src/enquiries', 'src/cases', 'src/case-answers', 'src/case-mails', 'src/receipts'],
  // What happened, as companies read it, and where it is sent.
  ['src/published-events', 'src/webhooks'],
  // What reports read of all of them, by their tables alone.
  ['src/reports'],
  // What companies get of it.
  [
    'src/settlements',
    'src/explanations',
    'src/rehearsals',
    'src/refund-effects',
    'src/statements',
    'src/payouts',
    'src/own-settlements',
    'src/watch',
    'src/contract-documents',
    'src/invariants',
    'src/seals',
  ],
  // What people look up of all of it.
  ['src/records', 'src/support-search', 'src/line-history', 'src/support-guides', 'src/support-team'],
  // The database as a whole.
  ['src/entities.ts', 'config/tariffs.ts', 'config/database', 'src/explain-failure.ts', 'config/migrate.ts'],
  // The worlds that companies try things out in.
  ['src/sandbox'],
  // The doors.
  [
    'src/open-deps.ts',
    'src/service-deps.ts',
    'src/example-responses.ts',
    'src/report-refusal.ts',
    'src/approval-kinds.ts',
  ],
  ['src/api-endpoints.ts', 'src/portal', 'src/world-app.ts', 'src/app.ts'],
  // What runs at night and on the command line.
  ['batch/cli'],
  ['batch/business-date.rules.ts', 'batch/jobs.ts', 'batch/apply-due-changes.ts', 'batch/night.ts'],
  ['batch/night-retries.ts', 'batch/status', 'batch/terminal-output.ts', 'batch/timetable-entry.ts'],
  [
    'batch/nights.ts',
    'batch/run-ahead.ts',
    'batch/run-requests.ts',
    'batch/timetable.ts',
    'src/metrics',
    'batch/interruptible-pause.ts',
  ],
  ['batch/keep-entry.ts', 'batch/run-timetable.ts'],
  ['src/main.ts', 'batch/admin', 'batch/demo', 'batch/open-batch.ts'],
  ['batch/program.ts', 'batch/run.ts', 'batch/admin.ts', 'batch/launch', 'batch/client'],
].flat();

const ranks = new Map(fromTheGroundUp.map((unit, rank) => [unit, rank]));
const imports = readImports();

describe('imports', () => {
  it('go one way: each folder imports only what stands before it', () => {
    const upward = imports.filter(
      ({ from, to }) =>
        unitOf(from) !== unitOf(to) && (ranks.get(unitOf(from)) ?? 0) < (ranks.get(unitOf(to)) ?? 0),
    );
    assert.deepEqual(
      upward.map(({ from, to }) => `${from} imports ${to}`),
      [],
    );
  });

  it('every folder has its place, and every place a folder', () => {
    const units = new Set(imports.flatMap(({ from, to }) => [unitOf(from), unitOf(to)]));
    assert.deepEqual(
      [...units].filter((unit) => !ranks.has(unit)),
      [],
    );
    assert.deepEqual(
      fromTheGroundUp.filter((unit) => !units.has(unit)),
      [],
    );
  });

  it('were found: a wall around nothing keeps nothing out', () => {
    assert.ok(imports.length > 1_000, `${imports.length} imports`);
  });
});
