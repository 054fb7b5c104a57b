import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { actorName, type Actor } from '../access/actor.ts';
import { assertProvenPerson } from '../access/approvals/approval.rules.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { appendEvents, type NewEvent } from '../events/append-events.ts';
import { postEntries } from '../ledger/post-entries.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { hashFile, replaceDurably } from '../shared/durable-file.ts';
import { Problem } from '../shared/problem.ts';
import { assertRunSendable } from './assert-run-sendable.ts';
import { sentEntries } from './payout-entries.rules.ts';
import { composePayoutFile, payoutFilePath } from './payout-file.ts';
import { payoutCode } from './payout.rules.ts';
import { lockPayoutRun, type PayoutRunWithLines } from './payout-run.queries.ts';

export interface WrittenPayoutFile {
  readonly path: string;
  readonly checksum: string;
  /** Whether this call sent the run; false when it was sent before and only its file was looked after. */
  readonly isFirst: boolean;
}

/**
 * Sends an approved run: its payouts are ordered, and its file is written below FILES_DIR/payouts. The run is sent in the database
 * first and its file follows, so that no file exists of a run that could still be discarded; called again, also after a crash in
 * between, it writes the same bytes and orders nothing twice.
 * @throws Problem `permission-denied`, `approval-needs-person`, `payout-run-not-found`, `approval-required` for a draft, `illegal-state` for a void run,
 * `payout-run-stale`, `payout-window-passed`, `invariant-broken` when the rows do not give the bytes that were sent
 */
export async function writePayoutFile(
  deps: Deps,
  actor: Actor,
  { number }: { readonly number: string },
): Promise<WrittenPayoutFile> {
  authorize(actor, 'payouts:propose');
  assertProvenPerson(actor, deps.config.mode);
  const { bytes, checksum, isFirst } = await inTransaction(deps, (tx) => sendRun(tx, actor, number));
  const path = payoutFilePath(deps.config, { number });
  if (!existsSync(path) || (await hashFile(path)) !== checksum) await writeBytes(path, bytes);
  return { path, checksum, isFirst };
}

async function sendRun(tx: InTransaction<Deps>, actor: Actor, number: string) {
  const locked = await lockPayoutRun(tx, number);
  const { run } = locked;
  if (run.state === 'draft') {
    throw new Problem('approval-required', {
      detail: `Payout run ${number} is not approved: propose it first.`,
    });
  }
  if (run.state === 'void') throw new Problem('illegal-state', { detail: `Payout run ${number} is void.` });
  const file = composePayoutFile(locked);
  if (run.state === 'sent') {
    if (file.checksum === run.checksum) return { ...file, isFirst: false };
    const detail = `The payouts of run ${number} do not give the file that was sent.`;
    throw new Problem('invariant-broken', { detail });
  }
  await assertRunSendable(tx, locked);
  await markSent(tx, actor, locked, file.checksum);
  return { ...file, isFirst: true };
}

async function markSent(
  tx: InTransaction<Deps>,
  actor: Actor,
  { run, lines }: PayoutRunWithLines,
  checksum: string,
): Promise<void> {
  const sql = sqlOf(tx.em);
  const now = tx.clock.now();
  const sentOn = businessDateOf(now, tx.config.timeZone);
  const by = actorName(actor);
  await sql
    .updateTable('payout_run')
    .set({ state: 'sent', sentOn, checksum, writtenAt: now })
    .where('id', '=', run.id)
    .execute();
  const changed = { table: 'payout_run', key: [run.id] } as const;
  const subject = `payout-run:${run.number}`;
  await recordAudit(tx, { actor: by, action: 'payout-run.send', subject, facts: { checksum }, changed });
  for (const line of lines) {
    await sql.updateTable('payout').set({ state: 'sent' }).where('id', '=', line.id).execute();
    const audit = {
      actor: by,
      action: 'payout.send',
      subject: `payout:${payoutCode({ number: run.number, lineNumber: line.lineNumber })}`,
    };
    await recordAudit(tx, { ...audit, changed: { table: 'payout', key: [line.id] } });
  }
  await postEntries(
    tx,
    lines.flatMap((line) => sentEntries(line, sentOn)),
  );
  await appendEvents(
    tx,
    lines.map(({ id, companyId, kind, amountMinor, payOn, reference }): NewEvent => {
      const snapshot = { kind, amountMinor, payOn, reference };
      return { type: 'payout.sent', subject: id, companyId, snapshot };
    }),
  );
}

async function writeBytes(path: string, bytes: Buffer): Promise<void> {
  await replaceDurably(path, async (unfinished) => {
    await using file = await open(unfinished, 'wx', 0o600);
    await file.writeFile(bytes);
    await file.sync();
  });
}
