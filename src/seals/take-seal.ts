import { randomBytes } from 'node:crypto';
import type { Em } from '../database/orm.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import { reportEvent } from '../security/report-event.ts';
import { FingerprintWriter } from './fingerprints.ts';
import { sealStates } from './hash-state.ts';
import { readSchema, shapeOf, type Schema } from './row-text.ts';
import { scanBucket } from './scan-bucket.ts';
import { auditEntries, sealedKinds, type SealedKind } from './sealed-kinds.ts';
import {
  readContent,
  sha256,
  writeContent,
  type SealContent,
  type SealedSet,
  type SealedTable,
  type Shape,
} from './seal-content.ts';
import type { Seal } from './seal.entity.ts';
import { findLastSeal, findMembers } from './seal.queries.ts';
import { SetHash } from './set-hash.ts';

/** A seal in preparation. */
interface PendingSeal {
  readonly number: number;
  readonly salt: string;
  readonly schema: Schema;
  readonly last: Seal | undefined;
}

/** The unsealed rows of a bucket. */
interface FoundSet extends SealedSet {
  readonly bucket: string;
  readonly members: ReturnType<FingerprintWriter['finish']>;
}

/**
 * Seals everything that is committed and in no seal yet, and chains it to the night before. The last chunk inserts the row
 * of the seal, and nothing counts before: an interrupted run starts again from the beginning.
 * @returns the newest seal: this night's, or that of a later night, which contains all of this one.
 */
export async function takeSeal(deps: Deps, run: RunHandle): Promise<Seal> {
  const last = await findLastSeal(emOf(deps));
  if (last && last.businessDate >= run.businessDate) return last;
  const pending = {
    number: (last?.number ?? 0) + 1,
    salt: randomBytes(32).toString('hex'),
    schema: await readSchema(emOf(deps)),
    last,
  };
  const takenAt = deps.clock.now();
  await removeLeftovers(run, pending.number);
  const { audited, found, shape, state } = await readAudited(deps, pending);
  const tables: Record<string, SealedTable> = {};
  await keep(deps, run, { pending, kind: auditEntries, shape, tables }, found);
  for (const kind of sealedKinds) {
    const em = emOf(deps);
    const into = { pending, kind, shape: shapeOf(pending.schema, kind), tables };
    if (into.shape.columns.length === 0) continue;
    for (const bucket of await kind.listOpen(em, last)) {
      await keep(deps, run, into, [await findUnsealed(emOf(deps), { ...into, bucket })]);
    }
  }
  const content: SealContent = {
    format: 1,
    number: pending.number,
    businessDate: run.businessDate,
    takenAt: takenAt.toISOString(),
    previous: last?.hash ?? null,
    saltHash: sha256(pending.salt),
    tables,
    state,
    audited,
  };
  return await record(run, content, pending.salt);
}

/** Removes the rows of an interrupted attempt. */
async function removeLeftovers(run: RunHandle, number: number): Promise<void> {
  await run.inChunk(async ({ em }) => {
    await sqlOf(em).deleteFrom('seal_member').where('number', '=', number).execute();
    return {};
  });
}

/** Reads master data and the audit rows of its changes on one snapshot, so that they agree. */
function readAudited(deps: Deps, pending: PendingSeal) {
  return inTransaction(
    deps,
    async ({ em }) => {
      const { last, schema } = pending;
      const before = last && { content: readContent(last.content), salt: last.salt };
      const state = await sealStates(em, pending, before);
      const shape = shapeOf(schema, auditEntries);
      const audited: Record<string, number> = {};
      const found: FoundSet[] = [];
      for (const bucket of await auditEntries.listOpen(em, last)) {
        const count = (noun: string) => void (audited[noun] = (audited[noun] ?? 0) + 1);
        found.push(await findUnsealed(em, { pending, kind: auditEntries, shape, bucket, count }));
      }
      return { state, shape, audited, found };
    },
    { isolation: 'repeatable read' },
  );
}

interface Search {
  readonly pending: PendingSeal;
  readonly kind: SealedKind;
  readonly shape: Shape;
  readonly bucket: string;
  readonly count?: (note: string) => void;
}

/** The rows of a bucket without a seal. */
async function findUnsealed(em: Em, { pending, kind, shape, bucket, count }: Search): Promise<FoundSet> {
  const { salt, last } = pending;
  const members = await findMembers(em, kind.table, bucket);
  const owners = [...members.values()].map((of) => ({
    takes: (fingerprint: bigint) => of.take(fingerprint),
    add: () => {},
  }));
  const hash = new SetHash(salt);
  const writer = new FingerprintWriter();
  const came = { late: false };
  await scanBucket(em, {
    kind,
    bucket,
    shape,
    owners,
    rest(row, fingerprint) {
      hash.add(row.rowText);
      if (!kind.complete) writer.add(fingerprint);
      came.late ||= last !== undefined && kind.isOverdue({ ...row, bucket }, last);
      count?.(row.note ?? '');
    },
  });
  return { bucket, ...hash.finish(), ...(came.late && { late: true as const }), members: writer.finish() };
}

interface Into {
  readonly pending: PendingSeal;
  readonly kind: SealedKind;
  readonly shape: Shape;
  readonly tables: Record<string, SealedTable>;
}

/** Adds the found sets to the seal; for a complete bucket an empty set too. */
async function keep(deps: Deps, run: RunHandle, into: Into, found: readonly FoundSet[]): Promise<void> {
  const { pending, kind, shape, tables } = into;
  for (const { bucket, members, ...set } of found) {
    if (set.rows === 0 && !kind.complete) continue;
    const sets = { ...tables[kind.table]?.sets, [bucket]: set };
    tables[kind.table] = { ...shape, sets };
    if (set.late) {
      const { businessDate } = run;
      const facts = { businessDate, table: kind.table, bucket, rows: set.rows };
      reportEvent(deps, 'seal.late_rows', { facts });
    }
    const pieces = kind.complete ? [{ rowCount: set.rows, fingerprints: Buffer.alloc(0) }] : members;
    await run.inChunk(async ({ em }) => {
      for (const [piece, member] of pieces.entries()) {
        const row = { kind: kind.table, bucket, number: pending.number, piece, ...member };
        await sqlOf(em).insertInto('seal_member').values(row).execute();
      }
      return {};
    });
  }
}

async function record(run: RunHandle, content: SealContent, salt: string): Promise<Seal> {
  const text = writeContent(content);
  const seal = {
    number: content.number,
    businessDate: content.businessDate,
    takenAt: new Date(content.takenAt),
    previousHash: content.previous,
    hash: sha256(text),
    salt,
    content: text,
  };
  run.announce(1);
  await run.inChunk(async ({ em }) => {
    await sqlOf(em).insertInto('seal').values(seal).execute();
    return { done: 1 };
  });
  return seal;
}
