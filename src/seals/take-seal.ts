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

/** A seal being made. */
interface Making {
  readonly number: number;
  readonly salt: string;
  readonly schema: Schema;
  readonly last: Seal | undefined;
}

/** What is found in a bucket that no seal has. */
interface FoundSet extends SealedSet {
  readonly bucket: string;
  readonly members: ReturnType<FingerprintWriter['finish']>;
}

/**
 * Seals whatever is committed and in no seal yet, and chains it to the night before. Nothing counts before the row of the
 * seal is there, in the last of the chunks: a run that was cut off begins anew.
 * @returns the newest seal: this night's, or that of a later night, which has all of this one.
 */
export async function takeSeal(deps: Deps, run: RunHandle): Promise<Seal> {
  const last = await findLastSeal(emOf(deps));
  if (last && last.businessDate >= run.businessDate) return last;
  const making = {
    number: (last?.number ?? 0) + 1,
    salt: randomBytes(32).toString('hex'),
    schema: await readSchema(emOf(deps)),
    last,
  };
  const takenAt = deps.clock.now();
  await removeLeftovers(run, making.number);
  const { audited, found, shape, state } = await readAudited(deps, making);
  const tables: Record<string, SealedTable> = {};
  await keep(deps, run, { making, kind: auditEntries, shape, tables }, found);
  for (const kind of sealedKinds) {
    const em = emOf(deps);
    const into = { making, kind, shape: shapeOf(making.schema, kind), tables };
    if (into.shape.columns.length === 0) continue;
    for (const bucket of await kind.listOpen(em, last)) {
      await keep(deps, run, into, [await findUnsealed(emOf(deps), { ...into, bucket })]);
    }
  }
  const content: SealContent = {
    format: 1,
    number: making.number,
    businessDate: run.businessDate,
    takenAt: takenAt.toISOString(),
    previous: last?.hash ?? null,
    saltHash: sha256(making.salt),
    tables,
    state,
    audited,
  };
  return await record(run, content, making.salt);
}

/** Of an attempt that was cut off. */
async function removeLeftovers(run: RunHandle, number: number): Promise<void> {
  await run.inChunk(async ({ em }) => {
    await sqlOf(em).deleteFrom('seal_member').where('number', '=', number).execute();
    return {};
  });
}

/** Master data and the audit rows that tell of its changes, on one snapshot: neither is there without the other. */
function readAudited(deps: Deps, making: Making) {
  return inTransaction(
    deps,
    async ({ em }) => {
      const { last, schema } = making;
      const before = last && { content: readContent(last.content), salt: last.salt };
      const state = await sealStates(em, making, before);
      const shape = shapeOf(schema, auditEntries);
      const audited: Record<string, number> = {};
      const found: FoundSet[] = [];
      for (const bucket of await auditEntries.listOpen(em, last)) {
        const count = (noun: string) => void (audited[noun] = (audited[noun] ?? 0) + 1);
        found.push(await findUnsealed(em, { making, kind: auditEntries, shape, bucket, count }));
      }
      return { state, shape, audited, found };
    },
    { isolation: 'repeatable read' },
  );
}

interface Search {
  readonly making: Making;
  readonly kind: SealedKind;
  readonly shape: Shape;
  readonly bucket: string;
  readonly count?: (note: string) => void;
}

/** The rows of a bucket that no seal has. */
async function findUnsealed(em: Em, { making, kind, shape, bucket, count }: Search): Promise<FoundSet> {
  const { salt, last } = making;
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
  readonly making: Making;
  readonly kind: SealedKind;
  readonly shape: Shape;
  readonly tables: Record<string, SealedTable>;
}

/** Puts what was found into the seal. Of what is complete also that there is nothing. */
async function keep(deps: Deps, run: RunHandle, into: Into, found: readonly FoundSet[]): Promise<void> {
  const { making, kind, shape, tables } = into;
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
        const row = { kind: kind.table, bucket, number: making.number, piece, ...member };
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
