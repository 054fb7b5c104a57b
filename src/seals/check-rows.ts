import type { Em } from '../database/orm.ts';
import type { OffendingRow } from '../invariants/invariant.types.ts';
import type { Fingerprints } from './fingerprints.ts';
import type { RowText } from './read-rows.ts';
import { shapeOf, type Schema } from './row-text.ts';
import { scanBucket } from './scan-bucket.ts';
import type { SealContent, SealedSet, Shape } from './seal-content.ts';
import type { SealedKind } from './sealed-kinds.ts';
import { findMembers } from './seal.queries.ts';
import type { Seal } from './seal.entity.ts';
import { SetHash } from './set-hash.ts';

/** A seal with its parsed content. */
export interface ReadSeal {
  readonly seal: Seal;
  readonly content: SealContent;
}

/** A set of a bucket, and the seal that contains it. */
interface OwnedSet {
  readonly seal: Seal;
  readonly set: SealedSet;
  readonly shape: Shape;
}

export interface RowsChecked {
  /** Rows read. */
  readonly checked: number;
  readonly offending: readonly OffendingRow[];
  /** Values of the kind's note among rows without a seal. */
  readonly unsealedNotes: ReadonlySet<string>;
}

interface Check {
  readonly kind: SealedKind;
  readonly chain: readonly ReadSeal[];
  readonly schema: Schema;
  /** Buckets that end before this date are not read. */
  readonly since?: string | undefined;
  /** Whether a row that should be in a seal and is in none is a finding; the night checks sealed rows only. */
  readonly reportUnsealed: boolean;
}

/** Reads the rows of a kind and finds those that differ from the seals: changed, missing, or without a seal. */
export async function checkRows(em: Em, check: Check): Promise<RowsChecked> {
  const { kind, chain, since, reportUnsealed } = check;
  const owned = listOwned(check);
  const present = check.schema.columnsOf(kind.table);
  const lost = findLostColumns(check, owned, present);
  if (lost.length > 0 || present.length === 0)
    return { checked: 0, offending: lost, unsealedNotes: new Set() };
  const there = reportUnsealed ? await kind.listBuckets(em) : await kind.listOpen(em, chain.at(-1)?.seal);
  const buckets = [...new Set([...owned.keys(), ...there])].sort();
  const offending: OffendingRow[] = [];
  const unsealedNotes = new Set<string>();
  let checked = 0;
  for (const bucket of buckets) {
    if (since !== undefined && kind.dateOf(bucket) < since) continue;
    const found = await checkBucket(em, { ...check, bucket, sets: owned.get(bucket) ?? [] });
    checked += found.checked;
    offending.push(...found.offending);
    for (const note of found.notes) unsealedNotes.add(note);
  }
  return { checked, offending, unsealedNotes };
}

/** Sealed columns or tables that do not exist any more cannot be verified. */
function findLostColumns(
  { kind }: Check,
  owned: ReadonlyMap<string, OwnedSet[]>,
  present: readonly string[],
): OffendingRow[] {
  const sealed = new Set([...owned.values()].flat().flatMap(({ shape }) => shape.columns));
  const columns = [...sealed].filter((column) => !present.includes(column));
  if (columns.length === 0) return [];
  return [{ table: kind.table, columns: columns.join(', '), problem: 'columns that were sealed are gone' }];
}

function listOwned({ kind, chain }: Check): Map<string, OwnedSet[]> {
  const owned = new Map<string, OwnedSet[]>();
  for (const { seal, content } of chain) {
    const table = content.tables[kind.table];
    for (const [bucket, set] of Object.entries(table?.sets ?? {})) {
      const sets = owned.get(bucket) ?? [];
      sets.push({ seal, set, shape: table! });
      owned.set(bucket, sets);
    }
  }
  return owned;
}

interface BucketCheck extends Check {
  readonly bucket: string;
  readonly sets: readonly OwnedSet[];
}

/** A set while its rows are being read. */
interface SetMatch extends OwnedSet {
  readonly hash: SetHash;
  readonly members: Fingerprints | undefined;
}

/** Rows were sealed with the columns of their time, so the bucket is read once for each list of columns. */
async function checkBucket(em: Em, check: BucketCheck) {
  const { kind, bucket, sets, chain, schema, reportUnsealed } = check;
  const last = chain.at(-1)?.seal;
  const shapes = new Map(sets.map(({ shape }) => [shapeName(shape), shape]));
  if (shapes.size === 0) shapes.set('', shapeOf(schema, kind));
  const offending: OffendingRow[] = [];
  const notes = new Set<string>();
  let [checked, overdue] = [0, 0];
  for (const [index, [name, shape]] of [...shapes].entries()) {
    const members = kind.complete ? undefined : await findMembers(em, kind.table, bucket);
    const matches = sets.map((set): SetMatch => {
      const own = shapeName(set.shape) === name;
      return { ...set, hash: new SetHash(own ? set.seal.salt : ''), members: members?.get(set.seal.number) };
    });
    const rest = (row: RowText) => {
      if (index > 0) return;
      checked += 1;
      notes.add(row.note ?? '');
      if (reportUnsealed && last && kind.isOverdue({ ...row, bucket }, last)) overdue += 1;
    };
    const owners = matches.map(({ hash, members: of }) => ({
      takes: (fingerprint: bigint) => kind.complete === true || of?.take(fingerprint) === true,
      add: (row: RowText) => hash.add(row.rowText),
    }));
    await scanBucket(em, { kind, bucket, shape, owners, rest });
    for (const match of matches.filter((m) => shapeName(m.shape) === name)) {
      checked += match.hash.rows;
      offending.push(...compare(check, match));
    }
  }
  if (overdue > 0)
    offending.push({ table: kind.table, bucket, rows: overdue, problem: 'rows that no seal has' });
  return { checked, offending, notes };
}

const shapeName = ({ key, columns }: Shape) => JSON.stringify([key, columns]);

function compare({ kind, bucket }: BucketCheck, { seal, set, hash }: SetMatch): OffendingRow[] {
  const found = hash.finish();
  const place = { table: kind.table, bucket, seal: seal.number, sealedOn: seal.businessDate };
  if (found.rows !== set.rows) {
    const problem =
      found.rows < set.rows ? 'rows that were sealed are gone' : 'rows were added to what was sealed';
    return [{ ...place, sealedRows: set.rows, rows: found.rows, problem }];
  }
  return found.hash === set.hash
    ? []
    : [{ ...place, rows: set.rows, problem: 'rows are not as they were sealed' }];
}
