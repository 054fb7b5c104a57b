import { sql } from 'kysely';
import { readMigrationStatements } from '../database/sql-migrations.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { Rule } from './invariant.types.ts';
import { OFFENDING_SHOWN } from './sql-rule.ts';
import {
  describeTrigger,
  normaliseCheck,
  normaliseSql,
  replayGuards,
  type Guards,
} from './schema-guards.rules.ts';

/**
 * Compares the guards of this database with those of the migrations: each trigger by its table, time, event and body, each
 * function, key and check. Reports a guard that is missing, differs, or is in no migration.
 */
export const guardsAreThose: Rule = {
  sentence: 'triggers, functions, keys and checks of the database are those of the migrations',
  async find(snapshot) {
    const expected = replayGuards(readMigrationStatements());
    const actual = await readGuards(snapshot);
    if (typeof actual === 'string') return { checked: 0, count: 1, offending: [{ unreadable: actual }] };
    const offending = compareGuards(expected, actual);
    return {
      checked: expected.size,
      count: offending.length,
      offending: offending.slice(0, OFFENDING_SHOWN),
    };
  },
};

function compareGuards(expected: Guards, actual: Guards): { guard: string; found: string }[] {
  const names = [...new Set([...expected.keys(), ...actual.keys()])].sort();
  return names.flatMap((guard) => {
    const [wanted, is] = [expected.get(guard), actual.get(guard)];
    if (is === wanted) return [];
    return [{ guard, found: is === undefined ? 'missing' : wanted === undefined ? 'unknown' : 'changed' }];
  });
}

/** The schema as its owner's function reports it: other users cannot see triggers. */
interface ReportedSchema {
  readonly triggers: readonly { name: string; table: string; timing: string; event: string; body: string }[];
  readonly routines: readonly { name: string; kind: string; body: string | null }[];
  readonly views: readonly { name: string }[];
  readonly events: readonly { name: string }[];
  readonly keys: readonly KeyColumn[];
  readonly rules: readonly { name: string; table: string; onUpdate: string; onDelete: string }[];
  readonly checks: readonly { name: string; table: string; clause: string }[];
}

interface KeyColumn {
  readonly name: string;
  readonly table: string;
  readonly column: string;
  readonly position: number;
  readonly referencedTable: string | null;
  readonly referencedColumn: string | null;
}

/** The guards of the database; a text if the function that lists them fails. */
async function readGuards({ em }: InTransaction<Deps>): Promise<Guards | string> {
  try {
    const { rows } = await sql<{ guards: string }>`SELECT guards_in_place() AS guards`.execute(sqlOf(em));
    return listGuards(JSON.parse(rows[0]?.guards ?? '') as ReportedSchema);
  } catch (error) {
    if (error instanceof SyntaxError || isFaultOfFunction(error)) return error.message;
    throw error;
  }
}

/** The function does not exist, may not be called, or its owner does not exist. */
const FAULTS_OF_FUNCTION = new Set([1305, 1370, 1449]);

function isFaultOfFunction(error: unknown): error is Error {
  for (let e = error; e instanceof Error; e = e.cause) {
    if ('errno' in e && FAULTS_OF_FUNCTION.has(Number(e.errno))) return true;
  }
  return false;
}

function listGuards({ triggers, routines, views, events, keys, rules, checks }: ReportedSchema): Guards {
  const ruleOf = new Map(
    rules.map(({ name, table, onUpdate, onDelete }) => [`${table}.${name}`, `${onUpdate}/${onDelete}`]),
  );
  const named = keys.filter(({ name }) => name !== 'PRIMARY');
  return new Map([
    ...triggers.map((trigger) => [`trigger ${trigger.name}`, describeTrigger(trigger)] as const),
    ...routines.map(
      ({ name, kind, body }) => [`${kind.toLowerCase()} ${name}`, normaliseSql(body ?? '')] as const,
    ),
    ...views.map(({ name }) => [`view ${name}`, ''] as const),
    ...events.map(({ name }) => [`event ${name}`, ''] as const),
    ...[...Map.groupBy(named, ({ name, table }) => `${table}.${name}`)].map(([key, columns]) =>
      describeKey(key, columns, ruleOf.get(key)),
    ),
    ...checks.map(({ name, table, clause }) => [`check ${table}.${name}`, normaliseCheck(clause)] as const),
  ]);
}

function describeKey(key: string, columns: readonly KeyColumn[], rule: string | undefined): [string, string] {
  const inOrder = columns.toSorted((a, b) => a.position - b.position);
  const own = inOrder.map(({ column }) => column).join(',');
  if (rule === undefined) return [`unique ${key}`, own];
  const referenced = inOrder.map(({ referencedColumn }) => referencedColumn).join(',');
  return [`foreign ${key}`, `${own} to ${inOrder[0]?.referencedTable}.${referenced} ${rule}`];
}
